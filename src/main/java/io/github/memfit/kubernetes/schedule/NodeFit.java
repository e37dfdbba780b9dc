package io.github.memfit.kubernetes.schedule;

import io.github.memfit.unit.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a pod fits a node, and how the scheduler scores the node with it. Immutable and thread-safe.
 *
 * <p>Rule: Kubernetes 1.36, pkg/scheduler/framework/plugins/noderesources. A resource of which the pod asks nothing is not
 * checked; exactly full still fits. Scores are whole numbers from 0 to 100, cut, weighted equally over cpu and memory; a resource
 * of which nothing is allocatable is left out. In a real cluster the scores use
 * {@link io.github.memfit.kubernetes.EffectiveResources#scoredMemory()} for pods without requests.
 *
 * {@snippet :
 * NodeFit fit = NodeFit.of(allocatable, requested, NodeAmounts.of(pod, version));
 * fit.fits();            // false
 * fit.reasons();         // [insufficient-memory]
 * }
 *
 * @param reasons why the pod does not fit, empty if it does
 * @param isUnresolvable does it not fit the empty node either, so that evicting others would not help
 * @param leastAllocated the score that prefers empty nodes (the default)
 * @param mostAllocated the score that packs nodes
 * @param balanced the score that prefers equal shares of cpu and memory, as computed up to 1.35
 * @since 0.1
 */
public record NodeFit(
        List<Reason> reasons, boolean isUnresolvable, int leastAllocated, int mostAllocated, int balanced) {

    /** Why a pod does not fit. */
    public enum Reason {
        /** The node has as many pods as it may have. */
        TOO_MANY_PODS,
        /** Not enough processor time is left. */
        INSUFFICIENT_CPU,
        /** Not enough memory is left. */
        INSUFFICIENT_MEMORY;

        /** {@code insufficient-memory}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Copies the list.
     *
     * @param reasons why the pod does not fit
     * @param isUnresolvable does it not fit the empty node either
     * @param leastAllocated the score that prefers empty nodes
     * @param mostAllocated the score that packs nodes
     * @param balanced the score that prefers equal shares
     */
    public NodeFit {
        reasons = List.copyOf(reasons);
    }

    /**
     * Tries a pod on a node.
     *
     * @param allocatable what the node offers
     * @param requested what the pods on it have requested
     * @param pod what the new pod requests; its count is taken as one
     * @return does it fit, and the scores after placing it
     * @throws ArithmeticException if a sum does not fit 64 bits
     */
    public static NodeFit of(NodeAmounts allocatable, NodeAmounts requested, NodeAmounts pod) {
        List<Reason> reasons = new ArrayList<>();
        if (requested.pods() + 1 > allocatable.pods()) {
            reasons.add(Reason.TOO_MANY_PODS);
        }
        if (pod.cpuMillis() > 0 && pod.cpuMillis() > allocatable.cpuMillis() - requested.cpuMillis()) {
            reasons.add(Reason.INSUFFICIENT_CPU);
        }
        Bytes free = allocatable.memory().minus(requested.memory());
        if (pod.memory().isMoreThan(Bytes.ZERO) && pod.memory().isMoreThan(free)) {
            reasons.add(Reason.INSUFFICIENT_MEMORY);
        }
        boolean never =
                pod.cpuMillis() > allocatable.cpuMillis() || pod.memory().isMoreThan(allocatable.memory());
        NodeAmounts after = requested.plus(pod);
        long[] used = {after.cpuMillis(), after.memory().value()};
        long[] offered = {allocatable.cpuMillis(), allocatable.memory().value()};
        return new NodeFit(
                reasons, never, mean(used, offered, false), mean(used, offered, true), balance(used, offered));
    }

    /**
     * Does the pod fit?
     *
     * @return true if there is no reason against it
     */
    public boolean fits() {
        return reasons.isEmpty();
    }

    private static int mean(long[] used, long[] offered, boolean most) {
        int sum = 0;
        int counted = 0;
        for (int i = 0; i < used.length; i++) {
            if (offered[i] > 0) {
                long share = most ? Math.min(used[i], offered[i]) : Math.max(0, offered[i] - used[i]);
                sum += percent(share, offered[i]);
                counted++;
            }
        }
        return counted == 0 ? 0 : sum / counted;
    }

    private static int percent(long part, long whole) {
        return part <= Long.MAX_VALUE / 100
                ? (int) (part * 100 / whole)
                : BigInteger.valueOf(part)
                        .multiply(BigInteger.valueOf(100))
                        .divide(BigInteger.valueOf(whole))
                        .intValue();
    }

    private static int balance(long[] used, long[] offered) {
        if (offered[0] <= 0 || offered[1] <= 0) {
            return 100;
        }
        double first = Math.min(1, (double) used[0] / offered[0]);
        double second = Math.min(1, (double) used[1] / offered[1]);
        return (int) ((1 - Math.abs(first - second) / 2) * 100);
    }

    /** {@code fits, least allocated 25, most allocated 75, balanced 100}. */
    @Override
    public String toString() {
        return (fits() ? "fits" : "does not fit " + reasons) + ", least allocated " + leastAllocated
                + ", most allocated " + mostAllocated + ", balanced " + balanced;
    }
}
