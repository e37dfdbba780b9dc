package io.github.memfit.usage;

import io.github.memfit.internal.ShortName;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Something that happened to a replica between two samples: it started again, or the kernel killed it for want of memory.
 * Immutable and thread-safe.
 *
 * <p>At equal times a restart stands before the samples and an OOM kill after them.
 *
 * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z, between the years 1 and 9999
 * @param kind what happened
 * @param replica the name of the replica; empty where there is only one
 * @param requestBytes the memory request in force at an OOM kill, where known
 * @param limitBytes the limit in force at an OOM kill, where known: the need was at least this
 * @since 0.1
 */
public record UsageMark(
        long epochMillis, MarkKind kind, String replica, OptionalLong requestBytes, OptionalLong limitBytes) {

    /**
     * What can happen to a replica.
     *
     * @since 0.1
     */
    public enum MarkKind {
        /** It started (again): usage before and after belong to different processes. */
        RESTART,
        /** The kernel killed a process of it for want of memory. */
        OOM_KILL
    }

    /** By time; at one time restarts before OOM kills, then by replica, request and limit. */
    static final Comparator<UsageMark> ORDER = Comparator.comparingLong(UsageMark::epochMillis)
            .thenComparing(UsageMark::kind)
            .thenComparing(UsageMark::replica)
            .thenComparingLong(mark -> mark.requestBytes.orElse(-1))
            .thenComparingLong(mark -> mark.limitBytes.orElse(-1));

    /**
     * Checks the ranges.
     *
     * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z, between the years 1 and 9999
     * @param kind what happened
     * @param replica the name of the replica; empty where there is only one
     * @param requestBytes the memory request in force at an OOM kill, where known
     * @param limitBytes the limit in force at an OOM kill, where known
     * @throws IllegalArgumentException if the time or the bytes are out of range, or a restart has a request or limit
     */
    public UsageMark {
        UsageTime.check(epochMillis);
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(replica, "replica");
        requestBytes.ifPresent(bytes -> UsageTime.checkBytes(bytes, epochMillis));
        limitBytes.ifPresent(bytes -> UsageTime.checkBytes(bytes, epochMillis));
        if (kind == MarkKind.RESTART && (requestBytes.isPresent() || limitBytes.isPresent())) {
            throw new IllegalArgumentException("a restart has no request or limit, only an OOM kill has");
        }
    }

    /**
     * The start of a replica.
     *
     * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z
     * @param replica the name of the replica; empty where there is only one
     * @return the mark
     * @throws IllegalArgumentException if the time is out of range
     */
    public static UsageMark restart(long epochMillis, String replica) {
        return new UsageMark(epochMillis, MarkKind.RESTART, replica, OptionalLong.empty(), OptionalLong.empty());
    }

    /**
     * An OOM kill.
     *
     * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z
     * @param replica the name of the replica; empty where there is only one
     * @param requestBytes the memory request in force, where known
     * @param limitBytes the limit in force, where known
     * @return the mark
     * @throws IllegalArgumentException if the time or the bytes are out of range
     */
    public static UsageMark oomKill(
            long epochMillis, String replica, OptionalLong requestBytes, OptionalLong limitBytes) {
        return new UsageMark(epochMillis, MarkKind.OOM_KILL, replica, requestBytes, limitBytes);
    }

    /**
     * The moment.
     *
     * @return the time
     */
    public Instant time() {
        return Instant.ofEpochMilli(epochMillis);
    }

    /**
     * Is this an OOM kill?
     *
     * @return true if not a restart
     */
    public boolean isOomKill() {
        return kind == MarkKind.OOM_KILL;
    }

    /** One line: the time, what happened, the replica if it has a name, and the limit where known. */
    @Override
    public String toString() {
        return time() + " " + kind + (replica.isEmpty() ? "" : " " + ShortName.of(replica))
                + (requestBytes.isPresent() ? " request=" + UsageTime.human(requestBytes.getAsLong()) : "")
                + (limitBytes.isPresent() ? " limit=" + UsageTime.human(limitBytes.getAsLong()) : "");
    }
}
