package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import io.github.memfit.usage.PercentileRule;
import io.github.memfit.usage.SketchLayout;
import io.github.memfit.usage.UsageSketch;
import java.time.Duration;
import java.util.List;

/** A percentile by nearest rank from a sketch with buckets 1% wide. */
final class PercentileTracker extends Tracker {

    private final Ratio rank;
    private final Duration halfLife;
    private final UsageSketch samples;

    PercentileTracker(Ratio rank, Duration halfLife) {
        this.rank = rank;
        this.halfLife = halfLife;
        samples = halfLife.isZero()
                ? UsageSketch.plain(SketchLayout.FINEST)
                : UsageSketch.decaying(SketchLayout.FINEST, halfLife);
    }

    @Override
    void sample(long millis, long bytes) {
        samples.add(millis, bytes);
    }

    @Override
    long estimate(long now) {
        return Math.min(
                LARGEST, samples.percentile(rank, PercentileRule.NEAREST_RANK).orElse(UNKNOWN));
    }

    @Override
    void explain(long now, List<String> reasons) {
        reasons.add(rank.toHuman() + " of the samples are at or below "
                + Bytes.of(estimate(now)).toHuman()
                + (halfLife.isZero() ? "" : "; a sample loses half its weight in " + Durations.text(halfLife)));
    }
}
