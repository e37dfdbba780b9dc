package io.github.memfit.internal;

/** Names that others chose, made fit for one line of text. */
public final class Printable {

    private static final int LONGEST = 40;

    private Printable() {}

    /** At most 40 characters, none of them a blank, a control character or outside ASCII. */
    public static String name(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), LONGEST); i++) {
            char c = name.charAt(i);
            out.append(c > ' ' && c < 0x7f ? c : '?');
        }
        return name.length() > LONGEST ? out.append("...").toString() : out.toString();
    }
}
