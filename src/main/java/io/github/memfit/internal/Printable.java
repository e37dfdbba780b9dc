package io.github.memfit.internal;

/** Names from outside in one harmless line: everything but printable ASCII is shown as an escape. */
public final class Printable {

    private static final int LONGEST = 80;

    private Printable() {}

    /** The text, escaped and cut to 80 characters. */
    public static String of(CharSequence text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int before = out.length();
            if (c >= ' ' && c < 0x7f && c != '\\') {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
            if (out.length() > LONGEST) {
                return out.replace(before, out.length(), "...").toString();
            }
        }
        return out.toString();
    }
}
