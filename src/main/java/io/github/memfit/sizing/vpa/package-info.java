/**
 * The memory path of the Kubernetes Vertical Pod Autoscaler, number for number: sample rules, peak windows, OOM bumps, decay,
 * percentiles, margins, confidence, rounding, container policy, LimitRange, limit scaling and checkpoints.
 *
 * <p>Source of every rule: {@code kubernetes/autoscaler}, {@code vertical-pod-autoscaler}, recommender 1.8.0 (commit
 * 55c37cd5eb55, August 2026), packages {@code recommender/util}, {@code recommender/model}, {@code recommender/logic},
 * {@code recommender/checkpoint}, {@code utils/vpa} and {@code utils/limitrange}. What is odd there is odd here: see
 * {@code docs/VPA.md} for the list. Whoever wants better numbers uses another policy; whoever wants the same numbers, with
 * their reasons, is right here.
 *
 * <p>Times lie between the years 1700 and 2250, since durations are 64-bit nanoseconds there. A {@code null} argument is a
 * {@link NullPointerException} unless said otherwise. Nothing reads a clock: "now" is an argument.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.sizing.vpa;

import org.jspecify.annotations.NullMarked;
