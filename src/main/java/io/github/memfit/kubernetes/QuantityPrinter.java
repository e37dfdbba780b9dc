package io.github.memfit.kubernetes;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Canonical texts of quantities. */
final class QuantityPrinter {

    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};

    /** From 10^-9 on, in steps of 1000. */
    private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};

    private static final int NANO = -9;
    private static final int EXA = 18;

    /** The last multiple of three that is read back. */
    private static final int LAST_EXPONENT = Quantity.LARGEST_EXPONENT / 3 * 3;

    private static final BigInteger KIBI = BigInteger.valueOf(1024);

    private QuantityPrinter() {}

    static String exact(Quantity quantity) {
        boolean capped = quantity.family() == Quantity.Family.BINARY_SI
                && (quantity.isWhole()
                        ? quantity.whole() == Long.MIN_VALUE
                        : quantity.exact().scale() <= 0);
        return capped ? quantity.exact().toPlainString() : canonical(quantity);
    }

    static String canonical(Quantity quantity) {
        if (quantity.isZero()) {
            return "0";
        }
        if (quantity.isWhole()) {
            return quantity.family() == Quantity.Family.BINARY_SI && Math.abs((double) quantity.whole()) >= 1024
                    ? binary(quantity.whole())
                    : decimal(quantity.whole(), quantity.family());
        }
        BigDecimal value = quantity.exact();
        return quantity.family() == Quantity.Family.BINARY_SI && value.scale() <= 0
                ? binary(value.toBigInteger())
                : decimal(value, quantity.family());
    }

    private static String binary(long value) {
        int steps = Math.min(BINARY.length - 1, Long.numberOfTrailingZeros(value) / 10);
        return (value >> 10 * steps) + BINARY[steps];
    }

    private static String binary(BigInteger value) {
        int steps = Math.min(BINARY.length - 1, value.getLowestSetBit() / 10);
        return value.divide(KIBI.pow(steps)) + BINARY[steps];
    }

    private static String decimal(long value, Quantity.Family family) {
        long rest = value;
        int exponent = 0;
        while (rest % 1000 == 0) {
            rest /= 1000;
            exponent += 3;
        }
        return rest + unit(exponent, family);
    }

    private static String decimal(BigDecimal value, Quantity.Family family) {
        Scaled scaled = scaled(value);
        int last = family == Quantity.Family.DECIMAL_EXPONENT ? LAST_EXPONENT : EXA;
        int exponent = Math.min(scaled.exponent, last);
        return scaled.digits.multiply(BigInteger.TEN.pow(scaled.exponent - exponent)) + unit(exponent, family);
    }

    /** What upstream prints for a decimal amount without a unit: the digits alone. */
    static String digitsOnly(BigDecimal value) {
        return scaled(value).digits.toString();
    }

    /** Is the largest power of 1000 that divides the value beyond the last unit? */
    static boolean isBeyondUnits(Quantity quantity) {
        return quantity.family() == Quantity.Family.DECIMAL_SI
                && !quantity.isWhole()
                && scaled(quantity.exact()).exponent > EXA;
    }

    private static Scaled scaled(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        int exponent = Math.floorDiv(-stripped.scale(), 3) * 3;
        int zeros = -stripped.scale() - exponent;
        return new Scaled(stripped.unscaledValue().multiply(BigInteger.TEN.pow(zeros)), exponent);
    }

    private record Scaled(BigInteger digits, int exponent) {}

    private static String unit(int exponent, Quantity.Family family) {
        if (family == Quantity.Family.DECIMAL_EXPONENT) {
            return exponent == 0 ? "" : "e" + exponent;
        }
        return DECIMAL[(exponent - NANO) / 3];
    }
}
