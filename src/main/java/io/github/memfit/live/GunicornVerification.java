package io.github.memfit.live;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a launch of Gunicorn said about settings. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface GunicornVerification {

    /**
     * Did Gunicorn take every setting as it was meant?
     *
     * @return true for {@link Launched} without differences
     */
    default boolean agrees() {
        return this instanceof Launched launched && launched.differences().isEmpty();
    }

    /**
     * Gunicorn read the settings.
     *
     * @param settings all settings as it prints them, by its names with underscores; unmodifiable, sorted
     * @param differences those that are not what was meant; unmodifiable
     * @since 0.1
     */
    record Launched(Map<String, String> settings, List<FlagDifference> differences) implements GunicornVerification {

        /**
         * Copies the collections.
         *
         * @param settings all settings as it prints them
         * @param differences those that are not what was meant
         */
        public Launched {
            settings = Collections.unmodifiableMap(new TreeMap<>(settings));
            differences = List.copyOf(differences);
        }
    }

    /**
     * Gunicorn refused the settings.
     *
     * @param exitCode its exit code
     * @param message its error, one line
     * @since 0.1
     */
    record Refused(int exitCode, String message) implements GunicornVerification {

        /**
         * Checks the parts.
         *
         * @param exitCode its exit code
         * @param message its error
         */
        public Refused {
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * Nothing was found out: there is no such program, it may not be run, or its time was over.
     *
     * @param reason why, one line
     * @since 0.1
     */
    record Unverified(String reason) implements GunicornVerification {

        /**
         * Checks the part.
         *
         * @param reason why
         */
        public Unverified {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
