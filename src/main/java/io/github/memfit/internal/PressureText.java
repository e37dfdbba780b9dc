package io.github.memfit.internal;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Ratio;
import io.github.memfit.unit.Reading;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The text of {@code memory.pressure}, {@code /proc/pressure/memory} and their like (kernel/sched/psi.c, psi_show):
 * {@code some avg10=0.12 avg60=0.34 avg300=0.05 total=1234567}, then the same with {@code full}.
 */
public final class PressureText {

    private static final String[] AVERAGES = {"avg10=", "avg60=", "avg300="};
    private static final String TOTAL = "total=";

    /** The largest number of microseconds that a {@link Duration} holds as nanoseconds in a long. */
    private static final long MOST_MICROS = Long.MAX_VALUE / 1000;

    private PressureText() {}

    /** The pressure in a file that was read. */
    public static Reading<Pressure> parse(RawFile file) {
        return file.absence()
                .<Reading<Pressure>>map(Reading::absent)
                .orElseGet(() -> parse(file.bytes(), file.length(), file.path().toString()));
    }

    /**
     * The pressure in a text. A line that is cut or malformed is an absence in an otherwise present pressure; a text without
     * any valid line is an absence as a whole.
     */
    public static Reading<Pressure> parse(byte[] text, int length, String source) {
        Reading<Pressure.Stall> some = line(text, length, "some ", source);
        Reading<Pressure.Stall> full = line(text, length, "full ", source);
        if (!some.isPresent() && !full.isPresent()) {
            return Reading.absent(Absence.Reason.MALFORMED, source, "no line of pressure");
        }
        return Reading.of(new Pressure(some, full));
    }

    /**
     * The total of a line in microseconds, without allocation.
     *
     * @param key {@code "some "} or {@code "full "}
     * @return the microseconds, or -1 if the line is absent, cut or malformed
     */
    public static long totalMicros(byte[] text, int length, String key) {
        int at = find(text, length, key);
        if (at < 0) {
            return -1;
        }
        int end = Ascii.find(text, at, length, '\n');
        at += key.length();
        for (String average : AVERAGES) {
            int next = Ascii.find(text, at, end, ' ');
            if (percentage(text, at, next, average) < 0) {
                return -1;
            }
            at = next + 1;
        }
        return total(text, at, end);
    }

    private static Reading<Pressure.Stall> line(byte[] text, int length, String key, String source) {
        int at = find(text, length, key);
        if (at < 0) {
            return Reading.absent(Absence.Reason.NOT_REPORTED, source, "no line " + key.trim());
        }
        Pressure.@Nullable Stall stall = stall(text, at + key.length(), Ascii.find(text, at, length, '\n'));
        return stall == null
                ? Reading.absent(Absence.Reason.MALFORMED, source, "the line " + key.trim() + " breaks the format")
                : Reading.of(stall);
    }

    private static Pressure.@Nullable Stall stall(byte[] text, int from, int end) {
        Ratio[] averages = new Ratio[AVERAGES.length];
        int at = from;
        for (int i = 0; i < averages.length; i++) {
            int next = Ascii.find(text, at, end, ' ');
            int hundredths = percentage(text, at, next, AVERAGES[i]);
            if (hundredths < 0) {
                return null;
            }
            averages[i] = Ratio.basisPoints(hundredths);
            at = next + 1;
        }
        long micros = total(text, at, end);
        return micros < 0
                ? null
                : new Pressure.Stall(averages[0], averages[1], averages[2], Duration.of(micros, ChronoUnit.MICROS));
    }

    /** Where the line with that key begins; -1 if there is none that ends in a line feed. */
    private static int find(byte[] text, int length, String key) {
        int at = 0;
        while (at < length) {
            int end = Ascii.find(text, at, length, '\n');
            if (end == length) {
                return -1;
            }
            if (Ascii.startsWith(text, at, end, key)) {
                return at;
            }
            at = end + 1;
        }
        return -1;
    }

    /** {@code key12.34} in hundredths of a percent, or -1. */
    private static int percentage(byte[] text, int from, int to, String key) {
        if (!Ascii.startsWith(text, from, to, key)) {
            return -1;
        }
        int at = from + key.length();
        int point = Ascii.find(text, at, to, '.');
        if (to - point != 3 || point - at > 3 || text[at] == '-' || text[point + 1] == '-') {
            return -1;
        }
        long whole = Ascii.decimal(text, at, point);
        long part = Ascii.decimal(text, point + 1, to);
        return whole < 0 || part < 0 ? -1 : (int) (whole * 100 + part);
    }

    private static long total(byte[] text, int from, int to) {
        if (!Ascii.startsWith(text, from, to, TOTAL) || Ascii.startsWith(text, from, to, "total=-")) {
            return -1;
        }
        long micros = Ascii.decimal(text, from + TOTAL.length(), to);
        return micros > MOST_MICROS ? -1 : micros;
    }
}
