package io.github.memfit.internal;

/**
 * Scanning of kernel text in byte arrays: no strings, no allocation. Lines end at LF only: a CR, a form feed or a Unicode
 * line separator in a name is part of the name.
 */
public final class Ascii {

    /** What {@link #decimal} answers for text that is no number. */
    public static final long NOT_A_NUMBER = -1;

    private Ascii() {}

    /**
     * A decimal number that fills the range exactly.
     *
     * <p>Numbers above 2^63 - 1 are answered as 2^63 - 1 (kernels of the 3.15 line write 2^64 - 1 for "no limit"); negative
     * numbers are answered as 0, as runc and containerd do: they come from racing counters of the kernel.
     *
     * @return the number, or {@link #NOT_A_NUMBER}
     */
    public static long decimal(byte[] text, int from, int to) {
        boolean negative = from < to && text[from] == '-';
        int at = negative ? from + 1 : from;
        if (at >= to) {
            return NOT_A_NUMBER;
        }
        long value = 0;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return NOT_A_NUMBER;
            }
            value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
        }
        return negative ? 0 : value;
    }

    /** The index of the first {@code wanted} in the range, or {@code to}. */
    public static int find(byte[] text, int from, int to, char wanted) {
        int at = from;
        while (at < to && text[at] != wanted) {
            at++;
        }
        return at;
    }

    /** The index of the last {@code wanted} in the range, or -1. */
    public static int findLast(byte[] text, int from, int to, char wanted) {
        int at = to - 1;
        while (at >= from && text[at] != wanted) {
            at--;
        }
        return at >= from ? at : -1;
    }

    /** Is the range exactly this ASCII text? */
    public static boolean is(byte[] text, int from, int to, String wanted) {
        if (to - from != wanted.length()) {
            return false;
        }
        for (int i = 0; i < wanted.length(); i++) {
            if (text[from + i] != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Does the range begin with this ASCII text? */
    public static boolean startsWith(byte[] text, int from, int to, String wanted) {
        return to - from >= wanted.length() && is(text, from, from + wanted.length(), wanted);
    }
}
