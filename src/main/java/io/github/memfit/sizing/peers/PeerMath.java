package io.github.memfit.sizing.peers;

import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageMark;
import java.util.List;

/** What several policies need. */
final class PeerMath {

    static final String NO_DATA = "No data";

    private PeerMath() {}

    /** A number that a floating-point formula made, towards zero; what does not fit is the largest. */
    static long truncated(double bytes) {
        return (long) bytes;
    }

    static double notNegative(String what, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " must be finite and not negative, got " + value);
        }
        return value;
    }

    /** The time of the last sample or mark, where there is one. */
    static long lastMillis(UsageHistory history) {
        List<UsageMark> marks = history.marks();
        long mark =
                marks.isEmpty() ? Long.MIN_VALUE : marks.get(marks.size() - 1).epochMillis();
        return history.isEmpty() ? mark : Math.max(mark, history.epochMillis(history.size() - 1));
    }
}
