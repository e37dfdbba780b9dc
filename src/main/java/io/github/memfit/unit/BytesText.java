package io.github.memfit.unit;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The texts of {@link Bytes}: exact, human, and the parser. */
final class BytesText {

    private static final String BINARY_UNITS = "KMGTPE";
    private static final int LONGEST = 64;

    private BytesText() {}

    static Bytes scaled(long count, int shift) {
        return Bytes.of(Math.multiplyExact(count, 1L << shift));
    }

    static String exact(long value) {
        if (value == 0) {
            return "0";
        }
        int unit = Math.min(Long.numberOfTrailingZeros(value) / 10, BINARY_UNITS.length());
        return unit == 0 ? Long.toString(value) : (value >> 10 * unit) + "" + BINARY_UNITS.charAt(unit - 1) + 'i';
    }

    static String human(long value) {
        long magnitude = Math.abs(value);
        if (magnitude < 0 || magnitude >= prints1024(50)) {
            // The absolute value of -2^63 does not fit a long, nor does a hundred times the rest of an EiB.
            return BigDecimal.valueOf(value)
                            .divide(BigDecimal.valueOf(1L << 60))
                            .setScale(2, RoundingMode.HALF_UP) + " EiB";
        }
        return value < 0 ? "-" + below1024Pebi(magnitude) : below1024Pebi(magnitude);
    }

    private static String below1024Pebi(long magnitude) {
        if (magnitude < 1024) {
            return magnitude + " B";
        }
        int shift = 10;
        while (magnitude >= prints1024(shift)) {
            shift += 10;
        }
        long unit = 1L << shift;
        // 9.995 and above would print with two digits before the point and two behind it.
        long scale = magnitude < 10 * unit - unit / 200 ? 100 : 10;
        long rounded = magnitude / unit * scale + (magnitude % unit * scale + unit / 2) / unit;
        String digits = Long.toString(scale + rounded % scale).substring(1);
        return rounded / scale + "." + digits + ' ' + BINARY_UNITS.charAt(shift / 10 - 1) + "iB";
    }

    /** 1023.95 units: this and above would print as 1024.0 of them, and is printed in the next unit instead. */
    private static long prints1024(int shift) {
        return (1024L << shift) - (1L << shift) / 20;
    }

    static Bytes parse(CharSequence text) {
        if (text.length() > LONGEST) {
            throw malformed(text, LONGEST, "a size has at most " + LONGEST + " characters");
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        int at = 0;
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
        int start = at;
        if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int digits = 0;
        int points = 0;
        while (at < end && (isDigit(text.charAt(at)) || text.charAt(at) == '.' && points == 0)) {
            if (text.charAt(at) == '.') {
                points++;
            } else {
                digits++;
            }
            at++;
        }
        if (digits == 0) {
            throw malformed(text, at, "a size starts with ASCII digits, as in 512Mi, 1.5GiB or 1000000");
        }
        String number = text.subSequence(start, at).toString();
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
        BigDecimal factor = factor(text, at, text.subSequence(at, end).toString());
        BigDecimal value = new BigDecimal(number).multiply(factor);
        try {
            return Bytes.of(value.longValueExact());
        } catch (ArithmeticException e) {
            boolean whole = value.stripTrailingZeros().scale() <= 0;
            throw malformed(
                    text,
                    start,
                    whole ? "a size must fit 63 bits and a sign" : "a size must be a whole number of bytes");
        }
    }

    private static BigDecimal factor(CharSequence text, int at, String unit) {
        if (unit.isEmpty() || unit.equals("B")) {
            return BigDecimal.ONE;
        }
        int power = BINARY_UNITS.indexOf(unit.charAt(0) == 'k' ? 'K' : unit.charAt(0)) + 1;
        if (power > 0) {
            switch (unit.substring(1)) {
                case "", "B":
                    return BigDecimal.ONE.scaleByPowerOfTen(3 * power);
                case "i", "iB":
                    if (unit.charAt(0) != 'k') {
                        return BigDecimal.valueOf(1L << 10 * power);
                    }
                    break;
                default:
                    break;
            }
        }
        throw malformed(
                text,
                at,
                "unknown unit; use Ki Mi Gi Ti Pi Ei (1024s, a B may follow), k M G T P E (1000s, a B may follow), B or nothing");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static MalformedException malformed(CharSequence text, int index, String rule) {
        return new MalformedException("size", 1, index + 1, text, rule);
    }
}
