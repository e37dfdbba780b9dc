package io.github.memfit.container;

import io.github.memfit.cgroup.CgroupLocation;
import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.cgroup.FileAccess;
import io.github.memfit.cgroup.MemoryFile;
import io.github.memfit.cgroup.MemoryGroup;
import io.github.memfit.internal.RawFile;
import io.github.memfit.unit.Absence;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads chosen figures of one group again and again: the files stay open, the answers are primitives, nothing is allocated. A
 * figure that cannot be read is {@link #ABSENT}; no method throws for a missing file or a removed group. When the group is
 * made anew under its name the probe goes on with the new one. A set interrupt flag closes nothing and stays set.
 *
 * <p>Not thread-safe; confine to one thread.
 *
 * {@snippet :
 * Set<MemoryFigure> figures = EnumSet.of(MemoryFigure.USAGE, MemoryFigure.RSS, MemoryFigure.OOM_KILLS);
 * try (MemoryProbe probe = Container.self().probe(figures)) {
 *     if (probe.sample()) {
 *         long kills = probe.value(MemoryFigure.OOM_KILLS);
 *     }
 * }
 * }
 *
 * @since 0.1
 */
public final class MemoryProbe implements AutoCloseable {

    /** The answer for a figure that cannot be read. No figure is ever so low. */
    public static final long ABSENT = Long.MIN_VALUE;

    private static final int USAGE = MemoryFigure.USAGE.ordinal();
    private static final int INACTIVE_FILE = MemoryFigure.INACTIVE_FILE.ordinal();

    private final CgroupLocation location;
    private final SnapshotReader groups;
    private final CgroupVersion version;
    private final EnumSet<MemoryFigure> chosen;
    private final int[] answers;
    private final MemoryFigure[] computed;
    private final int[][] parts;
    private final ProbeFile[] files;
    private final @Nullable ProbeFile usageFile;
    private final @Nullable ProbeFile inactiveFile;
    private final long[] values = new long[MemoryFigure.values().length];
    private final byte[] bytes = new byte[RawFile.KEYS];
    private @Nullable SnapshotReader snapshots;
    private @Nullable FileAccess access;
    private boolean closed;

    MemoryProbe(CgroupLocation location, SnapshotReader reader, Set<MemoryFigure> figures) {
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("a probe needs at least one figure");
        }
        this.location = location;
        this.groups = reader;
        this.version = location.version().orElse(CgroupVersion.V2);
        this.chosen = EnumSet.copyOf(figures);
        this.answers = ordinals(chosen);
        this.computed = chosen.stream()
                .filter(figure -> figure.sourceIn(version).isComputed())
                .toArray(MemoryFigure[]::new);
        this.parts = Arrays.stream(computed)
                .map(figure -> ordinals(Formulas.needs(figure, version)))
                .toArray(int[][]::new);
        Arrays.fill(values, ABSENT);
        ByteBuffer small = ByteBuffer.allocateDirect(RawFile.VALUE);
        ByteBuffer large = ByteBuffer.allocateDirect(RawFile.KEYS);
        Optional<Path> group = reader.accountingGroup().map(MemoryGroup::directory);
        Optional<Path> pressure = reader.pressureGroup().map(MemoryGroup::directory);
        List<ProbeFile> open = new ArrayList<>();
        for (Map.Entry<MemoryFile, List<MemoryFigure>> entry : byFile().entrySet()) {
            Optional<Path> directory = entry.getKey() == MemoryFile.PRESSURE ? pressure : group;
            directory.ifPresent(
                    dir -> open.add(ProbeFile.of(dir, entry.getKey(), entry.getValue(), version, small, large)));
        }
        this.files = open.toArray(new ProbeFile[0]);
        this.usageFile = open.stream().filter(f -> f.reads(USAGE)).findFirst().orElse(null);
        // Working sets alone need one line of many: its own table keeps the fast path as short as the others.
        this.inactiveFile = group.map(dir ->
                        ProbeFile.of(dir, statFile(), List.of(MemoryFigure.INACTIVE_FILE), version, small, large))
                .orElse(null);
    }

    private static int[] ordinals(Set<MemoryFigure> figures) {
        return figures.stream().mapToInt(Enum::ordinal).toArray();
    }

    private MemoryFile statFile() {
        return version == CgroupVersion.V1 ? MemoryFile.V1_STAT : MemoryFile.STAT;
    }

    /** The files to be read, each with the figures that it tells: those chosen and those that computed ones need. */
    private Map<MemoryFile, List<MemoryFigure>> byFile() {
        EnumSet<MemoryFigure> needed = EnumSet.of(MemoryFigure.USAGE);
        for (MemoryFigure figure : chosen) {
            needed.addAll(Formulas.needs(figure, version));
            needed.addAll(Formulas.uses(figure, version));
        }
        Map<MemoryFile, List<MemoryFigure>> byFile = new EnumMap<>(MemoryFile.class);
        for (MemoryFigure figure : needed) {
            MemoryFile file = figure.sourceIn(version).file();
            if (file != null) {
                byFile.computeIfAbsent(file, f -> new ArrayList<>()).add(figure);
            }
        }
        return byFile;
    }

    /**
     * Reads all files of the chosen figures once.
     *
     * @return true if every chosen figure is there
     * @throws IllegalStateException if the probe is closed
     */
    public boolean sample() {
        checkOpen();
        boolean reopened = false;
        for (ProbeFile file : files) {
            reopened |= file.read(bytes, values);
        }
        if (reopened) {
            for (ProbeFile file : files) {
                file.groupIsNew();
            }
        }
        for (int i = 0; i < computed.length; i++) {
            values[computed[i].ordinal()] =
                    areThere(parts[i]) ? Formulas.compute(computed[i], version, values) : ABSENT;
        }
        return areThere(answers);
    }

    private boolean areThere(int[] figures) {
        for (int figure : figures) {
            if (values[figure] == ABSENT) {
                return false;
            }
        }
        return true;
    }

    /**
     * A figure as of the last {@link #sample()}.
     *
     * @param figure one of the chosen figures
     * @return its number in its own unit, or {@link #ABSENT}
     * @throws IllegalArgumentException if the figure was not chosen
     */
    public long value(MemoryFigure figure) {
        if (!chosen.contains(figure)) {
            throw new IllegalArgumentException(figure + " was not chosen, only " + chosen);
        }
        return values[figure.ordinal()];
    }

    /**
     * Why a figure was not there in the last {@link #sample()}.
     *
     * @param figure one of the chosen figures
     * @return the reason, or empty if the figure was there
     * @throws IllegalArgumentException if the figure was not chosen
     */
    public Optional<Absence> absence(MemoryFigure figure) {
        if (value(figure) != ABSENT) {
            return Optional.empty();
        }
        for (MemoryFigure needed : Formulas.needs(figure, version)) {
            for (ProbeFile file : files) {
                if (file.reads(needed.ordinal()) && values[needed.ordinal()] == ABSENT) {
                    return Optional.of(file.absence(needed));
                }
            }
        }
        boolean visible = location.directory().isPresent();
        return Optional.of(new Absence(
                Absence.Reason.NOT_APPLICABLE,
                figure.title(),
                visible ? "cgroup " + version + " does not tell it, or no sample was taken" : location.explain()));
    }

    /**
     * Reads the usage now.
     *
     * @return bytes, or {@link #ABSENT}
     * @throws IllegalStateException if the probe is closed
     */
    public long usageBytes() {
        checkOpen();
        ProbeFile file = usageFile;
        if (file == null) {
            return ABSENT;
        }
        file.read(bytes, values);
        return values[USAGE];
    }

    /**
     * Reads usage and statistics now: usage less inactive page cache, at least 0.
     *
     * @return bytes, or {@link #ABSENT}
     * @throws IllegalStateException if the probe is closed
     */
    public long workingSetBytes() {
        checkOpen();
        ProbeFile usage = usageFile;
        ProbeFile inactive = inactiveFile;
        if (usage == null || inactive == null) {
            return ABSENT;
        }
        usage.read(bytes, values);
        inactive.read(bytes, values);
        return values[USAGE] == ABSENT || values[INACTIVE_FILE] == ABSENT
                ? ABSENT
                : Formulas.difference(values[USAGE], values[INACTIVE_FILE]);
    }

    /**
     * Everything that {@link Container#memory()} tells, from files that stay open: a few times faster. Allocates its answer.
     *
     * @return the account of this moment
     * @throws IllegalStateException if the probe is closed
     */
    public MemorySnapshot snapshot() {
        checkOpen();
        SnapshotReader reader = snapshots;
        if (reader == null) {
            FileAccess kept = FileAccess.keptOpen();
            access = kept;
            reader = new SnapshotReader(groups, kept);
            snapshots = reader;
        }
        return reader.read();
    }

    /**
     * The chosen figures.
     *
     * @return a new set
     */
    public Set<MemoryFigure> figures() {
        return EnumSet.copyOf(chosen);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the probe is closed");
        }
    }

    /** Closes the files. May be called again. */
    @Override
    public void close() {
        closed = true;
        for (ProbeFile file : files) {
            file.close();
        }
        if (inactiveFile != null) {
            inactiveFile.close();
        }
        if (access != null) {
            access.close();
        }
    }

    /** Where it reads and how many figures. */
    @Override
    public String toString() {
        return OneLine.of("MemoryProbe of " + chosen.size() + " figures at " + location);
    }
}
