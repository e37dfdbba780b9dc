package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Highest samples: of all time, of a moving window, of the beginning. */
final class PeakTracker {

    private PeakTracker() {}

    /** All time. */
    static final class Whole extends Tracker {
        private long peak = UNKNOWN;
        private long since;

        @Override
        void sample(long millis, long bytes) {
            if (bytes > peak) {
                peak = bytes;
                since = millis;
            }
        }

        @Override
        long estimate(long now) {
            return Math.min(peak, LARGEST);
        }

        @Override
        void explain(long now, List<String> reasons) {
            reasons.add("highest sample: " + Bytes.of(peak).toHuman() + " at " + Instant.ofEpochMilli(since));
        }
    }

    /** The beginning. */
    static final class First extends Tracker {
        private final long window;
        private long end = Long.MIN_VALUE;
        private long peak = UNKNOWN;

        First(Duration window) {
            this.window = window.toMillis();
        }

        @Override
        void sample(long millis, long bytes) {
            if (end == Long.MIN_VALUE) {
                end = millis + window;
            }
            if (millis < end) {
                peak = Math.max(peak, bytes);
            }
        }

        @Override
        long estimate(long now) {
            return Math.min(peak, LARGEST);
        }

        @Override
        void explain(long now, List<String> reasons) {
            reasons.add("highest sample before " + Instant.ofEpochMilli(end) + ": "
                    + Bytes.of(peak).toHuman());
        }
    }

    /**
     * A moving window, exact: a queue of samples of which each is lower than the one before. Falling usage makes it as long
     * as the window has samples; usual usage keeps a few dozen.
     */
    static final class Window extends Tracker {
        private final long window;
        private long[] times = new long[16];
        private long[] values = new long[16];
        private int head;
        private int size;

        Window(Duration window) {
            this.window = window.toMillis();
        }

        @Override
        void sample(long millis, long bytes) {
            int mask = times.length - 1;
            while (size > 0 && values[(head + size - 1) & mask] <= bytes) {
                size--;
            }
            if (size == times.length) {
                drop(millis);
                if (size == times.length) {
                    grow();
                    mask = times.length - 1;
                }
            }
            times[(head + size) & mask] = millis;
            values[(head + size) & mask] = bytes;
            size++;
        }

        /** What is older than the window goes, but the newest sample stays. */
        private void drop(long now) {
            int mask = times.length - 1;
            while (size > 1 && times[head] < now - window) {
                head = (head + 1) & mask;
                size--;
            }
        }

        private void grow() {
            times = unrolled(times);
            values = unrolled(values);
            head = 0;
        }

        private long[] unrolled(long[] ring) {
            long[] wider = Arrays.copyOfRange(ring, head, head + 2 * ring.length);
            System.arraycopy(ring, 0, wider, ring.length - head, head);
            return wider;
        }

        @Override
        long estimate(long now) {
            drop(now);
            return size == 0 ? UNKNOWN : Math.min(values[head], LARGEST);
        }

        @Override
        void explain(long now, List<String> reasons) {
            drop(now);
            reasons.add("highest sample of the last " + Durations.text(Duration.ofMillis(window)) + ": "
                    + Bytes.of(values[head]).toHuman() + " at " + Instant.ofEpochMilli(times[head]));
        }
    }
}
