package io.github.memfit.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads chosen keys out of text with a key, one blank and a number on each line, without allocation. The kernel prints its
 * keys in one order, so each line is compared first with the key that should come next.
 *
 * <p>A line without LF at its end is a cut read and is not used; a line that is not two words is ignored; the first of two
 * lines with one key counts; negative numbers count as 0 (racing counters of the kernel, as runc does).
 *
 * <p>Immutable and thread-safe.
 */
public final class KeyTable {

    /** No line with that key. */
    public static final long MISSING = -1;

    /** A line with that key and no number that fits into 63 bits. */
    public static final long MALFORMED = -2;

    /** The numbers before a line rarely grow by more digits than this between two readings. */
    private static final int SLACK = 48;

    private final byte[][] keys;

    /**
     * @param keys the keys, in the order of the file if it is known
     */
    public KeyTable(String... keys) {
        this.keys = new byte[keys.length][];
        for (int i = 0; i < keys.length; i++) {
            this.keys[i] = keys[i].getBytes(StandardCharsets.US_ASCII);
        }
    }

    public int size() {
        return keys.length;
    }

    /**
     * Reads every key.
     *
     * @param text the bytes
     * @param length how many of them are the file
     * @param into one number for each key, or {@link #MISSING} or {@link #MALFORMED}
     */
    public void read(byte[] text, int length, long[] into) {
        Arrays.fill(into, 0, keys.length, MISSING);
        int next = 0;
        int found = 0;
        int at = 0;
        while (at < length && found < keys.length) {
            int key = keyAt(text, at, length, next);
            if (key < 0) {
                at = Ascii.find(text, at, length, '\n') + 1;
                continue;
            }
            int from = at + keys[key].length + 1;
            int end = Ascii.find(text, from, length, '\n');
            if (end == length) {
                return;
            }
            long number = number(text, from, end);
            if (into[key] == MISSING && number != MISSING) {
                into[key] = number;
                found++;
            }
            next = key + 1;
            at = end + 1;
        }
    }

    /**
     * Reads every key as {@link #read(byte[], int, long[])} does, looking first where the lines were the last time: they
     * move by a few bytes only, as the numbers before them grow or shrink.
     *
     * @param lines where each line was; all 0 at first. Overwritten; once a key was missing, the whole text is walked every time
     */
    public void readNear(byte[] text, int length, int[] lines, long[] into) {
        for (int key = 0; key < keys.length; key++) {
            int line = lines[key] < 0 ? -1 : lineNear(text, length, key, lines[key]);
            long number = line < 0 ? MISSING : numberAt(text, length, key, line);
            if (number == MISSING) {
                lines[0] = -1;
                read(text, length, into);
                return;
            }
            lines[key] = line;
            into[key] = number;
        }
    }

    /**
     * Where the line of a key begins.
     *
     * @param key the index of the key
     * @param near where the line was before, 0 at first
     * @return the place, or -1 if there is no such line
     */
    public int lineNear(byte[] text, int length, int key, int near) {
        if (near > 0 && near < length && text[near - 1] == '\n' && isKey(text, near, length, keys[key])) {
            return near;
        }
        int from = near <= SLACK || near > length ? 0 : Ascii.find(text, near - SLACK, length, '\n') + 1;
        int found = lineFrom(text, length, key, from);
        return found < 0 && from > 0 ? lineFrom(text, length, key, 0) : found;
    }

    private int lineFrom(byte[] text, int length, int key, int from) {
        int at = from;
        while (at < length) {
            if (isKey(text, at, length, keys[key])) {
                return at;
            }
            at = Ascii.find(text, at, length, '\n') + 1;
        }
        return -1;
    }

    private long numberAt(byte[] text, int length, int key, int line) {
        int from = line + keys[key].length + 1;
        int end = Ascii.find(text, from, length, '\n');
        return end == length ? MISSING : number(text, from, end);
    }

    private int keyAt(byte[] text, int at, int length, int next) {
        int count = keys.length;
        int key = next;
        for (int i = 0; i < count; i++) {
            if (key >= count) {
                key = 0;
            }
            if (isKey(text, at, length, keys[key])) {
                return key;
            }
            key++;
        }
        return -1;
    }

    private static boolean isKey(byte[] text, int at, int length, byte[] key) {
        int blank = at + key.length;
        return blank < length
                && text[blank] == ' '
                && text[at] == key[0]
                && Arrays.equals(text, at, blank, key, 0, key.length);
    }

    /** The number; MALFORMED if it is none or too large; MISSING if the line is not two words. */
    private static long number(byte[] text, int from, int to) {
        int at = from;
        boolean negative = at < to && text[at] == '-';
        if (negative) {
            at++;
        }
        if (at == to) {
            return MALFORMED;
        }
        long value = 0;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return text[at] == ' ' ? MISSING : MALFORMED;
            }
            if (value > (Long.MAX_VALUE - digit) / 10) {
                return negative ? 0 : MALFORMED;
            }
            value = value * 10 + digit;
        }
        return negative ? 0 : value;
    }
}
