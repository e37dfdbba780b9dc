package io.github.memfit.kubernetes;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;

/**
 * Sizes as {@code docker run -m} takes them: {@code 512m}, {@code 1.5g}, {@code 2GiB}. Another grammar than
 * {@link Quantity}: always powers of 1024, any letter case, and {@code m} means mebibytes. Immutable and thread-safe.
 *
 * <p>Rule: docker/go-units (RAMInBytes), Docker CLI 29.7. Fractions go through double precision and are cut.
 *
 * {@snippet :
 * DockerSize.parse("1.5g");    // 1536Mi
 * DockerSize.parse("512m");    // 512Mi, where Quantity.parse("512m") is half a byte
 * }
 *
 * @since 0.1
 */
public final class DockerSize {

    private static final int LONGEST = 64;
    private static final String UNITS = "kmgtp";

    private DockerSize() {}

    /**
     * Reads a size: digits with at most one point, optionally a blank, and one of {@code k m g t p} in any case, alone or
     * followed by {@code b} or {@code ib}; or {@code b}. At most 64 characters.
     *
     * @param text the text
     * @return the bytes
     * @throws MalformedException if the text is no such size or does not fit 64 bits
     */
    public static Bytes parse(CharSequence text) {
        if (text.length() > LONGEST) {
            throw malformed(text, LONGEST, "a size has at most " + LONGEST + " characters");
        }
        String all = text.toString();
        int end = 0;
        boolean digits = false;
        int points = 0;
        while (end < all.length() && (isDigit(all.charAt(end)) || all.charAt(end) == '.')) {
            digits |= isDigit(all.charAt(end));
            points += all.charAt(end) == '.' ? 1 : 0;
            end++;
        }
        if (!digits || points > 1) {
            throw malformed(text, 0, "a size begins with a number, as in 512m or 1.5g");
        }
        int unit = end < all.length() && all.charAt(end) == ' ' ? end + 1 : end;
        // Docker takes the double on purpose, so the same bytes come out.
        double size = Double.parseDouble(all.substring(0, end)) * factor(text, all.substring(unit), unit);
        if (size >= 0x1p63) {
            throw malformed(text, 0, "the size does not fit 64 bits");
        }
        return Bytes.of((long) size);
    }

    private static double factor(CharSequence text, String unit, int at) {
        if (unit.isEmpty() || unit.equals("b") || unit.equals("B")) {
            return 1;
        }
        int power = UNITS.indexOf(Character.toLowerCase(unit.charAt(0))) + 1;
        String rest = unit.substring(1);
        boolean known = rest.isEmpty() || rest.equalsIgnoreCase("b") || rest.equalsIgnoreCase("ib");
        if (power == 0 || !known || unit.charAt(0) > 'z') {
            throw malformed(text, at, "a unit is k, m, g, t or p, alone or followed by b or ib");
        }
        return Math.scalb(1.0, 10 * power);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static MalformedException malformed(CharSequence text, int index, String rule) {
        return new MalformedException("Docker size", 1, index + 1, text, rule);
    }
}
