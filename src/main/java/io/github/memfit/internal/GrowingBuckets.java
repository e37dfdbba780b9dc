package io.github.memfit.internal;

/**
 * Buckets whose width grows by a ratio, in Go's floating-point arithmetic to the last bit, with a table that finds the bucket of
 * a whole number without a logarithm. Immutable and thread-safe.
 *
 * <p>Source: {@code recommender/util/histogram_options.go} of the Vertical Pod Autoscaler 1.8.0.
 */
public final class GrowingBuckets {

    /** The mantissa bits that go into the table, so that an entry spans about 1.6 %. */
    private static final int KEPT = 46;

    private final double first;
    private final double ratio;
    private final double logRatio;
    private final double[] starts;

    /** thresholds[n] is the smallest whole number in bucket n or above. */
    private final long[] thresholds;

    /** For the leading bits of a whole number as a double: a bucket at or just below its own. */
    private final int[] guesses;

    private final int firstKey;

    public GrowingBuckets(double first, double ratio, int count) {
        this.first = first;
        this.ratio = ratio;
        logRatio = StrictMath.log(ratio);
        starts = new double[count];
        thresholds = new long[count];
        for (int n = 1; n < count; n++) {
            starts[n] = first * (GoMath.pow(ratio, n) - 1) / (ratio - 1);
        }
        for (int n = 1; n < count; n++) {
            thresholds[n] = threshold(n);
        }
        firstKey = count == 1 ? 0 : key(Math.max(1, thresholds[1]));
        guesses = new int[count == 1 ? 0 : key(thresholds[count - 1]) - firstKey + 1];
        int bucket = 0;
        for (int i = 0; i < guesses.length; i++) {
            double lowest = Double.longBitsToDouble((long) (firstKey + i) << KEPT);
            while (bucket + 1 < count && thresholds[bucket + 1] <= lowest) {
                bucket++;
            }
            guesses[i] = bucket;
        }
    }

    /** How many buckets reach a value: {@code ceil(log_ratio(max (ratio - 1) / first + 1)) + 1}. */
    public static double count(double maxValue, double first, double ratio) {
        return Math.ceil(StrictMath.log(maxValue * (ratio - 1) / first + 1) / StrictMath.log(ratio)) + 1;
    }

    public int count() {
        return starts.length;
    }

    public double start(int bucket) {
        return starts[bucket];
    }

    /** The smallest whole number in a bucket or above it. */
    public long firstWhole(int bucket) {
        return thresholds[bucket];
    }

    public int find(double value) {
        return value < first
                ? 0
                : Math.min(starts.length - 1, (int) (StrictMath.log(value * (ratio - 1) / first + 1) / logRatio));
    }

    /** The same as {@link #find(double)}, sooner. */
    public int find(long value) {
        if (thresholds.length == 1 || value < thresholds[1]) {
            return 0;
        }
        int place = key(value) - firstKey;
        int bucket = place < guesses.length ? guesses[place] : starts.length - 1;
        while (bucket + 1 < thresholds.length && thresholds[bucket + 1] <= value) {
            bucket++;
        }
        return bucket;
    }

    private static int key(long value) {
        return (int) (Double.doubleToRawLongBits(value) >>> KEPT);
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
}
