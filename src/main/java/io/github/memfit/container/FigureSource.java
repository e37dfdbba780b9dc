package io.github.memfit.container;

import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.cgroup.MemoryFile;
import io.github.memfit.cgroup.StatKey;
import org.jspecify.annotations.Nullable;

/** Where a figure is read in one version: a file, or a line of it; or that it is computed, or that there is none. */
final class FigureSource {

    static final FigureSource NONE = new FigureSource(null, null, null, "", false);

    private final @Nullable MemoryFile file;
    private final @Nullable StatKey statKey;
    private final @Nullable String key;
    private final String formula;
    private final boolean local;

    private FigureSource(
            @Nullable MemoryFile file, @Nullable StatKey statKey, @Nullable String key, String formula, boolean local) {
        this.file = file;
        this.statKey = statKey;
        this.key = key;
        this.formula = formula;
        this.local = local;
    }

    static FigureSource file(MemoryFile file) {
        return new FigureSource(file, null, null, "", false);
    }

    static FigureSource line(MemoryFile file, String key) {
        return new FigureSource(file, null, key, "", false);
    }

    static FigureSource stat(StatKey key, CgroupVersion version) {
        return key.name(version).isEmpty()
                ? NONE
                : new FigureSource(
                        version == CgroupVersion.V1 ? MemoryFile.V1_STAT : MemoryFile.STAT,
                        key,
                        lineName(key, version),
                        "",
                        false);
    }

    /** v1: the line of the group alone. */
    static FigureSource localStat(StatKey key) {
        return new FigureSource(
                MemoryFile.V1_STAT, key, key.name(CgroupVersion.V1).orElseThrow(), "", true);
    }

    static FigureSource computed(String formula) {
        return new FigureSource(null, null, null, formula, false);
    }

    /** The line of the subtree. */
    private static String lineName(StatKey key, CgroupVersion version) {
        return (version == CgroupVersion.V1 ? "total_" : "") + key.name(version).orElseThrow();
    }

    @Nullable
    MemoryFile file() {
        return file;
    }

    @Nullable
    StatKey statKey() {
        return statKey;
    }

    /** The name of the line; null for a file of one number. */
    @Nullable
    String key() {
        return key;
    }

    /** Is it the line of the group alone, not of the subtree? */
    boolean isLocal() {
        return local;
    }

    boolean isComputed() {
        return !formula.isEmpty();
    }

    /** For people: a formula, a file, or a file and a line; empty if there is none. */
    String text() {
        MemoryFile of = file;
        if (of == null) {
            return formula;
        }
        return key == null ? of.fileName() : of.fileName() + ": " + key;
    }
}
