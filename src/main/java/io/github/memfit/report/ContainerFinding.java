package io.github.memfit.report;

import java.util.Objects;

/**
 * Something that the reader of a report should know, with a code that stays. Immutable and thread-safe.
 *
 * @param code the code for programs, kept for ever; {@code docs/FINDINGS.md} lists them
 * @param severity how much it matters
 * @param text what was seen and what to do, in one or two sentences
 * @since 0.1
 */
public record ContainerFinding(String code, Severity severity, String text) {

    /** How much a finding matters. */
    public enum Severity {
        /** Good to know. */
        NOTE,
        /** Will hurt under load or on another machine. */
        WARNING,
        /** Hurts now: processes are killed, throttled or the numbers are not those of the container. */
        PROBLEM
    }

    /**
     * Refuses null.
     *
     * @param code the code
     * @param severity how much it matters
     * @param text what was seen and what to do
     */
    public ContainerFinding {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return severity + " " + code + ": " + text;
    }
}
