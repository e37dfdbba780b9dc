package io.github.memfit.sizing;

import io.github.memfit.unit.MalformedException;
import java.time.Duration;

/** Lengths of time as policies write them: whole days, hours, minutes, seconds or milliseconds. */
final class Durations {

    private static final Duration LONGEST = Duration.ofDays(3653);
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1000, 1};
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

    private Durations() {}

    /** From a millisecond to ten years, whole milliseconds. */
    static Duration window(Duration time) {
        return within(time, Duration.ofMillis(1));
    }

    /** From an hour to ten years: shorter half-lives would make one sample all there is. */
    static Duration halfLife(Duration time) {
        return within(time, Duration.ofHours(1));
    }

    private static Duration within(Duration time, Duration shortest) {
        if (time.compareTo(shortest) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a time here must be from " + text(shortest) + " to " + text(LONGEST) + ", got " + time);
        }
        if (time.getNano() % 1_000_000 != 0) {
            throw new IllegalArgumentException("a time here has whole milliseconds, got " + time);
        }
        return time;
    }

    /** The largest unit that says it exactly; {@link #parse} is the inverse. */
    static String text(Duration time) {
        long millis = time.toMillis();
        for (int i = 0; ; i++) {
            if (millis % MILLIS[i] == 0) {
                return millis / MILLIS[i] + UNITS[i];
            }
        }
    }

    /** At most nine digits and a unit. */
    static Duration parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits > 0 && digits <= 9) {
            String unit = text.substring(digits);
            for (int i = 0; i < UNITS.length; i++) {
                if (UNITS[i].equals(unit)) {
                    return Duration.ofMillis(Long.parseLong(text.substring(0, digits)) * MILLIS[i]);
                }
            }
        }
        throw new MalformedException("time", 1, digits + 1, text, "a time is written 14d, 24h, 5m, 30s or 250ms");
    }
}
