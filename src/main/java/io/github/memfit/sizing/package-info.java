/**
 * How much memory a container should get: policies that are values, recommendations that say why, and a back-test that
 * proves the choice on recorded usage.
 *
 * <p>A {@link io.github.memfit.sizing.SizingPolicy} composes {@link io.github.memfit.sizing.Estimator}s for the request and
 * the limit, which are separate answers: a request may be a percentile, a limit must cover what the container really takes.
 * {@link io.github.memfit.sizing.PriceTail} weighs reserved memory against the price of an OOM kill. {@link
 * io.github.memfit.sizing.Backtest} replays a history and counts what each policy would have cost.
 *
 * <p>Everything here is pure: no clock, no input or output, no thread. "Now" is the last moment of a history. {@code null}
 * is a {@link java.lang.NullPointerException} wherever nothing else is said.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.sizing;

import org.jspecify.annotations.NullMarked;
