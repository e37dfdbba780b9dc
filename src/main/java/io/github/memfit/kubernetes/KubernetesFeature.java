package io.github.memfit.kubernetes;

/**
 * A behaviour of Kubernetes that came with one version and that a feature gate or a kubelet setting can move: the reason why
 * two clusters of the same version may answer differently. Immutable and thread-safe.
 *
 * <p>Each has the first minor version that knows it and the first that has it on by default, as in the Kubernetes 1.15 to 1.37
 * sources. {@link KubernetesVersion#with(KubernetesFeature)} and {@link KubernetesVersion#without(KubernetesFeature)} override
 * the default.
 *
 * @since 0.1
 */
public enum KubernetesFeature {

    /** Init containers with {@code restartPolicy: Always} keep running and are added to the pod's request. */
    SIDECAR_CONTAINERS("SidecarContainers", 28, 29),

    /** {@code spec.resources} of the pod is kept and decides class, scheduling and scores. */
    POD_LEVEL_RESOURCES("PodLevelResources", 32, 34),

    /** An empty {@code spec.resources} no longer decides the class. */
    POD_LEVEL_QOS_FIX("PodLevelResourcesFixKubeletQOSClass", 37, 37),

    /** Pod-level limits are defaulted from container limits when every container has one. */
    POD_LEVEL_LIMIT_DEFAULTING("PodLevelResourcesFixDefaulting", 37, 37),

    /** The kubelet protects and throttles memory through cgroup v2 files. */
    MEMORY_QOS("MemoryQoS", 22, 37),

    /** Containers may get swap. */
    NODE_SWAP("NodeSwap", 22, 30),

    /** Requests and limits of a running pod can be changed. */
    IN_PLACE_RESIZE("InPlacePodVerticalScaling", 27, 33),

    /** The resources of the pod level can be changed in place too. */
    IN_PLACE_POD_LEVEL_RESIZE("InPlacePodLevelResourcesVerticalScaling", 35, 36),

    /** Ordinary init containers can be resized in place. */
    IN_PLACE_INIT_RESIZE("InPlacePodVerticalScalingInitContainers", 36, 36);

    private final String gate;
    private final int knownSince;
    private final int onSince;

    KubernetesFeature(String gate, int knownSince, int onSince) {
        this.gate = gate;
        this.knownSince = knownSince;
        this.onSince = onSince;
    }

    /**
     * The name as in {@code --feature-gates}.
     *
     * @return the gate's name
     */
    public String gate() {
        return gate;
    }

    /**
     * The first version that knows this feature, on or off.
     *
     * @return the version
     */
    public KubernetesVersion knownSince() {
        return KubernetesVersion.of(1, knownSince);
    }

    /**
     * The first version that has this feature on unless told otherwise.
     *
     * @return the version
     */
    public KubernetesVersion onSince() {
        return KubernetesVersion.of(1, onSince);
    }

    boolean isKnownIn(int rules) {
        return rules >= knownSince;
    }

    boolean isOnIn(int rules) {
        return rules >= onSince;
    }

    /** The gate's name. */
    @Override
    public String toString() {
        return gate;
    }
}
