package io.github.memfit.container;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import java.util.Objects;
import java.util.Optional;

/**
 * A limit of memory: an amount with who sets it, none, or unknown. "Unlimited" is never a number. Immutable and thread-safe.
 *
 * {@snippet :
 * Limit limit = Container.self().memory().limit();
 * if (limit instanceof Limit.Bounded bounded) {
 *     System.out.println(bounded.bytes() + " set by " + bounded.source());
 * }
 * }
 *
 * @since 0.1
 */
public sealed interface Limit {

    /** No limit. */
    Limit UNBOUNDED = new Unbounded();

    /**
     * The amount.
     *
     * @return the bytes, or empty if there is no limit or it is unknown
     */
    default Optional<Bytes> amount() {
        return this instanceof Bounded bounded ? Optional.of(bounded.bytes()) : Optional.empty();
    }

    /**
     * An amount.
     *
     * @param bytes the amount; 0 is a limit too
     * @param source who sets it
     */
    record Bounded(Bytes bytes, LimitSource source) implements Limit {

        /**
         * Checks the components.
         *
         * @param bytes the amount
         * @param source who sets it
         */
        public Bounded {
            Objects.requireNonNull(source, "source");
            if (bytes.isNegative()) {
                throw new IllegalArgumentException("a limit must not be negative: " + bytes);
            }
        }

        /** The amount and who sets it. */
        @Override
        public String toString() {
            return bytes + " (" + source + ")";
        }
    }

    /** No limit. */
    record Unbounded() implements Limit {

        /** {@code unlimited}. */
        @Override
        public String toString() {
            return "unlimited";
        }
    }

    /**
     * A part of the answer cannot be read: the limit is one of those that can, or a lower one.
     *
     * @param why what cannot be read
     * @param atMost the lowest limit that is known, {@link Unbounded} if there is none
     */
    record Unknown(Absence why, Limit atMost) implements Limit {

        /**
         * Checks the components.
         *
         * @param why what cannot be read
         * @param atMost the lowest known limit
         */
        public Unknown {
            Objects.requireNonNull(why, "why");
            if (atMost instanceof Unknown) {
                throw new IllegalArgumentException("the lowest known limit must be known: " + atMost);
            }
        }

        /** What is known and what is not. */
        @Override
        public String toString() {
            return "unknown, at most " + atMost + " [" + why + "]";
        }
    }
}
