package io.github.memfit.sizing.peers;

import io.github.memfit.sizing.vpa.VpaBuckets;
import io.github.memfit.sizing.vpa.VpaHistogram;
import io.github.memfit.unit.Bytes;
import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageMark;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Crane's resource recommender: a percentile of use in which each sample weighs as much as its value, plus a margin; the bumped
 * request of a recent OOM kill if that is more. Request only in Crane; here request and limit. Immutable and thread-safe.
 *
 * <p>{@code trunc(end of the bucket (1 + margin) / utilization)}, buckets of 100 MiB up to 1000 of them, no decay whatever the
 * half-life is set to, samples of the last 168 hours. OOM: {@code max(request + 100 MiB, 1.2 request)} of the first kill that is
 * not older than seven days. Source: {@code pkg/recommendation/recommender/resource}, {@code pkg/prediction/percentile} at
 * 2b0ddae.
 *
 * @param percentile the percentile; 0.99
 * @param marginFraction the margin; 0.15
 * @param targetUtilization the share of the request that should be used; 1
 * @since 0.1
 */
public record Crane(double percentile, double marginFraction, double targetUtilization) implements PeerPolicy {

    /** Crane's defaults. */
    public static final Crane DEFAULT = new Crane(0.99, 0.15, 1);

    private static final Duration LOOK_BACK = Duration.ofHours(168);
    private static final long OOM_AGE_MILLIS = Duration.ofDays(7).toMillis();
    private static final double BUCKET = 104_857_600;
    private static final double LEAST_WEIGHT = 1e-5;
    private static final VpaBuckets BUCKETS = VpaBuckets.linear(1000 * BUCKET, BUCKET, 1e-10);

    /**
     * Checks the ranges.
     *
     * @param percentile the percentile
     * @param marginFraction the margin
     * @param targetUtilization the share of the request that should be used
     * @throws IllegalArgumentException if a number is negative, not finite, or a utilization of 0
     */
    public Crane {
        PeerMath.notNegative("a percentile", percentile);
        PeerMath.notNegative("a margin", marginFraction);
        PeerMath.notNegative("a utilization", targetUtilization);
        if (targetUtilization == 0) {
            throw new IllegalArgumentException("a utilization of 0 would need an infinite request");
        }
    }

    /**
     * The end of the 100 MiB bucket in which the percentile lies.
     *
     * @param usage the samples, not negative
     * @return bytes; 0 without samples
     */
    public Bytes percentileEnd(long... usage) {
        VpaHistogram histogram = VpaHistogram.plain(BUCKETS);
        for (long bytes : usage) {
            histogram.add(bytes, Math.max(LEAST_WEIGHT, bytes), Instant.EPOCH);
        }
        return Bytes.of(PeerMath.truncated(histogram.percentile(percentile)));
    }

    /**
     * The recommended request.
     *
     * @param oomRequest the request at a recent OOM kill, if there was one
     * @param usage the samples, not negative
     * @return the sizes; no sizes without samples and OOM kill
     */
    public PeerSizing size(OptionalLong oomRequest, long... usage) {
        if (usage.length == 0 && oomRequest.isEmpty()) {
            return PeerSizing.undecided(PeerMath.NO_DATA);
        }
        long size = PeerMath.truncated(percentileEnd(usage).value() * (1 + marginFraction) / targetUtilization);
        if (oomRequest.isPresent()) {
            double request = oomRequest.getAsLong();
            size = Math.max(size, PeerMath.truncated(Math.max(request + BUCKET, request * 1.2)));
        }
        return PeerSizing.both(Bytes.of(size));
    }

    @Override
    public PeerSizing size(UsageHistory history) {
        long now = PeerMath.lastMillis(history);
        OptionalLong oomRequest = history.marks().stream()
                .filter(mark -> mark.isOomKill() && mark.requestBytes().isPresent())
                .filter(mark -> now - mark.epochMillis() <= OOM_AGE_MILLIS)
                .mapToLong(mark -> request(mark))
                .findFirst();
        return size(oomRequest, history.last(LOOK_BACK).toBytes());
    }

    private static long request(UsageMark mark) {
        return mark.requestBytes().orElse(0);
    }

    @Override
    public String name() {
        return equals(DEFAULT) ? "crane" : "crane p" + percentile * 100 + " +" + marginFraction * 100 + "%";
    }
}
