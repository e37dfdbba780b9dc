package io.github.memfit.sizing.vpa;

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
    private final double[] starts;

    /** thresholds[n] is the smallest whole number in bucket n or above. */
    private final long[] thresholds;

    /** For the top 11 + 6 bits of a whole number as a double: a bucket at or just below its own. */
    private final short[] guesses;

    private final int firstKey;

    private VpaBuckets(double maxValue, double first, double ratio, double epsilon, int count) {
        this.maxValue = maxValue;
        this.first = first;
        this.ratio = ratio;
        this.epsilon = epsilon;
        if (count < 1 || count > LARGEST) {
            throw new IllegalArgumentException(
                    "a histogram has 1 to " + LARGEST + " buckets, these parameters make " + count);
        }
        starts = new double[count];
        for (int n = 1; n < count; n++) {
            starts[n] = ratio == 0 ? first * n : first * (GoMath.pow(ratio, n) - 1) / (ratio - 1);
        }
        thresholds = new long[count];
        if (ratio == 0 || count > Short.MAX_VALUE || first < 2) {
            guesses = new short[0];
            firstKey = 0;
            return;
        }
        for (int n = 1; n < count; n++) {
            thresholds[n] = threshold(n);
        }
        firstKey = key(thresholds[1]);
        guesses = new short[key(thresholds[count - 1]) - firstKey + 1];
        int bucket = 0;
        for (int i = 0; i < guesses.length; i++) {
            long lowest = (long) Double.longBitsToDouble((long) (firstKey + i) << 46);
            while (bucket + 1 < count && thresholds[bucket + 1] <= lowest) {
                bucket++;
            }
            guesses[i] = (short) bucket;
        }
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
        double count = Math.ceil(log(ratio, maxValue * (ratio - 1) / first + 1)) + 1;
        return new VpaBuckets(maxValue, first, ratio, epsilon, (int) Math.min(count, Integer.MAX_VALUE));
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
        return new VpaBuckets(
                maxValue, width, 0, epsilon, (int) Math.min(Math.ceil(maxValue / width) + 1, Integer.MAX_VALUE));
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
        return starts.length;
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
        return starts[Objects.checkIndex(bucket, starts.length)];
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
            return Math.max(0, (int) Math.min(starts.length - 1.0, value / first));
        }
        return value < first ? 0 : Math.min(starts.length - 1, (int) log(ratio, value * (ratio - 1) / first + 1));
    }

    /**
     * The bucket of a whole number; the same as {@link #find(double)}, sooner.
     *
     * @param value the value
     * @return the bucket, from 0
     */
    public int find(long value) {
        if (guesses.length == 0) {
            return find((double) value);
        }
        int place = value < thresholds[1] ? -1 : key(value) - firstKey;
        if (place < 0) {
            return 0;
        }
        int bucket = place < guesses.length ? guesses[place] : starts.length - 1;
        while (bucket + 1 < thresholds.length && thresholds[bucket + 1] <= value) {
            bucket++;
        }
        return bucket;
    }

    private static int key(long value) {
        return (int) (Double.doubleToRawLongBits(value) >>> 46);
    }

    /** The starts lie a hair off the ideal ones, so the first whole number of a bucket is found by asking. */
    private long threshold(int n) {
        long low = 0;
        long high = (long) Math.min(starts[n] * 1.001 + 2, 9e18);
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (find((double) middle) < n) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double log(double base, double value) {
        return StrictMath.log(value) / StrictMath.log(base);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VpaBuckets that
                && first == that.first
                && ratio == that.ratio
                && epsilon == that.epsilon
                && starts.length == that.starts.length;
    }

    @Override
    public int hashCode() {
        return Objects.hash(first, ratio, epsilon, starts.length);
    }

    /** One line: kind and parameters. */
    @Override
    public String toString() {
        return "VpaBuckets[" + (ratio == 0 ? "linear" : "ratio=" + ratio) + ", first=" + first + ", max=" + maxValue
                + ", count=" + starts.length + ", epsilon=" + epsilon + "]";
    }
}
