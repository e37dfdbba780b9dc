package io.github.memfit.unit;

import java.util.Objects;

/**
 * A text breaks its grammar. Says where it came from, the line and column, the text itself (bounded and made printable) and
 * the rule it breaks.
 *
 * <p>The message is safe to log: control characters, quotes and everything outside printable ASCII are shown as
 * {@code \}{@code uXXXX} escapes, and no more than {@value #LONGEST_EXCERPT} characters of the text are quoted.
 *
 * @since 0.1
 */
public final class MalformedException extends MemfitException {

    /** At most this many characters of the offending text are kept. */
    public static final int LONGEST_EXCERPT = 120;

    private static final long serialVersionUID = 1L;

    /** Path or kind of the text. */
    private final String source;

    /** Counted from 1. */
    private final int line;

    /** Counted from 1. */
    private final int column;

    /** The excerpt. */
    private final String text;

    /**
     * Describes one place in one text.
     *
     * @param source where the text came from: a path, or what it should have been ("size")
     * @param line the line, from 1
     * @param column the column in characters, from 1
     * @param text the offending text; only its beginning is kept
     * @param rule the rule that is broken and what to do, a phrase without a final full stop
     * @throws IllegalArgumentException if {@code line} or {@code column} is less than 1
     */
    public MalformedException(String source, int line, int column, CharSequence text, String rule) {
        super(message(source, line, column, text, rule));
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("line and column count from 1, got " + line + " and " + column);
        }
        this.source = source;
        this.line = line;
        this.column = column;
        this.text = excerpt(text);
    }

    /**
     * Where the text came from.
     *
     * @return a path, or the kind of the text
     */
    public String source() {
        return source;
    }

    /**
     * The line of the first offending character.
     *
     * @return the line, from 1
     */
    public int line() {
        return line;
    }

    /**
     * The column of the first offending character.
     *
     * @return the column in characters, from 1
     */
    public int column() {
        return column;
    }

    /**
     * The offending text as it was, cut to {@value #LONGEST_EXCERPT} characters. Not escaped: treat it as hostile.
     *
     * @return the beginning of the text
     */
    public String text() {
        return text;
    }

    private static String message(String source, int line, int column, CharSequence text, String rule) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(rule, "rule");
        return "malformed " + Printable.escaped(source) + ", line " + line + ", column " + column + ": " + quoted(text)
                + ": " + rule;
    }

    private static String excerpt(CharSequence text) {
        return text.length() <= LONGEST_EXCERPT
                ? text.toString()
                : text.subSequence(0, LONGEST_EXCERPT).toString();
    }

    static String quoted(CharSequence text) {
        return '"' + Printable.escaped(excerpt(text)) + (text.length() > LONGEST_EXCERPT ? "\"..." : "\"");
    }
}
