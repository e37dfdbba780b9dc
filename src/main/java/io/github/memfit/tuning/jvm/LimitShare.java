package io.github.memfit.tuning.jvm;

import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.tuning.jvm.JvmPlanner.Question;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.List;

/** The rows that depend on the limit alone: what the kernel keeps, and what no measured run has shown. */
final class LimitShare {

    /**
     * What the kernel keeps for a process and its threads, page tables apart: 0.9 to 1.8 MiB for programs with up to 40
     * threads (kernel 6.18). File pages are not in it: the kernel takes them back before it kills.
     */
    private static final Bytes KERNEL = Bytes.mebi(2);

    /** Page tables: 8 bytes for each page of 4 KiB. */
    private static final Ratio PAGE_TABLES = Ratio.of(1, 512);

    /**
     * Which methods are compiled together differs from run to run. A Lucene index on JDK 17 had up to 71 MiB beside its heap in
     * three runs, and 85 MiB in the next one, of which the compilers had 23. A single large method takes 10 to 30 MiB, and of a small program
     * a tenth is too little for that: a database on JDK 25 had 46 MiB in ten runs, and 54 in the next one.
     */
    private static final Bytes UNSEEN = Bytes.mebi(4);

    private final boolean allows;

    /** What nobody saw is allowed for where somebody measured: an assumption is generous by itself. */
    LimitShare(Question question) {
        this.allows = question.profile().isPresent() && question.goal() != JvmGoal.DENSE;
    }

    Bytes of(Bytes limit) {
        return kernel(limit).plus(unseen());
    }

    private static Bytes kernel(Bytes limit) {
        return KERNEL.plus(limit.timesRoundedUp(PAGE_TABLES));
    }

    private Bytes unseen() {
        return allows ? UNSEEN : Bytes.ZERO;
    }

    /** The smallest limit that leaves that much, or a few bytes more. */
    Bytes limitFor(Bytes demand) {
        // A byte for each rounding.
        return demand.plus(KERNEL).plus(unseen()).plus(Bytes.of(4)).timesRoundedUp(Ratio.of(512, 511));
    }

    List<PlanRow> rows(Bytes limit) {
        PlanRow kernel = new PlanRow("kernel", kernel(limit), Provenance.KERNEL, "page tables, kernel stacks, slab");
        return allows
                ? List.of(
                        new PlanRow(
                                "another run",
                                UNSEEN,
                                Provenance.RULE,
                                "what is compiled together differs from run to run"),
                        kernel)
                : List.of(kernel);
    }
}
