package io.github.memfit.sizing;

/** Peaks of the last days of one replica, for the width of bounds. Days count from the first sample. */
final class DaySpread {

    private static final long DAY = 86_400_000;
    private static final int KEPT = 28;
    private static final double PRIOR_SPREAD = 0.3;
    private static final double PRIOR_DAYS = 2;

    /** 90% of a normal distribution lie within this many standard deviations of its centre. */
    private static final double NINE_OF_TEN = 1.645;

    private final double[] logs = new double[KEPT];
    private int days;
    private long dayEnd = Long.MIN_VALUE;
    private long peak;

    void sample(long millis, long bytes) {
        if (millis >= dayEnd) {
            nextDay(millis);
        }
        peak = Math.max(peak, bytes);
    }

    private void nextDay(long millis) {
        if (dayEnd == Long.MIN_VALUE) {
            dayEnd = millis + DAY;
        } else {
            keep();
            dayEnd += (millis - dayEnd) / DAY * DAY + DAY;
        }
        peak = 0;
    }

    private void keep() {
        logs[days++ % KEPT] = StrictMath.log(Math.max(1, peak));
    }

    /** The factor of {@link SizeBounds}. Ends the running day; not to be fed further. */
    double factor() {
        keep();
        int n = Math.min(days, KEPT);
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += logs[i] / n;
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += (logs[i] - mean) * (logs[i] - mean);
        }
        double variance = (squares + PRIOR_DAYS * PRIOR_SPREAD * PRIOR_SPREAD) / (n - 1 + PRIOR_DAYS);
        return StrictMath.exp(NINE_OF_TEN * Math.sqrt(variance / n));
    }
}
