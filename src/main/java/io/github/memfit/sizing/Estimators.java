package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;

/** The kinds of {@link Estimator}, what each remembers, and whether it covers the peak. */
final class Estimators {

    /** So that every estimator can be printed and read again. */
    static final int MOST_PARTS = 64;

    private static final Ratio LARGEST_MARGIN = Ratio.of(100, 1);

    private Estimators() {}

    /** Reads usage itself. */
    sealed interface Leaf extends Estimator permits Peak, FirstPeak, WeekdayPeak, Percentile, Mean, Vpa, Fixed {}

    /** Computes with other estimates. */
    sealed interface Composite extends Estimator permits Margin, Headroom, Larger, Smaller {}

    /** A window of zero means the whole history. */
    record Peak(Duration window) implements Leaf {
        @Override
        public String toString() {
            return window.isZero() ? "peak" : "peak(" + Durations.text(window) + ")";
        }
    }

    record FirstPeak(Duration window) implements Leaf {
        @Override
        public String toString() {
            return "firstPeak(" + Durations.text(window) + ")";
        }
    }

    record WeekdayPeak() implements Leaf {
        @Override
        public String toString() {
            return "weekdayPeak";
        }
    }

    /** A half-life of zero means that of the policy. */
    record Percentile(Ratio rank, Duration halfLife) implements Leaf {
        Percentile {
            checkRank(rank);
        }

        @Override
        public String toString() {
            String percent = rank.toString();
            String name = percent.endsWith("%") ? percent.substring(0, percent.length() - 1) : '[' + percent + ']';
            return "p" + name + (halfLife.isZero() ? "" : "(" + Durations.text(halfLife) + ")");
        }
    }

    record Mean() implements Leaf {
        @Override
        public String toString() {
            return "mean";
        }
    }

    record Vpa(Ratio rank, boolean upper) implements Leaf {
        Vpa {
            checkRank(rank);
        }

        @Override
        public String toString() {
            return (upper ? "vpaUpper(" : "vpa(") + rank + ")";
        }
    }

    record Fixed(Bytes bytes) implements Leaf {
        Fixed {
            checkAmount(bytes);
        }

        @Override
        public String toString() {
            return bytes.toString();
        }
    }

    record Margin(Estimator base, Ratio margin) implements Composite {
        Margin {
            checkParts(parts(base) + 1);
            if (margin.compareTo(Ratio.of(-1, 1)) < 0 || margin.compareTo(LARGEST_MARGIN) > 0) {
                throw new IllegalArgumentException("a margin must be from -100% to 10000%, got " + margin);
            }
        }

        @Override
        public String toString() {
            String text = margin.toString();
            String signed = text.startsWith("-") ? text : '+' + text;
            return base + (text.endsWith("%") ? signed : "+[" + text + ']');
        }
    }

    record Headroom(Estimator base, Bytes headroom) implements Composite {
        Headroom {
            checkParts(parts(base) + 1);
            checkAmount(headroom);
        }

        @Override
        public String toString() {
            return base + "+" + headroom;
        }
    }

    record Larger(Estimator left, Estimator right) implements Composite {
        Larger {
            checkParts(parts(left) + parts(right) + 1);
        }

        @Override
        public String toString() {
            return "max(" + left + ", " + right + ")";
        }
    }

    record Smaller(Estimator left, Estimator right) implements Composite {
        Smaller {
            checkParts(parts(left) + parts(right) + 1);
        }

        @Override
        public String toString() {
            return "min(" + left + ", " + right + ")";
        }
    }

    /** A fresh memory for one replica. */
    static Tracker tracker(Estimator estimator, Duration policyHalfLife) {
        if (estimator instanceof PriceTail price) {
            return new PriceTailTracker(price);
        }
        if (estimator instanceof Composite composite) {
            return CompositeTracker.of(composite, policyHalfLife);
        }
        if (estimator instanceof Peak peak) {
            return peak.window.isZero() ? new PeakTracker.Whole() : new PeakTracker.Window(peak.window);
        }
        if (estimator instanceof FirstPeak first) {
            return new PeakTracker.First(first.window);
        }
        if (estimator instanceof WeekdayPeak) {
            return new WeekdayTracker();
        }
        if (estimator instanceof Percentile percentile) {
            Duration halfLife = percentile.halfLife.isZero() ? policyHalfLife : percentile.halfLife;
            return new PercentileTracker(percentile.rank, halfLife);
        }
        if (estimator instanceof Mean) {
            return new MeanTracker(policyHalfLife);
        }
        if (estimator instanceof Vpa vpa) {
            return new VpaTracker(vpa.rank, vpa.upper);
        }
        return new FixedTracker(((Fixed) estimator).bytes);
    }

    /** Is it below the highest sample by design? Then it is no limit. */
    static boolean mayLieBelowThePeak(Estimator estimator) {
        if (estimator instanceof Percentile percentile) {
            return percentile.rank.compareTo(Ratio.ONE) < 0;
        }
        if (estimator instanceof Margin margin) {
            return margin.margin.numerator() < 0 || mayLieBelowThePeak(margin.base);
        }
        if (estimator instanceof Headroom headroom) {
            return mayLieBelowThePeak(headroom.base);
        }
        if (estimator instanceof Larger larger) {
            return mayLieBelowThePeak(larger.left) && mayLieBelowThePeak(larger.right);
        }
        if (estimator instanceof Smaller smaller) {
            return mayLieBelowThePeak(smaller.left) || mayLieBelowThePeak(smaller.right);
        }
        return estimator instanceof Mean;
    }

    /** Does it read OOM kills itself? */
    static boolean readsKills(Estimator estimator) {
        if (estimator instanceof Margin margin) {
            return readsKills(margin.base);
        }
        if (estimator instanceof Headroom headroom) {
            return readsKills(headroom.base);
        }
        if (estimator instanceof Larger larger) {
            return readsKills(larger.left) || readsKills(larger.right);
        }
        if (estimator instanceof Smaller smaller) {
            return readsKills(smaller.left) && readsKills(smaller.right);
        }
        return estimator instanceof PriceTail || estimator instanceof Vpa;
    }

    /** A decimal number where at most six decimals say it all, else a quotient. */
    static String number(Ratio ratio) {
        if (1_000_000 % ratio.denominator() != 0) {
            return ratio.numerator() + "/" + ratio.denominator();
        }
        return new BigDecimal(ratio.numerator())
                .divide(new BigDecimal(ratio.denominator()))
                .toPlainString();
    }

    private static int parts(Estimator estimator) {
        if (estimator instanceof Margin margin) {
            return parts(margin.base) + 1;
        }
        if (estimator instanceof Headroom headroom) {
            return parts(headroom.base) + 1;
        }
        if (estimator instanceof Larger larger) {
            return parts(larger.left) + parts(larger.right) + 1;
        }
        if (estimator instanceof Smaller smaller) {
            return parts(smaller.left) + parts(smaller.right) + 1;
        }
        Objects.requireNonNull(estimator, "estimator");
        return 1;
    }

    private static void checkParts(int parts) {
        if (parts > MOST_PARTS) {
            throw new IllegalArgumentException("an estimator has at most " + MOST_PARTS + " parts, got " + parts);
        }
    }

    static Bytes checkAmount(Bytes bytes) {
        if (bytes.isNegative() || bytes.value() > Tracker.LARGEST) {
            throw new IllegalArgumentException("an amount must be from 0 to 2^50 bytes, got " + bytes);
        }
        return bytes;
    }

    private static void checkRank(Ratio rank) {
        if (rank.numerator() <= 0 || rank.compareTo(Ratio.ONE) > 0) {
            throw new IllegalArgumentException("a percentile must be above 0% and at most 100%, got " + rank);
        }
    }
}
