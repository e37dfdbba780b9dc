package io.github.memfit.kubernetes;

import io.github.memfit.unit.Bytes;
import java.util.function.Function;

/**
 * What a pod asks for as a whole: what the scheduler reserves, what quotas count, what the pod's cgroup gets and what the
 * eviction ranking compares with. Immutable and thread-safe.
 *
 * <p>Rule: Kubernetes 1.28 to 1.37, staging component-helpers resource/helpers.go and KEP-753: app containers and sidecars are
 * summed; each ordinary init container runs with the sidecars started before it; the larger of both, per resource. Since 1.34
 * a resource that {@code spec.resources} names replaces the sum. Overhead is added last, to limits only where there is one.
 * Before sidecars (up to 1.28) each init container stands alone.
 *
 * {@snippet :
 * EffectiveResources pod = EffectiveResources.of(stored, KubernetesVersion.V1_34);
 * pod.requests().memory();        // what is taken from the node
 * pod.evictionMemoryRequest();    // what the kubelet compares usage with: not always the same
 * }
 *
 * @since 0.1
 */
public final class EffectiveResources {

    /** What scoring counts for a container that names no memory request: 200Mi. */
    public static final Bytes SCORED_WITHOUT_MEMORY_REQUEST = Bytes.mebi(200);

    /** What scoring counts for a container that names no cpu request: 100m. */
    public static final Quantity SCORED_WITHOUT_CPU_REQUEST = Quantity.ofMilli(100, Quantity.Family.DECIMAL_SI);

    private final PodResources pod;
    private final KubernetesVersion version;

    private EffectiveResources(PodResources pod, KubernetesVersion version) {
        this.pod = pod;
        this.version = version;
    }

    /**
     * Looks at a pod.
     *
     * @param pod the pod, usually as stored
     * @param version the cluster's version
     * @return the pod's effective resources
     */
    public static EffectiveResources of(PodResources pod, KubernetesVersion version) {
        return new EffectiveResources(pod, version);
    }

    /**
     * What the scheduler reserves and quotas count.
     *
     * @return the requests with overhead; absent is what nobody names
     */
    public ResourceList requests() {
        return requestsWithoutOverhead().plus(pod.overhead());
    }

    /**
     * The requests before overhead.
     *
     * @return the requests
     */
    public ResourceList requestsWithoutOverhead() {
        return overlaid(aggregate(pod, version, ContainerResources::requests), ResourceRequirements::requests);
    }

    /**
     * The limits; a container without a limit adds nothing, so that this is a bound only where every container has one.
     *
     * @return the limits with overhead where they are not zero
     */
    public ResourceList limits() {
        ResourceList limits =
                overlaid(aggregate(pod, version, ContainerResources::limits), ResourceRequirements::limits);
        for (String name : pod.overhead().asMap().keySet()) {
            Quantity limit = limits.find(name).orElse(Quantity.ZERO);
            if (!limit.isZero()) {
                limits = limits.with(name, limit.plus(pod.overhead().asMap().get(name)));
            }
        }
        return limits;
    }

    /**
     * The memory that the scheduler scores nodes with: a container that names no memory request counts
     * {@link #SCORED_WITHOUT_MEMORY_REQUEST}, init containers too; an explicit zero stays zero.
     *
     * @return the memory with overhead
     * @throws ArithmeticException if it does not fit 64 bits
     */
    public Bytes scoredMemory() {
        Quantity without = Quantity.of(SCORED_WITHOUT_MEMORY_REQUEST);
        return scored(ResourceList.MEMORY, without).bytesRoundedUp();
    }

    /**
     * The processor time that the scheduler scores nodes with.
     *
     * @return the processor time with overhead
     */
    public Quantity scoredCpu() {
        return scored(ResourceList.CPU, SCORED_WITHOUT_CPU_REQUEST);
    }

    private Quantity scored(String name, Quantity without) {
        ResourceList substituted = ResourceList.of(name, without);
        ResourceList sum = overlaid(
                aggregate(pod, version, container -> container.requests().orElse(substituted)),
                ResourceRequirements::requests);
        return sum.plus(pod.overhead()).find(name).orElse(Quantity.ZERO);
    }

    /**
     * The memory request that the kubelet's eviction ranking compares usage with. Up to 1.33 sidecars count like ordinary init
     * containers and the pod level is ignored; since 1.34 a pod level that names cpu, memory or huge pages replaces the
     * containers completely, so that one without memory means zero.
     *
     * <p>Rule: pkg/api/v1/resource/helpers.go (GetResourceRequestQuantity) of 1.31 and 1.36.
     *
     * @return the request; overhead is added unless it is zero
     */
    public Quantity evictionMemoryRequest() {
        Quantity request;
        if (!version.isAtLeast(34)) {
            request = requestedMemory(pod, false);
        } else if (version.has(KubernetesFeature.POD_LEVEL_RESOURCES)
                && pod.podLevel().isPresent()
                && pod.podLevel().get().namesPodLevelResource()) {
            request = pod.podLevel().get().requests().memory();
        } else {
            request = requestedMemory(pod, version.has(KubernetesFeature.SIDECAR_CONTAINERS));
        }
        return request.isZero() ? request : request.plus(pod.overhead().memory());
    }

    /** The sum over containers only: no pod level, no overhead. */
    static ResourceList aggregate(
            PodResources pod, KubernetesVersion version, Function<ContainerResources, ResourceList> side) {
        return aggregate(pod, version.has(KubernetesFeature.SIDECAR_CONTAINERS), side);
    }

    private static ResourceList aggregate(
            PodResources pod, boolean sidecars, Function<ContainerResources, ResourceList> side) {
        ResourceList sum = ResourceList.EMPTY;
        for (ContainerResources container : pod.containers()) {
            sum = sum.plus(side.apply(container));
        }
        ResourceList running = ResourceList.EMPTY;
        ResourceList largestStep = ResourceList.EMPTY;
        for (ContainerResources container : pod.initContainers()) {
            ResourceList own = side.apply(container);
            ResourceList step;
            if (sidecars && container.kind() == ContainerResources.Kind.SIDECAR) {
                sum = sum.plus(own);
                running = running.plus(own);
                step = running;
            } else {
                step = own.plus(running);
            }
            largestStep = largestStep.max(step);
        }
        return sum.max(largestStep);
    }

    /** {@link #aggregate} for the one resource that rankings need, without building lists. */
    static Quantity requestedMemory(PodResources pod, boolean sidecars) {
        Quantity sum = Quantity.ZERO;
        for (ContainerResources container : pod.containers()) {
            sum = sum.plus(container.requests().memory());
        }
        Quantity running = Quantity.ZERO;
        Quantity largestStep = Quantity.ZERO;
        for (ContainerResources container : pod.initContainers()) {
            Quantity own = container.requests().memory();
            Quantity step;
            if (sidecars && container.kind() == ContainerResources.Kind.SIDECAR) {
                sum = sum.plus(own);
                running = running.plus(own);
                step = running;
            } else {
                step = own.plus(running);
            }
            largestStep = largestStep.max(step);
        }
        return sum.max(largestStep);
    }

    private ResourceList overlaid(ResourceList sum, Function<ResourceRequirements, ResourceList> side) {
        if (pod.podLevel().isEmpty() || !version.has(KubernetesFeature.POD_LEVEL_RESOURCES)) {
            return sum;
        }
        ResourceList result = sum;
        for (var entry : side.apply(pod.podLevel().get()).asMap().entrySet()) {
            if (ResourceList.isPodLevel(entry.getKey())) {
                result = result.with(entry.getKey(), entry.getValue());
            }
        }
        return result;
    }

    /** {@code requests {memory=1Gi} limits {memory=2Gi}}. */
    @Override
    public String toString() {
        return "requests " + requests() + " limits " + limits();
    }
}
