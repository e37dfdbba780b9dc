package io.github.memfit.report;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One figure of a section. Immutable and thread-safe.
 *
 * @param key its name for programs, in lower camel case, unique in its section; a promise to whoever reads the JSON
 * @param label its name for people
 * @param value the value
 * @param note what it means or where it comes from; empty if the label says it all
 * @since 0.1
 */
public record Figure(String key, String label, Cell value, String note) {

    private static final Pattern KEY = Pattern.compile("[a-z][a-zA-Z0-9]{0,63}");

    /**
     * Checks the key.
     *
     * @param key the name for programs
     * @param label the name for people
     * @param value the value
     * @param note the explanation
     * @throws IllegalArgumentException if the key is not lower camel case of at most 64 letters and digits
     */
    public Figure {
        requireKey(key);
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(note, "note");
    }

    static void requireKey(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("a key is lower camel case, at most 64 letters and digits, got " + key);
        }
    }
}
