package io.github.memfit.unit;

import java.util.Objects;

/**
 * A file or directory could not be read at all.
 *
 * @since 0.1
 */
public final class UnreadableException extends MemfitException {

    private static final long serialVersionUID = 1L;

    /** The path as text. */
    private final String path;

    /** Why it could not be read. */
    private final String reason;

    /**
     * Describes one failed read.
     *
     * @param path the path that was asked for, as text
     * @param reason why it could not be read and what to do, a phrase without a final full stop
     * @param cause what the platform threw
     */
    public UnreadableException(String path, String reason, Throwable cause) {
        super("cannot read " + MalformedException.quoted(Objects.requireNonNull(path, "path")) + ": " + reason, cause);
        this.path = path;
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * The path that was asked for.
     *
     * @return the path, as text
     */
    public String path() {
        return path;
    }

    /**
     * Why it could not be read.
     *
     * @return a phrase without a final full stop
     */
    public String reason() {
        return reason;
    }
}
