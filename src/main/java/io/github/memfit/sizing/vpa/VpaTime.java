package io.github.memfit.sizing.vpa;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/** VPA's clock: nanoseconds since 1970 in a {@code long}, with Go's rounding from the year 1. */
final class VpaTime {

    /** Go's zero time, 0001-01-01T00:00Z, which lies outside the range of the others. */
    static final long ZERO = Long.MIN_VALUE;

    private static final BigInteger YEAR_ONE = BigInteger.valueOf(62_135_596_800L);
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);
    private static final Instant EARLIEST = Instant.parse("1700-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2250-01-01T00:00:00Z");
    private static final long EARLIEST_MILLIS = EARLIEST.toEpochMilli();
    private static final long LATEST_MILLIS = LATEST.toEpochMilli();
    private static final Duration LONGEST = Duration.ofDays(3660);

    private VpaTime() {}

    static long nanos(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw outside(time);
        }
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    static long nanos(long epochMillis) {
        if (epochMillis < EARLIEST_MILLIS || epochMillis > LATEST_MILLIS) {
            throw outside(Instant.ofEpochMilli(epochMillis));
        }
        return epochMillis * 1_000_000;
    }

    private static IllegalArgumentException outside(Instant time) {
        return new IllegalArgumentException("a time must lie between the years 1700 and 2250, got " + time);
    }

    static Instant instant(long nanos) {
        return nanos == ZERO
                ? Instant.ofEpochSecond(-YEAR_ONE.longValueExact())
                : Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    /** The length in nanoseconds, at least a millisecond and at most ten years. */
    static long length(String what, Duration duration) {
        if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + " must be at least a millisecond and at most 3660 days, got " + duration);
        }
        return duration.toNanos();
    }

    /** How far the year 1970 lies past a multiple of a length that is counted from the year 1. */
    static long phase(long length) {
        return YEAR_ONE.multiply(NANOS).mod(BigInteger.valueOf(length)).longValueExact();
    }

    /** The nearest multiple of a length counted from the year 1, halves up. */
    static long round(long nanos, long length, long phase) {
        long past = (Math.floorMod(nanos, length) + phase) % length;
        return past < length - past ? nanos - past : nanos + (length - past);
    }

    /** a - b in nanoseconds, at most 292 years either way, as Go's durations are. */
    static long minus(long a, long b) {
        if (a == b) {
            return 0;
        }
        if (a == ZERO || b == ZERO) {
            return a == ZERO ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        long difference = a - b;
        return ((a ^ b) & (a ^ difference)) < 0 ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : difference;
    }
}
