package io.github.memfit.kubernetes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a namespace's LimitRange does to containers: it fills missing requests and limits when a pod is admitted, and refuses
 * pods outside its bounds. Immutable and thread-safe; value-based.
 *
 * <p>Rule: Kubernetes 1.36, plugin/pkg/admission/limitranger, entries of type Container. Admission comes after the defaulting
 * of {@link PodResources#asStored(KubernetesVersion)}, so a container with a limit only already has its request and does not
 * take {@code defaultRequest}.
 *
 * {@snippet :
 * LimitRange range = LimitRange.builder()
 *     .defaults(Map.of("memory", "512Mi"))
 *     .defaultRequests(Map.of("memory", "256Mi"))
 *     .build();
 * range.applyTo(pod.asStored(version));
 * }
 *
 * @since 0.1
 */
public final class LimitRange {

    private final ResourceList defaults;
    private final ResourceList defaultRequests;
    private final ResourceList min;
    private final ResourceList max;
    private final ResourceList maxLimitRequestRatio;

    private LimitRange(Builder from) {
        min = from.min;
        max = from.max;
        maxLimitRequestRatio = from.maxLimitRequestRatio;
        // A LimitRange is defaulted itself when it is stored.
        defaults = from.defaults.orElse(max);
        defaultRequests = from.defaultRequests.orElse(defaults).orElse(min);
    }

    /**
     * A range to be filled.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The limits that containers without one get.
     *
     * @return {@code default}, filled up from {@code max}
     */
    public ResourceList defaults() {
        return defaults;
    }

    /**
     * The requests that containers without one get.
     *
     * @return {@code defaultRequest}, filled up from {@link #defaults()} and {@code min}
     */
    public ResourceList defaultRequests() {
        return defaultRequests;
    }

    /**
     * The pod after admission.
     *
     * @param stored the pod after the API server's defaulting
     * @return the pod with missing requests and limits filled, init containers included
     */
    public PodResources applyTo(PodResources stored) {
        return stored.withContainers(container -> container.with(new ResourceRequirements(
                container.requests().orElse(defaultRequests), container.limits().orElse(defaults))));
    }

    /**
     * Why the pod would be refused.
     *
     * @param admitted the pod after {@link #applyTo(PodResources)}
     * @return one sentence per broken bound, empty if the pod is accepted
     */
    public List<String> violations(PodResources admitted) {
        List<String> found = new ArrayList<>();
        for (ContainerResources container : admitted.allContainers()) {
            min.asMap().forEach((name, bound) -> atLeast(container, name, bound, found));
            max.asMap().forEach((name, bound) -> atMost(container, name, bound, found));
            maxLimitRequestRatio.asMap().forEach((name, bound) -> ratio(container, name, bound, found));
            container.limits().asMap().forEach((name, limit) -> {
                Quantity request = container.requests().find(name).orElse(Quantity.ZERO);
                if (request.compareTo(limit) > 0) {
                    found.add(container.name() + ": " + name + " request " + request + " is above the limit " + limit);
                }
            });
        }
        return Collections.unmodifiableList(found);
    }

    private static void atLeast(ContainerResources container, String name, Quantity bound, List<String> found) {
        Quantity request = container.requests().find(name).orElse(Quantity.ZERO);
        boolean limitBelow = container
                .limits()
                .find(name)
                .filter(limit -> limit.compareTo(bound) < 0)
                .isPresent();
        if (request.compareTo(bound) < 0 || limitBelow) {
            found.add(container.name() + ": " + name + " is below the minimum " + bound);
        }
    }

    private static void atMost(ContainerResources container, String name, Quantity bound, List<String> found) {
        boolean within = container
                .limits()
                .find(name)
                .filter(limit -> limit.compareTo(bound) <= 0)
                .isPresent();
        if (!within) {
            found.add(container.name() + ": " + name + " needs a limit of at most " + bound);
        }
    }

    private static void ratio(ContainerResources container, String name, Quantity bound, List<String> found) {
        Quantity request = container.requests().find(name).orElse(Quantity.ZERO);
        Quantity limit = container.limits().find(name).orElse(Quantity.ZERO);
        boolean both = request.isPositive() && limit.isPositive();
        if (!both || limit.exact().compareTo(request.exact().multiply(bound.exact())) > 0) {
            found.add(container.name() + ": " + name + " limit may be at most " + bound + " times the request");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LimitRange that
                && defaults.equals(that.defaults)
                && defaultRequests.equals(that.defaultRequests)
                && min.equals(that.min)
                && max.equals(that.max)
                && maxLimitRequestRatio.equals(that.maxLimitRequestRatio);
    }

    @Override
    public int hashCode() {
        return Objects.hash(defaults, defaultRequests, min, max, maxLimitRequestRatio);
    }

    /** {@code default {memory=512Mi} defaultRequest {memory=256Mi}}. */
    @Override
    public String toString() {
        String text = "default " + defaults + " defaultRequest " + defaultRequests;
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }

    /** Fills a range. Not thread-safe; confine to one thread. */
    public static final class Builder {

        private ResourceList defaults = ResourceList.EMPTY;
        private ResourceList defaultRequests = ResourceList.EMPTY;
        private ResourceList min = ResourceList.EMPTY;
        private ResourceList max = ResourceList.EMPTY;
        private ResourceList maxLimitRequestRatio = ResourceList.EMPTY;

        private Builder() {}

        /**
         * Sets {@code default}.
         *
         * @param amounts resource name to quantity
         * @return this
         */
        public Builder defaults(Map<String, ? extends CharSequence> amounts) {
            defaults = ResourceList.parse(amounts);
            return this;
        }

        /**
         * Sets {@code defaultRequest}.
         *
         * @param amounts resource name to quantity
         * @return this
         */
        public Builder defaultRequests(Map<String, ? extends CharSequence> amounts) {
            defaultRequests = ResourceList.parse(amounts);
            return this;
        }

        /**
         * Sets {@code min}.
         *
         * @param amounts resource name to quantity
         * @return this
         */
        public Builder min(Map<String, ? extends CharSequence> amounts) {
            min = ResourceList.parse(amounts);
            return this;
        }

        /**
         * Sets {@code max}.
         *
         * @param amounts resource name to quantity
         * @return this
         */
        public Builder max(Map<String, ? extends CharSequence> amounts) {
            max = ResourceList.parse(amounts);
            return this;
        }

        /**
         * Sets {@code maxLimitRequestRatio}.
         *
         * @param ratios resource name to quantity
         * @return this
         */
        public Builder maxLimitRequestRatio(Map<String, ? extends CharSequence> ratios) {
            maxLimitRequestRatio = ResourceList.parse(ratios);
            return this;
        }

        /**
         * The range.
         *
         * @return a range of what was set
         */
        public LimitRange build() {
            return new LimitRange(this);
        }
    }
}
