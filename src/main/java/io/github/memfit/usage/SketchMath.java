package io.github.memfit.usage;

import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.util.OptionalLong;

/** The arithmetic of decay and percentiles. */
final class SketchMath {

    private static final Duration LONGEST = Duration.ofDays(36_525);
    /** As many that a polynomial of the third degree is enough between two of them. */
    static final int STEPS = 2048;

    private static final double LN2_PER_STEP = 0x1.62e42fefa39efp-1 / STEPS;
    private static final double TWO_TO_52 = 0x1p52;
    private static final long TWO_TO_52_BITS = Double.doubleToRawLongBits(TWO_TO_52);
    private static final double ROUNDING = 0x1.8p52;
    private static final double ONE_SIXTH = 1.0 / 6;
    private static final double[] POWERS = new double[STEPS + 1];

    static {
        for (int i = 0; i <= STEPS; i++) {
            POWERS[i] = StrictMath.pow(2, (double) i / STEPS);
        }
    }

    private SketchMath() {}

    static long halfLifeMillis(Duration halfLife) {
        if (halfLife.compareTo(Duration.ofMillis(1)) < 0 || halfLife.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a half-life must be at least a millisecond and at most 36525 days, got " + halfLife);
        }
        return halfLife.toMillis();
    }

    /**
     * 2^(x / STEPS) for x from 0 to STEPS, within two units of the last place: the nearest step, and a polynomial.
     *
     * <p>Adding a large constant leaves the nearest step in the lowest bits; conversions between numbers and bits cost a third of
     * the time that conversions between integers and doubles do.
     */
    static double exp2(double x) {
        double shifted = x + ROUNDING;
        int step = (int) Double.doubleToRawLongBits(shifted) & 2 * STEPS - 1;
        double rest = (x - (shifted - ROUNDING)) * LN2_PER_STEP;
        double power = POWERS[step];
        return power + power * (rest + rest * rest * (0.5 + rest * ONE_SIXTH));
    }

    /** A whole number from 0 to 2^52 as a double, by its bits. */
    static double toDouble(long small) {
        return Double.longBitsToDouble(small | TWO_TO_52_BITS) - TWO_TO_52;
    }

    /** 2^n, and 0 far below; the callers keep n at most 400 but for questions about the distant past. */
    static double powerOfTwo(long n) {
        return n >= -1022 && n <= 1023
                ? Double.longBitsToDouble(n + 1023 << 52)
                : Math.scalb(1.0, (int) Math.max(-5000, Math.min(5000, n)));
    }

    static double share(Ratio share) {
        if (share.numerator() < 0 || share.numerator() > share.denominator()) {
            throw new IllegalArgumentException("a percentile must lie between 0% and 100%, got " + share);
        }
        return (double) share.numerator() / share.denominator();
    }

    static OptionalLong percentile(UsageSketch sketch, double share, PercentileRule rule) {
        SketchPages weights = sketch.weights();
        double total = weights.total();
        if (total == 0) {
            return OptionalLong.empty();
        }
        double threshold = share * total;
        double sum = 0;
        int bucket = weights.first();
        int last = bucket;
        double before = 0;
        for (; bucket < weights.end(); bucket++) {
            double weight = weights.weight(bucket);
            if (weight > 0) {
                last = bucket;
                before = sum;
                sum += weight;
                if (sum >= threshold) {
                    break;
                }
            }
        }
        // The last bucket with weight holds what rounding left over.
        return OptionalLong.of(value(sketch, last, threshold - before, rule));
    }

    private static long value(UsageSketch sketch, int bucket, double within, PercentileRule rule) {
        SketchLayout layout = sketch.layout();
        long peak = sketch.peakBytes().orElse(0);
        return switch (rule) {
            case NEAREST_RANK -> Math.min(layout.lastBytes(bucket), peak);
            case BUCKET_END -> layout.endBytes(layout.isEndless(bucket) ? bucket - 1 : bucket);
            case INTERPOLATED -> {
                long first = layout.firstBytes(bucket);
                long last = Math.max(first, Math.min(layout.lastBytes(bucket), peak));
                double part = Math.max(0, Math.min(1, within / sketch.weights().weight(bucket)));
                yield first + (long) ((last - first) * part);
            }
        };
    }
}
