package io.github.memfit.container;

import static io.github.memfit.container.MemoryFigure.ACTIVE_ANON;
import static io.github.memfit.container.MemoryFigure.ACTIVE_FILE;
import static io.github.memfit.container.MemoryFigure.CACHE;
import static io.github.memfit.container.MemoryFigure.DIRTY;
import static io.github.memfit.container.MemoryFigure.HUGETLB;
import static io.github.memfit.container.MemoryFigure.INACTIVE_ANON;
import static io.github.memfit.container.MemoryFigure.INACTIVE_FILE;
import static io.github.memfit.container.MemoryFigure.INACTIVE_FILE_LOCAL;
import static io.github.memfit.container.MemoryFigure.KERNEL;
import static io.github.memfit.container.MemoryFigure.OOM_GROUP_KILLS;
import static io.github.memfit.container.MemoryFigure.OOM_KILLS;
import static io.github.memfit.container.MemoryFigure.RSS;
import static io.github.memfit.container.MemoryFigure.SLAB_RECLAIMABLE;
import static io.github.memfit.container.MemoryFigure.SOCK;
import static io.github.memfit.container.MemoryFigure.UNEVICTABLE;
import static io.github.memfit.container.MemoryFigure.USAGE;
import static io.github.memfit.container.MemoryFigure.WRITEBACK;

import io.github.memfit.cgroup.CgroupVersion;
import java.util.EnumSet;
import java.util.Set;

/** The computed figures, over one number for each figure by its ordinal: the same for snapshots and probes, no allocation. */
final class Formulas {

    private Formulas() {}

    /** The figures that must be there for a computed one; the figure itself if it is read. */
    static Set<MemoryFigure> needs(MemoryFigure figure, CgroupVersion version) {
        boolean v1 = version == CgroupVersion.V1;
        return switch (figure) {
            case WORKING_SET, DOCKER_USAGE -> EnumSet.of(USAGE, INACTIVE_FILE);
            case UNRECLAIMABLE ->
                v1
                        ? EnumSet.of(INACTIVE_ANON, ACTIVE_ANON, UNEVICTABLE, KERNEL)
                        : EnumSet.of(INACTIVE_ANON, ACTIVE_ANON, UNEVICTABLE, KERNEL, SOCK, SLAB_RECLAIMABLE);
            case RECLAIMABLE ->
                v1
                        ? EnumSet.of(INACTIVE_FILE, ACTIVE_FILE, DIRTY, WRITEBACK)
                        : EnumSet.of(INACTIVE_FILE, ACTIVE_FILE, DIRTY, WRITEBACK, SLAB_RECLAIMABLE);
            case UNEXPLAINED ->
                v1 ? EnumSet.of(USAGE, RSS, CACHE, KERNEL) : EnumSet.of(USAGE, RSS, CACHE, KERNEL, SOCK);
            case KILLED_PROCESSES -> v1 ? EnumSet.of(OOM_KILLS) : EnumSet.of(OOM_KILLS, OOM_GROUP_KILLS);
            default -> EnumSet.of(figure);
        };
    }

    /** Figures that change a computed one where they are there and do not matter where they are not. */
    static Set<MemoryFigure> uses(MemoryFigure figure, CgroupVersion version) {
        if (figure == MemoryFigure.UNEXPLAINED && version == CgroupVersion.V2) {
            return EnumSet.of(HUGETLB);
        }
        return figure == MemoryFigure.DOCKER_USAGE && version == CgroupVersion.V1
                ? EnumSet.of(INACTIVE_FILE_LOCAL)
                : EnumSet.noneOf(MemoryFigure.class);
    }

    /**
     * The number of a computed figure.
     *
     * @param values one number for each figure; those that it needs are there
     */
    static long compute(MemoryFigure figure, CgroupVersion version, long[] values) {
        boolean v1 = version == CgroupVersion.V1;
        return switch (figure) {
            case WORKING_SET -> difference(get(values, USAGE), get(values, INACTIVE_FILE));
            case DOCKER_USAGE ->
                dockerUsage(
                        get(values, USAGE),
                        get(values, INACTIVE_FILE),
                        optional(values, INACTIVE_FILE_LOCAL, Long.MAX_VALUE));
            case UNRECLAIMABLE ->
                sum(
                        sum(get(values, INACTIVE_ANON), get(values, ACTIVE_ANON)),
                        sum(get(values, UNEVICTABLE), v1 ? get(values, KERNEL) : hardKernel(values)));
            case RECLAIMABLE ->
                sum(
                        difference(
                                sum(get(values, INACTIVE_FILE), get(values, ACTIVE_FILE)),
                                sum(get(values, DIRTY), get(values, WRITEBACK))),
                        v1 ? 0 : get(values, SLAB_RECLAIMABLE));
            case UNEXPLAINED ->
                get(values, USAGE)
                        - sum(
                                sum(get(values, RSS), get(values, CACHE)),
                                sum(
                                        get(values, KERNEL),
                                        v1 ? 0 : sum(get(values, SOCK), optional(values, HUGETLB, 0))));
            case KILLED_PROCESSES ->
                v1 ? get(values, OOM_KILLS) : difference(get(values, OOM_KILLS), get(values, OOM_GROUP_KILLS));
            default -> get(values, figure);
        };
    }

    /** The rule of cAdvisor for the working set: what remains, never below 0. */
    static long difference(long whole, long part) {
        return Math.max(0, whole - part);
    }

    /**
     * The rule of docker stats: what remains if the inactive cache of the subtree is smaller than the usage, else if that of
     * the group alone is (v1 only), else the whole.
     */
    static long dockerUsage(long usage, long inactiveFile, long localInactiveFile) {
        if (inactiveFile < usage) {
            return usage - inactiveFile;
        }
        return localInactiveFile < usage ? usage - localInactiveFile : usage;
    }

    /** Kernel memory that reclaim cannot free, and network buffers. */
    private static long hardKernel(long[] values) {
        return difference(sum(get(values, KERNEL), get(values, SOCK)), get(values, SLAB_RECLAIMABLE));
    }

    /** Garbled files can hold numbers whose sum does not fit; no real sum comes near. */
    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private static long get(long[] values, MemoryFigure figure) {
        return values[figure.ordinal()];
    }

    private static long optional(long[] values, MemoryFigure figure, long other) {
        long value = values[figure.ordinal()];
        return value == MemoryProbe.ABSENT ? other : value;
    }
}
