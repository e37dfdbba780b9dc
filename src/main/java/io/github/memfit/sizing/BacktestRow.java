package io.github.memfit.sizing;

import io.github.memfit.unit.Ratio;
import java.util.Objects;

/**
 * What one policy would have cost. Immutable and thread-safe.
 *
 * @param family the name of the family
 * @param dial the setting within the family
 * @param policy the policy
 * @param score what it would have cost
 * @since 0.1
 */
public record BacktestRow(String family, Ratio dial, SizingPolicy policy, BacktestScore score) {

    /**
     * Checks for null.
     *
     * @param family the name of the family
     * @param dial the setting within the family
     * @param policy the policy
     * @param score what it would have cost
     */
    public BacktestRow {
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(dial, "dial");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(score, "score");
    }

    /** One line: family, dial and score. */
    @Override
    public String toString() {
        return family + " " + dial + ": " + score;
    }
}
