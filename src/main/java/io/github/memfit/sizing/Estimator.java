package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.time.Duration;

/**
 * How a number of bytes follows from a history of usage. Immutable and thread-safe; equal by content; composed with
 * {@link #plus(Ratio)}, {@link #max(Estimator)} and the like.
 *
 * <p>{@code toString()} is the text that {@link SizingPolicy#parse} reads. Estimates are whole bytes from 0 to 2^50,
 * rounded up. An estimator has at most 64 parts; composing more is an {@link IllegalArgumentException}. All are scale equivariant (twice the usage, twice the estimate, to within a bucket) but for added bytes,
 * fixed amounts, VPA's own constants and the absolute prices of {@link PriceTail}.
 *
 * {@snippet :
 * percentile(95).plus(percent(15)).max(peak()); // max(p95+15%, peak)
 * }
 *
 * @since 0.1
 */
public sealed interface Estimator permits PriceTail, Estimators.Leaf, Estimators.Composite {

    /**
     * The highest sample of the whole history.
     *
     * @return the estimator, {@code peak}
     */
    static Estimator peak() {
        return new Estimators.Peak(Duration.ZERO);
    }

    /**
     * The highest sample not older than a window.
     *
     * @param window how far back, from a millisecond to ten years
     * @return the estimator, as in {@code peak(14d)}
     * @throws IllegalArgumentException if the window is out of range
     */
    static Estimator peak(Duration window) {
        return new Estimators.Peak(Durations.window(window));
    }

    /**
     * The highest sample of the first stretch of the history and never anything else, as a limit that was set once.
     *
     * @param window how long after the first sample
     * @return the estimator, as in {@code firstPeak(1d)}
     * @throws IllegalArgumentException if the window is out of range
     */
    static Estimator firstPeak(Duration window) {
        return new Estimators.FirstPeak(Durations.window(window));
    }

    /**
     * The highest sample of the last two days and of the weekday to come in each of the last two weeks. Before two whole
     * weeks, and as long as days a week apart are no more alike than neighbouring days, the highest of 14 days.
     *
     * @return the estimator, {@code weekdayPeak}
     */
    static Estimator weekdayPeak() {
        return new Estimators.WeekdayPeak();
    }

    /**
     * A percentile of the samples, by nearest rank: the smallest value that at least that share of the weight does not
     * exceed. Found in buckets 1% wide, so at most 1% above the exact one and never above the peak. All samples weigh the
     * same, or less with age if there is a {@link SizingPolicyBuilder#halfLife half-life}.
     *
     * @param percent from 1 to 100
     * @return the estimator, as in {@code p95}
     * @throws IllegalArgumentException if the percentage is out of range
     */
    static Estimator percentile(int percent) {
        return percentile(Ratio.percent(percent));
    }

    /**
     * A percentile of the samples, as {@link #percentile(int)}.
     *
     * @param rank the share, above 0 and at most 1
     * @return the estimator, as in {@code p99.9}
     * @throws IllegalArgumentException if the rank is out of range
     */
    static Estimator percentile(Ratio rank) {
        return new Estimators.Percentile(rank, Duration.ZERO);
    }

    /**
     * A percentile of the samples with a half-life of its own.
     *
     * @param rank the share, above 0 and at most 1
     * @param halfLife the time in which the weight of a sample halves; from an hour to ten years
     * @return the estimator, as in {@code p98(48h)}
     * @throws IllegalArgumentException if a value is out of range
     */
    static Estimator percentile(Ratio rank, Duration halfLife) {
        return new Estimators.Percentile(rank, Durations.halfLife(halfLife));
    }

    /**
     * The mean of the samples; with a half-life of the policy, older ones weigh less.
     *
     * @return the estimator, {@code mean}
     */
    static Estimator mean() {
        return new Estimators.Mean();
    }

    /**
     * What VPA's recommender takes for the target of a container with one replica: a percentile of decaying daily peaks,
     * with OOM kills as peaks of the raised limit, without margin, floor and rounding. VPA's clock knows the years 1700 to 2250;
     * a history with other times is an {@link IllegalArgumentException} when the estimator sees it. The complete and exact recommender is
     * {@code io.github.memfit.sizing.vpa}.
     *
     * @param rank the percentile, 90% in VPA for the target and 95% for the upper bound
     * @return the estimator, as in {@code vpa(90%)}
     * @throws IllegalArgumentException if the rank is out of range
     */
    static Estimator vpa(Ratio rank) {
        return new Estimators.Vpa(rank, false);
    }

    /**
     * What VPA's recommender takes for the upper bound: as {@link #vpa}, times {@code 1 + 1/days of history}.
     *
     * @param rank the percentile, 95% in VPA
     * @return the estimator, as in {@code vpaUpper(95%)}
     * @throws IllegalArgumentException if the rank is out of range
     */
    static Estimator vpaUpper(Ratio rank) {
        return new Estimators.Vpa(rank, true);
    }

    /**
     * Always the same.
     *
     * @param bytes the amount, from 0 to 2^50
     * @return the estimator, as in {@code 64Mi}
     * @throws IllegalArgumentException if the amount is out of range
     */
    static Estimator fixed(Bytes bytes) {
        return new Estimators.Fixed(bytes);
    }

    /**
     * Adds a margin.
     *
     * @param margin the share to add; from -100% to 10000%
     * @return the estimator, as in {@code p95+15%}
     * @throws IllegalArgumentException if the margin is out of range
     */
    default Estimator plus(Ratio margin) {
        return new Estimators.Margin(this, margin);
    }

    /**
     * Adds an amount.
     *
     * @param headroom the bytes to add, from 0 to 2^50
     * @return the estimator, as in {@code peak+64Mi}
     * @throws IllegalArgumentException if the amount is out of range
     */
    default Estimator plus(Bytes headroom) {
        return new Estimators.Headroom(this, headroom);
    }

    /**
     * The larger of two.
     *
     * @param other the other estimator
     * @return the estimator, as in {@code max(p95+15%, peak)}
     */
    default Estimator max(Estimator other) {
        return new Estimators.Larger(this, other);
    }

    /**
     * The smaller of two.
     *
     * @param other the other estimator
     * @return the estimator, as in {@code min(peak+20%, p99+50%)}
     */
    default Estimator min(Estimator other) {
        return new Estimators.Smaller(this, other);
    }
}
