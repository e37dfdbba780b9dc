package io.github.memfit.internal;

/**
 * Buckets whose width grows by a ratio, in Go's floating-point arithmetic to the last bit, with a table that finds the bucket of
 * a whole number without a logarithm. Immutable and thread-safe.
 *
 * <p>Source: {@code recommender/util/histogram_options.go} of the Vertical Pod Autoscaler 1.8.0.
 */
public final class GrowingBuckets {

    /** At most this many bits after the leading one go into the table. */
    private static final int MOST_BITS = 12;

    private final double first;
    private final double ratio;
    private final double logRatio;
    private final double[] starts;

    /** thresholds[n] is the smallest whole number in bucket n or above; one more for the end. */
    private final long[] thresholds;

    /** How many bits after the leading one are enough that an entry of the table is narrower than any bucket. */
    private final int bits;

    /** For the leading bits of a whole number: the bucket of the smallest such number. Empty where buckets are too narrow. */
    private final int[] guesses;

    private final int firstKey;

    public GrowingBuckets(double first, double ratio, int count) {
        this.first = first;
        this.ratio = ratio;
        logRatio = StrictMath.log(ratio);
        starts = new double[count];
        thresholds = new long[count + 1];
        thresholds[count] = Long.MAX_VALUE;
        for (int n = 1; n < count; n++) {
            starts[n] = first * (GoMath.pow(ratio, n) - 1) / (ratio - 1);
        }
        for (int n = 1; n < count; n++) {
            thresholds[n] = threshold(n);
        }
        bits = Math.max(0, 1 - Math.getExponent(ratio - 1));
        if (count == 1 || thresholds[1] < 1 || bits > MOST_BITS) {
            guesses = new int[0];
            firstKey = 0;
            return;
        }
        firstKey = key(thresholds[1]);
        guesses = new int[key(thresholds[count - 1]) - firstKey + 1];
        int bucket = 0;
        for (int i = 0; i < guesses.length; i++) {
            while (bucket + 1 < count && thresholds[bucket + 1] <= lowest(firstKey + i)) {
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
        if (guesses.length == 0) {
            return find((double) value);
        }
        if (value < thresholds[1]) {
            return 0;
        }
        int place = key(value) - firstKey;
        if (place >= guesses.length) {
            return starts.length - 1;
        }
        int bucket = guesses[place];
        // Adds 1 without a branch if the next bucket starts at or below the value.
        return bucket + (int) (thresholds[bucket + 1] - 1 - value >>> 63);
    }

    private int key(long positive) {
        int zeros = Long.numberOfLeadingZeros(positive);
        return (63 - zeros << bits) + (int) ((positive << zeros & Long.MAX_VALUE) >>> 63 - bits);
    }

    /** The smallest number with a key. */
    private long lowest(int key) {
        int exponent = key >>> bits;
        long mantissa = (1L << bits) + (key & (1L << bits) - 1);
        return exponent >= bits ? mantissa << exponent - bits : (mantissa - 1 >>> bits - exponent) + 1;
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
