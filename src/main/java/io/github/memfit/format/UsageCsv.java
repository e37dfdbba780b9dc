package io.github.memfit.format;

import io.github.memfit.unit.MalformedException;
import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageHistoryBuilder;
import java.math.BigDecimal;

/**
 * Usage histories as comma-separated text: {@code epoch_s,bytes}, or {@code id,epoch_s,bytes} with a name for each replica.
 * Stateless and thread-safe. Needs no optional module.
 *
 * <p>Seconds are whole or have at most three decimals; bytes are whole. A first line that names the columns is allowed, empty
 * lines and lines that begin with {@code #} are passed over. {@code restart} or {@code oom_kill} in place of the bytes marks
 * the moment of one.
 *
 * @since 0.1
 */
public final class UsageCsv {

    private static final int LONGEST_LINE = 512;

    private UsageCsv() {}

    /**
     * Reads a history.
     *
     * @param source where the text came from, for messages
     * @param text the text
     * @return the history; samples may stand in any order
     * @throws MalformedException if a line is none of the above, with its number
     */
    public static UsageHistory parse(String source, CharSequence text) {
        UsageHistoryBuilder history = UsageHistory.builder();
        int number = 0;
        int columns = 0;
        String replica = null;
        for (int from = 0; from < text.length(); ) {
            int to = from;
            while (to < text.length() && text.charAt(to) != '\n') {
                to++;
            }
            number++;
            String line = line(source, number, text, from, to);
            from = to + 1;
            if (line.isEmpty() || line.startsWith("#") || number == 1 && line.endsWith("bytes")) {
                continue;
            }
            String[] fields = line.split(",", -1);
            if (fields.length != 2 && fields.length != 3 || columns != 0 && fields.length != columns) {
                throw new MalformedException(
                        source, number, 1, line, "a line is epoch_s,bytes or id,epoch_s,bytes, the same in every line");
            }
            columns = fields.length;
            if (columns == 3 && !fields[0].equals(replica)) {
                replica = fields[0];
                history.replica(replica);
            }
            add(history, source, number, line, fields[columns - 2], fields[columns - 1]);
        }
        return history.build();
    }

    private static void add(
            UsageHistoryBuilder history, String source, int number, String line, String time, String value) {
        int column = line.length() - value.length() + 1;
        long millis = millis(source, number, column - time.length() - 1, line, time);
        switch (value) {
            case "restart" -> history.restart(millis);
            case "oom_kill" -> history.oomKill(millis);
            default -> {
                if (!isDigits(value, 18)) {
                    throw new MalformedException(
                            source, number, column, line, "bytes are up to 18 digits, or restart or oom_kill");
                }
                history.add(millis, Long.parseLong(value));
            }
        }
    }

    private static String line(String source, int number, CharSequence text, int from, int to) {
        if (to - from > LONGEST_LINE) {
            throw new MalformedException(
                    source,
                    number,
                    LONGEST_LINE,
                    text.subSequence(from, from + LONGEST_LINE),
                    "a line has at most " + LONGEST_LINE + " characters");
        }
        return text.subSequence(from, to).toString().strip();
    }

    private static long millis(String source, int number, int column, String line, String time) {
        int point = time.indexOf('.');
        String whole = point < 0 ? time : time.substring(0, point);
        String part = point < 0 ? "0" : time.substring(point + 1);
        if (!isDigits(whole, 12) || !isDigits(part, 3)) {
            throw new MalformedException(
                    source, number, Math.max(1, column), line, "seconds since 1970, with at most three decimals");
        }
        return new BigDecimal(time).movePointRight(3).longValueExact();
    }

    private static boolean isDigits(String text, int most) {
        return !text.isEmpty() && text.length() <= most && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
