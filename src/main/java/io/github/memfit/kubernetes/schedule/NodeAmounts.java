package io.github.memfit.kubernetes.schedule;

import io.github.memfit.kubernetes.EffectiveResources;
import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.kubernetes.ResourceList;
import io.github.memfit.unit.Bytes;

/**
 * Amounts that the scheduler counts on a node: what is allocatable, or what the pods there have requested together. Immutable
 * and thread-safe.
 *
 * @param memory memory
 * @param cpuMillis processor time in thousandths of a core
 * @param pods number of pods
 * @since 0.1
 */
public record NodeAmounts(Bytes memory, long cpuMillis, long pods) {

    /**
     * Checks the signs.
     *
     * @param memory memory
     * @param cpuMillis processor time in thousandths of a core
     * @param pods number of pods
     * @throws IllegalArgumentException if an amount is below zero
     */
    public NodeAmounts {
        if (memory.isNegative() || cpuMillis < 0 || pods < 0) {
            throw new IllegalArgumentException(
                    "amounts of a node are not below zero, got " + memory + ", " + cpuMillis + "m, " + pods);
        }
    }

    /**
     * What one pod requests.
     *
     * @param pod the pod, as stored
     * @param version the cluster's version
     * @return its effective requests
     * @throws ArithmeticException if a request does not fit 64 bits
     */
    public static NodeAmounts of(PodResources pod, KubernetesVersion version) {
        ResourceList requests = EffectiveResources.of(pod, version).requests();
        long millis = requests.cpu()
                .milliValue()
                .orElseThrow(
                        () -> new ArithmeticException("cpu " + requests.cpu() + " does not fit 64 bits of millis"));
        return new NodeAmounts(requests.memory().bytesRoundedUp(), millis, 1);
    }

    /**
     * The sum.
     *
     * @param other other amounts
     * @return both together
     * @throws ArithmeticException if a sum does not fit 64 bits
     */
    public NodeAmounts plus(NodeAmounts other) {
        return new NodeAmounts(
                memory.plus(other.memory), Math.addExact(cpuMillis, other.cpuMillis), Math.addExact(pods, other.pods));
    }

    /** {@code 16Gi, 4000m, 110 pods}. */
    @Override
    public String toString() {
        return memory + ", " + cpuMillis + "m, " + pods + " pods";
    }
}
