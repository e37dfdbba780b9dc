package io.github.memfit.tuning.jvm;

import java.util.Objects;

/**
 * What a launch of HotSpot would do: start with some flags, or refuse. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface JvmStart {

    /**
     * The JVM starts.
     *
     * @param flags what it chose
     * @since 0.1
     */
    record Starts(ErgonomicFlags flags) implements JvmStart {

        /**
         * Checks the parts.
         *
         * @param flags what it chose
         */
        public Starts {
            Objects.requireNonNull(flags, "flags");
        }
    }

    /**
     * The JVM exits at once with an error.
     *
     * @param message what it prints, in HotSpot's words
     * @since 0.1
     */
    record Refuses(String message) implements JvmStart {

        /**
         * Checks the parts.
         *
         * @param message what it prints
         */
        public Refuses {
            Objects.requireNonNull(message, "message");
        }
    }
}
