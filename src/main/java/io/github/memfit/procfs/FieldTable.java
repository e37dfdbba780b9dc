package io.github.memfit.procfs;

import io.github.memfit.internal.Ascii;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;

/**
 * The figures of a text of {@code Key: number} lines. A figure counts if every record of the text has exactly one line with
 * it and each of these lines keeps the kernel's format; a line without its line feed was cut and is not used.
 *
 * <p>The kernel's order seldom changes, so the next figure is looked for where the last one left off.
 *
 * @param <F> the figures
 */
final class FieldTable<F extends Enum<F> & ProcField> {

    private static final long BROKEN = -1;
    private static final long MOST_KIBI = Long.MAX_VALUE / 1024;

    private final F[] fields;
    private final String source;
    private final long[] sums;
    private final int[] lines;
    private int next;
    private int records = 1;
    private boolean cut;

    FieldTable(F[] fields, String source) {
        this.fields = fields;
        this.source = source;
        this.sums = new long[fields.length];
        this.lines = new int[fields.length];
    }

    /** Reads a whole text as one record. */
    FieldTable<F> addAll(byte[] text, int length) {
        int at = 0;
        while (at < length) {
            int end = Ascii.find(text, at, length, '\n');
            if (end == length) {
                cut = true;
                break;
            }
            addLine(text, at, end);
            at = end + 1;
        }
        return this;
    }

    /** Reads one line, given without its line feed. Lines with other keys are passed over. */
    void addLine(byte[] text, int from, int to) {
        int colon = Ascii.find(text, from, to, ':');
        if (colon == to) {
            return;
        }
        for (int tried = 0; tried < fields.length; tried++) {
            int at = next + tried < fields.length ? next + tried : next + tried - fields.length;
            if (Ascii.is(text, from, colon, fields[at].key())) {
                next = at + 1 == fields.length ? 0 : at + 1;
                add(at, number(text, colon + 1, to, fields[at].unit()));
                return;
            }
        }
    }

    private void add(int at, long value) {
        lines[at]++;
        long sum = sums[at] + value;
        sums[at] = sums[at] == BROKEN || value == BROKEN || sum < 0 ? BROKEN : sum;
    }

    /** In how many records each figure must be found. */
    void records(int count) {
        records = count;
    }

    /** Says that the text is not all that the kernel had to say. */
    void cut() {
        cut = true;
    }

    boolean isCut() {
        return cut;
    }

    boolean has(F field) {
        return lines[field.ordinal()] > 0;
    }

    /** The figure as bytes. */
    Reading<Bytes> bytes(F field) {
        if (field.unit() != ProcUnit.KIBIBYTES) {
            throw new IllegalArgumentException(field + " is counted in " + field.unit() + ", ask for its count");
        }
        return value(field).map(Bytes::of);
    }

    /** The figure as a plain number. */
    Reading<Long> count(F field) {
        if (field.unit() == ProcUnit.KIBIBYTES) {
            throw new IllegalArgumentException(field + " is counted in " + field.unit() + ", ask for its bytes");
        }
        return value(field);
    }

    private Reading<Long> value(F field) {
        int at = field.ordinal();
        if (lines[at] == records && sums[at] != BROKEN) {
            return Reading.of(sums[at]);
        }
        if (lines[at] == 0 && !cut) {
            return Reading.absent(
                    Absence.Reason.NOT_REPORTED,
                    source,
                    "no line " + field.key() + "; Linux prints it since " + field.since());
        }
        String detail;
        if (lines[at] == 0) {
            detail = "cut before the line " + field.key();
        } else if (lines[at] != records) {
            detail = lines[at] + " lines " + field.key() + " in " + records + (records == 1 ? " record" : " records");
        } else {
            detail = "a line " + field.key() + " breaks the kernel's format";
        }
        return Reading.absent(Absence.Reason.MALFORMED, source, detail);
    }

    /** {@code blanks number}, with {@code kB} behind it if the unit asks for it; or {@link #BROKEN}. */
    private static long number(byte[] text, int from, int to, ProcUnit unit) {
        int begin = from;
        while (begin < to && (text[begin] == ' ' || text[begin] == '\t')) {
            begin++;
        }
        int end = Ascii.find(text, begin, to, ' ');
        long value = Ascii.decimal(text, begin, end);
        if (unit == ProcUnit.KIBIBYTES) {
            return value < 0 || value > MOST_KIBI || !Ascii.is(text, end, to, " kB") ? BROKEN : value * 1024;
        }
        return value < 0 || value == Long.MAX_VALUE || end != to ? BROKEN : value;
    }
}
