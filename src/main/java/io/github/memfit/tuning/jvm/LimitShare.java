package io.github.memfit.tuning.jvm;

import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.tuning.jvm.JvmPlanner.Question;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;

/** What the kernel keeps for the JVM, the only row outside the heap that depends on the limit. */
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

    private final long threads;
    private final Bytes process;

    LimitShare(Question question) {
        this.threads = Reserve.threads(question);
        this.process = PROCESS.plus(PER_THREAD.times(threads));
    }

    Bytes of(Bytes limit) {
        return process.plus(limit.timesRoundedUp(PAGE_TABLES));
    }

    /** The smallest limit that leaves that much, or a few bytes more. */
    Bytes limitFor(Bytes demand) {
        // A byte for each rounding.
        return demand.plus(process).plus(Bytes.of(4)).timesRoundedUp(Ratio.of(512, 511));
    }

    PlanRow row(Bytes limit) {
        return new PlanRow(
                "kernel",
                of(limit),
                Provenance.KERNEL,
                "page tables of 1/512 of the limit, slab, stacks of " + threads + " threads");
    }
}
