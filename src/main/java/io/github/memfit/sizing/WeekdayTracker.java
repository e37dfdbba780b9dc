package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import java.util.Arrays;
import java.util.List;

/** Peaks of the last 16 days, days counted in UTC, and whether weeks repeat themselves. */
final class WeekdayTracker extends Tracker {

    private static final long DAY = 86_400_000;
    private static final int WEEK = 7;
    private static final int KEPT = 16;

    private final long[] peaks = new long[KEPT];
    private final long[] days = new long[KEPT];
    private boolean seen;

    WeekdayTracker() {
        Arrays.fill(days, Long.MIN_VALUE);
    }

    @Override
    void sample(long millis, long bytes) {
        seen = true;
        long day = Math.floorDiv(millis, DAY);
        int place = Math.floorMod(day, KEPT);
        if (days[place] != day) {
            days[place] = day;
            peaks[place] = bytes;
        } else {
            peaks[place] = Math.max(peaks[place], bytes);
        }
    }

    private long peak(long day) {
        int place = Math.floorMod(day, KEPT);
        return days[place] == day ? peaks[place] : UNKNOWN;
    }

    @Override
    long estimate(long now) {
        long today = Math.floorDiv(now, DAY);
        long highest = Math.max(peak(today), Math.max(peak(today - 1), peak(today - 2)));
        if (isWeekly(today)) {
            for (int back : new int[] {WEEK, 2 * WEEK}) {
                highest = Math.max(highest, Math.max(peak(today - back), peak(today - back + 1)));
            }
        } else {
            for (int back = 3; back <= 2 * WEEK; back++) {
                highest = Math.max(highest, peak(today - back));
            }
        }
        if (highest == UNKNOWN) {
            highest = Arrays.stream(peaks).max().orElse(UNKNOWN);
        }
        return seen ? Math.min(highest, LARGEST) : UNKNOWN;
    }

    /** Are the last seven whole days more like the same days a week before than like the days before them? */
    private boolean isWeekly(long today) {
        double weekApart = 0;
        double dayApart = 0;
        for (long day = today - WEEK; day < today; day++) {
            long peak = peak(day);
            long weekBefore = peak(day - WEEK);
            long dayBefore = peak(day - 1);
            if (peak <= 0 || weekBefore <= 0 || dayBefore <= 0) {
                return false;
            }
            weekApart += Math.abs(StrictMath.log((double) peak / weekBefore));
            dayApart += Math.abs(StrictMath.log((double) peak / dayBefore));
        }
        return weekApart < dayApart;
    }

    @Override
    void explain(long now, List<String> reasons) {
        boolean weekly = isWeekly(Math.floorDiv(now, DAY));
        reasons.add((weekly
                        ? "weeks repeat themselves: highest of the last two days and of the coming weekday"
                        : "no weekly pattern in two whole weeks: highest of the days kept")
                + ": " + Bytes.of(Math.max(0, estimate(now))).toHuman());
    }
}
