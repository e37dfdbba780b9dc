package io.github.memfit.sizing.peers;

import io.github.memfit.unit.Bytes;
import java.util.Objects;

/**
 * What a right-sizer says: sizes, or why it does not say any. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface PeerSizing permits PeerSizing.Proposed, PeerSizing.Undecided {

    /**
     * A request and a limit of the same size.
     *
     * @param bytes both
     * @return the answer
     */
    static PeerSizing both(Bytes bytes) {
        return new Proposed(bytes, bytes);
    }

    /**
     * No sizes.
     *
     * @param reason why
     * @return the answer
     */
    static PeerSizing undecided(String reason) {
        return new Undecided(reason);
    }

    /**
     * Sizes for one replica.
     *
     * @param request the memory request
     * @param limit the memory limit
     * @since 0.1
     */
    record Proposed(Bytes request, Bytes limit) implements PeerSizing {

        /**
         * Checks that sizes are there.
         *
         * @param request the memory request
         * @param limit the memory limit
         */
        public Proposed {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(limit, "limit");
        }
    }

    /**
     * No sizes, with the reason.
     *
     * @param reason why, in a few words
     * @since 0.1
     */
    record Undecided(String reason) implements PeerSizing {

        /**
         * Checks that there is a reason.
         *
         * @param reason why, in a few words
         */
        public Undecided {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
