package io.github.memfit.kubernetes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A pod, as far as its memory is concerned: containers, the pod level, overhead, priority and the annotations that the kubelet
 * looks at. Filled from maps of strings, whatever client or file they come from. Ephemeral containers are left out: they cannot
 * have resources and never count. Immutable and thread-safe; value-based.
 *
 * {@snippet :
 * PodResources pod = PodResources.builder()
 *     .container("app", Map.of("cpu", "1", "memory", "1Gi"), Map.of("cpu", "1", "memory", "1Gi"))
 *     .sidecar("proxy", Map.of("memory", "64Mi"), Map.of())
 *     .priority(1000)
 *     .build();
 * QosClass.of(pod.asStored(KubernetesVersion.V1_34), KubernetesVersion.V1_34); // Burstable
 * }
 *
 * @since 0.1
 */
public final class PodResources {

    /** From this priority on the kubelet takes a pod for critical. */
    public static final int CRITICAL_PRIORITY = 2_000_000_000;

    private static final String CONFIG_SOURCE = "kubernetes.io/config.source";
    private static final String CONFIG_MIRROR = "kubernetes.io/config.mirror";
    private static final String NODE_CRITICAL = "system-node-critical";

    private final String name;
    private final List<ContainerResources> containers;
    private final List<ContainerResources> initContainers;
    private final @Nullable ResourceRequirements podLevel;
    private final ResourceList overhead;
    private final @Nullable Integer priority;
    private final String priorityClassName;
    private final Map<String, String> annotations;
    private final @Nullable QosClass recordedClass;

    PodResources(PodResourcesBuilder from) {
        name = from.name;
        containers = List.copyOf(from.containers);
        initContainers = List.copyOf(from.initContainers);
        podLevel = from.podLevel;
        overhead = from.overhead;
        priority = from.priority;
        priorityClassName = from.priorityClassName;
        annotations = Collections.unmodifiableMap(new TreeMap<>(from.annotations));
        recordedClass = from.recordedClass;
    }

    /**
     * A pod of containers only; each knows by its kind where it belongs.
     *
     * @param containers the containers, in the order of the specification
     * @return the pod
     * @throws IllegalArgumentException if two have one name, or none is an app container
     */
    public static PodResources of(ContainerResources... containers) {
        PodResourcesBuilder builder = builder();
        for (ContainerResources container : containers) {
            builder.container(container);
        }
        return builder.build();
    }

    /**
     * A pod to be filled.
     *
     * @return an empty builder
     */
    public static PodResourcesBuilder builder() {
        return new PodResourcesBuilder();
    }

    /**
     * A builder with everything that this pod has.
     *
     * @return the filled builder
     */
    public PodResourcesBuilder toBuilder() {
        return new PodResourcesBuilder(this);
    }

    /**
     * The name, for reports only.
     *
     * @return the name, "pod" if none was given
     */
    public String name() {
        return name;
    }

    /**
     * The app containers.
     *
     * @return the containers in the order of the specification
     */
    public List<ContainerResources> containers() {
        return containers;
    }

    /**
     * The init containers, sidecars among them.
     *
     * @return the init containers in the order of the specification
     */
    public List<ContainerResources> initContainers() {
        return initContainers;
    }

    /**
     * App containers, then init containers.
     *
     * @return all containers
     */
    public List<ContainerResources> allContainers() {
        if (initContainers.isEmpty()) {
            return containers;
        }
        List<ContainerResources> all = new ArrayList<>(containers);
        all.addAll(initContainers);
        return Collections.unmodifiableList(all);
    }

    /**
     * One container.
     *
     * @param name its name
     * @return the container
     * @throws NoSuchElementException if there is none of that name
     */
    public ContainerResources container(String name) {
        return allContainers().stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no container " + name + " in " + this));
    }

    /**
     * What stands under {@code spec.resources} of the pod itself.
     *
     * @return the pod level; present though empty when the manifest says {@code resources: {}}
     */
    public Optional<ResourceRequirements> podLevel() {
        return Optional.ofNullable(podLevel);
    }

    /**
     * What the runtime class adds to each pod.
     *
     * @return the overhead
     */
    public ResourceList overhead() {
        return overhead;
    }

    /**
     * The priority.
     *
     * @return the number, empty if not set, which counts as 0
     */
    public OptionalInt priority() {
        return priority == null ? OptionalInt.empty() : OptionalInt.of(priority);
    }

    /**
     * The name of the priority class.
     *
     * @return the name, "" if not set
     */
    public String priorityClassName() {
        return priorityClassName;
    }

    /**
     * The annotations that were given.
     *
     * @return annotations by name
     */
    public Map<String, String> annotations() {
        return annotations;
    }

    /**
     * The class in {@code status.qosClass}, which is fixed when the pod is created and wins over the computed one.
     *
     * @return the recorded class, empty before the pod is created
     */
    public Optional<QosClass> recordedClass() {
        return Optional.ofNullable(recordedClass);
    }

    /**
     * Does the kubelet take this pod for critical: static, mirror, or of a priority from {@value #CRITICAL_PRIORITY} on? Such
     * pods are never evicted for memory. (Kubernetes 1.36, pkg/kubelet/types/pod_update.go.)
     *
     * @return true if critical
     */
    public boolean isCritical() {
        return isStatic()
                || annotations.containsKey(CONFIG_MIRROR)
                || priority != null && priority >= CRITICAL_PRIORITY;
    }

    private boolean isStatic() {
        String source = annotations.get(CONFIG_SOURCE);
        return source != null && !source.equals("api");
    }

    /**
     * Is this pod critical and of the class {@code system-node-critical}? Only such pods keep a protected OOM score since 1.22.
     *
     * @return true if node critical
     */
    public boolean isNodeCritical() {
        return isCritical() && priorityClassName.equals(NODE_CRITICAL);
    }

    /**
     * This pod as the API server stores it: fields that the version does not know are dropped, missing requests are defaulted
     * and amounts rounded to thousandths. (Kubernetes 1.36, pkg/apis/core/v1/defaults.go.)
     *
     * @param version the cluster's version
     * @return the stored pod; storing it again changes nothing
     */
    public PodResources asStored(KubernetesVersion version) {
        return ApiDefaulting.store(this, version);
    }

    /**
     * This pod with every container changed.
     *
     * @param change from the old container to the new one of the same name
     * @return the changed pod
     */
    public PodResources withContainers(UnaryOperator<ContainerResources> change) {
        PodResourcesBuilder builder = toBuilder();
        builder.containers.replaceAll(change);
        builder.initContainers.replaceAll(change);
        return builder.build();
    }

    /**
     * This pod with one container changed.
     *
     * @param name the container
     * @param change from the old requirements to the new ones
     * @return the changed pod
     * @throws NoSuchElementException if there is no container of that name
     */
    public PodResources withContainer(String name, UnaryOperator<ResourceRequirements> change) {
        container(name);
        return withContainers(container ->
                container.name().equals(name) ? container.with(change.apply(container.resources())) : container);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PodResources that
                && name.equals(that.name)
                && containers.equals(that.containers)
                && initContainers.equals(that.initContainers)
                && Objects.equals(podLevel, that.podLevel)
                && overhead.equals(that.overhead)
                && Objects.equals(priority, that.priority)
                && priorityClassName.equals(that.priorityClassName)
                && annotations.equals(that.annotations)
                && recordedClass == that.recordedClass;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                name, containers, initContainers, podLevel, overhead, priority, priorityClassName, annotations);
    }

    /** The name and the containers, cut to 200 characters. */
    @Override
    public String toString() {
        String text = name + " " + allContainers() + (podLevel == null ? "" : " pod level " + podLevel);
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
