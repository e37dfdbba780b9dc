package io.github.memfit.sizing.vpa;

import io.github.memfit.internal.ShortName;
import java.util.List;

/**
 * Where a recommendation comes from: windows, buckets and rules, one per line. Immutable and thread-safe.
 *
 * @param container the container
 * @param recommendation the numbers
 * @param windows the windows whose peaks are known, oldest end first: those that are open, and all others if the recommender
 *     keeps a journal; unmodifiable
 * @param lines the reasons in the order in which they apply; unmodifiable
 * @since 0.1
 */
public record VpaExplanation(
        String container, VpaRecommendation recommendation, List<VpaWindow> windows, List<String> lines) {

    /**
     * Copies the lists.
     *
     * @param container the container
     * @param recommendation the numbers
     * @param windows the windows whose peaks are known
     * @param lines the reasons
     */
    public VpaExplanation {
        windows = List.copyOf(windows);
        lines = List.copyOf(lines);
    }

    /** One line: the container and its target; {@link #lines()} has the rest. */
    @Override
    public String toString() {
        return "VpaExplanation[" + ShortName.of(container) + ", target=" + recommendation.target() + ", " + lines.size()
                + " lines]";
    }
}
