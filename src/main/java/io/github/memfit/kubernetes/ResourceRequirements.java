package io.github.memfit.kubernetes;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * Requests and limits, of a container or of the pod level. Immutable and thread-safe.
 *
 * @param requests what is reserved for scheduling
 * @param limits what may not be exceeded
 * @since 0.1
 */
public record ResourceRequirements(ResourceList requests, ResourceList limits) implements Serializable {

    /** Neither requests nor limits. */
    public static final ResourceRequirements NONE = new ResourceRequirements(ResourceList.EMPTY, ResourceList.EMPTY);

    private static final long serialVersionUID = 1L;

    /**
     * Checks for null.
     *
     * @param requests what is reserved for scheduling
     * @param limits what may not be exceeded
     */
    public ResourceRequirements {
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(limits, "limits");
    }

    /**
     * Reads both from strings.
     *
     * @param requests resource name to quantity
     * @param limits resource name to quantity
     * @return the requirements
     * @throws io.github.memfit.unit.MalformedException if a text is no quantity
     */
    public static ResourceRequirements parse(
            Map<String, ? extends CharSequence> requests, Map<String, ? extends CharSequence> limits) {
        return new ResourceRequirements(ResourceList.parse(requests), ResourceList.parse(limits));
    }

    /**
     * These requirements with other requests.
     *
     * @param changed the requests
     * @return the changed requirements
     */
    public ResourceRequirements withRequests(ResourceList changed) {
        return new ResourceRequirements(changed, limits);
    }

    /**
     * These requirements with other limits.
     *
     * @param changed the limits
     * @return the changed requirements
     */
    public ResourceRequirements withLimits(ResourceList changed) {
        return new ResourceRequirements(requests, changed);
    }

    /**
     * These requirements with one amount as both request and limit.
     *
     * @param name the resource
     * @param amount how much
     * @return the changed requirements
     */
    public ResourceRequirements withBoth(String name, Quantity amount) {
        return new ResourceRequirements(requests.with(name, amount), limits.with(name, amount));
    }

    /** Does it name a resource that the pod level supports? */
    boolean namesPodLevelResource() {
        return requests.namesPodLevelResource() || limits.namesPodLevelResource();
    }

    ResourceRequirements roundedToMilli() {
        return new ResourceRequirements(
                requests.mapped(Quantity::roundedToMilli), limits.mapped(Quantity::roundedToMilli));
    }

    /** {@code requests {memory=1Gi} limits {memory=1Gi}}. */
    @Override
    public String toString() {
        return "requests " + requests + " limits " + limits;
    }
}
