package io.github.memfit.tuning.jvm;

/**
 * What a plan should favour. Immutable and thread-safe.
 *
 * @since 0.1
 */
public enum JvmGoal {
    /**
     * Never killed: a margin of 10 % on everything outside the heap, measured or not, and 4 MiB beside what was measured; without a
     * profile a large application is assumed. The margin stands for what differs from run to run, however often one run is
     * sampled: six runs of a Lucene index on JDK 17 peaked between 50 and 62 MiB. Profiles of several runs {@linkplain
     * JvmProfile#merge merge}.
     */
    SAFE,
    /**
     * The most live data in the limit: a margin of 6 %; without a profile a small program is assumed.
     */
    DENSE,
    /**
     * As safe, and the heap has its full size from the start and is touched: what is planned is what is used, at the price of a
     * slower start, and of memory that a program which fills its heap late, or never, would have left to others. Measure with
     * {@code -XX:+AlwaysPreTouch} as well: beside the heap it touches code cache and class archive, up to 11 MiB.
     */
    PREDICTABLE
}
