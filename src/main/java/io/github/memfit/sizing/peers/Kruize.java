package io.github.memfit.sizing.peers;

import io.github.memfit.unit.Bytes;
import io.github.memfit.usage.UsageHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kruize Autotune: the highest interval U plus a buffer that follows the largest spread S within an interval, request and limit
 * alike: {@code min(1.2 U, U + 1.05 S)}. Immutable and thread-safe.
 *
 * <p>An interval of 15 minutes counts by {@code max(sum / pods, max)}; its spread is the larger of those of usage and resident
 * set. A steady container gets almost no buffer. Cost and performance model treat memory alike. Source:
 * {@code GenericRecommendationModel.java} at c671ae3. Results are rounded up to whole bytes.
 *
 * @param term how far to look back, with how much data
 * @since 0.1
 */
public record Kruize(KruizeTerm term) implements PeerPolicy {

    private static final long INTERVAL_MILLIS = Duration.ofMinutes(15).toMillis();

    /**
     * How far Kruize looks back.
     *
     * @since 0.1
     */
    public enum KruizeTerm {
        /** A day; half an hour of data is enough. */
        SHORT(Duration.ofHours(24), Duration.ofMinutes(30)),
        /** A week; two days are enough. */
        MEDIUM(Duration.ofDays(7), Duration.ofDays(2)),
        /** 15 days; eight are enough. */
        LONG(Duration.ofDays(15), Duration.ofDays(8));

        private final Duration lookBack;
        private final Duration needed;

        KruizeTerm(Duration lookBack, Duration needed) {
            this.lookBack = lookBack;
            this.needed = needed;
        }

        /**
         * How far it looks back.
         *
         * @return the duration
         */
        public Duration lookBack() {
            return lookBack;
        }

        /**
         * How long the intervals with data must be together.
         *
         * @return the duration
         */
        public Duration needed() {
            return needed;
        }
    }

    /**
     * What Kruize is told of 15 minutes of a container in all its pods; bytes as floating-point numbers, as it has them.
     *
     * @param memoryMax the highest use of any pod
     * @param memoryMin the lowest use of any pod
     * @param memorySum the sum over the pods of their average use
     * @param memoryAverage the average use of a pod
     * @param rssMax the highest resident set of any pod
     * @param rssMin the lowest resident set of any pod
     * @since 0.1
     */
    public record KruizeInterval(
            double memoryMax, double memoryMin, double memorySum, double memoryAverage, double rssMax, double rssMin) {

        /**
         * Checks the ranges.
         *
         * @param memoryMax the highest use of any pod
         * @param memoryMin the lowest use of any pod
         * @param memorySum the sum over the pods of their average use
         * @param memoryAverage the average use of a pod
         * @param rssMax the highest resident set of any pod
         * @param rssMin the lowest resident set of any pod
         * @throws IllegalArgumentException if a number is negative or not finite
         */
        public KruizeInterval {
            for (double bytes : new double[] {memoryMax, memoryMin, memorySum, memoryAverage, rssMax, rssMin}) {
                PeerMath.notNegative("an amount of memory", bytes);
            }
        }

        double usage() {
            double pods = memoryAverage == 0 ? 0 : memorySum / memoryAverage;
            return pods == 0 ? memoryMax : Math.max(memorySum / pods, memoryMax);
        }

        double spread() {
            return Math.max(Math.ceil(memoryMax - memoryMin), Math.ceil(rssMax - rssMin));
        }
    }

    /**
     * The sizes from intervals, however many.
     *
     * @param intervals the intervals
     * @return the sizes, or that there is no data
     */
    public PeerSizing size(List<KruizeInterval> intervals) {
        if (intervals.isEmpty()) {
            return PeerSizing.undecided(PeerMath.NO_DATA);
        }
        double usage =
                intervals.stream().mapToDouble(KruizeInterval::usage).max().orElse(0);
        double spread =
                intervals.stream().mapToDouble(KruizeInterval::spread).max().orElse(0);
        double size = Math.min(usage * 1.2, usage + spread * 1.05);
        return PeerSizing.both(Bytes.of(PeerMath.truncated(Math.ceil(size))));
    }

    /** The sizes from the intervals of the term, counted from 1970; resident sets are not known and have no spread. */
    @Override
    public PeerSizing size(UsageHistory history) {
        List<KruizeInterval> intervals = intervals(history.last(term.lookBack()));
        long milliseconds = intervals.size() * INTERVAL_MILLIS;
        return milliseconds < term.needed().toMillis()
                ? PeerSizing.undecided(intervals.isEmpty() ? PeerMath.NO_DATA : "Not enough data")
                : size(intervals);
    }

    private static List<KruizeInterval> intervals(UsageHistory history) {
        Map<Long, Interval> byStart = new TreeMap<>();
        for (int i = 0; i < history.size(); i++) {
            byStart.computeIfAbsent(
                            Math.floorDiv(history.epochMillis(i), INTERVAL_MILLIS),
                            start -> new Interval(history.replicas().size()))
                    .add(history.bytes(i), history.replica(i));
        }
        List<KruizeInterval> intervals = new ArrayList<>();
        byStart.values().forEach(interval -> intervals.add(interval.toInterval()));
        return intervals;
    }

    private static final class Interval {

        private long max;
        private long min = Long.MAX_VALUE;
        private final double[] sums;
        private final int[] counts;

        Interval(int replicas) {
            sums = new double[replicas];
            counts = new int[replicas];
        }

        void add(long bytes, int replica) {
            max = Math.max(max, bytes);
            min = Math.min(min, bytes);
            sums[replica] += bytes;
            counts[replica]++;
        }

        KruizeInterval toInterval() {
            double sum = 0;
            int pods = 0;
            for (int i = 0; i < sums.length; i++) {
                if (counts[i] > 0) {
                    sum += sums[i] / counts[i];
                    pods++;
                }
            }
            return new KruizeInterval(max, min, sum, sum / pods, 0, 0);
        }
    }

    @Override
    public String name() {
        return "kruize " + term.name().toLowerCase(java.util.Locale.ROOT);
    }
}
