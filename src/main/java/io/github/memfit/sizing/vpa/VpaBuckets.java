package io.github.memfit.sizing.vpa;

import io.github.memfit.internal.GrowingBuckets;
import java.util.Objects;

/**
 * How VPA cuts the axis of values into buckets: of equal width, or growing by a ratio. Immutable and thread-safe; equal by
 * parameters.
 *
 * <p>An exponential layout has bucket 0 from 0 to {@code first}; bucket n starts at {@code first (ratio^n - 1) / (ratio - 1)},
 * computed in Go's floating-point arithmetic to the last bit. The last bucket has no end. Values below 0 belong to bucket 0.
 *
 * @since 0.1
 */
public final class VpaBuckets {

    /** The memory histogram of VPA: 176 buckets from 10 MB by 5 % up to 1 TB, epsilon 0.0001. */
    public static final VpaBuckets MEMORY = exponential(1e12, 1e7, 1.05, 1e-4);

    private static final int LARGEST = 1 << 20;

    private final double first;

    /** 0 for buckets of equal width. */
    private final double ratio;

    private final double epsilon;
    private final double maxValue;
    private final int count;

    /** Not used where all have the same width. */
    private final GrowingBuckets growing;

    private VpaBuckets(double maxValue, double first, double ratio, double epsilon, double count) {
        if (!(count >= 1) || count > LARGEST) {
            throw new IllegalArgumentException(
                    "a histogram has 1 to " + LARGEST + " buckets, these parameters make " + count);
        }
        this.maxValue = maxValue;
        this.first = first;
        this.ratio = ratio;
        this.epsilon = epsilon;
        this.count = (int) count;
        growing = new GrowingBuckets(first, ratio == 0 ? 2 : ratio, ratio == 0 ? 1 : this.count);
    }

    /**
     * Buckets that grow by a ratio.
     *
     * @param maxValue the value that the last bucket has to reach
     * @param first the width of bucket 0
     * @param ratio how much wider each bucket is than the one before, above 1
     * @param epsilon the weight below which a bucket counts as empty
     * @return the layout
     * @throws IllegalArgumentException if a parameter is not a positive finite number, or there would be more than 2^20 buckets
     */
    public static VpaBuckets exponential(double maxValue, double first, double ratio, double epsilon) {
        check(maxValue, first, epsilon);
        if (!(ratio > 1) || Double.isInfinite(ratio)) {
            throw new IllegalArgumentException("buckets must grow by a finite ratio above 1, got " + ratio);
        }
        return new VpaBuckets(maxValue, first, ratio, epsilon, GrowingBuckets.count(maxValue, first, ratio));
    }

    /**
     * Buckets of equal width.
     *
     * @param maxValue the value that the last bucket has to reach
     * @param width the width of each bucket
     * @param epsilon the weight below which a bucket counts as empty
     * @return the layout
     * @throws IllegalArgumentException if a parameter is not a positive finite number, or there would be more than 2^20 buckets
     */
    public static VpaBuckets linear(double maxValue, double width, double epsilon) {
        check(maxValue, width, epsilon);
        return new VpaBuckets(maxValue, width, 0, epsilon, Math.ceil(maxValue / width) + 1);
    }

    private static void check(double maxValue, double first, double epsilon) {
        for (double value : new double[] {maxValue, first, epsilon}) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(
                        "the largest value, the first width and epsilon must be positive and finite, got " + value);
            }
        }
    }

    /**
     * How many buckets there are.
     *
     * @return the number, at least 1
     */
    public int count() {
        return count;
    }

    /**
     * The weight below which a bucket counts as empty.
     *
     * @return epsilon
     */
    public double epsilon() {
        return epsilon;
    }

    /**
     * Where a bucket starts.
     *
     * @param bucket the bucket, from 0
     * @return its smallest value, in Go's arithmetic
     * @throws IndexOutOfBoundsException if there is no such bucket
     */
    public double start(int bucket) {
        Objects.checkIndex(bucket, count);
        return ratio == 0 ? first * bucket : growing.start(bucket);
    }

    /**
     * The bucket of a value.
     *
     * @param value the value, any finite number
     * @return the bucket, from 0
     * @throws IllegalArgumentException if the value is not a number
     */
    public int find(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("a value that is not a number has no bucket");
        }
        if (ratio == 0) {
            return Math.max(0, (int) Math.min(count - 1.0, value / first));
        }
        return growing.find(value);
    }

    /**
     * The bucket of a whole number; the same as {@link #find(double)}, sooner.
     *
     * @param value the value
     * @return the bucket, from 0
     */
    public int find(long value) {
        return ratio == 0 ? find((double) value) : growing.find(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VpaBuckets that
                && first == that.first
                && ratio == that.ratio
                && epsilon == that.epsilon
                && count == that.count;
    }

    @Override
    public int hashCode() {
        return Objects.hash(first, ratio, epsilon, count);
    }

    /** One line: kind and parameters. */
    @Override
    public String toString() {
        return "VpaBuckets[" + (ratio == 0 ? "linear" : "ratio=" + ratio) + ", first=" + first + ", max=" + maxValue
                + ", count=" + count + ", epsilon=" + epsilon + "]";
    }
}
