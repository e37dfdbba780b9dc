package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.util.List;

/** A percentile by nearest rank over buckets 1% wide. */
final class PercentileTracker extends Tracker {

    private static final double BUCKET_GROWTH = 0.01;

    /** The sum of thousands of weights is off by less than this share. */
    private static final double ROUNDING = 1e-9;

    private final Ratio rank;
    private final Duration halfLife;
    private final LogHistogram samples;
    private long peak = UNKNOWN;

    PercentileTracker(Ratio rank, Duration halfLife) {
        this.rank = rank;
        this.halfLife = halfLife;
        samples = new LogHistogram(BUCKET_GROWTH, halfLife.toMillis());
    }

    @Override
    void sample(long millis, long bytes) {
        samples.add(bytes, millis);
        peak = Math.max(peak, bytes);
    }

    @Override
    long estimate(long now) {
        if (peak == UNKNOWN) {
            return UNKNOWN;
        }
        double wanted = samples.total() * (rank.toDouble() - ROUNDING);
        double sum = 0;
        int bucket = samples.lowest();
        while (bucket < samples.highest()) {
            sum += samples.weight(bucket);
            if (sum >= wanted) {
                break;
            }
            bucket++;
        }
        return Math.min(Math.min(peak, LARGEST), roundedUp(StrictMath.exp(samples.upperEdge(bucket))));
    }

    @Override
    void explain(long now, List<String> reasons) {
        reasons.add(rank.toHuman() + " of the samples are at or below "
                + Bytes.of(estimate(now)).toHuman()
                + (halfLife.isZero() ? "" : "; a sample loses half its weight in " + Durations.text(halfLife)));
    }
}
