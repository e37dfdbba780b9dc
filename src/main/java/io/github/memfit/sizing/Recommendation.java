package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The answer of a {@link SizingPolicy} to a history: sizes, or what is missing for an answer. Immutable and thread-safe.
 *
 * {@snippet :
 * if (policy.recommend(history) instanceof Recommendation.Sized sized) {
 *     sized.request();   // 420Mi
 *     sized.limit();     // 768Mi
 *     sized.reasons();   // where both come from
 * }
 * }
 *
 * @since 0.1
 */
public sealed interface Recommendation {

    /**
     * Where the answer comes from, in words.
     *
     * @return an unmodifiable list
     */
    List<String> reasons();

    /**
     * The sizes, if the history was long enough.
     *
     * @return the sizes, or empty
     */
    default Optional<Sized> sized() {
        return this instanceof Sized sized ? Optional.of(sized) : Optional.empty();
    }

    /**
     * Request and limit. The request is not above the limit; each lies within its bounds.
     *
     * @param request the memory request
     * @param limit the memory limit
     * @param requestBounds where the request would lie after a long history
     * @param limitBounds where the limit would lie after a long history
     * @param confidence the width of the bounds in words
     * @param intent how limit and request stand to each other
     * @param requestSaved bytes that the request is below the one in force, negative if it is above; empty if that is unknown
     * @param limitSaved bytes that the limit is below the one in force, negative if it is above; empty if that is unknown
     * @param reasons where both come from
     * @param warnings what may be wrong with them
     * @since 0.1
     */
    record Sized(
            Bytes request,
            Bytes limit,
            SizeBounds requestBounds,
            SizeBounds limitBounds,
            Confidence confidence,
            LimitRule intent,
            Optional<Bytes> requestSaved,
            Optional<Bytes> limitSaved,
            List<String> reasons,
            List<String> warnings)
            implements Recommendation {

        /**
         * Checks the order and copies the lists.
         *
         * @param request the memory request
         * @param limit the memory limit
         * @param requestBounds where the request would lie after a long history
         * @param limitBounds where the limit would lie after a long history
         * @param confidence the width of the bounds in words
         * @param intent how limit and request stand to each other
         * @param requestSaved bytes that the request is below the one in force
         * @param limitSaved bytes that the limit is below the one in force
         * @param reasons where both come from
         * @param warnings what may be wrong with them
         * @throws IllegalArgumentException if the request is above the limit or an answer is outside its bounds
         */
        public Sized {
            if (request.isMoreThan(limit)) {
                throw new IllegalArgumentException(
                        "the request must not be above the limit, got " + request + " and " + limit);
            }
            if (!requestBounds.contains(request) || !limitBounds.contains(limit)) {
                throw new IllegalArgumentException("answers must lie within their bounds, got " + request + " in "
                        + requestBounds + " and " + limit + " in " + limitBounds);
            }
            reasons = List.copyOf(reasons);
            warnings = List.copyOf(warnings);
        }

        /** As in {@code request=420Mi limit=768Mi (GOOD confidence, 1 warning)}. */
        @Override
        public String toString() {
            String count = warnings.size() == 1 ? ", 1 warning" : ", " + warnings.size() + " warnings";
            return "request=" + request + " limit=" + limit + " (" + confidence + " confidence"
                    + (warnings.isEmpty() ? "" : count) + ")";
        }
    }

    /**
     * The history is too short for the policy.
     *
     * @param missingTime how much longer the samples should span; zero if that is enough
     * @param missingSamples how many more samples are needed; 0 if there are enough
     * @param reasons the same in words
     * @since 0.1
     */
    record TooLittleHistory(Duration missingTime, int missingSamples, List<String> reasons) implements Recommendation {

        /**
         * Copies the list.
         *
         * @param missingTime how much longer the samples should span; zero if that is enough
         * @param missingSamples how many more samples are needed; 0 if there are enough
         * @param reasons the same in words
         */
        public TooLittleHistory {
            reasons = List.copyOf(reasons);
        }

        /** As in {@code too little history: 18h more are needed}. */
        @Override
        public String toString() {
            return "too little history: " + String.join("; ", reasons);
        }
    }
}
