package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.util.List;

/** Estimates computed from other estimates. */
abstract class CompositeTracker extends Tracker {

    private final Tracker left;
    private final Tracker right;

    /** With one part, both sides are the same. */
    private CompositeTracker(Tracker left, Tracker right) {
        this.left = left;
        this.right = right;
    }

    static CompositeTracker of(Estimator estimator, Duration halfLife) {
        if (estimator instanceof Estimators.Margin margin) {
            Tracker base = Estimators.tracker(margin.base(), halfLife);
            return new Adding(base, margin.margin(), margin.toString(), Bytes.ZERO);
        }
        if (estimator instanceof Estimators.Headroom headroom) {
            Tracker base = Estimators.tracker(headroom.base(), halfLife);
            return new Adding(base, Ratio.ZERO, headroom.toString(), headroom.headroom());
        }
        if (estimator instanceof Estimators.Larger larger) {
            return new Choosing(larger.left(), larger.right(), halfLife, true);
        }
        Estimators.Smaller smaller = (Estimators.Smaller) estimator;
        return new Choosing(smaller.left(), smaller.right(), halfLife, false);
    }

    @Override
    void sample(long millis, long bytes) {
        left.sample(millis, bytes);
        if (right != left) {
            right.sample(millis, bytes);
        }
    }

    @Override
    void killed(long millis, long limit, long raised) {
        left.killed(millis, limit, raised);
        if (right != left) {
            right.killed(millis, limit, raised);
        }
    }

    /** A margin and an amount on top of one estimate. */
    private static final class Adding extends CompositeTracker {
        private final Tracker base;
        private final Ratio factor;
        private final long amount;
        private final String text;

        Adding(Tracker base, Ratio margin, String text, Bytes amount) {
            super(base, base);
            this.base = base;
            this.factor = margin.plus(Ratio.ONE);
            this.amount = amount.value();
            this.text = text;
        }

        @Override
        long estimate(long now) {
            long estimate = base.estimate(now);
            if (estimate == UNKNOWN) {
                return UNKNOWN;
            }
            long times = Bytes.of(estimate).timesRoundedUp(factor).value();
            return Math.min(LARGEST, times + amount);
        }

        @Override
        void explain(long now, List<String> reasons) {
            base.explain(now, reasons);
            reasons.add(text + ": " + Bytes.of(estimate(now)).toHuman());
        }
    }

    /** The larger or the smaller of two estimates; an unknown one does not count. */
    private static final class Choosing extends CompositeTracker {
        private final Tracker left;
        private final Tracker right;
        private final boolean larger;
        private final String leftText;
        private final String rightText;

        Choosing(Estimator left, Estimator right, Duration halfLife, boolean larger) {
            this(
                    Estimators.tracker(left, halfLife),
                    Estimators.tracker(right, halfLife),
                    larger,
                    left.toString(),
                    right.toString());
        }

        private Choosing(Tracker left, Tracker right, boolean larger, String leftText, String rightText) {
            super(left, right);
            this.left = left;
            this.right = right;
            this.larger = larger;
            this.leftText = leftText;
            this.rightText = rightText;
        }

        @Override
        long estimate(long now) {
            long a = left.estimate(now);
            long b = right.estimate(now);
            return takesLeft(a, b) ? a : b;
        }

        private boolean takesLeft(long a, long b) {
            if (a == UNKNOWN || b == UNKNOWN) {
                return b == UNKNOWN;
            }
            return larger ? a >= b : a <= b;
        }

        @Override
        void explain(long now, List<String> reasons) {
            boolean takesLeft = takesLeft(left.estimate(now), right.estimate(now));
            (takesLeft ? left : right).explain(now, reasons);
            reasons.add("the " + (larger ? "larger" : "smaller") + " of " + leftText + " and " + rightText + " is "
                    + (takesLeft ? leftText : rightText));
        }
    }
}
