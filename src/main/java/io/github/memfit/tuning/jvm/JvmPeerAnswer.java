package io.github.memfit.tuning.jvm;

import java.util.List;
import java.util.Objects;

/**
 * What another policy says to a limit. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface JvmPeerAnswer {

    /**
     * It sets options.
     *
     * @param arguments the options, possibly none
     * @since 0.1
     */
    record Sets(List<String> arguments) implements JvmPeerAnswer {

        /**
         * Copies the list.
         *
         * @param arguments the options
         */
        public Sets {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * It does not let the program start.
     *
     * @param reason why
     * @since 0.1
     */
    record Declines(String reason) implements JvmPeerAnswer {

        /**
         * Checks the part.
         *
         * @param reason why
         */
        public Declines {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
