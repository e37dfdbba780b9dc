package io.github.memfit.tuning.prefork;

import io.github.memfit.unit.Bytes;

/**
 * One measurement of a forking server: with how many workers it took how much anonymous memory ({@code anon} of {@code
 * memory.stat} on cgroup v2, {@code rss} on v1), under load.
 *
 * <p>Immutable and thread-safe.
 *
 * @param workers how many workers ran, 0 or more
 * @param anonymous the anonymous memory of the whole group
 * @since 0.1
 */
public record PreforkSample(int workers, Bytes anonymous) {

    /**
     * Checks the numbers.
     *
     * @param workers how many workers ran
     * @param anonymous the anonymous memory of the whole group
     * @throws IllegalArgumentException if a number is negative
     */
    public PreforkSample {
        if (workers < 0 || anonymous.isNegative()) {
            throw new IllegalArgumentException("a sample is not negative: " + workers + " workers, " + anonymous);
        }
    }
}
