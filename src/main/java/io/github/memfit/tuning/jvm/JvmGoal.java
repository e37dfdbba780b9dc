package io.github.memfit.tuning.jvm;

/**
 * What a plan should favour. Immutable and thread-safe.
 *
 * @since 0.1
 */
public enum JvmGoal {
    /**
     * Never killed: a margin of 10 % on everything outside the heap, 5 % if that was measured over 100 samples or more;
     * without a profile a large application is assumed.
     */
    SAFE,
    /**
     * The most live data in the limit: a margin of 6 %, 3 % over 100 samples or more; without a profile a small program is
     * assumed.
     */
    DENSE,
    /** As safe, and the heap has its full size from the start: no growth, no shrinking. */
    PREDICTABLE
}
