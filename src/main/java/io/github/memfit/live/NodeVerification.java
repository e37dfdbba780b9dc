package io.github.memfit.live;

import io.github.memfit.tuning.node.NodeVersion;
import io.github.memfit.unit.Bytes;
import java.util.List;
import java.util.Objects;

/**
 * What a launch of Node said about flags. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface NodeVerification {

    /**
     * Did Node take the heap as it was meant?
     *
     * @return true for {@link Launched} without differences
     */
    default boolean agrees() {
        return this instanceof Launched launched && launched.differences().isEmpty();
    }

    /**
     * Node started.
     *
     * @param version the version that ran
     * @param heapSizeLimit what {@code v8.getHeapStatistics().heap_size_limit} answered
     * @param differences what is not as it was meant; unmodifiable
     * @since 0.1
     */
    record Launched(NodeVersion version, Bytes heapSizeLimit, List<FlagDifference> differences)
            implements NodeVerification {

        /**
         * Copies the list.
         *
         * @param version the version that ran
         * @param heapSizeLimit what V8 answered
         * @param differences what is not as it was meant
         */
        public Launched {
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(heapSizeLimit, "heapSizeLimit");
            differences = List.copyOf(differences);
        }
    }

    /**
     * Node refused the flags or died while it started.
     *
     * @param exitCode its exit code: 9 for a bad option, 133 or 134 for an abort
     * @param message its error, one line
     * @since 0.1
     */
    record Refused(int exitCode, String message) implements NodeVerification {

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
    record Unverified(String reason) implements NodeVerification {

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
