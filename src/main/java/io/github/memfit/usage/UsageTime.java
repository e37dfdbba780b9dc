package io.github.memfit.usage;

import io.github.memfit.unit.Bytes;
import java.time.Instant;

/** The range of times, and checks that every type of the package shares. */
final class UsageTime {

    /** 0001-01-01T00:00Z: where the clocks of VPA's histograms start. */
    static final long EARLIEST = -62_135_596_800_000L;

    /** The last millisecond of the year 9999. */
    static final long LATEST = 253_402_300_799_999L;

    private UsageTime() {}

    static long check(long epochMillis) {
        if (epochMillis < EARLIEST || epochMillis > LATEST) {
            throw new IllegalArgumentException(
                    "a time must lie between the years 1 and 9999, got " + epochMillis + " ms since 1970");
        }
        return epochMillis;
    }

    static long millis(Instant time) {
        if (time.isBefore(Instant.ofEpochMilli(EARLIEST)) || time.isAfter(Instant.ofEpochMilli(LATEST + 1))) {
            throw new IllegalArgumentException("a time must lie between the years 1 and 9999, got " + time);
        }
        return check(time.toEpochMilli());
    }

    static long checkBytes(long bytes, long epochMillis) {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "memory in use must not be negative, got " + bytes + " at " + Instant.ofEpochMilli(epochMillis));
        }
        return bytes;
    }

    static String human(long bytes) {
        return Bytes.of(bytes).toHuman();
    }
}
