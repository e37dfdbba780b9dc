package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.util.List;

/** Estimates computed from other estimates. */
final class CompositeTracker {

    private CompositeTracker() {}

    static Tracker of(Estimators.Composite estimator, Duration halfLife) {
        if (estimator instanceof Estimators.Margin margin) {
            Tracker base = Estimators.tracker(margin.base(), halfLife);
            return new Adding(base, margin.margin(), Bytes.ZERO, margin.toString());
        }
        if (estimator instanceof Estimators.Headroom headroom) {
            Tracker base = Estimators.tracker(headroom.base(), halfLife);
            return new Adding(base, Ratio.ZERO, headroom.headroom(), headroom.toString());
        }
        if (estimator instanceof Estimators.Larger larger) {
            return new Choosing(larger.left(), larger.right(), halfLife, true);
        }
        Estimators.Smaller smaller = (Estimators.Smaller) estimator;
        return new Choosing(smaller.left(), smaller.right(), halfLife, false);
    }

    /** A margin and an amount on top of one estimate. */
    private static final class Adding extends Tracker {
        private final Tracker base;
        private final Ratio factor;
        private final long amount;
        private final String text;

        Adding(Tracker base, Ratio margin, Bytes amount, String text) {
            this.base = base;
            this.factor = margin.plus(Ratio.ONE);
            this.amount = amount.value();
            this.text = text;
        }

        @Override
        void sample(long millis, long bytes) {
            base.sample(millis, bytes);
        }

        @Override
        void killed(long millis, long limit, long raised) {
            base.killed(millis, limit, raised);
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
    private static final class Choosing extends Tracker {
        private final Tracker left;
        private final Tracker right;
        private final boolean larger;
        private final String leftText;
        private final String rightText;

        Choosing(Estimator left, Estimator right, Duration halfLife, boolean larger) {
            this.left = Estimators.tracker(left, halfLife);
            this.right = Estimators.tracker(right, halfLife);
            this.larger = larger;
            this.leftText = left.toString();
            this.rightText = right.toString();
        }

        @Override
        void sample(long millis, long bytes) {
            left.sample(millis, bytes);
            right.sample(millis, bytes);
        }

        @Override
        void killed(long millis, long limit, long raised) {
            left.killed(millis, limit, raised);
            right.killed(millis, limit, raised);
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
