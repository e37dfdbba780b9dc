package io.github.memfit.sizing;

import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageMark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One replica of a history as arrays, with what every policy's replay shares: the weight of each sample and the oracle. */
final class ReplayTrace {

    private static final int LONGEST_STEP_IN_MEDIANS = 3;

    final long[] times;
    final long[] values;
    final long[] steps;
    final long[] restarts;
    final double oracle;
    final double used;
    final long scoredMillis;

    private ReplayTrace(long[] times, long[] values, long[] restarts, Backtest setup) {
        this.times = times;
        this.values = values;
        this.restarts = restarts;
        steps = steps(times);
        double best = 0;
        double use = 0;
        long scored = 0;
        long windowEnd = times[0] + setup.warmUp().toMillis();
        long every = setup.every().toMillis();
        int i = firstAtOrAfter(times, windowEnd);
        while (i < times.length) {
            windowEnd += (times[i] - windowEnd) / every * every + every;
            int end = i;
            long peak = Backtest.SMALLEST_LIMIT;
            long length = 0;
            for (; end < times.length && times[end] < windowEnd; end++) {
                peak = Math.max(peak, values[end]);
                length += steps[end];
                use += (double) values[end] * steps[end];
            }
            best += (double) peak * length;
            scored += length;
            i = end;
        }
        oracle = best;
        used = use;
        scoredMillis = scored;
    }

    /** One trace per replica that has samples. */
    static List<ReplayTrace> of(UsageHistory history, Backtest setup) {
        List<ReplayTrace> traces = new ArrayList<>();
        if (history.replicas().size() <= 1) {
            addTo(traces, history, setup);
        } else {
            history.replicas().forEach(name -> addTo(traces, history.onlyReplica(name), setup));
        }
        return traces;
    }

    private static void addTo(List<ReplayTrace> traces, UsageHistory history, Backtest setup) {
        if (history.isEmpty()) {
            return;
        }
        long[] values = history.toBytes();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(Math.max(values[i], 1), Tracker.LARGEST);
        }
        long[] restarts = history.marks().stream()
                .filter(mark -> !mark.isOomKill())
                .mapToLong(UsageMark::epochMillis)
                .toArray();
        traces.add(new ReplayTrace(history.toEpochMillis(), values, restarts, setup));
    }

    /** A sample stands for the time until the next one, but no longer than three median steps; the last for one. */
    private static long[] steps(long[] times) {
        int last = times.length - 1;
        long[] steps = new long[times.length];
        for (int i = 0; i < last; i++) {
            steps[i] = times[i + 1] - times[i];
        }
        long[] sorted = Arrays.copyOf(steps, last);
        Arrays.sort(sorted);
        long median = last == 0 ? 0 : sorted[last / 2];
        for (int i = 0; i < last; i++) {
            steps[i] = Math.min(steps[i], LONGEST_STEP_IN_MEDIANS * median);
        }
        steps[last] = median;
        return steps;
    }

    static int firstAtOrAfter(long[] times, long time) {
        int low = 0;
        int high = times.length;
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
}
