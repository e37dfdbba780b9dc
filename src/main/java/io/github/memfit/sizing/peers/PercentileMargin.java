package io.github.memfit.sizing.peers;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import io.github.memfit.usage.PercentileRule;
import io.github.memfit.usage.UsageHistory;
import java.util.Objects;

/**
 * A percentile of all samples plus a margin, as request and limit: what many spreadsheets do. Immutable and thread-safe.
 *
 * <p>Fine as a request. As a limit a percentile below the maximum kills: P99 + 20 % cost 4 to 6 OOM episodes per container and
 * week in back-tests on recorded histories.
 *
 * @param percentile the percentile, from 0 to 1
 * @param rule which value that is
 * @param margin the margin, at least 0; results are rounded up
 * @since 0.1
 */
public record PercentileMargin(Ratio percentile, PercentileRule rule, Ratio margin) implements PeerPolicy {

    /**
     * Checks the ranges.
     *
     * @param percentile the percentile, from 0 to 1
     * @param rule which value that is
     * @param margin the margin
     * @throws IllegalArgumentException if the percentile is out of range or the margin negative
     */
    public PercentileMargin {
        if (percentile.compareTo(Ratio.ZERO) < 0 || percentile.compareTo(Ratio.ONE) > 0) {
            throw new IllegalArgumentException("a percentile must lie between 0% and 100%, got " + percentile);
        }
        if (margin.compareTo(Ratio.ZERO) < 0) {
            throw new IllegalArgumentException("a margin must not be negative, got " + margin);
        }
        Objects.requireNonNull(rule, "rule");
    }

    @Override
    public PeerSizing size(UsageHistory history) {
        return history.isEmpty()
                ? PeerSizing.undecided(PeerMath.NO_DATA)
                : PeerSizing.both(Bytes.of(history.percentile(percentile, rule).orElse(0))
                        .timesRoundedUp(Ratio.ONE.plus(margin)));
    }

    @Override
    public String name() {
        return "p" + percentile + " +" + margin;
    }
}
