package io.github.memfit.tuning.prefork;

import io.github.memfit.tuning.Cut;
import io.github.memfit.tuning.MemoryPlan;
import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.ArrayList;
import java.util.List;

/** The arithmetic that all forking servers share: what is fixed, what a worker costs, how many fit. */
final class PreforkBudget {

    /** Kept free for what no model knows; the linear model itself was off by 1 MiB at most. */
    static final Ratio HEADROOM = Ratio.percent(10);

    private final Bytes limit;
    private final PreforkMemory memory;
    private final boolean measured;
    private final int threads;
    private final Bytes leak;
    private final boolean overlap;
    private final List<PlanRow> shared;

    /**
     * @param leak how much a worker grows before it is replaced
     * @param overlap whether a replaced worker and its successor are alive together
     * @param shared file pages, tmpfs, caches: once per container
     */
    PreforkBudget(
            Bytes limit,
            PreforkMemory memory,
            boolean measured,
            int threads,
            Bytes leak,
            boolean overlap,
            List<PlanRow> shared) {
        this.limit = limit;
        this.memory = memory;
        this.measured = measured;
        this.threads = threads;
        this.leak = leak;
        this.overlap = overlap;
        this.shared = List.copyOf(shared);
    }

    Bytes perWorker() {
        return memory.worker(threads).plus(leak);
    }

    private Bytes fixed() {
        Bytes fixed = memory.master().plus(memory.kernelPerProcess()).plus(MemoryPlan.sum(shared));
        return overlap ? fixed.plus(perWorker()) : fixed;
    }

    /** How many workers fit; 0 if not even one does. */
    int mostWorkers() {
        Bytes room = limit.minus(limit.timesRoundedUp(HEADROOM)).minus(fixed());
        return room.isNegative()
                ? 0
                : (int) Math.min(100_000, room.value() / perWorker().value());
    }

    /** The smallest whole number of MiB in which that many workers fit. */
    Bytes needed(int workers) {
        Bytes used = fixed().plus(perWorker().times(workers));
        Bytes needed = used.timesRoundedUp(Ratio.ONE.minus(HEADROOM).inverse());
        while (needed.minus(needed.timesRoundedUp(HEADROOM)).isLessThan(used)) {
            needed = needed.plus(Bytes.of(1));
        }
        return needed.roundUpTo(Bytes.mebi(1));
    }

    /** The rows of a plan for that many workers; their sum is the limit at most if the workers fit. */
    List<PlanRow> rows(int workers, Bytes ofLimit) {
        Provenance provenance = measured ? Provenance.MEASURED : Provenance.RULE;
        List<PlanRow> rows = new ArrayList<>();
        rows.add(new PlanRow("master", memory.master(), provenance, "and what all workers share"));
        rows.add(new PlanRow(
                "workers",
                memory.perWorker().times(workers),
                provenance,
                workers + " x " + memory.perWorker().toHuman() + " under load"));
        if (threads > 1 && !memory.perThread().isZero()) {
            rows.add(new PlanRow(
                    "threads",
                    memory.perThread().times(threads).times(workers),
                    Provenance.RULE,
                    workers + " x " + threads + " x " + memory.perThread().toHuman()));
        } else if (!memory.perThread().isZero()) {
            rows.add(new PlanRow(
                    "threads", memory.perThread().times(threads).times(workers), Provenance.RULE, "one per worker"));
        }
        rows.add(new PlanRow(
                "kernel memory",
                memory.kernelPerProcess().times(workers + 1L),
                Provenance.KERNEL,
                "page tables, stacks and sockets of " + (workers + 1) + " processes"));
        if (!leak.isZero()) {
            rows.add(new PlanRow(
                    "growth",
                    leak.times(workers),
                    Provenance.RULE,
                    "until a worker is replaced, " + leak.toHuman() + " each"));
        }
        if (overlap) {
            rows.add(new PlanRow("replacement", perWorker(), Provenance.RULE, "old and new worker overlap"));
        }
        rows.addAll(shared);
        rows.add(new PlanRow(
                "headroom",
                ofLimit.timesRoundedUp(HEADROOM),
                Provenance.RULE,
                "10 % of the limit for what no model knows"));
        return rows;
    }

    MemoryPlan plan(int workers) {
        return MemoryPlan.of(limit, rows(workers, limit));
    }

    /** What to give up when that many workers are wanted and do not fit. */
    List<Cut> cuts(int workers) {
        List<Cut> cuts = new ArrayList<>();
        int most = mostWorkers();
        if (most >= 1 && workers > most) {
            cuts.add(new Cut(
                    "workers", perWorker().times(workers - (long) most), most + " workers instead of " + workers));
        }
        if (threads > 1 && !memory.perThread().isZero()) {
            cuts.add(new Cut(
                    "threads",
                    memory.perThread().times(threads - 1L).times(workers),
                    "1 thread instead of " + threads));
        }
        if (overlap) {
            cuts.add(new Cut("replacement", perWorker(), "no max-requests: nothing is replaced while it runs"));
        }
        cuts.sort((one, other) -> other.saves().compareTo(one.saves()));
        return cuts;
    }
}
