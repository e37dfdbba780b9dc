package io.github.memfit.live;

import java.util.Objects;

/**
 * A flag that took another value than was meant. Immutable and thread-safe.
 *
 * @param flag the name that HotSpot, Node or Gunicorn has for it
 * @param intended the value that was asked for
 * @param actual the value in effect, or {@code absent} if the runtime has no such flag
 * @since 0.1
 */
public record FlagDifference(String flag, String intended, String actual) {

    /**
     * Checks the parts.
     *
     * @param flag the flag
     * @param intended the value that was asked for
     * @param actual the value in effect
     */
    public FlagDifference {
        Objects.requireNonNull(flag, "flag");
        Objects.requireNonNull(intended, "intended");
        Objects.requireNonNull(actual, "actual");
    }

    /** {@code MaxHeapSize: 34603008 meant, 35651584 in effect}. */
    @Override
    public String toString() {
        return flag + ": " + intended + " meant, " + actual + " in effect";
    }
}
