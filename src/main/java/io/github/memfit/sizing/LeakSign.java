package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import java.time.Instant;
import java.util.Arrays;

/**
 * Does what is left in use between two peaks grow without end? Keeps the lowest sample of up to 48 equal windows since the
 * last start; when they are full, neighbours are merged. Lowest samples, because a leak is what garbage collection leaves.
 *
 * <p>A leak is flagged after three days with at least 24 windows if four of five pairs of windows grow (Kendall's tau of at
 * least 0.6), the growth is a tenth of the middle level or more, and the last third grows at no less than half of the
 * whole's pace, which a warm-up does not. The pace is the median of the slopes of all pairs (Theil-Sen).
 */
final class LeakSign {

    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final int WINDOWS = 48;
    private static final int ENOUGH = 24;
    private static final double TAU = 0.6;

    private final long[] lowest = new long[WINDOWS];
    private int size;
    private long window = HOUR;
    private long start = Long.MIN_VALUE;
    private long end;

    void restart() {
        start = Long.MIN_VALUE;
    }

    void sample(long millis, long bytes) {
        if (start == Long.MIN_VALUE) {
            start = millis;
            window = HOUR;
            size = 1;
            end = millis + window;
            lowest[0] = bytes;
        } else if (millis >= end) {
            next(millis, bytes);
        } else if (bytes < lowest[size - 1]) {
            lowest[size - 1] = bytes;
        }
    }

    /** Windows without samples repeat the level before them, so that pairs stay equally far apart. */
    private void next(long millis, long bytes) {
        while (millis - start >= window * WINDOWS) {
            halve();
        }
        int place = (int) ((millis - start) / window);
        if (place < size) {
            lowest[place] = Math.min(lowest[place], bytes);
        } else {
            Arrays.fill(lowest, size, place, lowest[size - 1]);
            lowest[place] = bytes;
        }
        size = place + 1;
        end = start + window * size;
    }

    private void halve() {
        int half = (size + 1) / 2;
        for (int i = 0; i < half; i++) {
            lowest[i] = Math.min(lowest[2 * i], lowest[Math.min(2 * i + 1, size - 1)]);
        }
        size = half;
        window *= 2;
    }

    /** Bytes per day; 0 without a leak. */
    long bytesPerDay() {
        if (start == Long.MIN_VALUE || size < ENOUGH || window * size < 3 * DAY || !growsSteadily()) {
            return 0;
        }
        double pace = slope(0);
        double middle = Arrays.stream(lowest, 0, size)
                .sorted()
                .skip(size / 2)
                .findFirst()
                .orElse(0);
        boolean matters = pace * size >= middle / 10 && slope(size - size / 3) >= pace / 2;
        return matters ? (long) (pace * DAY / window) : 0;
    }

    private boolean growsSteadily() {
        int sign = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                sign += Long.compare(lowest[j], lowest[i]);
            }
        }
        return sign >= TAU * size * (size - 1) / 2;
    }

    /** Bytes per window. */
    private double slope(int from) {
        int n = size - from;
        double[] slopes = new double[n * (n - 1) / 2];
        int k = 0;
        for (int i = from; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                slopes[k++] = (double) (lowest[j] - lowest[i]) / (j - i);
            }
        }
        Arrays.sort(slopes);
        return slopes[k / 2];
    }

    String inWords(long bytesPerDay, long limit) {
        long room = limit - lowest[size - 1];
        String when = room <= 0
                ? "this limit is reached already"
                : "at this pace the limit of " + Bytes.of(limit).toHuman() + " is reached in " + room / bytesPerDay
                        + " days";
        return "leak suspected: what is never given back grows by "
                + Bytes.of(bytesPerDay).toHuman() + " a day since " + Instant.ofEpochMilli(start) + "; " + when;
    }
}
