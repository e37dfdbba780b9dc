package io.github.memfit.kubernetes.node;

import io.github.memfit.kubernetes.ContainerResources;
import io.github.memfit.kubernetes.EffectiveResources;
import io.github.memfit.kubernetes.KubernetesFeature;
import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.kubernetes.QosClass;
import io.github.memfit.kubernetes.Quantity;
import io.github.memfit.unit.Bytes;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/**
 * The memory limit of a pod's own cgroup, and why it has one or not. Immutable and thread-safe.
 *
 * <p>Rule: Kubernetes 1.36, pkg/kubelet/cm/helpers_linux.go (ResourceConfigForPod). A Guaranteed pod always has one. A Burstable
 * pod only when every container and every init step has a limit - an init step is its own limit and those of the sidecars that
 * run before it, so that an unlimited init container after a limited sidecar does no harm - or when the pod level has one. A
 * BestEffort pod never has.
 *
 * {@snippet :
 * PodMemoryLimit limit = PodMemoryLimit.of(pod, KubernetesVersion.V1_36);
 * limit.memoryMax();     // Optional[2Gi]
 * limit.reason();        // every container has a limit
 * }
 *
 * @param memoryMax the limit; empty where the kubelet sets none
 * @param reason why
 * @since 0.1
 */
public record PodMemoryLimit(Optional<Bytes> memoryMax, String reason) {

    /**
     * Checks for null.
     *
     * @param memoryMax the limit
     * @param reason why
     */
    public PodMemoryLimit {
        Objects.requireNonNull(memoryMax, "memoryMax");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * The limit of a pod.
     *
     * @param pod the pod, as stored
     * @param version the kubelet's version
     * @return the limit and why
     * @throws ArithmeticException if it does not fit 64 bits
     */
    public static PodMemoryLimit of(PodResources pod, KubernetesVersion version) {
        Quantity limit = EffectiveResources.of(pod, version).limits().memory();
        return switch (QosClass.of(pod, version)) {
            case GUARANTEED -> new PodMemoryLimit(Optional.of(limit.bytesRoundedUp()), "the pod is Guaranteed");
            case BEST_EFFORT -> new PodMemoryLimit(Optional.empty(), "the pod is BestEffort");
            case BURSTABLE -> burstable(pod, version, limit);
        };
    }

    private static PodMemoryLimit burstable(PodResources pod, KubernetesVersion version, Quantity limit) {
        if (podLevelLimit(pod, version).isPresent()) {
            return new PodMemoryLimit(Optional.of(limit.bytesRoundedUp()), "the pod level has a limit");
        }
        Optional<String> unlimited = unlimitedContainer(pod, version);
        return unlimited.isPresent()
                ? new PodMemoryLimit(Optional.empty(), unlimited.get() + " has no memory limit")
                : new PodMemoryLimit(Optional.of(limit.bytesRoundedUp()), "every container has a limit");
    }

    /**
     * The first container whose missing limit keeps the pod without one.
     *
     * @param pod the pod, as stored
     * @param version the kubelet's version
     * @return the container's name, empty if every step is limited
     */
    public static Optional<String> unlimitedContainer(PodResources pod, KubernetesVersion version) {
        for (ContainerResources container : pod.containers()) {
            if (!container.limits().memory().isPositive()) {
                return Optional.of(container.name());
            }
        }
        boolean sidecars = version.has(KubernetesFeature.SIDECAR_CONTAINERS);
        Quantity running = Quantity.ZERO;
        for (ContainerResources container : pod.initContainers()) {
            Quantity step = running.plus(container.limits().memory());
            if (!step.isPositive()) {
                return Optional.of(container.name());
            }
            if (sidecars && container.kind() == ContainerResources.Kind.SIDECAR) {
                running = step;
            }
        }
        return Optional.empty();
    }

    /**
     * The limit of one container's cgroup: its own; since 1.32, where the pod level has one, that one for a container without.
     *
     * @param pod the pod, as stored
     * @param container the container's name
     * @param version the kubelet's version
     * @return {@code memory.max}, empty for none
     * @throws NoSuchElementException if there is no such container
     * @throws ArithmeticException if it does not fit 64 bits
     */
    public static Optional<Bytes> ofContainer(PodResources pod, String container, KubernetesVersion version) {
        Quantity own = pod.container(container).limits().memory();
        return Optional.of(own)
                .filter(Quantity::isPositive)
                .or(() -> podLevelLimit(pod, version))
                .map(Quantity::bytesRoundedUp);
    }

    private static Optional<Quantity> podLevelLimit(PodResources pod, KubernetesVersion version) {
        return version.has(KubernetesFeature.POD_LEVEL_RESOURCES)
                ? pod.podLevel().map(level -> level.limits().memory()).filter(Quantity::isPositive)
                : Optional.empty();
    }

    /** {@code memory.max 2Gi: every container has a limit}. */
    @Override
    public String toString() {
        return "memory.max " + memoryMax.map(Bytes::toString).orElse("max") + ": " + reason;
    }
}
