package io.github.memfit.sizing;

import java.util.Objects;
import java.util.Optional;

/**
 * The policy of a family that meets a risk target on recorded histories at the least cost, or why there is none. Immutable
 * and thread-safe.
 *
 * @param row the cheapest policy that meets the target, with its score; empty if there is none
 * @param reason why this one, or why none
 * @since 0.1
 */
public record Calibration(Optional<BacktestRow> row, String reason) {

    /**
     * Checks for null.
     *
     * @param row the cheapest policy that meets the target, with its score; empty if there is none
     * @param reason why this one, or why none
     */
    public Calibration {
        Objects.requireNonNull(row, "row");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * The policy that was found.
     *
     * @return the policy, or empty
     */
    public Optional<SizingPolicy> policy() {
        return row.map(BacktestRow::policy);
    }

    /** The reason, and the policy if there is one. */
    @Override
    public String toString() {
        return row.map(found -> found.policy() + ": ").orElse("") + reason;
    }
}
