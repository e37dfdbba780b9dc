package io.github.memfit.usage;

/**
 * Which value a percentile is. For n exact values, or weights that add up to W, and a share p:
 *
 * <p>Every rule is monotone in p, and 0 and 1 are allowed.
 *
 * @since 0.1
 */
public enum PercentileRule {

    /**
     * The smallest value that at least the share p of the values does not exceed: of n sorted values the one with the rank
     * {@code ceil(p n)}, at least 1 (Hyndman-Fan type 1). A sketch answers with the largest whole number of the bucket in which
     * that value lies, or the exact peak if that is less: never below the exact answer, and above it by less than one bucket.
     */
    NEAREST_RANK,

    /**
     * As VPA has it: the end of the bucket in which the share p is reached, which is the first value above the bucket; for a
     * last bucket without end its start. Above the exact nearest rank by at most one bucket. Exact values are their own buckets:
     * the same as {@link #NEAREST_RANK}.
     */
    BUCKET_END,

    /**
     * Between neighbours in proportion, rounded down. Exact values: between the ranks around {@code 1 + p (n - 1)} (Hyndman-Fan
     * type 7, the default of NumPy and R). A sketch: within the bucket, as if its weight were spread evenly from its first whole
     * number to its last, or the peak if that is less; off the nearest rank by less than one bucket, either way.
     */
    INTERPOLATED
}
