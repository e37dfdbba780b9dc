package io.github.memfit.procfs;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * A limit of one process, in the unit of its {@link LimitedResource}. Immutable and thread-safe.
 *
 * @param soft what the kernel enforces; empty if unlimited
 * @param hard up to where the process may raise the soft limit; empty if unlimited
 * @since 0.1
 */
public record ResourceLimit(OptionalLong soft, OptionalLong hard) {

    /**
     * Refuses null.
     *
     * @param soft what the kernel enforces
     * @param hard up to where the process may raise it
     */
    public ResourceLimit {
        Objects.requireNonNull(soft, "soft");
        Objects.requireNonNull(hard, "hard");
    }

    /** {@code soft/hard}, each a number or {@code unlimited}. */
    @Override
    public String toString() {
        return text(soft) + "/" + text(hard);
    }

    private static String text(OptionalLong limit) {
        return limit.isPresent() ? Long.toString(limit.getAsLong()) : "unlimited";
    }
}
