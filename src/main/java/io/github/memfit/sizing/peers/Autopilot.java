package io.github.memfit.sizing.peers;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import io.github.memfit.usage.UsageHistory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;

/**
 * The moving windows of Google's Autopilot (EuroSys 2020): a statistic of the peaks of 5-minute windows by how much OOM kills are
 * tolerated, plus a margin, and the maximum of that over the last hour, as request and limit. Immutable and thread-safe.
 *
 * <p>Weights halve every 48 hours: {@code w = 2^(-age / 48 h)}, age in windows before the last. With peaks p:
 * {@code S_max} is the largest of the last N windows; {@code S_avg = sum(w p) / sum(w)}; {@code S_pj} is the smallest peak up to
 * which a share j of the load {@code sum(w p)} lies, so that high use counts for more. The paper is quoted from memory: its
 * machine-learned mode, whose weights were never published, is not here. Peaks are exact, not bucketed. Results are rounded up.
 *
 * @param statistic which statistic
 * @param margin the margin, 10 to 15 % at Google
 * @param maxWindow how far {@code S_max} looks back
 * @since 0.1
 */
public record Autopilot(AutopilotStatistic statistic, Ratio margin, Duration maxWindow) implements PeerPolicy {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final double HALF_LIFE_WINDOWS = 48 * 12;
    private static final int WINDOWS_PER_HOUR = 12;

    /**
     * What a limit is made of.
     *
     * @since 0.1
     */
    public enum AutopilotStatistic {
        /** The average: for jobs that tolerate OOM kills. */
        AVERAGE,
        /** The 98th percentile of load: the default, for a low tolerance. */
        P98,
        /** The larger of the 60th percentile of load and half the maximum: for an intermediate tolerance. */
        P60_OR_HALF_MAX,
        /** The maximum: for a minimal tolerance. */
        MAX
    }

    /**
     * Checks the ranges.
     *
     * @param statistic which statistic
     * @param margin the margin
     * @param maxWindow how far {@code S_max} looks back
     * @throws IllegalArgumentException if margin or window is negative
     */
    public Autopilot {
        Objects.requireNonNull(statistic, "statistic");
        if (maxWindow.isNegative() || margin.compareTo(Ratio.ZERO) < 0) {
            throw new IllegalArgumentException(
                    "a window and its margin must not be negative, got " + maxWindow + " and " + margin);
        }
    }

    @Override
    public PeerSizing size(UsageHistory history) {
        if (history.isEmpty()) {
            return PeerSizing.undecided(PeerMath.NO_DATA);
        }
        UsageHistory peaks = history.peaks(WINDOW);
        long step = WINDOW.toMillis();
        long last = Math.floorDiv(history.epochMillis(history.size() - 1), step);
        long size = 0;
        for (int ago = 0; ago < WINDOWS_PER_HOUR; ago++) {
            // Up to the end of a window: its peak stands at its own time.
            UsageHistory seen = peaks.before((last - ago + 1) * step);
            if (!seen.isEmpty()) {
                size = Math.max(size, value(seen, last - ago));
            }
        }
        return PeerSizing.both(Bytes.of(size).timesRoundedUp(Ratio.ONE.plus(margin)));
    }

    private long value(UsageHistory peaks, long window) {
        return switch (statistic) {
            case AVERAGE -> average(peaks, window);
            case P98 -> loadPercentile(peaks, window, 0.98);
            case P60_OR_HALF_MAX -> Math.max(loadPercentile(peaks, window, 0.6), (max(peaks, window) + 1) / 2);
            case MAX -> max(peaks, window);
        };
    }

    private long max(UsageHistory peaks, long window) {
        long from = (window + 1) * WINDOW.toMillis() - maxWindow.toMillis();
        return peaks.since(from).peakBytes().orElse(0);
    }

    private static double weight(UsageHistory peaks, int index, long window) {
        long age = window - Math.floorDiv(peaks.epochMillis(index), WINDOW.toMillis());
        return StrictMath.pow(2, -age / HALF_LIFE_WINDOWS);
    }

    private static long average(UsageHistory peaks, long window) {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < peaks.size(); i++) {
            double weight = weight(peaks, i, window);
            sum += weight * peaks.bytes(i);
            weights += weight;
        }
        return PeerMath.truncated(Math.ceil(sum / weights));
    }

    private static long loadPercentile(UsageHistory peaks, long window, double share) {
        Integer[] order = new Integer[peaks.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingLong(peaks::bytes));
        double total = 0;
        for (int i = 0; i < order.length; i++) {
            total += weight(peaks, i, window) * peaks.bytes(i);
        }
        double sum = 0;
        for (int i : order) {
            sum += weight(peaks, i, window) * peaks.bytes(i);
            if (sum >= share * total) {
                return peaks.bytes(i);
            }
        }
        return peaks.peakBytes().orElse(0);
    }

    @Override
    public String name() {
        return "autopilot " + statistic.name().toLowerCase(java.util.Locale.ROOT) + " +" + margin;
    }
}
