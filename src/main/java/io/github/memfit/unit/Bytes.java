package io.github.memfit.unit;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * An exact number of bytes. Immutable and thread-safe; value-based: compare with {@code equals}, never by identity.
 *
 * <p>May be negative, so that differences (a headroom that is overdrawn, a saving that costs) stay exact. Arithmetic that
 * does not fit a {@code long} is an {@link ArithmeticException}. Divisions and products with a {@link Ratio} have the
 * rounding direction in their name: <em>down</em> is towards negative infinity, <em>up</em> towards positive infinity.
 *
 * <p>{@link #toString()} is exact and {@link #parse(CharSequence)} is its inverse; {@link #toHuman()} is for people and rounds.
 *
 * {@snippet :
 * Bytes limit = Bytes.mebi(512);
 * Bytes request = limit.timesRoundedUp(Ratio.percent(80)); // 429496730
 * request.roundUpTo(Bytes.mebi(1));                        // 410Mi
 * }
 *
 * @param value the number of bytes
 * @since 0.1
 */
public record Bytes(long value) implements Comparable<Bytes>, Serializable {

    /** No bytes at all. */
    public static final Bytes ZERO = new Bytes(0);

    /** The largest value that can be held: 2^63 - 1 bytes. */
    public static final Bytes MAX = new Bytes(Long.MAX_VALUE);

    private static final long serialVersionUID = 1L;

    /**
     * A number of bytes.
     *
     * @param value the number of bytes; any {@code long} is allowed
     * @return the value
     */
    public static Bytes of(long value) {
        return value == 0 ? ZERO : new Bytes(value);
    }

    /**
     * Kibibytes, 1024 bytes each.
     *
     * @param count how many
     * @return the value
     * @throws ArithmeticException if it does not fit
     */
    public static Bytes kibi(long count) {
        return BytesText.scaled(count, 10);
    }

    /**
     * Mebibytes, 1024^2 bytes each.
     *
     * @param count how many
     * @return the value
     * @throws ArithmeticException if it does not fit
     */
    public static Bytes mebi(long count) {
        return BytesText.scaled(count, 20);
    }

    /**
     * Gibibytes, 1024^3 bytes each.
     *
     * @param count how many
     * @return the value
     * @throws ArithmeticException if it does not fit
     */
    public static Bytes gibi(long count) {
        return BytesText.scaled(count, 30);
    }

    /**
     * Tebibytes, 1024^4 bytes each.
     *
     * @param count how many
     * @return the value
     * @throws ArithmeticException if it does not fit
     */
    public static Bytes tebi(long count) {
        return BytesText.scaled(count, 40);
    }

    /**
     * Reads a size: an optional sign, ASCII digits with at most one decimal point, then a unit, with or without blanks
     * between and around.
     *
     * <p>Units: none or {@code B} (bytes); {@code Ki Mi Gi Ti Pi Ei}, alone or followed by {@code B} (powers of 1024);
     * {@code k M G T P E}, {@code kB MB GB TB PB EB} (powers of 1000). Letter case matters, except that {@code K} and
     * {@code KB} mean {@code k} and {@code kB}. The value must be a whole number of bytes: {@code 1.5Ki} is 1536,
     * {@code 0.3Ki} is refused, since nothing is rounded silently. At most 64 characters.
     *
     * <p>Kubernetes quantities, Docker's {@code -m} and the JVM's {@code -Xmx} are other grammars with parsers of their own.
     *
     * @param text the text
     * @return the exact value
     * @throws MalformedException if the text is no size, is not a whole number of bytes or does not fit a {@code long}
     */
    public static Bytes parse(CharSequence text) {
        return BytesText.parse(text);
    }

    /**
     * The sum.
     *
     * @param other what to add
     * @return {@code this + other}
     * @throws ArithmeticException if it does not fit
     */
    public Bytes plus(Bytes other) {
        return of(Math.addExact(value, other.value));
    }

    /**
     * The difference; may be negative.
     *
     * @param other what to take away
     * @return {@code this - other}
     * @throws ArithmeticException if it does not fit
     */
    public Bytes minus(Bytes other) {
        return of(Math.subtractExact(value, other.value));
    }

    /**
     * The product.
     *
     * @param factor how many times
     * @return {@code this * factor}
     * @throws ArithmeticException if it does not fit
     */
    public Bytes times(long factor) {
        return of(Math.multiplyExact(value, factor));
    }

    /**
     * The product with an exact ratio, rounded down.
     *
     * @param factor the ratio
     * @return the largest whole number of bytes not above {@code this * factor}
     * @throws ArithmeticException if it does not fit
     */
    public Bytes timesRoundedDown(Ratio factor) {
        return times(factor, RoundingMode.FLOOR);
    }

    /**
     * The product with an exact ratio, rounded up.
     *
     * @param factor the ratio
     * @return the smallest whole number of bytes not below {@code this * factor}
     * @throws ArithmeticException if it does not fit
     */
    public Bytes timesRoundedUp(Ratio factor) {
        return times(factor, RoundingMode.CEILING);
    }

    /**
     * One of {@code parts} equal parts, rounded down.
     *
     * @param parts how many parts, not 0
     * @return the quotient, rounded towards negative infinity
     * @throws ArithmeticException if {@code parts} is 0 or the quotient does not fit
     */
    public Bytes dividedByRoundedDown(long parts) {
        return timesRoundedDown(Ratio.of(1, parts));
    }

    /**
     * One of {@code parts} equal parts, rounded up.
     *
     * @param parts how many parts, not 0
     * @return the quotient, rounded towards positive infinity
     * @throws ArithmeticException if {@code parts} is 0 or the quotient does not fit
     */
    public Bytes dividedByRoundedUp(long parts) {
        return timesRoundedUp(Ratio.of(1, parts));
    }

    /**
     * The nearest multiple of a unit that is not below this.
     *
     * @param unit the unit, positive
     * @return the rounded value
     * @throws IllegalArgumentException if {@code unit} is not positive
     * @throws ArithmeticException if it does not fit
     */
    public Bytes roundUpTo(Bytes unit) {
        long rest = Math.floorMod(value, positive(unit));
        return rest == 0 ? this : of(Math.addExact(value, unit.value - rest));
    }

    /**
     * The nearest multiple of a unit that is not above this.
     *
     * @param unit the unit, positive
     * @return the rounded value
     * @throws IllegalArgumentException if {@code unit} is not positive
     * @throws ArithmeticException if it does not fit
     */
    public Bytes roundDownTo(Bytes unit) {
        long rest = Math.floorMod(value, positive(unit));
        return rest == 0 ? this : of(Math.subtractExact(value, rest));
    }

    /**
     * This as a share of another amount.
     *
     * @param whole the other amount, not zero
     * @return {@code this / whole}, exact
     * @throws ArithmeticException if {@code whole} is zero
     */
    public Ratio ratioTo(Bytes whole) {
        return Ratio.of(value, whole.value);
    }

    /**
     * The smaller of two.
     *
     * @param other the other
     * @return this if it is not larger
     */
    public Bytes min(Bytes other) {
        return value <= other.value ? this : other;
    }

    /**
     * The larger of two.
     *
     * @param other the other
     * @return this if it is not smaller
     */
    public Bytes max(Bytes other) {
        return value >= other.value ? this : other;
    }

    /**
     * The same distance from zero on the other side.
     *
     * @return {@code -this}
     * @throws ArithmeticException if it does not fit (only for -2^63)
     */
    public Bytes negated() {
        return of(Math.negateExact(value));
    }

    /**
     * Is this below zero?
     *
     * @return true for a negative amount
     */
    public boolean isNegative() {
        return value < 0;
    }

    /**
     * Is this nothing?
     *
     * @return true for exactly zero
     */
    public boolean isZero() {
        return value == 0;
    }

    /**
     * Is this above another amount?
     *
     * @param other the other amount
     * @return true if strictly larger
     */
    public boolean isMoreThan(Bytes other) {
        return value > other.value;
    }

    /**
     * Is this below another amount?
     *
     * @param other the other amount
     * @return true if strictly smaller
     */
    public boolean isLessThan(Bytes other) {
        return value < other.value;
    }

    @Override
    public int compareTo(Bytes other) {
        return Long.compare(value, other.value);
    }

    /**
     * For people: at most four significant digits with a binary unit ({@code 312.4 MiB}, {@code 1.50 GiB}, {@code 17 B}),
     * rounded half up. Not exact, not to be parsed.
     *
     * @return the rounded text
     */
    public String toHuman() {
        return BytesText.human(value);
    }

    /**
     * The exact value in the largest binary unit that divides it: {@code 512Mi}, {@code 1536Ki}, {@code 429496730}.
     * {@link #parse(CharSequence)} is the inverse.
     */
    @Override
    public String toString() {
        return BytesText.exact(value);
    }

    private Bytes times(Ratio factor, RoundingMode mode) {
        Objects.requireNonNull(factor, "factor");
        long high = Math.multiplyHigh(value, factor.numerator());
        long low = value * factor.numerator();
        if (high == low >> 63) {
            long down = Math.floorDiv(low, factor.denominator());
            boolean exact = Math.floorMod(low, factor.denominator()) == 0;
            return of(exact || mode == RoundingMode.FLOOR ? down : down + 1);
        }
        BigInteger product = BigInteger.valueOf(value).multiply(BigInteger.valueOf(factor.numerator()));
        return of(new BigDecimal(product)
                .divide(BigDecimal.valueOf(factor.denominator()), 0, mode)
                .toBigIntegerExact()
                .longValueExact());
    }

    private static long positive(Bytes unit) {
        if (unit.value <= 0) {
            throw new IllegalArgumentException("a unit to round to must be positive, got " + unit);
        }
        return unit.value;
    }
}
