package io.github.memfit.internal;

/**
 * The elementary functions of Go 1.26 whose last bits differ from those of {@link Math}, for amd64 (no fused multiply-add).
 * {@code Math.pow} would move 172 of the 176 bucket starts by some bits and one of them by a byte.
 */
public final class GoMath {

    private static final double LN2_HIGH = 6.93147180369123816490e-01;
    private static final double LN2_LOW = 1.90821492927058770002e-10;

    private static final double P1 = 1.66666666666666657415e-01;
    private static final double P2 = -2.77777777770155933842e-03;
    private static final double P3 = 6.61375632143793436117e-05;
    private static final double P4 = -1.65339022054652515390e-06;
    private static final double P5 = 4.13813679705723846039e-08;

    private GoMath() {}

    /** x^n for x >= 0 as {@code math.Pow} has it: square and multiply on the mantissa, the exponent apart. */
    public static double pow(double x, int n) {
        if (n == 0 || x == 1) {
            return 1;
        }
        if (n == 1 || Double.isNaN(x)) {
            return x;
        }
        if (x == 0 || Double.isInfinite(x)) {
            return x == 0 == n > 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        // Subnormal x does not occur: every base here is at least 1.
        int exponent = Math.getExponent(x) + 1;
        double mantissa = Math.scalb(x, -exponent);
        double result = 1;
        int resultExponent = 0;
        for (long rest = Math.abs((long) n); rest != 0; rest >>= 1) {
            if (exponent < -(1 << 12) || 1 << 12 < exponent) {
                resultExponent += exponent;
                break;
            }
            if ((rest & 1) == 1) {
                result *= mantissa;
                resultExponent += exponent;
            }
            mantissa *= mantissa;
            exponent <<= 1;
            if (mantissa < .5) {
                mantissa += mantissa;
                exponent--;
            }
        }
        return n < 0 ? Math.scalb(1 / result, -resultExponent) : Math.scalb(result, resultExponent);
    }

    /** 2^x as {@code math.Exp2} has it: the reduction and the polynomial of FreeBSD's exp. */
    public static double exp2(double x) {
        if (Double.isNaN(x) || x > 1.0239999999999999e+03) {
            return Double.isNaN(x) ? x : Double.POSITIVE_INFINITY;
        }
        if (x < -1.0740e+03) {
            return 0;
        }
        int k = (int) (x > 0 ? x + 0.5 : x - 0.5);
        double t = x - k;
        double high = t * LN2_HIGH;
        double low = -t * LN2_LOW;
        double r = high - low;
        double square = r * r;
        double c = r - square * (P1 + square * (P2 + square * (P3 + square * (P4 + square * P5))));
        double y = 1 - ((low - r * c / (2 - c)) - high);
        return Math.scalb(y, k);
    }
}
