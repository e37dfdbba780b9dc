package io.github.memfit.usage;

/**
 * The decaying histogram of VPA as one would write it in Java after reading the original: a logarithm for the bucket, a power for
 * the decay, all 176 buckets in one array. What {@link UsageSketch} is measured against.
 */
final class PlainVpaHistogram {

    private static final double FIRST = 1e7;
    private static final double RATIO = 1.05;
    private static final double EPSILON = 1e-4;
    private static final int COUNT = 176;

    private final double[] weights = new double[COUNT];
    private final double halfLifeMillis;
    private double total;
    private int min = COUNT - 1;
    private int max;
    private long reference = Long.MIN_VALUE;

    PlainVpaHistogram(long halfLifeMillis) {
        this.halfLifeMillis = halfLifeMillis;
    }

    void add(long epochMillis, long bytes) {
        if (reference == Long.MIN_VALUE || epochMillis > reference + 100 * halfLifeMillis) {
            shift(epochMillis);
        }
        double weight = Math.pow(2, (epochMillis - reference) / halfLifeMillis);
        int bucket = find(bytes);
        weights[bucket] += weight;
        total += weight;
        if (bucket < min && weights[bucket] >= EPSILON) {
            min = bucket;
        }
        if (bucket > max && weights[bucket] >= EPSILON) {
            max = bucket;
        }
    }

    private void shift(long epochMillis) {
        long moved = (long) (Math.rint(epochMillis / halfLifeMillis) * halfLifeMillis);
        double scale = reference == Long.MIN_VALUE ? 0 : Math.pow(2, (reference - moved) / halfLifeMillis);
        for (int i = min; i <= max; i++) {
            weights[i] *= scale;
        }
        total *= scale;
        reference = moved;
    }

    private static int find(double value) {
        return value < FIRST
                ? 0
                : Math.min(COUNT - 1, (int) (Math.log(value * (RATIO - 1) / FIRST + 1) / Math.log(RATIO)));
    }

    double percentile(double share) {
        double sum = 0;
        int bucket = min;
        for (; bucket < max; bucket++) {
            sum += weights[bucket];
            if (sum >= share * total) {
                break;
            }
        }
        return FIRST * (Math.pow(RATIO, Math.min(bucket + 1, COUNT - 1)) - 1) / (RATIO - 1);
    }
}
