package io.github.memfit.tuning.jvm;

import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.tuning.jvm.JvmPlanner.Question;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.ArrayList;
import java.util.List;

/** The rows outside the heap that depend on the limit: what the kernel keeps, and more margin where the limit is large. */
final class LimitShare {

    /**
     * What the kernel keeps for a process, page tables and threads apart. Charged in all, page tables included: 0.7 to 1.0 MiB
     * with 14 or 15 threads, 1.2 with 19, 1.6 with 38, under 128 to 256 MiB (kernel 6.18). File pages are not in it: the kernel
     * takes them back before it kills.
     */
    private static final Bytes PROCESS = Bytes.kibi(512);

    /** A stack of 16 KiB, and what else a thread has in the kernel. */
    private static final Bytes PER_THREAD = Bytes.kibi(28);

    /** Page tables: 8 bytes for each page of 4 KiB. */
    private static final Ratio PAGE_TABLES = Ratio.of(1, 512);

    /**
     * The least margin beside a profile. A full-text index had 71 MiB beside a heap of 64 MiB, 75 beside 192 and 76 beside 430 (JDK 17.0.15
     * and 25.0.3), and the heap that a profile was measured with may have been small.
     */
    private static final Ratio LEAST_MARGIN = Ratio.of(1, 64);

    /** The inverse of what is left of a limit after page tables, and after page tables and least margin. */
    private static final Ratio LESS_TABLES = Ratio.of(512, 511);

    private static final Ratio LESS_BOTH = Ratio.of(512, 511 - 8);

    /** For each rounding. */
    private static final Bytes ROUNDING = Bytes.of(6);

    private final long threads;
    private final Bytes process;
    private final Bytes margin;
    private final boolean least;

    LimitShare(Question question, Reserve reserve) {
        this.threads = Reserve.threads(question);
        this.process = PROCESS.plus(PER_THREAD.times(threads));
        this.margin = reserve.margin();
        this.least = question.profile().isPresent() && question.goal() != JvmGoal.DENSE;
    }

    Bytes of(Bytes limit) {
        return kernel(limit).plus(moreMargin(limit));
    }

    private Bytes kernel(Bytes limit) {
        return process.plus(limit.timesRoundedUp(PAGE_TABLES));
    }

    private Bytes moreMargin(Bytes limit) {
        return least ? limit.timesRoundedUp(LEAST_MARGIN).minus(margin).max(Bytes.ZERO) : Bytes.ZERO;
    }

    /** The smallest limit that leaves that much, or a few bytes more. */
    Bytes limitFor(Bytes demand) {
        Bytes fixed = demand.plus(process).plus(ROUNDING);
        Bytes limit = fixed.timesRoundedUp(LESS_TABLES);
        return least ? limit.max(fixed.minus(margin).timesRoundedUp(LESS_BOTH)) : limit;
    }

    List<PlanRow> rows(Bytes limit) {
        List<PlanRow> rows = new ArrayList<>();
        Bytes more = moreMargin(limit);
        if (!more.isZero()) {
            rows.add(new PlanRow(
                    "more margin",
                    more,
                    Provenance.RULE,
                    "1/64 of the limit in all: a larger heap has more beside it than was measured"));
        }
        rows.add(new PlanRow(
                "kernel",
                kernel(limit),
                Provenance.KERNEL,
                "page tables of 1/512 of the limit, slab, stacks of " + threads + " threads"));
        return rows;
    }
}
