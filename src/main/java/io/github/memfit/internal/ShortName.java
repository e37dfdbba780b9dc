package io.github.memfit.internal;

import io.github.memfit.unit.Printable;

/** Names that others chose, made fit for one line of text. */
public final class ShortName {

    private static final int LONGEST = 40;

    private ShortName() {}

    /** Printable, and cut to 40 characters. */
    public static String of(String name) {
        String escaped = Printable.escaped(name.length() > LONGEST ? name.substring(0, LONGEST) : name);
        return name.length() <= LONGEST && escaped.length() <= LONGEST
                ? escaped
                : escaped.substring(0, Math.min(LONGEST, escaped.length())) + "...";
    }
}
