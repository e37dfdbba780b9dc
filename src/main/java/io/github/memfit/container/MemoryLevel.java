package io.github.memfit.container;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Printable;
import io.github.memfit.unit.Reading;
import java.util.Objects;

/**
 * One group on the way from a container up to the root of its mount: what counts against the limit there, siblings included.
 * Immutable and thread-safe.
 *
 * @param directory the directory, as processes of the container name it
 * @param usage what is charged to the group and all below it
 * @param workingSet usage less inactive page cache
 * @param hardLimit its {@code memory.max} or {@code memory.limit_in_bytes}
 * @param high its {@code memory.high}
 * @param binds whether its limits bind the container: v1 parents without {@code use_hierarchy} do not
 * @since 0.1
 */
public record MemoryLevel(
        String directory, Reading<Bytes> usage, Reading<Bytes> workingSet, Limit hardLimit, Limit high, boolean binds) {

    /**
     * Checks the components.
     *
     * @param directory the directory
     * @param usage what is charged
     * @param workingSet usage less inactive page cache
     * @param hardLimit the hard limit
     * @param high the throttle line
     * @param binds whether its limits bind the container
     */
    public MemoryLevel {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(workingSet, "workingSet");
        Objects.requireNonNull(hardLimit, "hardLimit");
        Objects.requireNonNull(high, "high");
    }

    /**
     * The working set where it is told, else the usage, which it never exceeds.
     *
     * @return the bound, or why there is none
     */
    public Reading<Bytes> workingSetAtMost() {
        return workingSet.isPresent() ? workingSet : usage;
    }

    /**
     * What is left up to the hard limit of this group.
     *
     * @return limit less usage, negative if the limit was lowered below the usage; absent without a limit
     */
    public Reading<Bytes> headroom() {
        return Headroom.of(hardLimit, usage);
    }

    /** One line: the directory, the usage and the limit. */
    @Override
    public String toString() {
        return OneLine.of(
                Printable.escaped(directory) + " " + usage + " of " + hardLimit + (binds ? "" : " (does not bind)"));
    }
}
