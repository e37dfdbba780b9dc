package io.github.memfit.live;

import java.util.HexFormat;
import java.util.Optional;

/**
 * The addresses that a JVM has reserved for its heap, as {@code jcmd GC.heap_info} prints them: each generation or the whole heap as
 * {@code [0xSTART, 0xEND)}, with more addresses between for what is committed and used. The same with Serial, Parallel, G1 and
 * Shenandoah on JDK 17 and 25; ZGC prints none, its heap has no fixed place.
 *
 * @param from the first address
 * @param to the address behind the last
 */
record HeapRange(long from, long to) {

    private static final String START = "[0x";

    /** An address of a process has fewer bits, on every machine that HotSpot runs on. */
    private static final int DIGITS = 15;

    /** The least range that holds all that are printed; empty if there is none. */
    static Optional<HeapRange> parse(String text) {
        long from = Long.MAX_VALUE;
        long to = 0;
        for (int at = text.indexOf(START); at >= 0; at = text.indexOf(START, at + 1)) {
            int end = text.indexOf(')', at);
            int last = end < 0 ? -1 : text.lastIndexOf("0x", end);
            if (last <= at + 1) {
                continue;
            }
            long low = address(text, at + START.length());
            long high = address(text, last + 2);
            if (low < 0 || high <= low) {
                continue;
            }
            from = Math.min(from, low);
            to = Math.max(to, high);
        }
        return from < to ? Optional.of(new HeapRange(from, to)) : Optional.empty();
    }

    /** The hexadecimal number that starts there, -1 for none. */
    private static long address(String text, int at) {
        int end = at;
        while (end < text.length() && HexFormat.isHexDigit(text.charAt(end))) {
            end++;
        }
        while (at < end - 1 && text.charAt(at) == '0') {
            at++;
        }
        return end == at || end - at > DIGITS ? -1 : Long.parseLong(text, at, end, 16);
    }
}
