package io.github.memfit.kubernetes.schedule;

import io.github.memfit.kubernetes.ContainerResources;
import io.github.memfit.kubernetes.KubernetesFeature;
import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.kubernetes.Quantity;
import io.github.memfit.unit.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * How many replicas a horizontal autoscaler wants for a target of memory utilization. Immutable and thread-safe.
 *
 * <p>Rule: Kubernetes 1.36, pkg/controller/podautoscaler. Utilization is the sum of working sets over the sum of requests of
 * pods that have both. Pods without figures count as fully used when scaling down and as unused when scaling up. The readiness
 * delay for cpu does not apply to memory. Ratios are compared in double precision, as the controller does.
 *
 * {@snippet :
 * HpaReplicas.of(3, loads, 80, HpaReplicas.DEFAULT_TOLERANCE).replicas();
 * }
 *
 * @param replicas how many are wanted, before minimum and maximum
 * @param utilizationPercent the measured utilization, cut; 0 when nothing was measured
 * @param reason why
 * @since 0.1
 */
public record HpaReplicas(int replicas, int utilizationPercent, String reason) {

    /** How far the ratio may be from 1 before anything changes. */
    public static final double DEFAULT_TOLERANCE = 0.1;

    /**
     * One pod with its load. Immutable and thread-safe.
     *
     * @param usage the sum of its containers' working sets; empty when there are no figures
     * @param request its memory request, see {@link HpaReplicas#memoryRequest}
     */
    public record Load(Optional<Bytes> usage, Bytes request) {

        /**
         * Checks for null and sign.
         *
         * @param usage the sum of its containers' working sets
         * @param request its memory request
         * @throws IllegalArgumentException if the request is below zero
         */
        public Load {
            Objects.requireNonNull(usage, "usage");
            if (request.isNegative()) {
                throw new IllegalArgumentException("a request is not below zero, got " + request);
            }
        }

        /**
         * A measured pod.
         *
         * @param usage the sum of its containers' working sets
         * @param request its memory request
         * @return the load
         */
        public static Load of(Bytes usage, Bytes request) {
            return new Load(Optional.of(usage), request);
        }
    }

    /**
     * Checks for null.
     *
     * @param replicas how many are wanted
     * @param utilizationPercent the measured utilization
     * @param reason why
     */
    public HpaReplicas {
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * Decides.
     *
     * @param current the replicas now
     * @param loads the pods
     * @param targetPercent the target utilization, above zero
     * @param tolerance how far the ratio may be from 1
     * @return the wanted replicas
     * @throws IllegalArgumentException if the target is not positive, or a number is below zero
     */
    public static HpaReplicas of(int current, List<Load> loads, int targetPercent, double tolerance) {
        if (targetPercent <= 0 || current < 0 || !(tolerance >= 0)) {
            throw new IllegalArgumentException("a target is above 0 and replicas and tolerance not below 0, got "
                    + targetPercent + ", " + current + ", " + tolerance);
        }
        List<Load> measured = new ArrayList<>();
        List<Load> missing = new ArrayList<>();
        for (Load load : loads) {
            (load.usage.isPresent() ? measured : missing).add(load);
        }
        BigInteger requested = sum(measured, Load::request);
        if (requested.signum() == 0) {
            return new HpaReplicas(current, 0, "no pod has both figures and a memory request");
        }
        int utilization = percent(sum(measured, load -> load.usage.orElse(Bytes.ZERO)), requested);
        double ratio = (double) utilization / targetPercent;
        if (missing.isEmpty()) {
            return Math.abs(ratio - 1) <= tolerance
                    ? new HpaReplicas(current, utilization, "within the tolerance")
                    : new HpaReplicas((int) Math.ceil(ratio * measured.size()), utilization, "all pods have figures");
        }
        return withMissing(current, measured, missing, targetPercent, tolerance, utilization);
    }

    private static HpaReplicas withMissing(
            int current, List<Load> measured, List<Load> missing, int target, double tolerance, int utilization) {
        double ratio = (double) utilization / target;
        long stand = ratio < 1 ? Math.max(100, target) : 0;
        BigInteger usage = sum(measured, load -> load.usage.orElse(Bytes.ZERO));
        BigInteger requested = sum(measured, Load::request);
        int counted = measured.size();
        if (ratio != 1) {
            for (Load load : missing) {
                BigInteger request = BigInteger.valueOf(load.request.value());
                usage = usage.add(request.multiply(BigInteger.valueOf(stand)).divide(BigInteger.valueOf(100)));
                requested = requested.add(request);
                counted++;
            }
        }
        double adjusted = (double) percent(usage, requested) / target;
        boolean turned = ratio < 1 && adjusted > 1 || ratio > 1 && adjusted < 1;
        if (Math.abs(adjusted - 1) <= tolerance || turned) {
            return new HpaReplicas(current, utilization, "pods without figures leave too little reason to change");
        }
        int wanted = (int) Math.ceil(adjusted * counted);
        boolean backwards = adjusted < 1 && wanted > current || adjusted > 1 && wanted < current;
        return backwards
                ? new HpaReplicas(current, utilization, "the count would move against the utilization")
                : new HpaReplicas(wanted, utilization, missing.size() + " pods have no figures");
    }

    /**
     * The memory request that utilization is measured against: that of the pod level if set, else the sum of app containers and
     * sidecars.
     *
     * @param pod the pod, as stored
     * @param version the cluster's version
     * @return the request; empty when a container lacks one, which stops the autoscaler
     * @throws ArithmeticException if it does not fit 64 bits
     */
    public static Optional<Bytes> memoryRequest(PodResources pod, KubernetesVersion version) {
        if (version.has(KubernetesFeature.POD_LEVEL_RESOURCES)) {
            Optional<Quantity> level =
                    pod.podLevel().flatMap(found -> found.requests().find("memory"));
            if (level.isPresent()) {
                return level.map(Quantity::bytesRoundedUp);
            }
        }
        Quantity sum = Quantity.ZERO;
        for (ContainerResources container : pod.allContainers()) {
            boolean counts = container.kind() == ContainerResources.Kind.APP
                    || container.kind() == ContainerResources.Kind.SIDECAR
                            && version.has(KubernetesFeature.SIDECAR_CONTAINERS);
            if (counts) {
                Optional<Quantity> request = container.requests().find("memory");
                if (request.isEmpty()) {
                    return Optional.empty();
                }
                sum = sum.plus(request.get());
            }
        }
        return Optional.of(sum.bytesRoundedUp());
    }

    private static BigInteger sum(List<Load> loads, Function<Load, Bytes> part) {
        BigInteger sum = BigInteger.ZERO;
        for (Load load : loads) {
            sum = sum.add(BigInteger.valueOf(part.apply(load).value()));
        }
        return sum;
    }

    private static int percent(BigInteger usage, BigInteger requested) {
        BigInteger percent = usage.multiply(BigInteger.valueOf(100)).divide(requested);
        return percent.bitLength() < 32 ? percent.intValue() : Integer.MAX_VALUE;
    }

    /** {@code 4 replicas at 95%: all pods have figures}. */
    @Override
    public String toString() {
        return replicas + " replicas at " + utilizationPercent + "%: " + reason;
    }
}
