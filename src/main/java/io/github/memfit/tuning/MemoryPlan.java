package io.github.memfit.tuning;

import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where every byte of a memory limit goes: rows of regions whose sum never exceeds the limit. What no row claims is {@link
 * #spare()}.
 *
 * <p>The bytes of a row are what the region may take at its worst, resident, not what it reserves as address space.
 *
 * {@snippet :
 * MemoryPlan plan = MemoryPlan.builder(Bytes.mebi(512))
 *     .row("heap", Bytes.mebi(300), Provenance.RULE, "what is left")
 *     .row("direct memory", Bytes.mebi(64), Provenance.USER, "-XX:MaxDirectMemorySize=64m")
 *     .build();
 * plan.spare();   // 148Mi
 * plan.toTable(); // text for people
 * }
 *
 * <p>Immutable and thread-safe. Two plans are equal when limit and rows are.
 *
 * @since 0.1
 */
public final class MemoryPlan {

    private final Bytes limit;
    private final List<PlanRow> rows;
    private final Bytes total;

    private MemoryPlan(Bytes limit, List<PlanRow> rows) {
        this.limit = limit;
        this.rows = List.copyOf(rows);
        this.total = sum(rows);
        Set<String> names = new HashSet<>();
        for (PlanRow row : rows) {
            if (!names.add(row.region())) {
                throw new IllegalArgumentException("region " + row.region() + " is planned twice");
            }
        }
        if (total.isMoreThan(limit)) {
            throw new IllegalArgumentException("a plan stays within its limit: " + total + " planned of " + limit);
        }
    }

    /**
     * A plan from its rows.
     *
     * @param limit the memory limit
     * @param rows the regions, each name once
     * @return the plan
     * @throws IllegalArgumentException if the rows exceed the limit or a region appears twice
     */
    public static MemoryPlan of(Bytes limit, List<PlanRow> rows) {
        return new MemoryPlan(Objects.requireNonNull(limit, "limit"), rows);
    }

    /**
     * Starts a plan.
     *
     * @param limit the memory limit
     * @return a builder without rows
     */
    public static Builder builder(Bytes limit) {
        return new Builder(Objects.requireNonNull(limit, "limit"));
    }

    /**
     * The sum of rows.
     *
     * @param rows the rows
     * @return the sum of their bytes
     * @throws ArithmeticException if it does not fit a {@code long}
     */
    public static Bytes sum(List<PlanRow> rows) {
        Bytes sum = Bytes.ZERO;
        for (PlanRow row : rows) {
            sum = sum.plus(row.bytes());
        }
        return sum;
    }

    /**
     * The memory limit that the rows share.
     *
     * @return the limit
     */
    public Bytes limit() {
        return limit;
    }

    /**
     * The regions in the order of the calculation.
     *
     * @return the rows, unmodifiable
     */
    public List<PlanRow> rows() {
        return rows;
    }

    /**
     * One region.
     *
     * @param region its name, exactly
     * @return its row, or empty if the plan has no such region
     */
    public Optional<PlanRow> row(String region) {
        return rows.stream().filter(row -> row.region().equals(region)).findFirst();
    }

    /**
     * The sum of all rows: the most that the program takes if the plan holds.
     *
     * @return at most {@link #limit()}
     */
    public Bytes total() {
        return total;
    }

    /**
     * What no region claims.
     *
     * @return {@code limit - total}, never negative
     */
    public Bytes spare() {
        return limit.minus(total);
    }

    /**
     * A part of the limit for people: {@code 33.6%}, rounded half up to a tenth of a percent; {@code <0.1%} for a part that is
     * not nothing and would be shown as such; {@code -} where the limit is zero.
     *
     * @param part the part
     * @return the text
     */
    public String share(Bytes part) {
        if (limit.isZero()) {
            return "-";
        }
        String share = part.ratioTo(limit).toHuman();
        return share.equals("0%") && !part.isZero() ? "<0.1%" : share;
    }

    /**
     * A table for people: region, size, share of the limit, provenance and reason, then the spare rest and the limit.
     * Lines end with {@code \n}; control characters never appear, so a hostile name cannot forge a line.
     *
     * @return the text
     */
    public String toTable() {
        return PlanTable.of(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryPlan
                && ((MemoryPlan) other).limit.equals(limit)
                && ((MemoryPlan) other).rows.equals(rows);
    }

    @Override
    public int hashCode() {
        return Objects.hash(limit, rows);
    }

    /** One line: {@code 480Mi of 512Mi in 7 regions, 32Mi spare}. */
    @Override
    public String toString() {
        return total + " of " + limit + " in " + rows.size() + (rows.size() == 1 ? " region, " : " regions, ") + spare()
                + " spare";
    }

    /**
     * Collects the rows of a plan. Not thread-safe; confine to one thread.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final Bytes limit;
        private final List<PlanRow> rows = new ArrayList<>();

        private Builder(Bytes limit) {
            this.limit = limit;
        }

        /**
         * Adds a region.
         *
         * @param region what the bytes are for
         * @param bytes how many, not negative
         * @param provenance where the number comes from
         * @param reason why, may be empty
         * @return this
         */
        public Builder row(String region, Bytes bytes, Provenance provenance, String reason) {
            return row(new PlanRow(region, bytes, provenance, reason));
        }

        /**
         * Adds a region.
         *
         * @param row the region
         * @return this
         */
        public Builder row(PlanRow row) {
            rows.add(Objects.requireNonNull(row, "row"));
            return this;
        }

        /**
         * What is still free.
         *
         * @return the limit minus the rows so far; negative when they exceed it
         */
        public Bytes left() {
            return limit.minus(sum(rows));
        }

        /**
         * The plan.
         *
         * @return the plan
         * @throws IllegalArgumentException if the rows exceed the limit or a region appears twice
         */
        public MemoryPlan build() {
            return new MemoryPlan(limit, rows);
        }
    }
}
