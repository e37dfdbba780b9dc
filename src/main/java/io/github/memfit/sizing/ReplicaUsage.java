package io.github.memfit.sizing;

/**
 * What a recommendation remembers of one replica. Per sample it does next to nothing: what looks at hours or days is shown
 * the lowest and the highest sample of each hour.
 */
final class ReplicaUsage {

    private static final long HOUR = 3_600_000;

    final String name;
    final Sizer sizer;
    Sizer.Sizes sizes = new Sizer.Sizes(0, 0);
    long last;
    private final DaySpread days = new DaySpread();
    private final LeakSign leak = new LeakSign();
    private long hourStart;
    private long hourEnd = Long.MIN_VALUE;
    private long lowest = Long.MAX_VALUE;
    private long highest;

    ReplicaUsage(String name, Sizer sizer) {
        this.name = name;
        this.sizer = sizer;
    }

    void sample(long millis, long bytes) {
        if (millis >= hourEnd) {
            endHour();
            hourStart = millis;
            hourEnd = millis + HOUR;
        }
        lowest = Math.min(lowest, bytes);
        highest = Math.max(highest, bytes);
        last = bytes;
        sizer.sample(millis, bytes);
    }

    /** A leak is looked for since the last start. */
    void restart() {
        endHour();
        hourEnd = Long.MIN_VALUE;
        leak.restart();
    }

    private void endHour() {
        if (hourEnd != Long.MIN_VALUE) {
            days.sample(hourStart, highest);
            leak.sample(hourStart, lowest);
            lowest = Long.MAX_VALUE;
            highest = 0;
        }
    }

    long limit() {
        return sizes.limit();
    }

    long leakPerDay() {
        endRunning();
        return leak.bytesPerDay();
    }

    String leakInWords(long bytesPerDay, long limit) {
        return leak.inWords(bytesPerDay, limit);
    }

    /** The factor of {@link SizeBounds}; nothing may follow. */
    double spreadFactor() {
        endRunning();
        return days.factor();
    }

    private void endRunning() {
        endHour();
        hourEnd = Long.MIN_VALUE;
    }
}
