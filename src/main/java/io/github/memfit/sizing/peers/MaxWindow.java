package io.github.memfit.sizing.peers;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import io.github.memfit.usage.UsageHistory;
import java.time.Duration;

/**
 * The highest use of all replicas in the last days plus a margin, as request and limit. Immutable and thread-safe.
 *
 * @param window how far to look back from the last sample
 * @param margin the margin, at least 0; results are rounded up
 * @since 0.1
 */
public record MaxWindow(Duration window, Ratio margin) implements PeerPolicy {

    /**
     * Checks the ranges.
     *
     * @param window how far to look back from the last sample
     * @param margin the margin
     * @throws IllegalArgumentException if one is negative
     */
    public MaxWindow {
        if (window.isNegative() || margin.compareTo(Ratio.ZERO) < 0) {
            throw new IllegalArgumentException(
                    "a window and its margin must not be negative, got " + window + " and " + margin);
        }
    }

    @Override
    public PeerSizing size(UsageHistory history) {
        UsageHistory recent = history.last(window);
        return recent.isEmpty()
                ? PeerSizing.undecided(PeerMath.NO_DATA)
                : PeerSizing.both(Bytes.of(recent.peakBytes().orElse(0)).timesRoundedUp(Ratio.ONE.plus(margin)));
    }

    @Override
    public String name() {
        return "max " + window + " +" + margin;
    }
}
