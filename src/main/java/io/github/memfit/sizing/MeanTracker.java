package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import java.time.Duration;
import java.util.List;

/** The mean, with or without forgetting. */
final class MeanTracker extends Tracker {

    private static final double LN2 = StrictMath.log(2);

    private final double perMilli;
    private double sum;
    private double weight;
    private long last;

    MeanTracker(Duration halfLife) {
        perMilli = halfLife.isZero() ? 0 : LN2 / halfLife.toMillis();
    }

    @Override
    void sample(long millis, long bytes) {
        if (perMilli > 0 && weight > 0) {
            double left = StrictMath.exp((last - millis) * perMilli);
            sum *= left;
            weight *= left;
        }
        sum += bytes;
        weight++;
        last = millis;
    }

    @Override
    long estimate(long now) {
        return weight == 0 ? UNKNOWN : roundedUp(sum / weight);
    }

    @Override
    void explain(long now, List<String> reasons) {
        reasons.add("mean of the samples: " + Bytes.of(estimate(now)).toHuman());
    }
}
