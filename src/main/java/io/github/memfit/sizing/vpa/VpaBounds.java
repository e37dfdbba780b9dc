package io.github.memfit.sizing.vpa;

import io.github.memfit.unit.Bytes;

/**
 * Target, lower and upper bound of a container on their way into a pod. Immutable and thread-safe.
 *
 * @param target the request to set
 * @param lowerBound the lower bound
 * @param upperBound the upper bound; may lie below the lower bound, as in VPA
 * @since 0.1
 */
public record VpaBounds(Bytes target, Bytes lowerBound, Bytes upperBound) {

    /**
     * Checks the ranges.
     *
     * @param target the request to set
     * @param lowerBound the lower bound
     * @param upperBound the upper bound
     * @throws IllegalArgumentException if one is negative
     */
    public VpaBounds {
        VpaContainerPolicy.notNegative(target);
        VpaContainerPolicy.notNegative(lowerBound);
        VpaContainerPolicy.notNegative(upperBound);
    }

    /**
     * The bounds of a recommendation in whole bytes, rounded up.
     *
     * @param recommendation the recommendation
     * @return its bounds
     */
    public static VpaBounds from(VpaRecommendation recommendation) {
        return new VpaBounds(
                Bytes.of(recommendation.target().bytes()),
                Bytes.of(recommendation.lowerBound().bytes()),
                Bytes.of(recommendation.upperBound().bytes()));
    }
}
