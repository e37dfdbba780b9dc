package io.github.memfit.sizing.vpa;

/**
 * What VPA recommends for one container's memory. Immutable and thread-safe.
 *
 * <p>As in VPA the bounds need not be in order: with little history the lower bound is the minimum and the upper bound 10^14
 * bytes, and a maximum cuts all three alike.
 *
 * @param target the request to set
 * @param lowerBound below this the updater calls the request too low
 * @param upperBound above this the updater calls the request too high
 * @param uncappedTarget the target before the container policy
 * @param confidence what the bounds were widened by: days of history, or samples at one a minute, whichever is less
 * @since 0.1
 */
public record VpaRecommendation(
        VpaAmount target, VpaAmount lowerBound, VpaAmount upperBound, VpaAmount uncappedTarget, double confidence) {}
