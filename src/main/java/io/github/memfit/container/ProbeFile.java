package io.github.memfit.container;

import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.cgroup.MemoryFile;
import io.github.memfit.internal.Ascii;
import io.github.memfit.internal.KeptFile;
import io.github.memfit.internal.KeyTable;
import io.github.memfit.internal.PressureText;
import io.github.memfit.unit.Absence;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One open file of a probe and the figures that it tells. Not thread-safe; confine to one thread. */
final class ProbeFile {

    private final Path directory;
    private final KeptFile file;
    private final boolean pressure;
    private final @Nullable KeyTable table;
    private final int[] figures;
    private final String[] keys;
    private final long[] numbers;

    /** Where the lines were, for the next time. */
    private final int[] lines;

    /** The kernel does not have the file: not asked for again before the group is made anew. */
    private boolean missing;

    private ProbeFile(
            Path directory, KeptFile file, boolean pressure, @Nullable KeyTable table, int[] figures, String[] keys) {
        this.directory = directory;
        this.file = file;
        this.pressure = pressure;
        this.table = table;
        this.figures = figures;
        this.keys = keys;
        this.numbers = new long[figures.length];
        this.lines = new int[figures.length];
    }

    static ProbeFile of(
            Path directory,
            MemoryFile file,
            List<MemoryFigure> figures,
            CgroupVersion version,
            ByteBuffer small,
            ByteBuffer large) {
        int[] ordinals = figures.stream().mapToInt(Enum::ordinal).toArray();
        boolean single = file.form() == MemoryFile.Form.AMOUNT;
        boolean pressure = file.form() == MemoryFile.Form.PRESSURE;
        String[] keys = single
                ? new String[0]
                : figures.stream().map(f -> f.sourceIn(version).key()).toArray(String[]::new);
        if (pressure) {
            for (int i = 0; i < keys.length; i++) {
                keys[i] += " ";
            }
        }
        return new ProbeFile(
                directory,
                new KeptFile(directory.resolve(file.fileName()), single ? small : large),
                pressure,
                single || pressure ? null : new KeyTable(keys),
                ordinals,
                keys);
    }

    boolean reads(int figure) {
        for (int mine : figures) {
            if (mine == figure) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads the file.
     *
     * @return true if it had to be opened again because its group was removed and made anew
     */
    boolean read(byte[] bytes, long[] values) {
        if (missing) {
            return false;
        }
        int opens = file.opens();
        int length = file.read(bytes);
        if (length < 0) {
            for (int figure : figures) {
                values[figure] = MemoryProbe.ABSENT;
            }
            missing = opens == 0
                    && file.opens() == 0
                    && file.absence().orElseThrow().reason() == Absence.Reason.NO_FILE
                    && Files.isDirectory(directory);
            return false;
        }
        KeyTable keyed = table;
        if (keyed != null) {
            keyed.readNear(bytes, length, lines, numbers);
        } else if (pressure) {
            for (int i = 0; i < keys.length; i++) {
                numbers[i] = PressureText.totalMicros(bytes, length, keys[i]);
            }
        } else {
            numbers[0] = single(bytes, length);
        }
        for (int i = 0; i < figures.length; i++) {
            values[figures[i]] = numbers[i] < 0 ? MemoryProbe.ABSENT : numbers[i];
        }
        return opens > 0 && file.opens() > opens;
    }

    /** A number and a line feed, nothing else. */
    private static long single(byte[] bytes, int length) {
        if (bytes[length - 1] != '\n') {
            return -1;
        }
        long number = Ascii.decimal(bytes, 0, length - 1);
        return number == Long.MAX_VALUE ? -1 : number;
    }

    void groupIsNew() {
        missing = false;
        Arrays.fill(lines, 0);
    }

    Absence absence(MemoryFigure figure) {
        return file.absence()
                .filter(why -> missing || file.opens() == 0 || !Files.isRegularFile(file.path()))
                .map(why -> Files.isDirectory(directory)
                        ? why
                        : new Absence(Absence.Reason.GONE, why.source(), "the group was removed"))
                .orElseGet(() -> new Absence(
                        Absence.Reason.NOT_REPORTED,
                        file.path().toString(),
                        "no whole line or number for " + figure.title()));
    }

    void close() {
        file.close();
    }
}
