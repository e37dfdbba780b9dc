package io.github.memfit.tuning.node;

import io.github.memfit.tuning.Cut;
import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.MemoryPlan;
import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arithmetic behind {@link Node}; confined to one call. */
final class NodePlanner {

    /** An idle worker thread: 7.4 MiB measured on Node 20. */
    private static final Bytes WORKER_THREAD = Bytes.mebi(8);

    /** A thread of libuv's pool: 0.01 MiB measured. */
    private static final Bytes POOL_THREAD = Bytes.kibi(16);

    /** Less was never seen beside the heap of a server that gives up: 6 MiB on Node 20, buffers apart. */
    private static final Bytes LEAST_MEASURED = Bytes.mebi(8);

    /** What differs from run to run. */
    private static final Ratio MARGIN = Ratio.percent(10);

    /** Kernel memory of a process beside its page tables: 0.9 to 1.8 MiB seen for servers. */
    private static final Bytes KERNEL = Bytes.mebi(2);

    /**
     * V8 scatters its pages of 256 KiB over the address space, and each needs two pages of page tables: 1/32 of the heap is kernel
     * memory (4.3 MiB under 128 MiB, 31 MiB under 1 GiB, Node 20). The 5 % of the old space hold nearly half of it.
     */
    private static final Ratio PAGE_TABLES = Ratio.of(9, 512);

    private static final Bytes LEAST_EXTERNAL = Bytes.mebi(24);
    private static final Ratio USUAL_EXTERNAL = Ratio.percent(12);

    private final Node asked;
    private final NodeOptions given;
    private final NodeYoungChoice young;
    private final int heapsPerProcess;

    NodePlanner(Node asked) {
        this.asked = asked;
        this.given = asked.environment().then(asked.commandLine());
        this.young = new NodeYoungChoice(asked, given);
        this.heapsPerProcess = 1 + asked.workerThreads();
    }

    Fit<NodeFlags> fit() {
        NodeLaunch today = young.launchAsGiven(asked.limit());
        if (!(today instanceof NodeLaunch.Started)) {
            throw new IllegalArgumentException("Node does not start with " + given + ": " + today);
        }
        return solve(asked.limit()).map(this::fits).orElseGet(this::tooSmall);
    }

    /** A solution: what every heap gets under that limit, and how the old space is written. */
    private record Solution(Bytes limit, Bytes oldSpace, Bytes semiSpace, Optional<Ratio> percent) {}

    private Optional<Solution> solve(Bytes limit) {
        if (limit.isLessThan(Node.SMALLEST_LIMIT)) {
            return Optional.empty();
        }
        for (Bytes semi : young.candidates(limit)) {
            Optional<Solution> found = solve(limit, semi);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Solution> solve(Bytes limit, Bytes semi) {
        Bytes room = limit.minus(MemoryPlan.sum(fixedRows(limit, semi)));
        Optional<Bytes> users = young.usersOldSpace(limit);
        if (users.isPresent()) {
            Bytes cost = users.get().times(heaps()).timesRoundedUp(NodeForecast.OLD_SPACE_COST);
            return cost.isMoreThan(room)
                    ? Optional.empty()
                    : Optional.of(new Solution(limit, users.get(), semi, Optional.empty()));
        }
        Bytes old = room.timesRoundedDown(NodeForecast.OLD_SPACE_COST.inverse())
                .dividedByRoundedDown(heaps())
                .roundDownTo(Bytes.mebi(1));
        Optional<Ratio> percent = Optional.empty();
        if (asked.wantsPercentage()
                && asked.version().filter(NodeOptionRule::hasPercentage).isPresent()) {
            long seen = young.seen(limit).value() / NodeHeap.MEBI;
            long thousandths = Math.min(1000, old.value() / NodeHeap.MEBI * 1000 / seen);
            percent = Optional.of(Ratio.of(thousandths, 1000));
            old = Bytes.mebi(NodePercentage.oldMebi(young.seen(limit), thousandths / 10.0));
        }
        return old.isLessThan(Node.SMALLEST_OLD_SPACE)
                ? Optional.empty()
                : Optional.of(new Solution(limit, old, semi, percent));
    }

    private int heaps() {
        return Math.multiplyExact(asked.processes(), heapsPerProcess);
    }

    private List<PlanRow> fixedRows(Bytes limit, Bytes semi) {
        List<PlanRow> rows = new ArrayList<>();
        int processes = asked.processes();
        asked.measured()
                .ifPresentOrElse(
                        seen -> measuredRows(limit, seen.max(LEAST_MEASURED), rows),
                        () -> rows.add(new PlanRow(
                                "processes",
                                NodeForecast.BASE.times(processes),
                                Provenance.RULE,
                                processes + " x 24Mi beside the heap")));
        if (asked.isCluster()) {
            rows.add(new PlanRow("cluster primary", NodeForecast.BASE, Provenance.RULE, "distributes, holds no data"));
        }
        if (asked.workerThreads() > 0) {
            int threads = Math.multiplyExact(processes, asked.workerThreads());
            rows.add(new PlanRow(
                    "worker threads",
                    WORKER_THREAD.times(threads),
                    Provenance.RULE,
                    threads + " x 8Mi beside the heap"));
        }
        asked.threadPool()
                .ifPresent(size -> rows.add(new PlanRow(
                        "thread pool",
                        POOL_THREAD.times(Math.multiplyExact(size, processes)),
                        Provenance.USER,
                        "UV_THREADPOOL_SIZE=" + size)));
        if (asked.measured().isEmpty()) {
            rows.add(external(limit));
        }
        rows.add(new PlanRow(
                "young generation",
                semi.times(3).times(heaps()),
                young.isUsers() ? Provenance.USER : Provenance.RULE,
                heaps() + " x 3 semi spaces of " + semi));
        return rows;
    }

    private void measuredRows(Bytes limit, Bytes seen, List<PlanRow> rows) {
        int processes = asked.processes();
        Bytes all = seen.times(processes);
        rows.add(new PlanRow(
                "processes",
                all,
                Provenance.MEASURED,
                processes + " x " + seen.toHuman() + " beside the heap, buffers included"));
        rows.add(new PlanRow("margin", all.timesRoundedUp(MARGIN), Provenance.RULE, "10 % of what is above"));
        rows.add(new PlanRow(
                "kernel",
                KERNEL.times(processes).plus(limit.timesRoundedUp(PAGE_TABLES)),
                Provenance.KERNEL,
                "page tables, kernel stacks, slab"));
    }

    private PlanRow external(Bytes limit) {
        return asked.external()
                .map(bytes -> new PlanRow("outside of the heap", bytes, Provenance.USER, "buffers, add-ons, sockets"))
                .orElseGet(() -> new PlanRow(
                        "outside of the heap",
                        limit.timesRoundedDown(USUAL_EXTERNAL)
                                .roundDownTo(Bytes.mebi(1))
                                .max(LEAST_EXTERNAL),
                        Provenance.RULE,
                        "12 % of the limit, at least 24Mi: buffers, add-ons, sockets"));
    }

    private MemoryPlan plan(Solution solution) {
        boolean users = young.usersOldSpace(solution.limit()).isPresent();
        Bytes old = solution.oldSpace().times(heaps());
        List<PlanRow> rows = fixedRows(solution.limit(), solution.semiSpace());
        rows.add(new PlanRow(
                "old space",
                old,
                users ? Provenance.USER : Provenance.RULE,
                heaps() + " x " + solution.oldSpace() + (users ? ", given" : ", what is left")));
        rows.add(new PlanRow(
                "old space overhead",
                old.timesRoundedUp(NodeForecast.OLD_SPACE_COST).minus(old),
                Provenance.RULE,
                "5 % for page headers and holes"));
        return MemoryPlan.of(solution.limit(), rows);
    }

    private Fit<NodeFlags> fits(Solution solution) {
        NodeOptions environment = asked.environment();
        if (solution.percent().isPresent()) {
            environment = environment.with(
                    NodeHeapFlags.PERCENTAGE, percentText(solution.percent().get()));
        } else if (young.usersOldSpace(asked.limit()).isEmpty()) {
            environment = environment.with(NodeHeapFlags.OLD, mebi(solution.oldSpace()));
        }
        if (young.needsFlag(asked.limit(), solution.semiSpace())) {
            environment = environment.with(NodeHeapFlags.SEMI, mebi(solution.semiSpace()));
        }
        NodeFlags flags = new NodeFlags(
                environment,
                asked.commandLine(),
                new NodeHeap(solution.oldSpace(), solution.semiSpace()),
                asked.processes(),
                asked.workerThreads(),
                asked.threadPool(),
                asked.hasNativeAddons());
        return new Fit.Fits<>(flags, plan(solution), new NodeWarnings(asked, given, young).of(flags.heap()));
    }

    private Fit<NodeFlags> tooSmall() {
        Bytes needed = needed();
        List<PlanRow> demand = plan(solve(needed).orElseThrow()).rows();
        return new Fit.TooSmall<>(asked.limit(), needed, demand, cuts(demand));
    }

    /** The smallest whole number of MiB that fits, found by halving: more limit never fits less. */
    private Bytes needed() {
        long above = Math.max(asked.limit().value() / NodeHeap.MEBI, 1);
        while (solve(Bytes.mebi(above)).isEmpty()) {
            above = Math.multiplyExact(above, 2);
        }
        long below = asked.limit().value() / NodeHeap.MEBI;
        while (below + 1 < above) {
            long middle = below + (above - below) / 2;
            if (solve(Bytes.mebi(middle)).isPresent()) {
                above = middle;
            } else {
                below = middle;
            }
        }
        return Bytes.mebi(above);
    }

    private List<Cut> cuts(List<PlanRow> demand) {
        List<Cut> cuts = new ArrayList<>();
        Bytes perProcess = Bytes.ZERO;
        for (PlanRow row : demand) {
            if (!row.region().equals("cluster primary") && !row.region().equals("outside of the heap")) {
                perProcess = perProcess.plus(row.bytes());
            }
        }
        if (asked.processes() > 1) {
            Bytes saves = perProcess.dividedByRoundedDown(asked.processes()).times(asked.processes() - 1L);
            cuts.add(new Cut("processes", saves, "1 process instead of " + asked.processes()));
        }
        if (asked.workerThreads() > 0) {
            Bytes saves = WORKER_THREAD.times((long) asked.processes() * asked.workerThreads());
            cuts.add(new Cut("worker threads", saves, "none instead of " + asked.workerThreads()));
        }
        asked.external()
                .filter(bytes -> bytes.isMoreThan(LEAST_EXTERNAL))
                .ifPresent(bytes -> cuts.add(
                        new Cut("outside of the heap", bytes.minus(LEAST_EXTERNAL), "24Mi instead of " + bytes)));
        young.usersOldSpace(asked.limit())
                .filter(old -> old.isMoreThan(Node.SMALLEST_OLD_SPACE))
                .ifPresent(old -> cuts.add(new Cut(
                        "old space",
                        old.minus(Node.SMALLEST_OLD_SPACE).times(heaps()),
                        "drop the given old space of " + old)));
        cuts.sort((one, other) -> other.saves().compareTo(one.saves()));
        return cuts;
    }

    private static String mebi(Bytes bytes) {
        return Long.toString(bytes.value() / NodeHeap.MEBI);
    }

    /** Thousandths as a percentage with at most one digit behind the point. */
    private static String percentText(Ratio part) {
        long thousandths = Math.floorDiv(1000L * part.numerator(), part.denominator());
        return thousandths / 10 + (thousandths % 10 == 0 ? "" : "." + thousandths % 10);
    }
}
