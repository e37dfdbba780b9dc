/**
 * What other right-sizers would say, each under its own name: their formulas as pure functions.
 *
 * <p>KRR (robusta-dev/krr d6baa74), Crane (gocrane/crane 2b0ddae), Kruize Autotune (kruize/autotune c671ae3), Goldilocks
 * (FairwindsOps/goldilocks 3be8f9e), the moving windows of Google's Autopilot (EuroSys 2020), plain percentiles and maxima, the
 * HorizontalPodAutoscaler on memory and one step of Senpai (facebookincubator/senpai c51e8e2). Floating-point numbers are used
 * where the originals use them, so that results agree to the byte; results are whole bytes.
 *
 * <p>A {@link io.github.memfit.sizing.peers.PeerPolicy} looks at a {@link io.github.memfit.usage.UsageHistory}; its "now" is the last sample or mark. A
 * {@code null} argument is a {@link NullPointerException} unless said otherwise.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.sizing.peers;

import org.jspecify.annotations.NullMarked;
