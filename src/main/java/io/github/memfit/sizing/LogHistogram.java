package io.github.memfit.sizing;

import java.util.Arrays;

/**
 * Weights over logarithmic buckets, older ones worth less. Bucket {@code b} holds the values from {@code e^(b*width)} to
 * {@code e^((b+1)*width)}; only the range between the lowest and the highest used bucket is stored. A weight added at time
 * {@code t} is kept as {@code 2^((t-reference)/halfLife)}, so that ageing costs nothing; the reference moves before numbers
 * get large.
 */
final class LogHistogram {

    private static final double LN2 = StrictMath.log(2);

    /** Half-lives between two moves of the reference: far from what a double can hold. */
    private static final double FAR = 100;

    private final double width;
    private final double perMilli;
    private double[] weights = new double[0];
    private int lowest;
    private long reference;

    /**
     * An empty histogram.
     *
     * @param growth how much wider each bucket is than the one before, such as 0.02
     * @param halfLifeMillis the time in which a weight halves; 0 for never
     */
    LogHistogram(double growth, long halfLifeMillis) {
        width = StrictMath.log(1 + growth);
        perMilli = halfLifeMillis == 0 ? 0 : LN2 / halfLifeMillis;
    }

    boolean isEmpty() {
        return weights.length == 0;
    }

    /** Adds weight 1 as of a moment; values below 1 count as 1. */
    void add(long bytes, long millis) {
        int bucket = (int) Math.floor(StrictMath.log(Math.max(bytes, 1)) / width);
        if (weights.length == 0) {
            reference = millis;
        }
        ensure(bucket);
        double age = (millis - reference) * perMilli;
        if (age > FAR * LN2) {
            double shrink = StrictMath.exp(-age);
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= shrink;
            }
            reference = millis;
            age = 0;
        }
        weights[bucket - lowest] += age == 0 ? 1 : StrictMath.exp(age);
    }

    /** Factor that turns stored weights into weights at a moment, where one added then weighs 1. */
    double factorAt(long now) {
        return StrictMath.exp((reference - now) * perMilli);
    }

    int lowest() {
        return lowest;
    }

    int highest() {
        return lowest + weights.length - 1;
    }

    double weight(int bucket) {
        return weights[bucket - lowest];
    }

    double total() {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }

    /** Natural logarithm of the upper edge of a bucket. */
    double upperEdge(int bucket) {
        return (bucket + 1) * width;
    }

    /** Standard deviation of the natural logarithms of the values, each taken in the middle of its bucket. */
    double spread(double total) {
        double mean = 0;
        double square = 0;
        for (int i = 0; i < weights.length; i++) {
            double place = (i + 0.5) * width;
            mean += weights[i] * place;
            square += weights[i] * place * place;
        }
        mean /= total;
        return Math.sqrt(Math.max(0, square / total - mean * mean));
    }

    /**
     * The bucket down to which, from the top, at least a share of all weight lies.
     *
     * @return the bucket; the lowest one if rounding keeps the sum below the share
     */
    int bucketFromTop(double share, double total) {
        double sum = 0;
        for (int i = weights.length - 1; i > 0; i--) {
            sum += weights[i];
            if (sum >= share * total) {
                return lowest + i;
            }
        }
        return lowest;
    }

    private void ensure(int bucket) {
        if (weights.length == 0) {
            lowest = bucket;
            weights = new double[1];
        } else if (bucket < lowest) {
            int more = lowest - bucket;
            double[] wider = new double[weights.length + more];
            System.arraycopy(weights, 0, wider, more, weights.length);
            weights = wider;
            lowest = bucket;
        } else if (bucket > highest()) {
            weights = Arrays.copyOf(weights, bucket - lowest + 1);
        }
    }
}
