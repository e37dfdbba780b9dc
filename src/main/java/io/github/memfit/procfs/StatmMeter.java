package io.github.memfit.procfs;

import io.github.memfit.internal.KeptFile;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The resident set of one process, sampled often: {@code statm} stays open, a sample costs a tenth of opening it anew and
 * allocates nothing.
 *
 * <p>Holds on to the process that had the number at the first sample. When that one has ended every further sample says
 * {@code GONE}, also if another process has its number. A program that replaces itself ({@code exec}) is the same process.
 *
 * <p>Not thread-safe; confine to one thread. Never throws before it is closed, is not disturbed by interrupts.
 *
 * {@snippet :
 * try (StatmMeter meter = ProcFs.live().self().statmMeter()) {
 *     while (meter.sample()) {
 *         long bytes = meter.residentBytes();
 *     }
 *     System.out.println(meter.absence());
 * }
 * }
 *
 * @since 0.1
 */
public final class StatmMeter implements AutoCloseable {

    private static final int LONGEST = 256;
    private static final int SIZE = 0;
    private static final int RESIDENT = 1;
    private static final int SHARED = 2;

    private final ProcessFiles files;
    private final KeptFile file;
    private final byte[] text = new byte[LONGEST];
    private final long[] pages = new long[7];
    private final Reading<Bytes> knownPageSize;
    private final long pageSize;
    private final long mostPages;
    private int opens;
    private @Nullable ProcessId process;
    private @Nullable Absence absence;
    private boolean present;

    StatmMeter(ProcessFiles files, Reading<Bytes> pageSize) {
        this.files = files;
        this.file = new KeptFile(files.directory().resolve("statm"), ByteBuffer.allocateDirect(LONGEST));
        this.knownPageSize = pageSize;
        this.pageSize = pageSize.map(Bytes::value).orElse(0L);
        this.mostPages = this.pageSize == 0 ? 0 : Long.MAX_VALUE / this.pageSize;
    }

    /**
     * Reads the file.
     *
     * @return true if the figures are those of now; false if {@link #absence()} says why there are none
     * @throws IllegalStateException if the meter is closed
     */
    public boolean sample() {
        present = false;
        if (pageSize == 0) {
            absence = knownPageSize.absence().orElseThrow();
            return false;
        }
        if (absence != null && absence.reason() == Absence.Reason.GONE) {
            return false;
        }
        int length = file.read(text);
        if (length < 0) {
            absence = files.explain(file.absence().orElseThrow());
            return false;
        }
        if (opens != file.opens() && !isSameProcess()) {
            return false;
        }
        if (!Statm.parse(text, length, pages) || !fits()) {
            absence = new Absence(
                    Absence.Reason.MALFORMED, file.path().toString(), "not seven numbers of pages and a line feed");
            return false;
        }
        absence = null;
        present = true;
        return true;
    }

    /** An open file belongs to one process for ever; one that was opened anew by its name must be looked at. */
    private boolean isSameProcess() {
        Reading<ProcessId> now = files.id();
        if (!now.isPresent()) {
            absence = now.absence().orElseThrow();
            return false;
        }
        ProcessId found = now.value().orElseThrow();
        if (process != null && !process.equals(found)) {
            absence = new Absence(
                    Absence.Reason.GONE,
                    file.path().toString(),
                    "process " + process + " has ended, the number belongs to " + found);
            return false;
        }
        process = found;
        opens = file.opens();
        return true;
    }

    private boolean fits() {
        for (long count : pages) {
            if (count > mostPages) {
                return false;
            }
        }
        return true;
    }

    /**
     * The resident set at the last sample.
     *
     * @return bytes
     * @throws IllegalStateException if the last sample had no figures
     */
    public long residentBytes() {
        return bytes(RESIDENT);
    }

    /**
     * The part of the resident set that belongs to files or is shared memory, at the last sample.
     *
     * @return bytes
     * @throws IllegalStateException if the last sample had no figures
     */
    public long sharedBytes() {
        return bytes(SHARED);
    }

    /**
     * The address space at the last sample.
     *
     * @return bytes
     * @throws IllegalStateException if the last sample had no figures
     */
    public long sizeBytes() {
        return bytes(SIZE);
    }

    private long bytes(int field) {
        if (!present) {
            throw new IllegalStateException(
                    "the last sample has no figures: " + (absence == null ? "none was taken" : absence.toString()));
        }
        return pages[field] * pageSize;
    }

    /**
     * Why the last sample had no figures.
     *
     * @return the reason; empty after a good sample and before the first
     */
    public Optional<Absence> absence() {
        return Optional.ofNullable(absence);
    }

    /** Closes the file. */
    @Override
    public void close() {
        file.close();
        present = false;
    }

    /** The resident set at the last sample. */
    @Override
    public String toString() {
        return files.directory() + " " + (present ? "resident=" + Bytes.of(residentBytes()) : String.valueOf(absence));
    }
}
