package io.github.memfit.unit;

/**
 * The environment did not give what was asked of it: a file that cannot be read, a text that breaks its grammar.
 *
 * <p>Only operations whose answer makes no sense without the input throw it. Samplers and snapshots never do: they report
 * the same facts as values. Caller bugs are {@link IllegalArgumentException} or {@link NullPointerException}, overflow is
 * {@link ArithmeticException}; expected outcomes ("no limit", "does not fit") are values everywhere.
 *
 * @since 0.1
 */
public abstract sealed class MemfitException extends RuntimeException permits MalformedException, UnreadableException {

    private static final long serialVersionUID = 1L;

    MemfitException(String message) {
        super(message);
    }

    MemfitException(String message, Throwable cause) {
        super(message, cause);
    }
}
