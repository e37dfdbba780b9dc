package io.github.memfit.kubernetes;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An amount of a resource as Kubernetes writes it: {@code 512Mi}, {@code 500m}, {@code 1.5G}, {@code 1e3}. The value is exact;
 * the family of its unit is remembered for printing only. Immutable and thread-safe; value-based.
 *
 * <p>Two quantities are equal when their values are: {@code 1Gi}, {@code 1024Mi} and {@code 1073741824} are one quantity that
 * prints in three ways. {@link #parse(CharSequence)} reads back what {@link #toString()} writes.
 *
 * <p>The grammar is that of {@code resource.Quantity} in Kubernetes 1.36: an optional sign, digits with at most one point, and a
 * unit out of {@code n u m k M G T P E}, {@code Ki Mi Gi Ti Pi Ei} or an exponent such as {@code e3}. Values finer than 10^-9
 * are rounded away from zero; amounts in a binary unit are capped to 2^63-1. Unlike upstream, a text is refused when it is
 * longer than {@value #LONGEST} characters, has more than {@value #MOST_DIGITS} digits or its exponent is beyond +-{@value #LARGEST_EXPONENT}: such texts make upstream
 * hang. {@link QuantityReading} tells what upstream makes of a text, its defects included.
 *
 * {@snippet :
 * Quantity limit = Quantity.parse("1.5Gi");      // prints 1536Mi
 * limit.bytesRoundedUp();                        // Bytes 1536Mi
 * Quantity.parse("100m").value();                // 1: rounded away from zero
 * limit.plus(Quantity.parse("500M"));            // 2110612736
 * }
 *
 * @since 0.1
 */
public final class Quantity implements Comparable<Quantity>, Serializable {

    /** The family of units that a quantity prints in. */
    public enum Family {
        /** Powers of 1024: {@code Ki Mi Gi Ti Pi Ei}. */
        BINARY_SI("BinarySI"),
        /** Powers of 1000: {@code n u m k M G T P E}, and no unit. */
        DECIMAL_SI("DecimalSI"),
        /** Powers of ten: {@code e3}. */
        DECIMAL_EXPONENT("DecimalExponent");

        private final String text;

        Family(String text) {
            this.text = text;
        }

        /** The name that Kubernetes has for it. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** No text longer than this is read. */
    public static final int LONGEST = 256;

    /** No number with more significant digits is read. */
    public static final int MOST_DIGITS = 200;

    /** No power of ten beyond this is read. */
    public static final int LARGEST_EXPONENT = 1000;

    /** Nothing. */
    public static final Quantity ZERO = new Quantity(0, null, Family.DECIMAL_SI);

    private static final long serialVersionUID = 1L;

    /** The value where it is a whole number of 64 bits. */
    private final long whole;

    /** The value where it is not a whole number of 64 bits, else null and {@link #whole} has it. */
    private final @Nullable BigDecimal other;

    /** The family of suffixes that it is written with. */
    private final Family family;

    private Quantity(long whole, @Nullable BigDecimal other, Family family) {
        this.whole = whole;
        this.other = other;
        this.family = family;
    }

    /**
     * Reads a quantity, accepting all that Kubernetes accepts: also {@code Gi}, {@code .} and {@code +}, which mean nothing at
     * all. See {@link #parseStrict(CharSequence)}.
     *
     * @param text the text
     * @return the exact value
     * @throws MalformedException if the text is no quantity or beyond the bounds
     */
    public static Quantity parse(CharSequence text) {
        Quantity simple = QuantityParser.simple(text);
        return simple != null ? simple : QuantityReading.of(text).orElseThrow();
    }

    /**
     * Reads a quantity that says what it means: no missing digits, no plus sign, nothing below zero, and a value that is kept
     * exactly, neither rounded nor capped.
     *
     * @param text the text
     * @return the exact value
     * @throws MalformedException if the text is no quantity, or is one of the accepted oddities
     */
    public static Quantity parseStrict(CharSequence text) {
        return QuantityReading.of(text).orElseThrowStrict();
    }

    /**
     * An amount of memory, in the binary family.
     *
     * @param bytes the amount
     * @return the quantity
     */
    public static Quantity of(Bytes bytes) {
        return ofWhole(bytes.value(), Family.BINARY_SI);
    }

    /**
     * A whole number.
     *
     * @param value the number
     * @param family the family to print in
     * @return the quantity
     */
    public static Quantity of(long value, Family family) {
        return ofWhole(value, family);
    }

    /**
     * An exact decimal number. Values finer than 10^-9 are rounded away from zero, as when parsed.
     *
     * @param value the number, below 10^1300 in magnitude
     * @param family the family to print in
     * @return the quantity
     * @throws IllegalArgumentException if the number is too large
     */
    public static Quantity of(BigDecimal value, Family family) {
        if (value.signum() != 0 && (long) value.precision() - value.scale() > LARGEST_EXPONENT + 300L) {
            throw new IllegalArgumentException(
                    "a quantity is below 1e1300, got " + value.precision() + " digits and a scale of " + value.scale());
        }
        return ofExact(QuantityParser.toNano(value), family);
    }

    /**
     * A number of thousandths, such as millicores.
     *
     * @param thousandths the number
     * @param family the family to print in
     * @return the quantity
     */
    public static Quantity ofMilli(long thousandths, Family family) {
        return thousandths % 1000 == 0
                ? ofWhole(thousandths / 1000, family)
                : new Quantity(0, BigDecimal.valueOf(thousandths, 3).stripTrailingZeros(), family);
    }

    static Quantity ofWhole(long value, Family family) {
        return new Quantity(value, null, family);
    }

    static Quantity ofExact(BigDecimal value, Family family) {
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.signum() == 0) {
            return new Quantity(0, null, family);
        }
        if (stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= 19) {
            BigInteger integer = stripped.toBigInteger();
            if (integer.bitLength() < 64) {
                return new Quantity(integer.longValue(), null, family);
            }
        }
        return new Quantity(0, stripped, family);
    }

    /**
     * The exact value.
     *
     * @return the value
     */
    public BigDecimal exact() {
        return other == null ? BigDecimal.valueOf(whole) : other;
    }

    /**
     * The family of units that this prints in.
     *
     * @return the family
     */
    public Family family() {
        return family;
    }

    /**
     * The same value in another family.
     *
     * @param family the family
     * @return the quantity
     */
    public Quantity in(Family family) {
        return family == this.family ? this : new Quantity(whole, other, family);
    }

    /**
     * The value rounded away from zero to a whole number: what a byte count or a number of devices is.
     *
     * @return the number; empty when it does not fit 64 bits
     */
    public OptionalLong value() {
        return other == null ? OptionalLong.of(whole) : fitted(other.setScale(0, RoundingMode.UP));
    }

    /**
     * The value in thousandths, rounded away from zero: what CPU is counted in.
     *
     * @return the number; empty when it does not fit 64 bits
     */
    public OptionalLong milliValue() {
        if (other == null) {
            long high = Math.multiplyHigh(whole, 1000L);
            long low = whole * 1000L;
            return high == low >> 63 ? OptionalLong.of(low) : OptionalLong.empty();
        }
        return other.precision() - other.scale() > 19
                ? OptionalLong.empty()
                : fitted(other.movePointRight(3).setScale(0, RoundingMode.UP));
    }

    /**
     * The value as bytes, a broken byte counted as a whole one (away from zero).
     *
     * @return the bytes
     * @throws ArithmeticException if the value does not fit 64 bits
     */
    public Bytes bytesRoundedUp() {
        return Bytes.of(value().orElseThrow(() -> new ArithmeticException(this + " does not fit 64 bits of bytes")));
    }

    /**
     * What the downward API puts into an environment variable or a file for {@code limits.memory} and its like, as in
     * Kubernetes 1.36: both sides rounded to whole numbers, divided in double precision and rounded up.
     *
     * @param divisor the unit; zero stands for 1
     * @return the number of units
     * @throws ArithmeticException if a side does not fit 64 bits
     */
    public long downwardUnitsRoundedUp(Quantity divisor) {
        long unit = divisor.isZero() ? 1 : divisor.bytesRoundedUp().value();
        return (long) Math.ceil((double) bytesRoundedUp().value() / (double) unit);
    }

    /**
     * The sum, in this one's family; when this is zero, in the other's.
     *
     * @param added what to add
     * @return the exact sum
     */
    public Quantity plus(Quantity added) {
        Family shown = isZero() ? added.family : family;
        if (other == null && added.other == null) {
            long sum = whole + added.whole;
            if (((whole ^ sum) & (added.whole ^ sum)) >= 0) {
                return new Quantity(sum, null, shown);
            }
        }
        return ofExact(exact().add(added.exact()), shown);
    }

    /**
     * The difference, in this one's family; when this is zero, in the other's.
     *
     * @param taken what to take away
     * @return the exact difference, which may be below zero
     */
    public Quantity minus(Quantity taken) {
        return plus(taken.negated());
    }

    /**
     * The same amount on the other side of zero.
     *
     * @return {@code -this}
     */
    public Quantity negated() {
        return other == null && whole != Long.MIN_VALUE
                ? new Quantity(-whole, null, family)
                : ofExact(exact().negate(), family);
    }

    /**
     * The larger of two; this one when they are equal.
     *
     * @param candidate the other
     * @return the larger
     */
    public Quantity max(Quantity candidate) {
        return candidate.compareTo(this) > 0 ? candidate : this;
    }

    /**
     * The value rounded away from zero to thousandths: what the API server does to each entry of a resource list.
     *
     * @return the rounded value in the same family
     */
    public Quantity roundedToMilli() {
        return other == null || other.scale() <= 3 ? this : ofExact(other.setScale(3, RoundingMode.UP), family);
    }

    /**
     * The sign.
     *
     * @return -1, 0 or 1
     */
    public int signum() {
        return other == null ? Long.signum(whole) : other.signum();
    }

    /**
     * Is this nothing?
     *
     * @return true for exactly zero
     */
    public boolean isZero() {
        return other == null && whole == 0;
    }

    /**
     * Is this more than nothing?
     *
     * @return true above zero
     */
    public boolean isPositive() {
        return signum() > 0;
    }

    /**
     * The shortest text that Kubernetes would choose: the largest unit of the family that leaves no fraction; the decimal
     * family where a binary unit is not possible. Beyond {@code E} there is no unit; a decimal amount then keeps {@code E}
     * (upstream prints the bare digits, a different value).
     *
     * @return the canonical text
     */
    public String canonical() {
        return QuantityPrinter.canonical(this);
    }

    boolean isWhole() {
        return other == null;
    }

    long whole() {
        return whole;
    }

    private static OptionalLong fitted(BigDecimal rounded) {
        if (rounded.precision() - rounded.scale() > 19) {
            return OptionalLong.empty();
        }
        BigInteger integer = rounded.toBigInteger();
        return integer.bitLength() < 64 ? OptionalLong.of(integer.longValue()) : OptionalLong.empty();
    }

    @Override
    public int compareTo(Quantity that) {
        return other == null && that.other == null ? Long.compare(whole, that.whole) : exact().compareTo(that.exact());
    }

    /** By value; the family does not count. */
    @Override
    public boolean equals(Object object) {
        return object instanceof Quantity that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return other == null ? Long.hashCode(whole) : other.hashCode();
    }

    /**
     * The canonical text, and the plain number for the few binary amounts above 2^63-1 that {@link #parse(CharSequence)} would
     * cap.
     */
    @Override
    public String toString() {
        return QuantityPrinter.exact(this);
    }
}
