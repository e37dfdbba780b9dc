package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;

/**
 * Between which two amounts the estimate would lie after a long history, in nine of ten cases. Always finite and ordered.
 * Immutable and thread-safe.
 *
 * <p>Both ends are the estimate divided and multiplied by one factor, {@code exp(1.645 s / sqrt(n))}: {@code n} is the number
 * of days with samples (at most 28), {@code s} the standard deviation of the logarithms of the daily peaks, shrunk to 0.3
 * with the weight of two days. One day gives a factor of 1.64, two weeks of steady peaks 1.05.
 *
 * @param lower not above the estimate
 * @param upper not below the estimate
 * @since 0.1
 */
public record SizeBounds(Bytes lower, Bytes upper) {

    /**
     * Checks the order.
     *
     * @param lower not above the estimate
     * @param upper not below the estimate
     * @throws IllegalArgumentException if {@code lower} is above {@code upper}
     */
    public SizeBounds {
        if (lower.isMoreThan(upper)) {
            throw new IllegalArgumentException("lower must not be above upper, got " + lower + " and " + upper);
        }
    }

    static SizeBounds around(Bytes estimate, double factor) {
        long lower = Math.min(estimate.value(), (long) (estimate.value() / factor));
        long upper = Math.max(estimate.value(), (long) Math.ceil(estimate.value() * factor));
        return new SizeBounds(Bytes.of(lower), Bytes.of(upper));
    }

    /**
     * Is an amount within the bounds?
     *
     * @param bytes the amount
     * @return true if it is neither below the lower nor above the upper bound
     */
    public boolean contains(Bytes bytes) {
        return !bytes.isLessThan(lower) && !bytes.isMoreThan(upper);
    }

    /** As in {@code 410Mi..520Mi}. */
    @Override
    public String toString() {
        return lower + ".." + upper;
    }
}
