package io.github.memfit.kubernetes;

import io.github.memfit.unit.Bytes;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A process as the kernel's OOM killer sees it. The killer weighs processes, not containers: twenty small workers hide a large
 * container. Immutable and thread-safe.
 *
 * <p>Rule: Linux 5.9 and later, mm/oom_kill.c (oom_badness) and fs/proc/base.c (proc_oom_score).
 *
 * @param name a name for reports
 * @param oomScoreAdj its score adjustment, -1000 to 1000
 * @param rss resident memory: anonymous, file and shared
 * @param swap what it has in swap
 * @param pageTables its page tables
 * @since 0.1
 */
public record OomProcess(String name, int oomScoreAdj, Bytes rss, Bytes swap, Bytes pageTables) {

    private static final int EXEMPT = -1000;

    /**
     * Checks the score.
     *
     * @param name a name for reports
     * @param oomScoreAdj its score adjustment
     * @param rss resident memory
     * @param swap what it has in swap
     * @param pageTables its page tables
     * @throws IllegalArgumentException if the score is not within -1000 and 1000, or an amount is below zero
     */
    public OomProcess {
        Objects.requireNonNull(name, "name");
        if (oomScoreAdj < EXEMPT || oomScoreAdj > 1000) {
            throw new IllegalArgumentException("an oom_score_adj is within -1000 and 1000, got " + oomScoreAdj);
        }
        if (rss.isNegative() || swap.isNegative() || pageTables.isNegative()) {
            throw new IllegalArgumentException("memory cannot be below zero: " + rss + ", " + swap + ", " + pageTables);
        }
    }

    /**
     * What the killer compares: used pages, plus the adjustment in thousandths of the memory that ran out.
     *
     * @param total for the whole machine: memory and swap; for a cgroup: its limit, and its swap allowance
     * @param pageSize the size of a page
     * @return the points, which may be negative; empty for a process that is never killed
     * @throws IllegalArgumentException if a size is not positive
     */
    public OptionalLong points(Bytes total, Bytes pageSize) {
        long pages = pages(total, pageSize);
        if (oomScoreAdj == EXEMPT) {
            return OptionalLong.empty();
        }
        long page = pageSize.value();
        long used = rss.value() / page + swap.value() / page + pageTables.value() / page;
        return OptionalLong.of(used + oomScoreAdj * (pages / 1000));
    }

    /**
     * What {@code /proc/PID/oom_score} shows.
     *
     * @param total the memory and swap of the machine
     * @param pageSize the size of a page
     * @return the score, 0 for a process that is never killed
     * @throws IllegalArgumentException if a size is not positive
     */
    public int oomScore(Bytes total, Bytes pageSize) {
        OptionalLong points = points(total, pageSize);
        if (points.isEmpty()) {
            return 0;
        }
        long scaled = (1000 + points.getAsLong() * 1000 / pages(total, pageSize)) * 2 / 3;
        return (int) Math.max(0, scaled);
    }

    private static long pages(Bytes total, Bytes pageSize) {
        if (pageSize.value() <= 0 || total.value() < pageSize.value()) {
            throw new IllegalArgumentException(
                    "at least one page of memory is needed, got " + total + " in pages of " + pageSize);
        }
        return total.value() / pageSize.value();
    }

    /** {@code app: adj 750, rss 1Gi}. */
    @Override
    public String toString() {
        String shown = name.length() <= 80 ? name : name.substring(0, 80) + "...";
        return shown + ": adj " + oomScoreAdj + ", rss " + rss + (swap.isZero() ? "" : ", swap " + swap);
    }
}
