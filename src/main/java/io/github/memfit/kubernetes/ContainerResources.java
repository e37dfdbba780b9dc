package io.github.memfit.kubernetes;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * One container of a pod, as far as its memory is concerned: name, kind, requests and limits. Immutable and thread-safe;
 * value-based.
 *
 * {@snippet :
 * ContainerResources.of("app", Map.of("memory", "1Gi"), Map.of("memory", "2Gi"));
 * ContainerResources.sidecar("proxy", Map.of("memory", "64Mi"), Map.of());
 * }
 *
 * @since 0.1
 */
public final class ContainerResources implements Serializable {

    /** How a container takes part in the life of its pod. */
    public enum Kind {
        /** From {@code containers}. */
        APP,
        /** From {@code initContainers}: runs to its end before the next one starts. */
        INIT,
        /** From {@code initContainers} with {@code restartPolicy: Always}: keeps running. */
        SIDECAR
    }

    private static final long serialVersionUID = 1L;

    /** The name, unique in its pod. */
    private final String name;

    /** Where in the pod it stands. */
    private final Kind kind;

    /** What it asks for. */
    private final ResourceRequirements resources;

    private ContainerResources(String name, Kind kind, ResourceRequirements resources) {
        this.name = Objects.requireNonNull(name, "name");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.resources = Objects.requireNonNull(resources, "resources");
    }

    /**
     * An app container.
     *
     * @param name its name
     * @param requests resource name to quantity
     * @param limits resource name to quantity
     * @return the container
     * @throws io.github.memfit.unit.MalformedException if a text is no quantity
     */
    public static ContainerResources of(
            String name, Map<String, ? extends CharSequence> requests, Map<String, ? extends CharSequence> limits) {
        return of(name, Kind.APP, ResourceRequirements.parse(requests, limits));
    }

    /**
     * An ordinary init container.
     *
     * @param name its name
     * @param requests resource name to quantity
     * @param limits resource name to quantity
     * @return the container
     * @throws io.github.memfit.unit.MalformedException if a text is no quantity
     */
    public static ContainerResources init(
            String name, Map<String, ? extends CharSequence> requests, Map<String, ? extends CharSequence> limits) {
        return of(name, Kind.INIT, ResourceRequirements.parse(requests, limits));
    }

    /**
     * A native sidecar: an init container with {@code restartPolicy: Always}.
     *
     * @param name its name
     * @param requests resource name to quantity
     * @param limits resource name to quantity
     * @return the container
     * @throws io.github.memfit.unit.MalformedException if a text is no quantity
     */
    public static ContainerResources sidecar(
            String name, Map<String, ? extends CharSequence> requests, Map<String, ? extends CharSequence> limits) {
        return of(name, Kind.SIDECAR, ResourceRequirements.parse(requests, limits));
    }

    /**
     * Any container.
     *
     * @param name its name
     * @param kind its kind
     * @param resources its requests and limits
     * @return the container
     */
    public static ContainerResources of(String name, Kind kind, ResourceRequirements resources) {
        return new ContainerResources(name, kind, resources);
    }

    /**
     * The name.
     *
     * @return the container's name
     */
    public String name() {
        return name;
    }

    /**
     * The kind.
     *
     * @return app, init or sidecar
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Requests and limits.
     *
     * @return both
     */
    public ResourceRequirements resources() {
        return resources;
    }

    /**
     * The requests.
     *
     * @return the requests
     */
    public ResourceList requests() {
        return resources.requests();
    }

    /**
     * The limits.
     *
     * @return the limits
     */
    public ResourceList limits() {
        return resources.limits();
    }

    /**
     * Does it stand under {@code initContainers}?
     *
     * @return true for init containers and sidecars
     */
    public boolean isInit() {
        return kind != Kind.APP;
    }

    /**
     * This container with other requests and limits.
     *
     * @param changed the requirements
     * @return the changed container
     */
    public ContainerResources with(ResourceRequirements changed) {
        return new ContainerResources(name, kind, changed);
    }

    ContainerResources with(Kind changed) {
        return changed == kind ? this : new ContainerResources(name, changed, resources);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContainerResources that
                && name.equals(that.name)
                && kind == that.kind
                && resources.equals(that.resources);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, kind, resources);
    }

    /** {@code app: requests {memory=1Gi} limits {memory=2Gi}}, cut to 200 characters. */
    @Override
    public String toString() {
        String text = name + (kind == Kind.APP ? ": " : kind == Kind.INIT ? " (init): " : " (sidecar): ") + resources;
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
