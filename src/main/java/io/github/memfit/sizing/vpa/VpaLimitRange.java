package io.github.memfit.sizing.vpa;

import io.github.memfit.unit.Bytes;
import java.util.List;

/**
 * The memory of a {@code LimitRange} of type Container or Pod. Immutable and thread-safe.
 *
 * @param min the smallest request; zero for none
 * @param max the largest limit; zero for none
 * @param defaultLimit the limit of a container that has none; zero for none
 * @since 0.1
 */
public record VpaLimitRange(Bytes min, Bytes max, Bytes defaultLimit) {

    /**
     * Checks the ranges.
     *
     * @param min the smallest request; zero for none
     * @param max the largest limit; zero for none
     * @param defaultLimit the limit of a container that has none; zero for none
     * @throws IllegalArgumentException if one is negative
     */
    public VpaLimitRange {
        VpaContainerPolicy.notNegative(min);
        VpaContainerPolicy.notNegative(max);
        VpaContainerPolicy.notNegative(defaultLimit);
    }

    /**
     * What holds in a namespace with several: the smallest maximum, the largest minimum, the last default.
     *
     * @param ranges the ranges in the order in which they are listed
     * @return the range that VPA works with
     */
    public static VpaLimitRange merge(List<VpaLimitRange> ranges) {
        Bytes min = Bytes.ZERO;
        Bytes max = Bytes.ZERO;
        Bytes defaultLimit = Bytes.ZERO;
        for (VpaLimitRange range : ranges) {
            min = min.max(range.min);
            max = max.isZero() || !range.max.isZero() && range.max.isLessThan(max) ? range.max : max;
            defaultLimit = range.defaultLimit.isZero() ? defaultLimit : range.defaultLimit;
        }
        return new VpaLimitRange(min, max, defaultLimit);
    }
}
