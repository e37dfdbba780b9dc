package io.github.memfit.tuning.jvm;

/**
 * What a plan should favour. Immutable and thread-safe.
 *
 * @since 0.1
 */
public enum JvmGoal {
    /**
     * Never killed. Beside a profile of a minute or more ({@link JvmProfile#isSettled()}) a margin of 6 % of everything
     * outside the heap, or 1/64 of the limit, stands for what differs from run to run; beside a shorter one, a quarter; without a profile a large
     * application is assumed, and 10 % more. Profiles of several runs {@linkplain JvmProfile#merge merge}.
     */
    SAFE,
    /**
     * The most live data in the limit: about half of these margins (3, 12 and 6 %); without a profile a small program is assumed.
     */
    DENSE,
    /**
     * As safe, and the heap has its full size from the start and is touched: what is planned is what is used, at the price of a
     * slower start, and of memory that a program which fills its heap late, or never, would have left to others. Measure with
     * {@code -XX:+AlwaysPreTouch} as well: beside the heap it touches code cache and class archive, up to 11 MiB.
     */
    PREDICTABLE
}
