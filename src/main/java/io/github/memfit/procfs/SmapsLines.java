package io.github.memfit.procfs;

import io.github.memfit.internal.Ascii;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;

/**
 * The lines of smaps and smaps_rollup: for each mapping a line with its addresses, then its figures. Takes the text line by
 * line, so that the hundreds of megabytes of a process with many mappings never lie in memory at once.
 */
final class SmapsLines {

    private final String source;
    private final FieldTable<SmapsField> table;
    private int mappings;
    private boolean inGate;
    private long gateSize;
    private boolean strayText;

    SmapsLines(String source) {
        this.source = source;
        this.table = new FieldTable<>(SmapsField.values(), source);
    }

    void addAll(byte[] text, int length) {
        int at = 0;
        while (at < length) {
            int end = Ascii.find(text, at, length, '\n');
            if (end == length) {
                cut();
                return;
            }
            add(text, at, end);
            at = end + 1;
        }
    }

    /** Takes one line, given without its line feed. */
    void add(byte[] text, int from, int to) {
        // Figures begin with a capital letter, addresses with a lower-case hexadecimal digit.
        if (from < to && text[from] >= 'A' && text[from] <= 'Z') {
            if (mappings == 0) {
                strayText = true;
                return;
            }
            table.addLine(text, from, to);
            if (inGate && Ascii.startsWith(text, from, to, "Size:")) {
                FieldTable<SmapsField> gate = new FieldTable<>(SmapsField.values(), source);
                gate.addLine(text, from, to);
                gateSize += gate.bytes(SmapsField.SIZE).map(Bytes::value).orElse(0L);
            }
        } else if (isHeader(text, from, to)) {
            mappings++;
            inGate = isGate(text, from, to);
        } else {
            strayText = true;
        }
    }

    void cut() {
        table.cut();
    }

    Reading<Smaps> rollup() {
        if (strayText || mappings != 1) {
            return ProcText.malformed(source, mappings + " records instead of one");
        }
        cutIfUnfinished();
        return Reading.of(new Smaps(table, 1));
    }

    /** Locked stands behind all other figures: without it nobody knows what else the kernel wanted to print. */
    private void cutIfUnfinished() {
        if (!table.has(SmapsField.LOCKED)) {
            table.cut();
        }
    }

    /**
     * The sum, if it is that of all mappings. When the process ends or replaces its program while it is being read, the text
     * just ends, at a mapping like any other. What ends early does not add up to the address space.
     *
     * @param least the size of the address space, the smaller one of before and after
     * @param most the larger one
     */
    Reading<Smaps> sum(long least, long most) {
        if (strayText || mappings == 0) {
            return ProcText.malformed(source, mappings == 0 ? "no mappings" : "lines that are not the kernel's");
        }
        cutIfUnfinished();
        table.records(mappings);
        return table.bytes(SmapsField.SIZE).flatMap(size -> {
            long mapped = size.value() - gateSize;
            return mapped < least || mapped > most
                    ? ProcText.malformed(
                            source,
                            "the mappings add up to " + mapped + " bytes, the address space has " + least
                                    + ": cut or changing")
                    : Reading.of(new Smaps(table, mappings));
        });
    }

    /** {@code 00400000-00401000 r--p 00000000 fe:00 3162455   /name}: are the addresses there? */
    private static boolean isHeader(byte[] text, int from, int to) {
        int dash = Ascii.find(text, from, to, '-');
        int blank = Ascii.find(text, from, to, ' ');
        return isHex(text, from, dash) && blank < to && isHex(text, dash + 1, blank);
    }

    private static boolean isHex(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = text[i];
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return from < to;
    }

    /** The page that the kernel shows in every process and counts in none. A file of that name has a slash in front. */
    private static boolean isGate(byte[] text, int from, int to) {
        int at = from;
        for (int column = 0; column < 5; column++) {
            at = Ascii.find(text, at, to, ' ') + 1;
        }
        while (at < to && text[at] == ' ') {
            at++;
        }
        return at < to && (Ascii.is(text, at, to, "[vsyscall]") || Ascii.is(text, at, to, "[vectors]"));
    }
}
