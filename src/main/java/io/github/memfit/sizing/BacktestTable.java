package io.github.memfit.sizing;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What several policies would have cost on the same histories, and how they compare. Immutable and thread-safe.
 *
 * @param rows one row for each policy, families together, dials ascending
 * @since 0.1
 */
public record BacktestTable(List<BacktestRow> rows) {

    /**
     * Copies the rows.
     *
     * @param rows one row for each policy, families together, dials ascending
     */
    public BacktestTable {
        rows = List.copyOf(rows);
    }

    /**
     * The rows of one family.
     *
     * @param name the name of the family
     * @return its rows, dials ascending; empty if there is none of that name
     */
    public List<BacktestRow> family(String name) {
        return rows.stream().filter(row -> row.family().equals(name)).toList();
    }

    /**
     * The policies that no other beats: none has both no more OOM episodes per week and no more of the metric, and less of
     * one of them.
     *
     * @param metric by what memory is compared
     * @return the undefeated rows, in the order of the table
     */
    public List<BacktestRow> pareto(BacktestMetric metric) {
        return rows.stream()
                .filter(row -> rows.stream().noneMatch(other -> beats(other, row, metric)))
                .toList();
    }

    private static boolean beats(BacktestRow one, BacktestRow other, BacktestMetric metric) {
        double rates = one.score().episodesPerWeek() - other.score().episodesPerWeek();
        double figures = metric.of(one.score()) - metric.of(other.score());
        return rates <= 0 && figures <= 0 && (rates < 0 || figures < 0);
    }

    /**
     * The metric that a family has at a rate of OOM episodes: interpolated between the two neighbouring dials, linear in the
     * logarithm of the rate.
     *
     * @param family the name of the family
     * @param metric the metric
     * @param episodesPerWeek the rate, positive
     * @return the metric, or empty if the dial does not reach that rate
     */
    public OptionalDouble at(String family, BacktestMetric metric, double episodesPerWeek) {
        List<BacktestRow> curve = family(family);
        for (int i = 1; i < curve.size(); i++) {
            double before = curve.get(i - 1).score().episodesPerWeek();
            double after = curve.get(i).score().episodesPerWeek();
            if (before >= episodesPerWeek && after < episodesPerWeek && after > 0) {
                double share = StrictMath.log(episodesPerWeek / before) / StrictMath.log(after / before);
                double from = metric.of(curve.get(i - 1).score());
                return OptionalDouble.of(from + share * (metric.of(curve.get(i).score()) - from));
            }
        }
        return OptionalDouble.empty();
    }

    /** One line: how many policies on how many containers. */
    @Override
    public String toString() {
        return "BacktestTable[" + rows.size() + " policies, "
                + (rows.isEmpty() ? 0 : rows.get(0).score().containers()) + " containers]";
    }
}
