package io.github.memfit.kubernetes.schedule;

import io.github.memfit.kubernetes.ContainerResources;
import io.github.memfit.kubernetes.EffectiveResources;
import io.github.memfit.kubernetes.KubernetesFeature;
import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.kubernetes.ResourceList;
import io.github.memfit.kubernetes.ResourceRequirements;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the scheduler and quotas count for a pod while an in-place resize is pending: the largest of what is asked for, what is
 * promised and what runs. Immutable and thread-safe.
 *
 * <p>Rule: KEP-1287; Kubernetes 1.33 to 1.36 take the maximum container by container and sum, 1.37 sums each of the three lists
 * over the pod and takes the maximum of the sums. An infeasible resize leaves what is asked for out.
 *
 * @param requests the counted requests, overhead included
 * @param limits the counted limits
 * @since 0.1
 */
public record ResizeFootprint(ResourceList requests, ResourceList limits) {

    /** How far a pending resize got. */
    public enum Condition {
        /** Nothing is pending, or it is being applied. */
        NONE,
        /** It does not fit now. */
        DEFERRED,
        /** It can never be applied on this node. */
        INFEASIBLE
    }

    /**
     * What the status of a container says. Immutable and thread-safe.
     *
     * @param allocated {@code allocatedResources}: requests that the kubelet promised
     * @param actuated {@code resources}: requests and limits that run
     */
    public record Running(Optional<ResourceList> allocated, Optional<ResourceRequirements> actuated) {

        /** No status yet. */
        public static final Running UNKNOWN = new Running(Optional.empty(), Optional.empty());

        /**
         * Checks for null.
         *
         * @param allocated requests that the kubelet promised
         * @param actuated requests and limits that run
         */
        public Running {
            Objects.requireNonNull(allocated, "allocated");
            Objects.requireNonNull(actuated, "actuated");
        }
    }

    /**
     * Checks for null.
     *
     * @param requests the counted requests
     * @param limits the counted limits
     */
    public ResizeFootprint {
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(limits, "limits");
    }

    /**
     * Computes the footprint.
     *
     * @param spec the pod as its specification has it now
     * @param running the status by container; what is missing has none
     * @param condition how far the resize got
     * @param version the cluster's version
     * @return what is counted
     */
    public static ResizeFootprint of(
            PodResources spec, Map<String, Running> running, Condition condition, KubernetesVersion version) {
        if (!version.has(KubernetesFeature.IN_PLACE_RESIZE)) {
            return footprint(spec, version);
        }
        boolean asked = condition != Condition.INFEASIBLE;
        PodResources promised = spec.withContainers(container -> container.with(container
                .resources()
                .withRequests(allocated(container, running.getOrDefault(container.name(), Running.UNKNOWN)))));
        PodResources actual = spec.withContainers(container -> container.with(
                running.getOrDefault(container.name(), Running.UNKNOWN).actuated.orElse(container.resources())));
        if (version.isAtLeast(37)) {
            ResizeFootprint most = footprint(promised, version).maxRequests(footprint(actual, version));
            return asked ? most.max(footprint(spec, version)) : most;
        }
        PodResources largest = spec.withContainers(container -> {
            ResourceRequirements real = actual.container(container.name()).resources();
            ResourceList requests =
                    promised.container(container.name()).requests().max(real.requests());
            return container.with(
                    asked
                            ? new ResourceRequirements(
                                    container.requests().max(requests),
                                    container.limits().max(real.limits()))
                            : new ResourceRequirements(requests, real.limits()));
        });
        return footprint(largest, version);
    }

    /** Without a status of what runs, nothing of a status counts. */
    private static ResourceList allocated(ContainerResources container, Running running) {
        return running.actuated
                .map(actual -> running.allocated.orElse(actual.requests()))
                .orElse(container.requests());
    }

    private static ResizeFootprint footprint(PodResources pod, KubernetesVersion version) {
        EffectiveResources effective = EffectiveResources.of(pod, version);
        return new ResizeFootprint(effective.requests(), effective.limits());
    }

    /** Promised resources have no limits of their own, so only requests take part; limits are those that run. */
    private ResizeFootprint maxRequests(ResizeFootprint actual) {
        return new ResizeFootprint(requests.max(actual.requests), actual.limits);
    }

    private ResizeFootprint max(ResizeFootprint asked) {
        return new ResizeFootprint(asked.requests.max(requests), asked.limits.max(limits));
    }

    /** {@code requests {memory=2Gi} limits {}}. */
    @Override
    public String toString() {
        return "requests " + requests + " limits " + limits;
    }
}
