package io.github.memfit.container;

import io.github.memfit.procfs.MemInfo;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * What another tool shows for the same container, beside what the kernel says, with the reason of each difference. Immutable
 * and thread-safe.
 *
 * @param tool the name of the tool
 * @param rows the figures that the tool shows
 * @since 0.1
 */
public record ToolView(String tool, List<Row> rows) {

    /**
     * Copies the list.
     *
     * @param tool the name of the tool
     * @param rows the figures
     */
    public ToolView {
        rows = List.copyOf(rows);
    }

    /**
     * One figure of the tool.
     *
     * @param what its name in the tool
     * @param theirs what the tool shows
     * @param ours what the kernel says to the same question
     * @param reason why the two differ, or why they agree
     * @since 0.1
     */
    public record Row(String what, Reading<Bytes> theirs, Reading<Bytes> ours, String reason) {

        /**
         * Do both figures exist and differ?
         *
         * @return true if they do
         */
        public boolean differs() {
            return theirs.isPresent() && ours.isPresent() && !theirs.equals(ours);
        }

        /** One line: both figures and the reason. */
        @Override
        public String toString() {
            return what + ": " + theirs.map(Bytes::toHuman).orElse("-") + " against "
                    + ours.map(Bytes::toHuman).orElse("-") + ", " + reason;
        }
    }

    /**
     * The rows that differ.
     *
     * @return the rows in their order
     */
    public List<Row> differences() {
        return rows.stream().filter(Row::differs).toList();
    }

    /** The name of the tool and how many of its figures differ. */
    @Override
    public String toString() {
        return tool + ": " + differences().size() + " of " + rows.size() + " figures differ";
    }

    static ToolView docker(MemorySnapshot now) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(
                "MEM USAGE",
                now.bytes(MemoryFigure.DOCKER_USAGE),
                now.usage(),
                "docker subtracts the inactive page cache, and nothing where that would reach 0"));
        rows.add(new Row(
                "LIMIT",
                shownByDocker(now),
                amount(now.limit()),
                "docker shows the group's own limit, else the machine's memory; limits of ancestors and memory.high are not"
                        + " seen"));
        return new ToolView("docker stats", rows);
    }

    /** The daemon knows the limit it wrote; without one the client shows the machine's memory. */
    private static Reading<Bytes> shownByDocker(MemorySnapshot now) {
        Limit own = now.ownLimit();
        if (own instanceof Limit.Unbounded) {
            return now.host().flatMap(MemInfo::memTotal);
        }
        return amount(own);
    }

    static ToolView cadvisor(MemorySnapshot now) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(
                "container_memory_working_set_bytes",
                now.workingSet(),
                now.unreclaimable(),
                "the working set still holds active page cache and reclaimable kernel objects; the floor does not"));
        rows.add(new Row("container_memory_usage_bytes", now.usage(), now.usage(), "the same counter"));
        rows.add(new Row("container_memory_rss", now.rss(), now.rss(), "anonymous memory; shared memory is not in it"));
        rows.add(new Row(
                "container_memory_cache",
                now.cache(),
                Readings.minus(now.cache(), now.shmem()),
                "tmpfs and shared memory count as cache and cannot be dropped like cache"));
        rows.add(new Row(
                "container_spec_memory_limit_bytes",
                now.ownLimit() instanceof Limit.Unbounded ? Reading.of(Bytes.ZERO) : amount(now.ownLimit()),
                amount(now.limit()),
                "cAdvisor shows the group's own limit, and 0 for none"));
        return new ToolView("cAdvisor", rows);
    }

    static Reading<Bytes> amount(Limit limit) {
        if (limit instanceof Limit.Unknown unknown) {
            return Reading.absent(unknown.why());
        }
        return limit.amount()
                .map(Reading::of)
                .orElseGet(() -> Reading.absent(Absence.Reason.NOT_APPLICABLE, "limit", "there is no limit"));
    }
}
