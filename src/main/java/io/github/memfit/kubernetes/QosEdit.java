package io.github.memfit.kubernetes;

import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One change to a manifest that moves a pod's class. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface QosEdit permits QosEdit.SetBoth, QosEdit.SetRequest, QosEdit.DropPodLevel {

    /** Where an edit or a blocker stands when it is not in a container. */
    String POD_LEVEL = "(pod level)";

    /**
     * Does a person have to choose a number?
     *
     * @return true if the specification implies none
     */
    boolean needsNumber();

    /**
     * The changed pod.
     *
     * @param pod the pod
     * @param chosen the amounts to take where the edit implies none
     * @return the pod with this edit
     * @throws IllegalArgumentException if a number is needed and {@code chosen} does not name the resource
     */
    PodResources applyTo(PodResources pod, ResourceList chosen);

    /**
     * Set request and limit of one resource to one amount. Immutable and thread-safe.
     *
     * @param where the container's name, or {@link #POD_LEVEL}
     * @param resource the resource
     * @param amount what the specification implies; empty when a person has to choose
     */
    record SetBoth(String where, String resource, Optional<Quantity> amount) implements QosEdit {

        /**
         * Checks for null.
         *
         * @param where the container's name, or {@link #POD_LEVEL}
         * @param resource the resource
         * @param amount what the specification implies
         */
        public SetBoth {
            Objects.requireNonNull(where, "where");
            Objects.requireNonNull(resource, "resource");
            Objects.requireNonNull(amount, "amount");
        }

        @Override
        public boolean needsNumber() {
            return amount.isEmpty();
        }

        @Override
        public PodResources applyTo(PodResources pod, ResourceList chosen) {
            Quantity value = amount.orElseGet(() -> chosen(chosen, resource));
            return change(pod, where, old -> old.withBoth(resource, value));
        }

        /** {@code app: memory request and limit 512Mi}. */
        @Override
        public String toString() {
            return where + ": " + resource + " request and limit "
                    + amount.map(Quantity::toString).orElse("to be chosen");
        }
    }

    /**
     * Set the request of one resource; which amount is for a person to choose. Immutable and thread-safe.
     *
     * @param where the container's name, or {@link #POD_LEVEL}
     * @param resource the resource
     */
    record SetRequest(String where, String resource) implements QosEdit {

        /**
         * Checks for null.
         *
         * @param where the container's name, or {@link #POD_LEVEL}
         * @param resource the resource
         */
        public SetRequest {
            Objects.requireNonNull(where, "where");
            Objects.requireNonNull(resource, "resource");
        }

        @Override
        public boolean needsNumber() {
            return true;
        }

        @Override
        public PodResources applyTo(PodResources pod, ResourceList chosen) {
            Quantity value = chosen(chosen, resource);
            return change(pod, where, old -> old.withRequests(old.requests().with(resource, value)));
        }

        /** {@code app: memory request to be chosen}. */
        @Override
        public String toString() {
            return where + ": " + resource + " request to be chosen";
        }
    }

    /** Remove {@code spec.resources} of the pod itself. Immutable and thread-safe. */
    record DropPodLevel() implements QosEdit {

        @Override
        public boolean needsNumber() {
            return false;
        }

        @Override
        public PodResources applyTo(PodResources pod, ResourceList chosen) {
            return pod.toBuilder().noPodLevel().build();
        }

        /** {@code remove the empty spec.resources of the pod}. */
        @Override
        public String toString() {
            return "remove the empty spec.resources of the pod";
        }
    }

    private static Quantity chosen(ResourceList chosen, String resource) {
        return chosen.find(resource)
                .orElseThrow(() ->
                        new IllegalArgumentException("an amount of " + resource + " has to be chosen, got " + chosen));
    }

    private static PodResources change(PodResources pod, String where, UnaryOperator<ResourceRequirements> change) {
        if (where.equals(POD_LEVEL)) {
            ResourceRequirements old = pod.podLevel().orElse(ResourceRequirements.NONE);
            return pod.toBuilder().podLevel(change.apply(old)).build();
        }
        return pod.withContainer(where, change);
    }
}
