package io.github.memfit.kubernetes.node;

/**
 * The memory settings of an OCI runtime specification, which speak cgroup v1: swap means memory and swap together. Immutable
 * and thread-safe.
 *
 * <p>Rule: opencontainers/cgroups of August 2026, utils.go and fs2/memory.go.
 *
 * {@snippet :
 * new OciMemory(104857600, 209715200, 0).toCgroupV2(); // memory.max=104857600 memory.swap.max=104857600
 * }
 *
 * @param limit {@code memory.limit}: 0 for unset, -1 for unlimited
 * @param swap {@code memory.swap}, memory and swap together: 0 for unset, -1 for unlimited
 * @param reservation {@code memory.reservation}: 0 for unset
 * @since 0.1
 */
public record OciMemory(long limit, long swap, long reservation) {

    private static final long UNLIMITED = -1;

    /** What becomes of the settings on cgroup v2. */
    public sealed interface Translation permits Translated, Refused {}

    /**
     * The settings can be expressed. Immutable and thread-safe.
     *
     * @param writes the files; {@code memory.min} and {@code memory.high} are never among them, they come only through
     *     {@code unified}, which is written afterwards
     */
    public record Translated(CgroupWrites writes) implements Translation {

        /** The files. */
        @Override
        public String toString() {
            return writes.toString();
        }
    }

    /**
     * The runtime refuses the settings. Immutable and thread-safe.
     *
     * @param problem why
     */
    public record Refused(Problem problem) implements Translation {}

    /** Why settings are refused. */
    public enum Problem {
        /** Swap is given, but no memory limit to subtract from it. */
        SWAP_WITHOUT_LIMIT,
        /** The memory limit is below -1. */
        INVALID_LIMIT,
        /** Memory and swap together are less than memory alone. */
        SWAP_BELOW_LIMIT
    }

    /**
     * The files of cgroup v2 that mean the same.
     *
     * @return the files, or why there are none
     */
    public Translation toCgroupV2() {
        long own;
        boolean zero = false;
        if (limit == UNLIMITED && swap == 0) {
            own = UNLIMITED;
        } else if (swap == 0 || swap == UNLIMITED || limit == UNLIMITED) {
            own = swap;
        } else if (limit == 0) {
            return new Refused(Problem.SWAP_WITHOUT_LIMIT);
        } else if (limit < 0) {
            return new Refused(Problem.INVALID_LIMIT);
        } else if (swap < limit) {
            return new Refused(Problem.SWAP_BELOW_LIMIT);
        } else {
            own = swap - limit;
            zero = own == 0;
        }
        CgroupWrites writes = CgroupWrites.NONE;
        writes = own == 0 && !zero ? writes : writes.with(CgroupWrites.SWAP_MAX, text(own));
        writes = limit == 0 ? writes : writes.with(CgroupWrites.MAX, text(limit));
        writes = reservation == 0 ? writes : writes.with(CgroupWrites.LOW, text(reservation));
        return new Translated(writes);
    }

    private static String text(long value) {
        return value == UNLIMITED ? "max" : Long.toString(value);
    }
}
