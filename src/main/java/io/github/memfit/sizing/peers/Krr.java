package io.github.memfit.sizing.peers;

import io.github.memfit.unit.Bytes;
import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageMark;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Robusta's Kubernetes Resource Recommender, strategies {@code simple} and {@code simple_limit}, which treat memory alike: the
 * maximum of all pods plus a buffer, rounded up to a MiB, as request and limit. Immutable and thread-safe.
 *
 * <p>{@code max(max use (1 + buffer), limit of OOM-killed pods (1 + 25 %))} in floating point, up to a whole MiB, at least the
 * minimum. With OOM data, a pod counts by the limit of its last termination if that was an OOM kill. The look back is 336 hours;
 * fewer than 100 points are not enough; a HorizontalPodAutoscaler on memory forbids an answer unless allowed. Source:
 * {@code robusta_krr/strategies/simple.py}, {@code core/runner.py} at d6baa74.
 *
 * @param memoryBufferPercentage the buffer above the maximum; 15
 * @param memoryMinValueMiB the smallest answer in MiB; 100
 * @param usesOomKills whether OOM kills count; false
 * @param oomBufferPercentage the buffer above the limit of a killed pod; 25
 * @param pointsRequired how many samples are needed over all pods; 100
 * @param allowsHpa whether to answer although an autoscaler looks at memory; false
 * @since 0.1
 */
public record Krr(
        double memoryBufferPercentage,
        long memoryMinValueMiB,
        boolean usesOomKills,
        double oomBufferPercentage,
        long pointsRequired,
        boolean allowsHpa)
        implements PeerPolicy {

    /** KRR without arguments. */
    public static final Krr DEFAULT = new Krr(15, 100, false, 25, 100, false);

    private static final Duration LOOK_BACK = Duration.ofHours(336);
    private static final long MIB = 1 << 20;

    /**
     * Checks the ranges.
     *
     * @param memoryBufferPercentage the buffer above the maximum
     * @param memoryMinValueMiB the smallest answer in MiB
     * @param usesOomKills whether OOM kills count
     * @param oomBufferPercentage the buffer above the limit of a killed pod
     * @param pointsRequired how many samples are needed over all pods
     * @param allowsHpa whether to answer although an autoscaler looks at memory
     * @throws IllegalArgumentException if a number is negative or not finite
     */
    public Krr {
        PeerMath.notNegative("a buffer", memoryBufferPercentage);
        PeerMath.notNegative("a minimum", memoryMinValueMiB);
        PeerMath.notNegative("a buffer", oomBufferPercentage);
        PeerMath.notNegative("a number of points", pointsRequired);
    }

    /**
     * The answer from what KRR asks Prometheus for.
     *
     * @param maxUse the highest use of any pod; without effect without points
     * @param points the number of samples of all pods
     * @param oomKilledLimit the highest limit of pods whose last termination was an OOM kill; zero for none
     * @param hasMemoryHpa whether an autoscaler looks at the workload's memory
     * @return the sizes, or why there are none
     */
    public PeerSizing size(Bytes maxUse, long points, Bytes oomKilledLimit, boolean hasMemoryHpa) {
        if (points == 0) {
            return PeerSizing.undecided(PeerMath.NO_DATA);
        }
        if (points < pointsRequired) {
            return PeerSizing.undecided("Not enough data");
        }
        if (hasMemoryHpa && !allowsHpa) {
            return PeerSizing.undecided("HPA detected");
        }
        double proposal = maxUse.value() * (1 + memoryBufferPercentage / 100);
        if (usesOomKills) {
            proposal = Math.max(proposal, oomKilledLimit.value() * (1 + oomBufferPercentage / 100));
        }
        Bytes rounded = Bytes.mebi(PeerMath.truncated(Math.ceil(proposal / MIB)));
        return PeerSizing.both(rounded.max(Bytes.mebi(memoryMinValueMiB)));
    }

    @Override
    public PeerSizing size(UsageHistory history) {
        UsageHistory recent = history.last(LOOK_BACK);
        Map<String, UsageMark> lastMarks = new HashMap<>();
        recent.marks().forEach(mark -> lastMarks.put(mark.replica(), mark));
        long killed = lastMarks.values().stream()
                .filter(UsageMark::isOomKill)
                .mapToLong(mark -> mark.limitBytes().orElse(0))
                .max()
                .orElse(0);
        return size(Bytes.of(recent.peakBytes().orElse(0)), recent.size(), Bytes.of(killed), false);
    }

    @Override
    public String name() {
        return "krr" + (equals(DEFAULT) ? "" : " +" + memoryBufferPercentage + "%")
                + (usesOomKills ? " with OOM kills" : "");
    }
}
