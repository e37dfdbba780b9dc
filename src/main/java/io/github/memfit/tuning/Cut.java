package io.github.memfit.tuning;

import io.github.memfit.unit.Bytes;

/**
 * One way to make a program fit that is too big for its limit.
 *
 * <p>Immutable and thread-safe.
 *
 * @param region the region of the plan that gets smaller
 * @param saves how many bytes that frees at most; positive
 * @param how what to change, one line, in the user's words: {@code 250 threads instead of 400}
 * @since 0.1
 */
public record Cut(String region, Bytes saves, String how) {

    /**
     * Checks the parts.
     *
     * @param region the region of the plan that gets smaller
     * @param saves how many bytes that frees at most; positive
     * @param how what to change, one line
     * @throws IllegalArgumentException if a text is blank or not one line, or if nothing is saved
     */
    public Cut {
        if (region.isBlank() || how.isBlank()) {
            throw new IllegalArgumentException("a cut names its region and what to change");
        }
        PlanRow.oneLine("region", region);
        PlanRow.oneLine("how", how);
        if (saves.isNegative() || saves.isZero()) {
            throw new IllegalArgumentException("a cut saves something, got " + saves);
        }
    }

    /** {@code direct memory: 64m instead of 128m (saves 64Mi)}. */
    @Override
    public String toString() {
        return region + ": " + how + " (saves " + saves + ')';
    }
}
