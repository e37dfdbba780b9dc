package io.github.memfit.sizing;

import io.github.memfit.sizing.vpa.VpaInstance;
import io.github.memfit.sizing.vpa.VpaRecommender;
import io.github.memfit.sizing.vpa.VpaSettings;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** VPA's recommender as a workload of one pod whose request is its limit. */
final class VpaTracker extends Tracker {

    private static final double DAY = 86_400_000;

    /** The largest amount that VPA knows, and what it answers without any confidence. */
    private static final double INFINITE = 1e14;

    private static final String NAME = "container";

    private final Ratio rank;
    private final boolean upper;
    private final VpaRecommender recommender = VpaRecommender.of(VpaSettings.DEFAULTS);
    private final VpaInstance instance = recommender.instance("pod", NAME);
    private boolean seen;
    private long first;
    private long last;

    VpaTracker(Ratio rank, boolean upper) {
        this.rank = rank;
        this.upper = upper;
    }

    @Override
    void sample(long millis, long bytes) {
        if (!seen) {
            seen = true;
            first = millis;
        }
        last = millis;
        instance.sample(millis, bytes);
    }

    @Override
    void killed(long millis, long limit, long raised) {
        instance.oomKill(Instant.ofEpochMilli(millis), limit);
    }

    @Override
    long estimate(long now) {
        return seen ? roundedUp(Math.min(INFINITE, percentile() * confidenceFactor())) : UNKNOWN;
    }

    private double percentile() {
        return recommender.histogram(NAME).percentile(rank.toDouble());
    }

    /** As if there were a CPU sample a minute: the days of history. Before a second sample, VPA has no upper bound. */
    private double confidenceFactor() {
        return upper ? 1 + DAY / (last - first) : 1;
    }

    @Override
    void explain(long now, List<String> reasons) {
        reasons.add("VPA: " + rank.toHuman() + " of the decaying daily peaks lie below "
                + Bytes.of(roundedUp(percentile())).toHuman()
                + (upper
                        ? String.format(
                                Locale.ROOT,
                                ", times %.2f for %.1f days of history",
                                confidenceFactor(),
                                (last - first) / DAY)
                        : ""));
    }
}
