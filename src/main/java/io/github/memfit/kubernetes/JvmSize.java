package io.github.memfit.kubernetes;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.math.BigInteger;

/**
 * Sizes as {@code -Xmx} and its like take them: {@code 512m}, {@code 2g}, {@code 1048576}. Another grammar than
 * {@link Quantity}: whole numbers, powers of 1024, and {@code m} means mebibytes. Immutable and thread-safe.
 *
 * <p>Rule: HotSpot 17 to 25, runtime/arguments.cpp and utilities/parseInteger.hpp: decimal or {@code 0x} hexadecimal digits, then
 * one of {@code k m g t} in any case.
 *
 * {@snippet :
 * JvmSize.parse("512m");   // 512Mi
 * }
 *
 * @since 0.1
 */
public final class JvmSize {

    private static final int LONGEST = 64;
    private static final String UNITS = "kmgt";

    private JvmSize() {}

    /**
     * Reads a size.
     *
     * @param text the text, at most 64 characters
     * @return the bytes
     * @throws MalformedException if the text is no such size or does not fit 64 bits
     */
    public static Bytes parse(CharSequence text) {
        if (text.length() > LONGEST) {
            throw malformed(text, LONGEST, "a size has at most " + LONGEST + " characters");
        }
        String all = text.toString();
        boolean hexadecimal = all.startsWith("0x") || all.startsWith("0X");
        int radix = hexadecimal ? 16 : 10;
        int start = hexadecimal ? 2 : 0;
        int end = start;
        while (end < all.length() && all.charAt(end) < 0x80 && Character.digit(all.charAt(end), radix) >= 0) {
            end++;
        }
        if (end == start) {
            throw malformed(text, start, "a size begins with digits, as in 512m");
        }
        int power = 0;
        if (end < all.length()) {
            power = UNITS.indexOf(Character.toLowerCase(all.charAt(end))) + 1;
            if (power == 0 || end + 1 < all.length() || all.charAt(end) > 'z') {
                throw malformed(text, end, "a unit is k, m, g or t");
            }
        }
        BigInteger value = new BigInteger(all.substring(start, end), radix).shiftLeft(10 * power);
        if (value.bitLength() > 63) {
            throw malformed(text, 0, "the size does not fit 64 bits");
        }
        return Bytes.of(value.longValue());
    }

    private static MalformedException malformed(CharSequence text, int index, String rule) {
        return new MalformedException("JVM size", 1, index + 1, text, rule);
    }
}
