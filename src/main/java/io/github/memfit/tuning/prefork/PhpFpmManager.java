package io.github.memfit.tuning.prefork;

import java.util.Locale;
import java.util.Optional;

/**
 * When the children of a PHP-FPM pool start and end.
 *
 * @since 0.1
 */
public enum PhpFpmManager {
    /** All children from the start. */
    STATIC,
    /** Between a least and a most number of spare children. */
    DYNAMIC,
    /** When a request comes, until they were idle for a while. */
    ONDEMAND;

    /**
     * The manager of a name.
     *
     * @param text the value of {@code pm}
     * @return the manager, or empty if it is none of the three
     */
    public static Optional<PhpFpmManager> of(String text) {
        for (PhpFpmManager one : values()) {
            if (one.toString().equals(text)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** The value of {@code pm}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
