package io.github.memfit.live;

import io.github.memfit.tuning.jvm.PrintedFlags;
import java.util.List;
import java.util.Objects;

/**
 * What a launch said about flags. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface JvmVerification {

    /**
     * Did the JVM take every flag as it was meant?
     *
     * @return true for {@link Launched} without differences
     */
    default boolean agrees() {
        return this instanceof Launched launched && launched.differences().isEmpty();
    }

    /**
     * The JVM started.
     *
     * @param actual all flags in effect
     * @param differences those that are not what was meant; unmodifiable
     * @since 0.1
     */
    record Launched(PrintedFlags actual, List<FlagDifference> differences) implements JvmVerification {

        /**
         * Copies the list.
         *
         * @param actual all flags in effect
         * @param differences those that are not what was meant
         */
        public Launched {
            Objects.requireNonNull(actual, "actual");
            differences = List.copyOf(differences);
        }
    }

    /**
     * The JVM refused the flags.
     *
     * @param exitCode its exit code
     * @param message its error, one line
     * @since 0.1
     */
    record Refused(int exitCode, String message) implements JvmVerification {

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
    record Unverified(String reason) implements JvmVerification {

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
