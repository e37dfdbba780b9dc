package io.github.memfit.procfs;

import io.github.memfit.internal.Ascii;
import io.github.memfit.internal.RawFile;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Reading;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * {@code /proc/vmstat}: pages and events of the machine's memory management, some 180 numbers that differ from kernel to kernel.
 * Immutable and thread-safe.
 *
 * <p>Source: mm/vmstat.c, Linux 6.1 and 6.12.
 *
 * @since 0.1
 */
public final class VmStat {

    private final String source;

    /** Whole lines only. */
    private final byte[] text;

    private final boolean cut;

    private VmStat(String source, byte[] text, boolean cut) {
        this.source = source;
        this.text = text;
        this.cut = cut;
    }

    static Reading<VmStat> parse(RawFile file) {
        int whole = Ascii.findLast(file.bytes(), 0, file.length(), '\n') + 1;
        if (whole == 0) {
            return ProcText.malformed(file.path().toString(), file.length() == 0 ? "empty" : "no whole line");
        }
        return Reading.of(
                new VmStat(file.path().toString(), Arrays.copyOf(file.bytes(), whole), whole < file.length()));
    }

    /**
     * A figure that every recent kernel has.
     *
     * @param field the figure
     * @return its number, in the figure's unit
     */
    public Reading<Long> count(VmStatField field) {
        return count(field.key());
    }

    /**
     * Any figure.
     *
     * @param key the kernel's name of it
     * @return its number
     */
    public Reading<Long> count(String key) {
        Objects.requireNonNull(key, "key");
        long found = Ascii.NOT_A_NUMBER;
        boolean seen = false;
        for (int at = 0; at < text.length; ) {
            int end = Ascii.find(text, at, text.length, '\n');
            int blank = Ascii.find(text, at, end, ' ');
            if (blank < end && Ascii.is(text, at, blank, key)) {
                found = seen ? Ascii.NOT_A_NUMBER : Ascii.decimal(text, blank + 1, end);
                seen = true;
            }
            at = end + 1;
        }
        if (!seen) {
            return cut
                    ? ProcText.malformed(source, "cut, perhaps before " + key)
                    : Reading.absent(Absence.Reason.NOT_REPORTED, source, "no line " + key);
        }
        return found == Ascii.NOT_A_NUMBER || found == Long.MAX_VALUE
                ? ProcText.malformed(source, "not one line \"" + key + " number\"")
                : Reading.of(found);
    }

    /**
     * The kernel's names, in its order.
     *
     * @return the names of all lines
     */
    public Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        for (int at = 0; at < text.length; ) {
            int end = Ascii.find(text, at, text.length, '\n');
            int blank = Ascii.find(text, at, end, ' ');
            if (blank < end) {
                keys.add(ProcText.text(text, at, blank));
            }
            at = end + 1;
        }
        return Collections.unmodifiableSet(keys);
    }

    /** The figures that tell of trouble. */
    @Override
    public String toString() {
        return "pgmajfault=" + text(VmStatField.PGMAJFAULT) + " pswpin=" + text(VmStatField.PSWPIN) + " pswpout="
                + text(VmStatField.PSWPOUT) + " oom_kill=" + text(VmStatField.OOM_KILL);
    }

    private String text(VmStatField field) {
        return count(field).map(String::valueOf).orElse("?");
    }
}
