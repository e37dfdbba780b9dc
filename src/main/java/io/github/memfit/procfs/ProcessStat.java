package io.github.memfit.procfs;

import io.github.memfit.internal.Ascii;
import io.github.memfit.internal.RawFile;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Printable;
import io.github.memfit.unit.Reading;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code /proc/<pid>/stat}: one line of up to 52 fields. Immutable and thread-safe.
 *
 * <p>Source: fs/proc/array.c, Linux 6.1 and 6.12. The name stands in parentheses and may itself hold blanks, parentheses and
 * line feeds; it ends at the last parenthesis of the text.
 *
 * @since 0.1
 */
public final class ProcessStat {

    /** The number of the first field behind the state. */
    private static final int FIRST = 4;

    private static final int RSS = 24;
    private static final int LAST = 52;

    /** Fields with an accessor that the kernel prints without a sign; a racing counter may take field 24 below zero. */
    private static final int[] UNSIGNED = {FIRST, 9, 10, 12, 20, 22, 23};

    /** Marks a field that the kernel did not print or that does not fit. */
    private static final long NONE = Long.MIN_VALUE;

    private static final long PF_KTHREAD = 0x0020_0000;

    private final int pid;
    private final String comm;
    private final char state;
    private final long[] fields;

    private ProcessStat(int pid, String comm, char state, long[] fields) {
        this.pid = pid;
        this.comm = comm;
        this.state = state;
        this.fields = fields;
    }

    static Reading<ProcessStat> parse(RawFile file) {
        byte[] text = file.bytes();
        int length = file.length();
        String source = file.path().toString();
        if (!ProcText.isWhole(text, length)) {
            return ProcText.malformed(source, length == 0 ? "empty" : "cut before the end of the line");
        }
        int open = Ascii.find(text, 0, length, '(');
        int close = Ascii.findLast(text, 0, length, ')');
        if (open < 2 || close < open || text[open - 1] != ' ' || length < close + 5) {
            return ProcText.malformed(source, "does not begin with \"pid (name) state\"");
        }
        long pid = Ascii.decimal(text, 0, open - 1);
        if (pid < 0 || pid > Integer.MAX_VALUE || text[0] == '-' || text[close + 1] != ' ' || text[close + 3] != ' ') {
            return ProcText.malformed(source, "does not begin with \"pid (name) state\"");
        }
        long[] fields = new long[LAST + 1];
        Arrays.fill(fields, NONE);
        int at = close + 4;
        int last = length - 1;
        for (int number = FIRST; at <= last; number++) {
            int end = Ascii.find(text, at, last, ' ');
            long value = signed(text, at, end);
            if (value == NONE) {
                return ProcText.malformed(source, "field " + number + " is no number");
            }
            if (number <= LAST && value != Long.MAX_VALUE) {
                fields[number] = value;
            }
            at = end + 1;
        }
        for (int number = FIRST; number <= RSS; number++) {
            if (fields[number] == NONE) {
                return ProcText.malformed(source, "field " + number + " is absent");
            }
        }
        for (int number : UNSIGNED) {
            if (fields[number] < 0) {
                return ProcText.malformed(source, "field " + number + " is negative");
            }
        }
        if (fields[FIRST] > Integer.MAX_VALUE) {
            return ProcText.malformed(source, "field " + FIRST + " is no process id");
        }
        fields[RSS] = Math.max(0, fields[RSS]);
        return Reading.of(new ProcessStat(
                (int) pid, ProcText.text(text, open + 1, close), (char) (text[close + 2] & 0xff), fields));
    }

    /** A signed number; {@link Long#MAX_VALUE} for all that are above it; {@link #NONE} for what is no number. */
    private static long signed(byte[] text, int from, int to) {
        boolean negative = from < to && text[from] == '-';
        int begin = negative ? from + 1 : from;
        long magnitude = negative && begin < to && text[begin] == '-' ? -1 : Ascii.decimal(text, begin, to);
        return magnitude < 0 ? NONE : negative ? -magnitude : magnitude;
    }

    /**
     * Field 1.
     *
     * @return the process id, as seen from the pid namespace of the mount
     */
    public int pid() {
        return pid;
    }

    /**
     * Field 2, raw: nothing is escaped.
     *
     * @return the name; bytes that are not UTF-8 are U+FFFD
     */
    public String comm() {
        return comm;
    }

    /**
     * Field 3.
     *
     * @return the state; empty for a letter that no kernel since 4.14 writes
     */
    public Optional<ProcessState> state() {
        return ProcessState.of(state);
    }

    /**
     * Field 4.
     *
     * @return the process id of the parent; 0 if it is outside the pid namespace
     */
    public int parent() {
        return (int) fields[FIRST];
    }

    /**
     * Field 9, the {@code PF_} bits of include/linux/sched.h.
     *
     * @return the bits
     */
    public long flags() {
        return fields[9];
    }

    /**
     * The bit {@code PF_KTHREAD} of {@link #flags}.
     *
     * @return true for a kernel thread, which has no memory of its own
     */
    public boolean isKernelThread() {
        return (flags() & PF_KTHREAD) != 0;
    }

    /**
     * Field 10.
     *
     * @return page faults that needed no device
     */
    public long minorFaults() {
        return fields[10];
    }

    /**
     * Field 12.
     *
     * @return page faults that waited for a device
     */
    public long majorFaults() {
        return fields[12];
    }

    /**
     * Field 20.
     *
     * @return the number of threads
     */
    public long threads() {
        return fields[20];
    }

    /**
     * Field 22. With the pid it tells a process from a later one of the same number.
     *
     * @return the time of the start after the machine's boot, in clock ticks (10 ms on all common machines)
     */
    public long startTicks() {
        return fields[22];
    }

    /**
     * Field 23, which the kernel counts in bytes.
     *
     * @return the size of the address space; 0 for zombies and kernel threads
     */
    public Bytes size() {
        return Bytes.of(fields[23]);
    }

    /**
     * Field 24, which the kernel counts in pages.
     *
     * @return the resident set in pages; 0 for zombies and kernel threads
     */
    public long residentPages() {
        return fields[RSS];
    }

    /**
     * Any field by its number in proc(5). The kernel prints 0 for addresses that the reader may not see.
     *
     * @param number the number, from 4 to 52
     * @return the number; empty if this kernel prints fewer fields, or for a number above 2^63 - 1 ("no limit" in field 25)
     * @throws IllegalArgumentException if the number is not in 4..52
     */
    public OptionalLong field(int number) {
        if (number < FIRST || number > LAST) {
            throw new IllegalArgumentException("fields with numbers are 4..52, got " + number);
        }
        return fields[number] == NONE ? OptionalLong.empty() : OptionalLong.of(fields[number]);
    }

    /** The identity that survives reuse of the pid. */
    ProcessId id() {
        return new ProcessId(pid, startTicks());
    }

    /** The pid, name, state and memory, escaped. */
    @Override
    public String toString() {
        return pid + " (" + Printable.escaped(comm, 80) + ") " + Printable.escaped(String.valueOf(state), 80) + " size="
                + size() + " residentPages=" + residentPages();
    }
}
