package io.github.memfit.procfs;

import io.github.memfit.internal.Ascii;
import io.github.memfit.internal.RawFile;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;

/**
 * {@code /proc/<pid>/statm}: the cheapest figures of a process's memory. All zeros for zombies and kernel threads.
 * Immutable and thread-safe.
 *
 * <p>Source: fs/proc/array.c, Linux 6.1 and 6.12; the kernel counts in pages. Exact per page on 6.18 and from 6.12.41; on
 * earlier kernels each thread may hold back up to 64 pages (before 6.2) or each CPU some (6.2 to 6.12.38).
 *
 * @param size the address space (VmSize)
 * @param resident the resident set (VmRSS)
 * @param shared the part of it that belongs to files or is shared memory (RssFile + RssShmem)
 * @param text the program text (VmExe and the like)
 * @param data private writable mappings and stack (VmData + VmStk)
 * @since 0.1
 */
public record Statm(Bytes size, Bytes resident, Bytes shared, Bytes text, Bytes data) {

    private static final int FIELDS = 7;

    static Reading<Statm> parse(RawFile file, Bytes pageSize) {
        long[] pages = new long[FIELDS];
        if (!parse(file.bytes(), file.length(), pages)) {
            return ProcText.malformed(file.path().toString(), "not seven numbers and a line feed");
        }
        long page = pageSize.value();
        for (long count : pages) {
            if (count > Long.MAX_VALUE / page) {
                return ProcText.malformed(file.path().toString(), "more pages than an address space has");
            }
        }
        return Reading.of(new Statm(
                Bytes.of(pages[0] * page),
                Bytes.of(pages[1] * page),
                Bytes.of(pages[2] * page),
                Bytes.of(pages[3] * page),
                Bytes.of(pages[5] * page)));
    }

    /** Reads the seven numbers without allocation; false if the text is anything else. */
    static boolean parse(byte[] text, int length, long[] into) {
        if (!ProcText.isWhole(text, length)) {
            return false;
        }
        int at = 0;
        int last = length - 1;
        for (int i = 0; i < FIELDS; i++) {
            int end = Ascii.find(text, at, last, ' ');
            long value = Ascii.decimal(text, at, end);
            if (value < 0 || (i == FIELDS - 1) != (end == last)) {
                return false;
            }
            into[i] = value;
            at = end + 1;
        }
        return true;
    }

    /** The size and the resident set. */
    @Override
    public String toString() {
        return "size=" + size + " resident=" + resident + " shared=" + shared + " text=" + text + " data=" + data;
    }
}
