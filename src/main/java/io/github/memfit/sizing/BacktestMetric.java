package io.github.memfit.sizing;

import java.util.function.ToDoubleFunction;

/**
 * By what the memory of two policies is compared at equal rates of OOM episodes. Less is better.
 *
 * @since 0.1
 */
public enum BacktestMetric {
    /** {@link BacktestScore#meanSlack()}. */
    MEAN_SLACK(BacktestScore::meanSlack),
    /** {@link BacktestScore#reservationFactor()}: each container counts the same. */
    RESERVATION_FACTOR(BacktestScore::reservationFactor),
    /** {@link BacktestScore#limitOverUse()}: each byte counts the same. */
    LIMIT_OVER_USE(BacktestScore::limitOverUse);

    private final ToDoubleFunction<BacktestScore> figure;

    BacktestMetric(ToDoubleFunction<BacktestScore> figure) {
        this.figure = figure;
    }

    /**
     * The figure of a score.
     *
     * @param score the score
     * @return the figure
     */
    public double of(BacktestScore score) {
        return figure.applyAsDouble(score);
    }
}
