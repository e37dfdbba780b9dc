package io.github.memfit.sizing.vpa;

import io.github.memfit.unit.Bytes;

/**
 * What the {@code resourcePolicy} of a VerticalPodAutoscaler says about a container's memory. Immutable and thread-safe.
 *
 * <p>A recommendation is raised to the minimum first and cut to the maximum then; if they contradict, the maximum wins.
 *
 * @param minAllowed the least that may be recommended; zero for no minimum
 * @param maxAllowed the most that may be recommended; zero for no maximum
 * @param controlsLimits true for {@code RequestsAndLimits}, the default; false for {@code RequestsOnly}
 * @since 0.1
 */
public record VpaContainerPolicy(Bytes minAllowed, Bytes maxAllowed, boolean controlsLimits) {

    /** No minimum, no maximum, requests and limits are controlled. */
    public static final VpaContainerPolicy NONE = new VpaContainerPolicy(Bytes.ZERO, Bytes.ZERO, true);

    /**
     * Checks the ranges.
     *
     * @param minAllowed the least that may be recommended; zero for no minimum
     * @param maxAllowed the most that may be recommended; zero for no maximum
     * @param controlsLimits whether limits follow
     * @throws IllegalArgumentException if a bound is negative
     */
    public VpaContainerPolicy {
        notNegative(minAllowed);
        notNegative(maxAllowed);
    }

    static Bytes notNegative(Bytes bytes) {
        if (bytes.isNegative()) {
            throw new IllegalArgumentException("a bound must not be negative, got " + bytes);
        }
        return bytes;
    }
}
