package io.github.memfit.sizing.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How many replicas a HorizontalPodAutoscaler would want for memory. Immutable and thread-safe.
 *
 * <p>For memory readiness does not matter: pods that are deleted or failed are left out, pending pods are unready, others without
 * a metric are missing. Utilization is truncated to whole percents. Memory seldom scales in, because runtimes keep what they
 * have. Source: {@code pkg/controller/podautoscaler/replica_calculator.go}, {@code metrics/utilization.go}, the version with
 * separate tolerances (Kubernetes 1.33).
 *
 * @param toleranceDown how far below the target nothing happens; 0.1
 * @param toleranceUp how far above the target nothing happens; 0.1
 * @since 0.1
 */
public record HpaReplicas(double toleranceDown, double toleranceUp) {

    /** 10 % either way. */
    public static final HpaReplicas DEFAULT = new HpaReplicas(0.1, 0.1);

    /**
     * Checks the ranges.
     *
     * @param toleranceDown how far below the target nothing happens
     * @param toleranceUp how far above the target nothing happens
     * @throws IllegalArgumentException if one is negative or not finite
     */
    public HpaReplicas {
        PeerMath.notNegative("a tolerance", toleranceDown);
        PeerMath.notNegative("a tolerance", toleranceUp);
    }

    /**
     * How a pod counts.
     *
     * @since 0.1
     */
    public enum HpaPodState {
        /** Running, or in any state not named here. */
        RUNNING,
        /** Not started: unready. */
        PENDING,
        /** Failed or being deleted: left out. */
        GONE
    }

    /**
     * A pod of the workload.
     *
     * @param usageBytes its use; empty if there is no metric
     * @param requestBytes the sum of its memory requests; empty if a container has none
     * @param state how it counts
     * @since 0.1
     */
    public record HpaPod(OptionalLong usageBytes, OptionalLong requestBytes, HpaPodState state) {

        /**
         * Checks the ranges.
         *
         * @param usageBytes its use
         * @param requestBytes the sum of its memory requests
         * @param state how it counts
         * @throws IllegalArgumentException if a number of bytes is negative
         */
        public HpaPod {
            if (usageBytes.orElse(0) < 0 || requestBytes.orElse(0) < 0) {
                throw new IllegalArgumentException(
                        "use and request must not be negative, got " + usageBytes + " and " + requestBytes);
            }
            java.util.Objects.requireNonNull(state, "state");
        }
    }

    /**
     * The outcome. Immutable and thread-safe.
     *
     * @since 0.1
     */
    public sealed interface HpaAnswer permits Desired, NotComputed {}

    /**
     * A number of replicas.
     *
     * @param replicas how many
     * @param observed the utilization in whole percents, or the average use in bytes
     * @since 0.1
     */
    public record Desired(long replicas, long observed) implements HpaAnswer {}

    /**
     * No number.
     *
     * @param reason why
     * @since 0.1
     */
    public record NotComputed(String reason) implements HpaAnswer {}

    /**
     * For a target of {@code averageUtilization}: percents of the request.
     *
     * @param currentReplicas the replicas now
     * @param targetPercent the target, at least 1
     * @param pods the pods
     * @return the replicas, or why they cannot be computed
     * @throws IllegalArgumentException if the target is less than 1 or the number of replicas negative
     * @throws ArithmeticException if sums of bytes exceed 2^63 / 100
     */
    public HpaAnswer averageUtilization(int currentReplicas, int targetPercent, List<HpaPod> pods) {
        check(currentReplicas, targetPercent);
        if (pods.stream().anyMatch(pod -> pod.requestBytes().isEmpty())) {
            return new NotComputed("missing request");
        }
        return new Group(pods, true, targetPercent).decide(currentReplicas);
    }

    /**
     * For a target of {@code averageValue}: bytes per pod.
     *
     * @param currentReplicas the replicas now
     * @param targetBytes the target, at least 1
     * @param pods the pods; requests do not matter
     * @return the replicas, or why they cannot be computed
     * @throws IllegalArgumentException if the target is less than 1 or the number of replicas negative
     * @throws ArithmeticException if sums of bytes do not fit
     */
    public HpaAnswer averageValue(int currentReplicas, long targetBytes, List<HpaPod> pods) {
        check(currentReplicas, targetBytes);
        return new Group(pods, false, targetBytes).decide(currentReplicas);
    }

    private static void check(int currentReplicas, long target) {
        if (target < 1 || currentReplicas < 0) {
            throw new IllegalArgumentException(
                    "a target is at least 1 and replicas are not negative, got " + target + " and " + currentReplicas);
        }
    }

    private boolean isWithin(double ratio) {
        return 1 - toleranceDown <= ratio && ratio <= 1 + toleranceUp;
    }

    /** The pods by how they count, and the uses that enter the ratio. */
    private final class Group {

        private final boolean isUtilization;
        private final long target;
        private final List<Long> uses = new ArrayList<>();
        private final List<Long> requests = new ArrayList<>();
        private final List<Long> missing = new ArrayList<>();
        private final List<Long> unready = new ArrayList<>();

        Group(List<HpaPod> pods, boolean isUtilization, long target) {
            this.isUtilization = isUtilization;
            this.target = target;
            for (HpaPod pod : pods) {
                long request = pod.requestBytes().orElse(0);
                if (pod.state() == HpaPodState.PENDING) {
                    unready.add(request);
                } else if (pod.state() == HpaPodState.RUNNING
                        && pod.usageBytes().isEmpty()) {
                    missing.add(request);
                } else if (pod.state() == HpaPodState.RUNNING) {
                    add(pod.usageBytes().getAsLong(), request);
                }
            }
        }

        private void add(long use, long request) {
            uses.add(use);
            requests.add(request);
        }

        private long observed() {
            long sum = uses.stream().reduce(0L, Math::addExact);
            if (isUtilization) {
                long total = requests.stream().reduce(0L, Math::addExact);
                return Math.multiplyExact(sum, 100) / total;
            }
            return sum / uses.size();
        }

        HpaAnswer decide(int current) {
            if (uses.isEmpty()) {
                return new NotComputed("no metrics of ready pods");
            }
            if (isUtilization && requests.stream().allMatch(request -> request == 0)) {
                return new NotComputed("missing request");
            }
            long observed = observed();
            double ratio = (double) observed / target;
            boolean scalesUpUnready = !unready.isEmpty() && ratio > 1;
            if (missing.isEmpty() && !scalesUpUnready) {
                return new Desired(isWithin(ratio) ? current : up(ratio), observed);
            }
            if (ratio != 1) {
                missing.forEach(request -> add(ratio < 1 ? assumed(request) : 0, request));
            }
            if (scalesUpUnready) {
                unready.forEach(request -> add(0, request));
            }
            double filled = (double) observed() / target;
            boolean turned = ratio < 1 && filled > 1 || ratio > 1 && filled < 1;
            long replicas = up(filled);
            boolean wrongWay = filled < 1 && replicas > current || filled > 1 && replicas < current;
            return new Desired(isWithin(filled) || turned || wrongWay ? current : replicas, observed);
        }

        private long assumed(long request) {
            return isUtilization ? Math.multiplyExact(request, Math.max(100, target)) / 100 : target;
        }

        private long up(double ratio) {
            return (long) Math.ceil(ratio * uses.size());
        }
    }
}
