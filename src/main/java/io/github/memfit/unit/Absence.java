package io.github.memfit.unit;

import java.util.Objects;

/**
 * Why a figure is not there: the reason, where it was looked for and what was found. Immutable and thread-safe.
 *
 * @param reason the reason, for programs
 * @param source where the figure was looked for: a path, or a key in a path
 * @param detail what was found, for people; one line of printable text
 * @since 0.1
 */
public record Absence(Reason reason, String source, String detail) {

    /** Reasons that a figure can be absent for. */
    public enum Reason {
        /** The file does not exist: this kernel, configuration or mount does not offer it. */
        NO_FILE,
        /** The file is there, its text lacks the figure: this kernel or configuration does not report it. */
        NOT_REPORTED,
        /** Permission denied. */
        DENIED,
        /** The process or the cgroup no longer exists. */
        GONE,
        /** The file is there, the kernel refuses to read it: accounting switched off, or a write-only file. */
        REFUSED,
        /** The text breaks the kernel's format, or a cut read ended before the figure. */
        MALFORMED,
        /** The file is larger than any the kernel writes; not read to the end. */
        TOO_LARGE,
        /** The figure does not apply here, as a limit of the root group. */
        NOT_APPLICABLE
    }

    /**
     * Checks the components.
     *
     * @param reason the reason
     * @param source where it was looked for
     * @param detail what was found
     */
    public Absence {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(detail, "detail");
    }

    /** One line, escaped: the reason, the source and the detail. */
    @Override
    public String toString() {
        return reason + " " + Printable.escaped(source) + ": " + Printable.escaped(detail);
    }
}
