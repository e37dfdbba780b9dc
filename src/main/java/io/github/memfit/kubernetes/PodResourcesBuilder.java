package io.github.memfit.kubernetes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills a {@link PodResources}. What is set twice has the later value; containers are added in the order of the specification.
 * Not thread-safe; confine to one thread.
 *
 * @since 0.1
 */
public final class PodResourcesBuilder {

    String name = "pod";
    final List<ContainerResources> containers = new ArrayList<>();
    final List<ContainerResources> initContainers = new ArrayList<>();

    @Nullable
    ResourceRequirements podLevel;

    ResourceList overhead = ResourceList.EMPTY;

    @Nullable
    Integer priority;

    String priorityClassName = "";
    final Map<String, String> annotations = new TreeMap<>();

    @Nullable
    QosClass recordedClass;

    PodResourcesBuilder() {}

    PodResourcesBuilder(PodResources from) {
        name = from.name();
        containers.addAll(from.containers());
        initContainers.addAll(from.initContainers());
        podLevel = from.podLevel().orElse(null);
        overhead = from.overhead();
        priority = from.priority().isPresent() ? from.priority().getAsInt() : null;
        priorityClassName = from.priorityClassName();
        annotations.putAll(from.annotations());
        recordedClass = from.recordedClass().orElse(null);
    }

    /**
     * The name, for reports.
     *
     * @param name the name
     * @return this
     */
    public PodResourcesBuilder name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Adds an app container.
     *
     * @param name its name
     * @param requests resource name to quantity
     * @param limits resource name to quantity
     * @return this
     * @throws io.github.memfit.unit.MalformedException if a text is no quantity
     */
    public PodResourcesBuilder container(
            String name, Map<String, ? extends CharSequence> requests, Map<String, ? extends CharSequence> limits) {
        return container(ContainerResources.of(name, requests, limits));
    }

    /**
     * Adds an ordinary init container.
     *
     * @param name its name
     * @param requests resource name to quantity
     * @param limits resource name to quantity
     * @return this
     * @throws io.github.memfit.unit.MalformedException if a text is no quantity
     */
    public PodResourcesBuilder initContainer(
            String name, Map<String, ? extends CharSequence> requests, Map<String, ? extends CharSequence> limits) {
        return container(ContainerResources.init(name, requests, limits));
    }

    /**
     * Adds a native sidecar. Its place among the init containers counts.
     *
     * @param name its name
     * @param requests resource name to quantity
     * @param limits resource name to quantity
     * @return this
     * @throws io.github.memfit.unit.MalformedException if a text is no quantity
     */
    public PodResourcesBuilder sidecar(
            String name, Map<String, ? extends CharSequence> requests, Map<String, ? extends CharSequence> limits) {
        return container(ContainerResources.sidecar(name, requests, limits));
    }

    /**
     * Adds a container; its kind says where.
     *
     * @param container the container
     * @return this
     */
    public PodResourcesBuilder container(ContainerResources container) {
        (container.isInit() ? initContainers : containers).add(container);
        return this;
    }

    /**
     * Sets the resources of the pod itself; empty maps stand for an empty {@code resources: {}}, which is not the same as
     * leaving it out.
     *
     * @param requests resource name to quantity
     * @param limits resource name to quantity
     * @return this
     * @throws io.github.memfit.unit.MalformedException if a text is no quantity
     */
    public PodResourcesBuilder podLevel(
            Map<String, ? extends CharSequence> requests, Map<String, ? extends CharSequence> limits) {
        return podLevel(ResourceRequirements.parse(requests, limits));
    }

    /**
     * Sets the resources of the pod itself.
     *
     * @param resources requests and limits
     * @return this
     */
    public PodResourcesBuilder podLevel(ResourceRequirements resources) {
        this.podLevel = Objects.requireNonNull(resources, "resources");
        return this;
    }

    /**
     * Takes the resources of the pod itself away.
     *
     * @return this
     */
    public PodResourcesBuilder noPodLevel() {
        this.podLevel = null;
        return this;
    }

    /**
     * Sets what the runtime class adds.
     *
     * @param overhead resource name to quantity
     * @return this
     * @throws io.github.memfit.unit.MalformedException if a text is no quantity
     */
    public PodResourcesBuilder overhead(Map<String, ? extends CharSequence> overhead) {
        return overhead(ResourceList.parse(overhead));
    }

    /**
     * Sets what the runtime class adds.
     *
     * @param overhead the overhead
     * @return this
     */
    public PodResourcesBuilder overhead(ResourceList overhead) {
        this.overhead = Objects.requireNonNull(overhead, "overhead");
        return this;
    }

    /**
     * Sets the priority.
     *
     * @param priority the number
     * @return this
     */
    public PodResourcesBuilder priority(int priority) {
        this.priority = priority;
        return this;
    }

    /**
     * Sets the name of the priority class.
     *
     * @param priorityClassName the name
     * @return this
     */
    public PodResourcesBuilder priorityClassName(String priorityClassName) {
        this.priorityClassName = Objects.requireNonNull(priorityClassName, "priorityClassName");
        return this;
    }

    /**
     * Adds annotations.
     *
     * @param annotations name to value
     * @return this
     */
    public PodResourcesBuilder annotations(Map<String, String> annotations) {
        this.annotations.putAll(annotations);
        return this;
    }

    /**
     * Sets the class in {@code status.qosClass}.
     *
     * @param recordedClass the recorded class
     * @return this
     */
    public PodResourcesBuilder recordedClass(QosClass recordedClass) {
        this.recordedClass = Objects.requireNonNull(recordedClass, "recordedClass");
        return this;
    }

    /**
     * The pod.
     *
     * @return a pod of what was set
     * @throws IllegalArgumentException if there is no app container, or two containers have one name
     */
    public PodResources build() {
        if (containers.isEmpty()) {
            throw new IllegalArgumentException("a pod has at least one app container");
        }
        Set<String> names = new HashSet<>();
        for (List<ContainerResources> list : List.of(containers, initContainers)) {
            for (ContainerResources container : list) {
                if (!names.add(container.name())) {
                    throw new IllegalArgumentException("two containers are named " + container.name());
                }
            }
        }
        return new PodResources(this);
    }
}
