package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;
import java.util.Locale;
import java.util.OptionalLong;

/** Numbers in HotSpot's own grammar (JDK 17 to 25, atojulong): digits or 0x digits, then at most one of k m g t. */
final class VmNumbers {

    private static final String SUFFIXES = "kmgt";

    private VmNumbers() {}

    /** Empty for what HotSpot refuses, and for what does not fit 63 bits, which no machine has. */
    static OptionalLong parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean hex = lower.startsWith("0x");
        int start = hex ? 2 : 0;
        int end = start;
        int radix = hex ? 16 : 10;
        long value = 0;
        while (end < lower.length() && digit(lower.charAt(end), radix) >= 0) {
            int digit = digit(lower.charAt(end), radix);
            if (value > (Long.MAX_VALUE - digit) / radix) {
                return OptionalLong.empty();
            }
            value = value * radix + digit;
            end++;
        }
        if (end == start || lower.length() - end > 1) {
            return OptionalLong.empty();
        }
        if (end == lower.length()) {
            return OptionalLong.of(value);
        }
        int suffix = SUFFIXES.indexOf(lower.charAt(end));
        int shift = 10 * (suffix + 1);
        return suffix < 0 || value > Long.MAX_VALUE >> shift ? OptionalLong.empty() : OptionalLong.of(value << shift);
    }

    private static int digit(char c, int radix) {
        int value = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        return value < radix ? value : -1;
    }

    /** The shortest text that {@link #parse} reads back: 512m, 1g, 333333k, 1000001. */
    static String print(Bytes bytes) {
        long value = bytes.value();
        if (value == 0) {
            return "0";
        }
        int unit = Math.min(Long.numberOfTrailingZeros(value) / 10, SUFFIXES.length());
        // Whole gibibytes are rare and whole mebibytes are what people compare: 1536m, and 2g.
        return unit == 0 ? Long.toString(value) : (value >> 10 * unit) + "" + SUFFIXES.charAt(unit - 1);
    }
}
