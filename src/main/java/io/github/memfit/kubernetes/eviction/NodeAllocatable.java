package io.github.memfit.kubernetes.eviction;

import io.github.memfit.unit.Bytes;
import java.util.List;

/**
 * How much of a node's memory the scheduler gives to pods, and how much pods can really use together. The two differ by the
 * eviction margin: pods may use it, and are evicted for it. Immutable and thread-safe.
 *
 * <p>Rule: Kubernetes 1.36, pkg/kubelet/cm/node_container_manager_linux.go and nodestatus/setters.go.
 *
 * {@snippet :
 * NodeAllocatable.of(Bytes.gibi(16), Bytes.gibi(1), Bytes.ZERO, EvictionThreshold.DEFAULT_HARD, List.of());
 * // allocatable 15260Mi, pods together 15Gi, eviction margin 100Mi
 * }
 *
 * @param allocatable what the scheduler may place: capacity without reservations, eviction margin and huge pages
 * @param podsLimit the memory limit of the cgroup of all pods, when {@code enforceNodeAllocatable} has {@code pods}
 * @param evictionMargin the hard eviction threshold in bytes
 * @since 0.1
 */
public record NodeAllocatable(Bytes allocatable, Bytes podsLimit, Bytes evictionMargin) {

    /**
     * Computes both.
     *
     * @param capacity the machine's memory
     * @param kubeReserved memory of {@code kubeReserved}
     * @param systemReserved memory of {@code systemReserved}
     * @param hard the hard threshold of {@code memory.available}
     * @param hugePages memory set aside for huge pages, one entry per page size
     * @return the node's figures, never below zero
     */
    public static NodeAllocatable of(
            Bytes capacity, Bytes kubeReserved, Bytes systemReserved, EvictionThreshold hard, List<Bytes> hugePages) {
        Bytes margin = hard.bytes(capacity);
        Bytes unreserved = capacity.minus(kubeReserved).minus(systemReserved);
        Bytes allocatable = notNegative(unreserved.minus(margin));
        for (Bytes pages : hugePages) {
            allocatable = notNegative(allocatable.minus(pages));
        }
        return new NodeAllocatable(allocatable, notNegative(unreserved), margin);
    }

    private static Bytes notNegative(Bytes bytes) {
        return bytes.isNegative() ? Bytes.ZERO : bytes;
    }

    /** {@code allocatable 15260Mi, pods together 15Gi, eviction margin 100Mi}. */
    @Override
    public String toString() {
        return "allocatable " + allocatable + ", pods together " + podsLimit + ", eviction margin " + evictionMargin;
    }
}
