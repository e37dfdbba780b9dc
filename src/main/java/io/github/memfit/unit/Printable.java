package io.github.memfit.unit;

/**
 * Text from outside made safe for terminals, logs and tables: process names, cgroup names and labels may hold control
 * sequences, line breaks or characters that reverse the direction of writing.
 *
 * <p>Stateless and thread-safe.
 *
 * @since 0.1
 */
public final class Printable {

    private Printable() {}

    /**
     * The text with everything but printable ASCII, and the quote and backslash, as {@code \}{@code uXXXX} escapes.
     *
     * @param text the text
     * @return one line of printable ASCII
     */
    public static String escaped(CharSequence text) {
        int plain = 0;
        while (plain < text.length() && isPlain(text.charAt(plain))) {
            plain++;
        }
        if (plain == text.length()) {
            return text.toString();
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, plain);
        for (int i = plain; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                out.append(c);
            } else {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(c >> shift & 15, 16));
                }
            }
        }
        return out.toString();
    }

    /**
     * The beginning of the text, escaped, where a whole name may be too long for a line.
     *
     * @param text the text
     * @param longest how many characters the result may have before it is cut and ends in {@code ...}
     * @return one line of printable ASCII
     */
    public static String escaped(CharSequence text, int longest) {
        // No character becomes shorter by escaping: what lies behind the bound need not be looked at.
        String head = escaped(text.subSequence(0, Math.min(text.length(), longest + 1)));
        if (head.length() <= longest) {
            return head;
        }
        // An escape is shown whole or not at all.
        int end = longest;
        int escape = head.lastIndexOf("\\u", end - 1);
        return head.substring(0, escape >= 0 && escape + 6 > end ? escape : end) + "...";
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
    }
}
