package io.github.memfit.sizing;

import java.util.List;

/**
 * What one estimator remembers of one replica. Fed in order of time; asked at any moment that is not earlier. The same
 * trackers serve a recommendation and a back-test, so that the one cannot promise what the other does not do.
 */
abstract class Tracker {

    /** There is nothing to estimate from yet. */
    static final long UNKNOWN = -1;

    /** No estimate is larger: one pebibyte, so that sums of margins stay far from overflow. */
    static final long LARGEST = 1L << 50;

    /** Memory in use at a moment. */
    abstract void sample(long millis, long bytes);

    /** An OOM kill: the limit was not enough, and the next one is at least {@code raised}. */
    void killed(long millis, long limit, long raised) {}

    /** Bytes, or {@link #UNKNOWN}; may forget what no later question needs. */
    abstract long estimate(long now);

    /** Adds the causes of the estimate at {@code now}. */
    abstract void explain(long now, List<String> reasons);

    /** Rounds up, and keeps within 0 and {@link #LARGEST}. */
    static long roundedUp(double bytes) {
        return bytes >= LARGEST ? LARGEST : (long) Math.ceil(Math.max(bytes, 0));
    }
}
