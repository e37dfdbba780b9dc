package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The memory of {@link PriceTail}: a histogram of hourly peaks, the last 24 of them, and the running hour. */
final class PriceTailTracker extends Tracker {

    private static final long HOUR = 3_600_000;
    private static final int DAY_OF_HOURS = 24;
    private static final double BUCKET_GROWTH = 0.02;

    private final PriceTail price;
    private final LogHistogram peaks;
    private final long[] lastPeaks = new long[DAY_OF_HOURS];
    private final long[] ends = new long[DAY_OF_HOURS];
    private int hours;
    private long hourEnd = Long.MIN_VALUE;
    private long hourPeak;

    /** Only for the price in slack. */
    private double sum;

    private long samples;

    PriceTailTracker(PriceTail price) {
        this.price = price;
        Arrays.fill(ends, Long.MIN_VALUE);
        peaks = new LogHistogram(BUCKET_GROWTH, price.halfLife().toMillis());
    }

    @Override
    void sample(long millis, long bytes) {
        if (millis >= hourEnd) {
            nextHour(millis);
        }
        hourPeak = Math.max(hourPeak, bytes);
        samples++;
        sum += bytes;
    }

    /** The demand is hidden by the kill: it was more than the limit. What the limit is raised to stands for it. */
    @Override
    void killed(long millis, long limit, long raised) {
        if (millis >= hourEnd) {
            nextHour(millis);
        }
        hourPeak = Math.max(hourPeak, raised);
    }

    /** Hours count from the first sample; those without one are skipped. */
    private void nextHour(long millis) {
        if (hourEnd == Long.MIN_VALUE) {
            hourEnd = millis + HOUR;
            return;
        }
        if (hourPeak > 0) {
            peaks.add(hourPeak, hourEnd);
            lastPeaks[hours] = hourPeak;
            ends[hours] = hourEnd;
            hours = (hours + 1) % DAY_OF_HOURS;
            hourPeak = 0;
        }
        hourEnd += (millis - hourEnd) / HOUR * HOUR + HOUR;
    }

    @Override
    long estimate(long now) {
        if (hourEnd == Long.MIN_VALUE) {
            return UNKNOWN;
        }
        if (now >= hourEnd) {
            nextHour(now);
        }
        return roundedUp(decide(now).limit());
    }

    private TailModel decide(long now) {
        long recent = Math.max(hourPeak, 1);
        for (int i = 0; i < DAY_OF_HOURS; i++) {
            if (ends[i] > now - DAY_OF_HOURS * HOUR) {
                recent = Math.max(recent, lastPeaks[i]);
            }
        }
        return TailModel.of(peaks, now, recent, price, sum / samples);
    }

    @Override
    void explain(long now, List<String> reasons) {
        TailModel model = decide(now);
        if (model.isTailUnknown()) {
            reasons.add("no complete hour yet: the highest peak plus 5%");
            return;
        }
        reasons.add(String.format(
                Locale.ROOT,
                "highest %s of hourly peaks start at %s; each further 1%% of limit makes a kill %.1f%% rarer (tail index %.3f)",
                price.tail().toHuman(),
                human(model.threshold()),
                100 * (1 - Math.pow(1.01, -1 / model.index())),
                model.index()));
        reasons.add("highest peak of the last 24 hours: " + human(model.recent()));
        reasons.add(String.format(
                Locale.ROOT,
                "price of a kill: %s; at this limit the model expects one kill per %.0f days",
                price.priceInWords(),
                1 / model.killsPerDay()));
    }

    private static String human(double bytes) {
        return Bytes.of(roundedUp(bytes)).toHuman();
    }
}
