package io.github.memfit.usage;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** What can be derived from a history by reading it once. */
final class HistoryViews {

    private HistoryViews() {}

    static long millisOrHuge(Duration duration) {
        try {
            return duration.toMillis();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static int firstAtOrAfter(long[] times, int from, int to, long time) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    static List<UsageMark> between(List<UsageMark> marks, long from, long to) {
        return marks.stream()
                .filter(mark -> mark.epochMillis() >= from && mark.epochMillis() < to)
                .toList();
    }

    static UsageHistory onlyReplica(UsageHistory history, String name) {
        int replica = history.replicas().indexOf(name);
        UsageHistoryBuilder builder = UsageHistory.builder().replica(name);
        for (int i = 0; i < history.size(); i++) {
            if (history.replica(i) == replica) {
                builder.add(history.epochMillis(i), history.bytes(i));
            }
        }
        history.marks().stream().filter(mark -> mark.replica().equals(name)).forEach(builder::add);
        return builder.build();
    }

    static OptionalLong medianStep(UsageHistory history) {
        long[] last = new long[Math.max(1, history.replicas().size())];
        Arrays.fill(last, Long.MIN_VALUE);
        long[] steps = new long[history.size()];
        int count = 0;
        for (int i = 0; i < history.size(); i++) {
            int replica = history.replica(i);
            if (last[replica] != Long.MIN_VALUE) {
                steps[count++] = history.epochMillis(i) - last[replica];
            }
            last[replica] = history.epochMillis(i);
        }
        if (count == 0) {
            return OptionalLong.empty();
        }
        Arrays.sort(steps, 0, count);
        long low = steps[(count - 1) / 2];
        return OptionalLong.of(low + (steps[count / 2] - low) / 2);
    }

    /** Whole-number arithmetic: 7% of 100 values is the 7th, which 0.07 * 100 would miss. */
    static OptionalLong percentile(long[] sorted, Ratio share, PercentileRule rule) {
        if (sorted.length == 0) {
            return OptionalLong.empty();
        }
        if (rule != PercentileRule.INTERPOLATED) {
            long rank = Bytes.of(sorted.length).timesRoundedUp(share).value();
            return OptionalLong.of(sorted[(int) Math.max(0, rank - 1)]);
        }
        int below = (int) Bytes.of(sorted.length - 1).timesRoundedDown(share).value();
        if (below == sorted.length - 1) {
            return OptionalLong.of(sorted[below]);
        }
        Ratio part = share.times(Ratio.of(sorted.length - 1, 1)).minus(Ratio.of(below, 1));
        Bytes distance = Bytes.of(sorted[below + 1] - sorted[below]);
        return OptionalLong.of(sorted[below] + distance.timesRoundedDown(part).value());
    }

    static UsageHistory peaks(UsageHistory history, long window) {
        int replicas = Math.max(1, history.replicas().size());
        int[] best = new int[replicas];
        Arrays.fill(best, -1);
        UsageHistoryBuilder builder = UsageHistory.builder();
        for (int i = 0; i < history.size(); i++) {
            int replica = history.replica(i);
            int held = best[replica];
            if (held < 0) {
                best[replica] = i;
            } else if (Math.floorDiv(history.epochMillis(held), window)
                    != Math.floorDiv(history.epochMillis(i), window)) {
                builder.add(history.sample(held));
                best[replica] = i;
            } else if (history.bytes(i) > history.bytes(held)) {
                best[replica] = i;
            }
        }
        for (int held : best) {
            if (held >= 0) {
                builder.add(history.sample(held));
            }
        }
        history.marks().forEach(builder::add);
        return builder.build();
    }
}
