package io.github.memfit.usage;

import io.github.memfit.internal.ShortName;
import io.github.memfit.unit.Bytes;
import java.time.Instant;
import java.util.Objects;

/**
 * The memory in use by one replica at one moment. Immutable and thread-safe.
 *
 * <p>Which memory (working set, resident set, the peak since the last look) is the caller's choice; a history should keep to
 * one. For many samples the array forms of {@link UsageHistory} are cheaper than objects.
 *
 * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z, between the years 1 and 9999
 * @param bytes the memory in use, not negative
 * @param replica the name of the replica; empty where there is only one
 * @since 0.1
 */
public record UsageSample(long epochMillis, long bytes, String replica) {

    /**
     * Checks the ranges.
     *
     * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z, between the years 1 and 9999
     * @param bytes the memory in use, not negative
     * @param replica the name of the replica; empty where there is only one
     * @throws IllegalArgumentException if the time or the bytes are out of range
     */
    public UsageSample {
        UsageTime.check(epochMillis);
        UsageTime.checkBytes(bytes, epochMillis);
        Objects.requireNonNull(replica, "replica");
    }

    /**
     * A sample of the only replica.
     *
     * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z
     * @param bytes the memory in use, not negative
     * @return the sample
     * @throws IllegalArgumentException if the time or the bytes are out of range
     */
    public static UsageSample of(long epochMillis, long bytes) {
        return new UsageSample(epochMillis, bytes, "");
    }

    /**
     * A sample of the only replica.
     *
     * @param time the moment; fractions of a millisecond are cut off
     * @param bytes the memory in use, not negative
     * @return the sample
     * @throws IllegalArgumentException if the time or the bytes are out of range
     */
    public static UsageSample of(Instant time, Bytes bytes) {
        return new UsageSample(UsageTime.millis(time), bytes.value(), "");
    }

    /**
     * The moment.
     *
     * @return the time
     */
    public Instant time() {
        return Instant.ofEpochMilli(epochMillis);
    }

    /** One line: the time, the bytes and the replica, if it has a name. */
    @Override
    public String toString() {
        return time() + " " + Bytes.of(bytes) + (replica.isEmpty() ? "" : " " + ShortName.of(replica));
    }
}
