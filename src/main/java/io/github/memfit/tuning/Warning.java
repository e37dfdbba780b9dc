package io.github.memfit.tuning;

/**
 * Something that a plan cannot settle by itself and that its reader should know: a flag that wins over another, memory
 * that no flag bounds, a setting that does nothing.
 *
 * <p>Immutable and thread-safe.
 *
 * @param about the flag, variable or region that it is about, one line, not blank
 * @param text what happens and what to do, one line, not blank
 * @since 0.1
 */
public record Warning(String about, String text) {

    /**
     * Checks the parts.
     *
     * @param about the flag, variable or region that it is about, one line, not blank
     * @param text what happens and what to do, one line, not blank
     * @throws IllegalArgumentException if a part is blank or has a control character
     */
    public Warning {
        if (about.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException(
                    "a warning needs a subject and a text, got \"" + about + "\" and \"" + text + '"');
        }
        PlanRow.oneLine("about", about);
        PlanRow.oneLine("text", text);
    }

    /** {@code about: text}. */
    @Override
    public String toString() {
        return about + ": " + text;
    }
}
