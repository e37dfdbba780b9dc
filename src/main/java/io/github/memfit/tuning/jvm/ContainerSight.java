package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * How much memory a JVM takes for granted, given what the kernel enforces: the two differ where HotSpot's container
 * detection is blind.
 *
 * <p>Checked with launches. On version 1 both 17 and 25 see the hierarchical limit. On version 2, JDK 25 takes the
 * smallest limit of the group and its ancestors; JDK 17 looks at the group alone, and sees no container at all unless
 * {@code /proc/cgroups} has enabled rows of the version 1 controllers cpuset, cpu, cpuacct and memory, which kernels from
 * 6.12 on may lack (JDK-8349988, fixed in 25). {@code memory.high}, soft limits and requests are seen by none.
 *
 * <p>Immutable and thread-safe.
 *
 * @param limits the limits from the group itself up to the root, empty where a level has none; at least one
 * @param hostMemory the RAM of the host
 * @param version2 is memory controlled by cgroup version 2?
 * @param version1Rows does {@code /proc/cgroups} have enabled rows of the version 1 controllers?
 * @since 0.1
 */
public record ContainerSight(List<Optional<Bytes>> limits, Bytes hostMemory, boolean version2, boolean version1Rows) {

    /**
     * Copies the limits.
     *
     * @param limits the limits from the group itself up to the root
     * @param hostMemory the RAM of the host
     * @param version2 is memory controlled by cgroup version 2?
     * @param version1Rows does {@code /proc/cgroups} have enabled rows of the version 1 controllers?
     * @throws IllegalArgumentException if there is no level
     */
    public ContainerSight {
        limits = List.copyOf(limits);
        if (limits.isEmpty()) {
            throw new IllegalArgumentException("a process is in a group: at least one level");
        }
    }

    /**
     * What the kernel enforces.
     *
     * @return the smallest limit of all levels, or the RAM of the host
     */
    public Bytes enforced() {
        return smallest(limits);
    }

    /**
     * What the JVM sees.
     *
     * @param jdk the JDK
     * @return the memory that its percentages are taken of
     */
    public Bytes seenBy(JdkVersion jdk) {
        if (!version2 || jdk.atLeast(25)) {
            return enforced();
        }
        return version1Rows ? smallest(limits.subList(0, 1)) : hostMemory;
    }

    /**
     * Does the JVM take more than it may have?
     *
     * @param jdk the JDK
     * @return true if it sees more memory than the kernel enforces
     */
    public boolean isBlind(JdkVersion jdk) {
        return seenBy(jdk).isMoreThan(enforced());
    }

    private Bytes smallest(List<Optional<Bytes>> levels) {
        Bytes smallest = hostMemory;
        for (Optional<Bytes> limit : levels) {
            smallest = limit.isPresent() ? smallest.min(limit.get()) : smallest;
        }
        return smallest;
    }
}
