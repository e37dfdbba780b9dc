package io.github.memfit.kubernetes;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** The grammar of quantities: one pass for the common forms, a second one that keeps the parts for all the others. */
final class QuantityParser {

    /** Up to this many digits a number fits 64 bits without looking. */
    private static final int SAFE_DIGITS = 18;

    private static final int FINEST = 9;
    private static final BigDecimal NANO = BigDecimal.ONE.movePointLeft(FINEST);
    private static final BigDecimal LARGEST_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final String UNIT_LETTERS = "eEinumkKMGTP";

    private QuantityParser() {}

    /** The quantity when the text is digits and a plain unit; null when it needs the long way or is wrong. */
    static @Nullable Quantity simple(CharSequence text) {
        int length = text.length();
        int at = 0;
        long value = 0;
        while (at < length && at < SAFE_DIGITS) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
            at++;
        }
        if (at == 0) {
            return null;
        }
        if (at == length) {
            return Quantity.ofWhole(value, Quantity.Family.DECIMAL_SI);
        }
        int power = power(text.charAt(at));
        if (at + 1 == length) {
            if (text.charAt(at) == 'm') {
                return Quantity.ofMilli(value, Quantity.Family.DECIMAL_SI);
            }
            return power > 0 ? times(value, thousand(power)) : null;
        }
        if (at + 2 == length && text.charAt(at + 1) == 'i') {
            int shift = 10 * (text.charAt(at) == 'K' ? 1 : text.charAt(at) == 'k' ? 0 : power);
            boolean fits = shift > 0 && Long.numberOfLeadingZeros(value) > shift;
            return fits ? Quantity.ofWhole(value << shift, Quantity.Family.BINARY_SI) : null;
        }
        return null;
    }

    private static @Nullable Quantity times(long value, long factor) {
        long low = value * factor;
        return Math.multiplyHigh(value, factor) == 0 && low >= 0
                ? Quantity.ofWhole(low, Quantity.Family.DECIMAL_SI)
                : null;
    }

    private static long thousand(int power) {
        long result = 1;
        for (int i = 0; i < power; i++) {
            result *= 1000;
        }
        return result;
    }

    /** The place of a unit letter in k M G T P E; 0 for any other. */
    private static int power(char unit) {
        return switch (unit) {
            case 'k' -> 1;
            case 'M' -> 2;
            case 'G' -> 3;
            case 'T' -> 4;
            case 'P' -> 5;
            case 'E' -> 6;
            default -> 0;
        };
    }

    /** Any text: the value with what was odd about it, or why it is none. */
    static QuantityReading read(CharSequence text) {
        if (text.length() > Quantity.LONGEST) {
            return new QuantityReading.Refused(
                    text.subSequence(0, Quantity.LONGEST).toString(),
                    QuantityReading.Problem.BOUNDS,
                    Quantity.LONGEST,
                    "a quantity has at most " + Quantity.LONGEST + " characters");
        }
        String all = text.toString();
        Parts parts = new Parts(all);
        if (all.isEmpty() || parts.end < all.length()) {
            return new QuantityReading.Refused(
                    all,
                    QuantityReading.Problem.FORMAT,
                    parts.end,
                    "a quantity is a number and a unit without blanks, as in 512Mi, 500m or 1.5G");
        }
        if (parts.integer.length() + parts.fraction.length() > Quantity.MOST_DIGITS) {
            return new QuantityReading.Refused(
                    all,
                    QuantityReading.Problem.BOUNDS,
                    Quantity.MOST_DIGITS,
                    "a quantity has at most " + Quantity.MOST_DIGITS + " digits");
        }
        String unit = parts.unit();
        int binary = unit.length() == 2 && unit.charAt(1) == 'i' ? binaryPower(unit.charAt(0)) : 0;
        if (binary > 0) {
            return binary(parts, 10 * binary);
        }
        if (unit.length() <= 1) {
            int exponent = unit.isEmpty() ? 0 : decimalExponent(unit.charAt(0));
            return exponent == Integer.MIN_VALUE
                    ? wrongUnit(parts)
                    : decimal(parts, exponent, Quantity.Family.DECIMAL_SI);
        }
        if (unit.charAt(0) != 'e' && unit.charAt(0) != 'E') {
            return wrongUnit(parts);
        }
        long exponent;
        try {
            exponent = Long.parseLong(unit.substring(1));
        } catch (NumberFormatException e) {
            return wrongUnit(parts);
        }
        if (Math.abs(Math.max(exponent, -Long.MAX_VALUE)) > Quantity.LARGEST_EXPONENT) {
            return new QuantityReading.Refused(
                    all,
                    QuantityReading.Problem.BOUNDS,
                    parts.unitStart,
                    "an exponent is at most " + Quantity.LARGEST_EXPONENT + " in magnitude");
        }
        return decimal(parts, (int) exponent, Quantity.Family.DECIMAL_EXPONENT);
    }

    private static QuantityReading wrongUnit(Parts parts) {
        return new QuantityReading.Refused(
                parts.text,
                QuantityReading.Problem.SUFFIX,
                parts.unitStart,
                "a unit is one of n u m k M G T P E, Ki Mi Gi Ti Pi Ei or an exponent as in e3, letter case counts");
    }

    private static int binaryPower(char unit) {
        return unit == 'K' ? 1 : unit == 'k' ? 0 : power(unit);
    }

    private static int decimalExponent(char unit) {
        return switch (unit) {
            case 'n' -> -9;
            case 'u' -> -6;
            case 'm' -> -3;
            default -> power(unit) > 0 ? 3 * power(unit) : Integer.MIN_VALUE;
        };
    }

    private static QuantityReading decimal(Parts parts, int exponent, Quantity.Family family) {
        BigDecimal written = parts.number().scaleByPowerOfTen(exponent);
        BigDecimal value = toNano(written);
        return new QuantityReading.Accepted(
                parts, Quantity.ofExact(value, family), exponent, value.compareTo(written) != 0, false);
    }

    private static QuantityReading binary(Parts parts, int shift) {
        BigDecimal number = parts.number();
        boolean huge = number.precision() - number.scale() > 20;
        BigDecimal written = huge ? number : number.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(shift)));
        BigDecimal value = huge ? number : toNano(written);
        boolean capped = value.abs().compareTo(LARGEST_BINARY) > 0;
        if (capped) {
            value = value.signum() < 0 ? LARGEST_BINARY.negate() : LARGEST_BINARY;
        }
        // Upstream's choice: an amount below one whole has no binary unit, so it changes family for good.
        boolean fraction = value.signum() != 0 && value.abs().compareTo(BigDecimal.ONE) < 0;
        Quantity.Family family = fraction ? Quantity.Family.DECIMAL_SI : Quantity.Family.BINARY_SI;
        boolean rounded = !capped && value.compareTo(written) != 0;
        return new QuantityReading.Accepted(parts, Quantity.ofExact(value, family), shift, rounded, capped);
    }

    /** Rounds away from zero to 10^-9 without ever expanding a far smaller number. */
    static BigDecimal toNano(BigDecimal value) {
        if (value.scale() <= FINEST || value.signum() == 0) {
            return value;
        }
        if ((long) value.precision() - value.scale() < -FINEST) {
            return value.signum() < 0 ? NANO.negate() : NANO;
        }
        return value.setScale(FINEST, RoundingMode.UP);
    }

    /** Sign, digits and unit of one text, found by position; nothing is computed here. */
    static final class Parts {

        final String text;
        final boolean negative;

        /** Digits before the point without leading zeros; may be empty. */
        final String integer;

        final boolean point;
        final String fraction;

        /** Digits as written, so that {@code Gi} differs from {@code 0Gi}. */
        final boolean hasDigits;

        final int unitStart;

        /** Where reading stopped: the text's length unless it breaks the grammar. */
        final int end;

        Parts(String text) {
            this.text = text;
            int at = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
            negative = at == 1 && text.charAt(0) == '-';
            int first = at;
            while (at < text.length() && text.charAt(at) == '0') {
                at++;
            }
            int significant = at;
            at = digits(text, at);
            integer = text.substring(significant, at);
            boolean digits = at > first;
            point = at < text.length() && text.charAt(at) == '.';
            if (point) {
                int start = at + 1;
                at = digits(text, start);
                fraction = text.substring(start, at);
                digits |= at > start;
            } else {
                fraction = "";
            }
            hasDigits = digits;
            unitStart = at;
            while (at < text.length() && UNIT_LETTERS.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                at++;
            }
            end = digits(text, at);
        }

        private static int digits(String text, int from) {
            int at = from;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            return at;
        }

        String unit() {
            return text.substring(unitStart, end);
        }

        BigDecimal number() {
            String digits = integer + fraction;
            if (digits.isEmpty()) {
                return BigDecimal.ZERO;
            }
            BigInteger unscaled = new BigInteger(digits);
            return new BigDecimal(negative ? unscaled.negate() : unscaled, fraction.length());
        }
    }
}
