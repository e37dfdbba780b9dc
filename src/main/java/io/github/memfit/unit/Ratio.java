package io.github.memfit.unit;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * An exact quotient of two whole numbers, always in lowest terms with a positive denominator. Immutable and thread-safe;
 * value-based.
 *
 * <p>Margins, shares and percentages stay exact until the last step. Results that do not fit two {@code long}s are an
 * {@link ArithmeticException}.
 *
 * {@snippet :
 * Ratio.percent(15).plus(Ratio.ONE);       // 115%
 * Ratio.of(1, 3).toString();               // 1/3
 * Ratio.parse("12.5%").equals(Ratio.of(1, 8));
 * }
 *
 * @param numerator the numerator; carries the sign
 * @param denominator the denominator; positive
 * @since 0.1
 */
public record Ratio(long numerator, long denominator) implements Comparable<Ratio>, Serializable {

    /** Nothing: 0%. */
    public static final Ratio ZERO = new Ratio(0, 1);

    /** The whole: 100%. */
    public static final Ratio ONE = new Ratio(1, 1);

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 64;

    /**
     * Reduces to lowest terms.
     *
     * @param numerator the numerator
     * @param denominator the denominator, not 0
     * @throws ArithmeticException if {@code denominator} is 0, or the sign cannot be moved to the numerator without overflow
     */
    public Ratio {
        if (denominator == 0) {
            throw new ArithmeticException("a ratio needs a denominator other than 0, got " + numerator + "/0");
        }
        long divisor = commonDivisor(numerator, denominator);
        numerator /= divisor;
        denominator /= divisor;
        if (denominator < 0) {
            numerator = Math.negateExact(numerator);
            denominator = Math.negateExact(denominator);
        }
    }

    /**
     * The quotient of two whole numbers.
     *
     * @param numerator the numerator
     * @param denominator the denominator, not 0
     * @return the ratio in lowest terms
     * @throws ArithmeticException if {@code denominator} is 0
     */
    public static Ratio of(long numerator, long denominator) {
        return new Ratio(numerator, denominator);
    }

    /**
     * Whole percents.
     *
     * @param percent how many hundredths
     * @return the ratio
     */
    public static Ratio percent(long percent) {
        return new Ratio(percent, 100);
    }

    /**
     * Hundredths of a percent.
     *
     * @param basisPoints how many ten-thousandths
     * @return the ratio
     */
    public static Ratio basisPoints(long basisPoints) {
        return new Ratio(basisPoints, 10_000);
    }

    /**
     * The exact value of a decimal number.
     *
     * @param decimal the number
     * @return the ratio
     * @throws ArithmeticException if it does not fit two {@code long}s
     */
    public static Ratio of(BigDecimal decimal) {
        // The bounds keep a hostile exponent (1e999999999) from being expanded.
        if (decimal.signum() != 0
                && (decimal.scale() > 10_000 || (long) decimal.precision() - decimal.scale() > 10_000)) {
            throw new ArithmeticException(
                    "a ratio must fit two 64-bit numbers, got " + decimal.round(new MathContext(6)));
        }
        BigDecimal plain = decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros();
        if (plain.scale() < 0) {
            plain = plain.setScale(0);
        }
        return reduced(plain.unscaledValue(), BigInteger.TEN.pow(plain.scale()));
    }

    /**
     * Reads {@code 15%}, {@code 12.5%}, {@code 3/4}, {@code 0.15} or {@code 2}: ASCII digits, an optional sign, at most one
     * decimal point, no exponent, at most 64 characters.
     *
     * @param text the text
     * @return the exact ratio
     * @throws MalformedException if the text is none of these or does not fit
     */
    public static Ratio parse(CharSequence text) {
        String all = text.length() <= LONGEST
                ? text.toString()
                : text.subSequence(0, LONGEST + 1).toString();
        if (all.length() > LONGEST) {
            throw malformed(text, LONGEST, "a ratio has at most " + LONGEST + " characters");
        }
        try {
            int slash = all.indexOf('/');
            if (slash >= 0) {
                return of(whole(text, all.substring(0, slash), 0), whole(text, all.substring(slash + 1), slash + 1));
            }
            boolean percent = all.endsWith("%");
            BigDecimal number = decimal(text, percent ? all.substring(0, all.length() - 1) : all);
            return of(percent ? number.movePointLeft(2) : number);
        } catch (ArithmeticException e) {
            throw malformed(text, 0, "a ratio must have a denominator other than 0 and fit two 64-bit numbers");
        }
    }

    /**
     * The sum.
     *
     * @param other what to add
     * @return {@code this + other}
     * @throws ArithmeticException if it does not fit
     */
    public Ratio plus(Ratio other) {
        return reduced(
                big(numerator)
                        .multiply(big(other.denominator))
                        .add(big(other.numerator).multiply(big(denominator))),
                big(denominator).multiply(big(other.denominator)));
    }

    /**
     * The difference.
     *
     * @param other what to take away
     * @return {@code this - other}
     * @throws ArithmeticException if it does not fit
     */
    public Ratio minus(Ratio other) {
        return reduced(
                big(numerator)
                        .multiply(big(other.denominator))
                        .subtract(big(other.numerator).multiply(big(denominator))),
                big(denominator).multiply(big(other.denominator)));
    }

    /**
     * The product.
     *
     * @param other the factor
     * @return {@code this * other}
     * @throws ArithmeticException if it does not fit
     */
    public Ratio times(Ratio other) {
        return reduced(
                big(numerator).multiply(big(other.numerator)), big(denominator).multiply(big(other.denominator)));
    }

    /**
     * One divided by this.
     *
     * @return {@code 1 / this}
     * @throws ArithmeticException if this is zero or the result does not fit
     */
    public Ratio inverse() {
        return of(denominator, numerator);
    }

    /**
     * The nearest {@code double}. For display and statistics; bytes are never computed from it.
     *
     * @return the nearest double
     */
    public double toDouble() {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), MathContext.DECIMAL64)
                .doubleValue();
    }

    /**
     * For people: a percentage with at most one decimal, rounded half up, as in {@code 63.4%}.
     *
     * @return the rounded text
     */
    public String toHuman() {
        return new BigDecimal(numerator)
                        .movePointRight(2)
                        .divide(new BigDecimal(denominator), 1, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + '%';
    }

    @Override
    public int compareTo(Ratio other) {
        if (denominator == other.denominator) {
            return Long.compare(numerator, other.numerator);
        }
        return big(numerator)
                .multiply(big(other.denominator))
                .compareTo(big(other.numerator).multiply(big(denominator)));
    }

    /**
     * Exact: a percentage where at most four decimals say it all ({@code 115%}, {@code 12.5%}), else {@code 1/3}.
     * {@link #parse(CharSequence)} is the inverse.
     */
    @Override
    public String toString() {
        if (1_000_000 % denominator == 0) {
            BigDecimal percent = new BigDecimal(numerator)
                    .multiply(BigDecimal.valueOf(1_000_000 / denominator))
                    .movePointLeft(4)
                    .stripTrailingZeros();
            return percent.toPlainString() + '%';
        }
        return numerator + "/" + denominator;
    }

    private static Ratio reduced(BigInteger numerator, BigInteger denominator) {
        BigInteger divisor = numerator.gcd(denominator);
        return of(
                numerator.divide(divisor).longValueExact(),
                denominator.divide(divisor).longValueExact());
    }

    /** Positive, but for two -2^63, whose common divisor is itself. */
    private static long commonDivisor(long a, long b) {
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a < 0 && a != Long.MIN_VALUE ? -a : a;
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    private static long whole(CharSequence text, String part, int offset) {
        BigDecimal number = decimal(text, part);
        if (part.indexOf('.') >= 0) {
            throw malformed(text, offset, "numerator and denominator of a ratio are whole numbers");
        }
        return number.longValueExact();
    }

    private static BigDecimal decimal(CharSequence text, String part) {
        int digits = 0;
        int points = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.') {
                points++;
            } else if (i > 0 || c != '-' && c != '+') {
                digits = 0;
                break;
            }
        }
        if (digits == 0 || points > 1) {
            throw malformed(text, 0, "a ratio is written 15%, 12.5%, 3/4, 0.15 or 2");
        }
        return new BigDecimal(part);
    }

    private static MalformedException malformed(CharSequence text, int index, String rule) {
        return new MalformedException("ratio", 1, index + 1, text, rule);
    }
}
