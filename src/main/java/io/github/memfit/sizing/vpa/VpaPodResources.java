package io.github.memfit.sizing.vpa;

import io.github.memfit.unit.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What VPA's admission controller sets on a container. Immutable and thread-safe.
 *
 * @param container the container
 * @param request the request it sets; empty if it leaves the container alone
 * @param limit the limit it sets; empty if it leaves the limit alone
 * @param lowerBound the lower bound after all caps; empty without recommendation
 * @param upperBound the upper bound after all caps; empty without recommendation
 * @param caps the rules that changed the target or broke the ratio of limit to request, in order; unmodifiable
 * @since 0.1
 */
public record VpaPodResources(
        String container,
        Optional<Bytes> request,
        Optional<Bytes> limit,
        Optional<Bytes> lowerBound,
        Optional<Bytes> upperBound,
        List<VpaCap> caps) {

    /**
     * A rule that held a target back.
     *
     * @since 0.1
     */
    public enum VpaCap {
        /** Raised to the minimum of the LimitRange of containers. */
        LIMIT_RANGE_MIN,
        /** Cut to the maximum of the LimitRange of containers. */
        LIMIT_RANGE_MAX,
        /** Raised to the policy's {@code minAllowed}. */
        MIN_ALLOWED,
        /** Cut to the policy's {@code maxAllowed}. */
        MAX_ALLOWED,
        /** Cut to the container's limit, since only requests are controlled. */
        CONTAINER_LIMIT,
        /** The limit in proportion exceeds 2^63 - 1 and was cut to that. */
        RATIO_OVERFLOW
    }

    /**
     * Copies the list.
     *
     * @param container the container
     * @param request the request it sets
     * @param limit the limit it sets
     * @param lowerBound the lower bound after all caps
     * @param upperBound the upper bound after all caps
     * @param caps the rules that changed the target
     */
    public VpaPodResources {
        caps = List.copyOf(caps);
    }
}
