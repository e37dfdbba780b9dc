package io.github.memfit.kubernetes;

import io.github.memfit.unit.MalformedException;

/**
 * The quality of service class of a pod. It decides the OOM score, the parent cgroup, swap and Memory QoS; it does not decide
 * who is evicted. Immutable and thread-safe.
 *
 * <p>Rule: Kubernetes 1.15 to 1.36, pkg/apis/core/v1/helper/qos/qos.go, and 1.37, kubectl pkg/util/qos/qos.go. Only cpu and
 * memory count, and only amounts above zero. Three eras: up to 1.33 the containers decide (1.14 and 1.15: without init
 * containers); from 1.34 to 1.36 {@code spec.resources} decides whenever it is there, even empty; since 1.37 only when it names
 * cpu, memory or huge pages.
 *
 * <p>In the order of protection: the first is protected best.
 *
 * @since 0.1
 */
public enum QosClass {

    /** Request and limit are equal and positive, for cpu and memory, everywhere. */
    GUARANTEED("Guaranteed"),

    /** Anything between. */
    BURSTABLE("Burstable"),

    /** No request and no limit anywhere. */
    BEST_EFFORT("BestEffort");

    private final String text;

    QosClass(String text) {
        this.text = text;
    }

    /**
     * The class of a pod: the recorded one if the pod has been created, else the computed one.
     *
     * <p>A template with limits only is Burstable as written and may be Guaranteed once the API server has copied limits to
     * requests: pass {@link PodResources#asStored(KubernetesVersion)} for the latter.
     *
     * @param pod the pod
     * @param version the cluster's version
     * @return the class
     */
    public static QosClass of(PodResources pod, KubernetesVersion version) {
        return pod.recordedClass().isPresent() ? pod.recordedClass().get() : computed(pod, version);
    }

    /**
     * The class that the resources give, whatever is recorded.
     *
     * @param pod the pod
     * @param version the cluster's version
     * @return the class
     */
    public static QosClass computed(PodResources pod, KubernetesVersion version) {
        if (isPodLevelMode(pod, version)) {
            return of(pod.podLevel().orElse(ResourceRequirements.NONE));
        }
        boolean guaranteed = true;
        boolean bestEffort = true;
        for (ContainerResources container : pod.containers()) {
            QosClass shape = of(container.resources());
            guaranteed &= shape == GUARANTEED;
            bestEffort &= shape == BEST_EFFORT;
        }
        if (version.isAtLeast(16)) {
            for (ContainerResources container : pod.initContainers()) {
                QosClass shape = of(container.resources());
                guaranteed &= shape == GUARANTEED;
                bestEffort &= shape == BEST_EFFORT;
            }
        }
        return guaranteed ? GUARANTEED : bestEffort ? BEST_EFFORT : BURSTABLE;
    }

    /** The class of a pod that consists of these requirements alone. */
    static QosClass of(ResourceRequirements pair) {
        int cpu = shape(pair.requests().cpu(), pair.limits().cpu());
        int memory = shape(pair.requests().memory(), pair.limits().memory());
        return cpu != memory || cpu == UNEQUAL ? BURSTABLE : cpu == EQUAL ? GUARANTEED : BEST_EFFORT;
    }

    private static final int NONE = 0;
    private static final int EQUAL = 1;
    private static final int UNEQUAL = 2;

    private static int shape(Quantity request, Quantity limit) {
        boolean requested = request.isPositive();
        boolean limited = limit.isPositive();
        if (!requested && !limited) {
            return NONE;
        }
        return requested && limited && request.compareTo(limit) == 0 ? EQUAL : UNEQUAL;
    }

    /** Is it the pod level that decides, and not the containers? */
    static boolean isPodLevelMode(PodResources pod, KubernetesVersion version) {
        if (pod.podLevel().isEmpty() || !version.has(KubernetesFeature.POD_LEVEL_RESOURCES)) {
            return false;
        }
        return !version.has(KubernetesFeature.POD_LEVEL_QOS_FIX)
                || pod.podLevel().get().namesPodLevelResource();
    }

    /**
     * Reads a class as {@code status.qosClass} has it.
     *
     * @param text {@code Guaranteed}, {@code Burstable} or {@code BestEffort}
     * @return the class
     * @throws MalformedException if it is none of them
     */
    public static QosClass parse(CharSequence text) {
        for (QosClass candidate : values()) {
            if (candidate.text.contentEquals(text)) {
                return candidate;
            }
        }
        throw new MalformedException("QoS class", 1, 1, text, "a class is Guaranteed, Burstable or BestEffort");
    }

    /**
     * Is this class protected better than another?
     *
     * @param other the other
     * @return true if strictly better
     */
    public boolean isAbove(QosClass other) {
        return compareTo(other) < 0;
    }

    /** As in {@code status.qosClass}. */
    @Override
    public String toString() {
        return text;
    }
}
