package io.github.memfit.kubernetes.eviction;

import io.github.memfit.unit.Bytes;

/**
 * A node's memory as the kubelet's eviction manager sees it. It is not {@code MemAvailable}: active file cache counts as used,
 * and on cgroup v2 kernel memory does not. Immutable and thread-safe.
 *
 * <p>Rule: Kubernetes 1.36, pkg/kubelet/eviction/helpers.go, and the usage of the root cgroup in the container libraries that
 * it uses since 1.27.7.
 *
 * {@snippet :
 * NodeMemorySignal node = NodeMemorySignal.v2(memTotal, anon, file, inactiveFile);  // from the root's memory.stat
 * EvictionThreshold.DEFAULT_HARD.isMet(node.available(), node.capacity());
 * }
 *
 * @param capacity the machine's memory
 * @param workingSet what counts as used
 * @since 0.1
 */
public record NodeMemorySignal(Bytes capacity, Bytes workingSet) {

    /**
     * From cgroup v2: the root has no {@code memory.current}, so usage is anonymous memory and file cache; slab, kernel stacks
     * and page tables are left out.
     *
     * @param memTotal the machine's memory
     * @param anon {@code anon} of the root's {@code memory.stat}
     * @param file {@code file}
     * @param inactiveFile {@code inactive_file}
     * @return the node's memory
     */
    public static NodeMemorySignal v2(Bytes memTotal, Bytes anon, Bytes file, Bytes inactiveFile) {
        return v1(memTotal, anon.plus(file), inactiveFile);
    }

    /**
     * From cgroup v1.
     *
     * @param memTotal the machine's memory
     * @param usage {@code memory.usage_in_bytes} of the root
     * @param totalInactiveFile {@code total_inactive_file} of its {@code memory.stat}
     * @return the node's memory
     */
    public static NodeMemorySignal v1(Bytes memTotal, Bytes usage, Bytes totalInactiveFile) {
        Bytes workingSet = usage.minus(totalInactiveFile);
        return new NodeMemorySignal(memTotal, workingSet.isNegative() ? Bytes.ZERO : workingSet);
    }

    /**
     * The signal {@code memory.available}.
     *
     * @return capacity without working set
     */
    public Bytes available() {
        return capacity.minus(workingSet);
    }

    /**
     * At which usage the kernel wakes the kubelet (cgroup v1 only).
     *
     * @param threshold the threshold
     * @param inactiveFile the inactive file cache now
     * @return the usage of the root cgroup
     */
    public Bytes notifiedAtUsage(EvictionThreshold threshold, Bytes inactiveFile) {
        return capacity.minus(threshold.bytes(capacity)).plus(inactiveFile);
    }

    /** {@code 12Gi of 16Gi used, 4Gi available}. */
    @Override
    public String toString() {
        return workingSet + " of " + capacity + " used, " + available() + " available";
    }
}
