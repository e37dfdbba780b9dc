package io.github.memfit.tuning.jvm;

import io.github.memfit.tuning.Cut;
import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.MemoryPlan;
import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The calculation behind {@link Jvm#fit()}. One planner answers one question. */
final class JvmPlanner {

    private static final Bytes G1_FROM = Bytes.mebi(1792);
    private static final Bytes PAGE = Bytes.kibi(4);
    private static final Bytes SAFE_HEAP = Bytes.mebi(16);
    private static final Bytes DENSE_HEAP = Bytes.mebi(8);
    private static final Bytes LAST_COMPRESSED = Bytes.gibi(30);
    private static final Bytes WORTH_FULL_OOPS = Bytes.gibi(40);
    private static final Bytes MEBI = Bytes.mebi(1);

    private final Question question;
    private final Reserve reserve;
    private final LimitShare share;

    /** What {@link Jvm} was asked. */
    record Question(
            Bytes limit,
            JdkVersion jdk,
            int cpus,
            Optional<GarbageCollector> collector,
            OptionalInt threads,
            Optional<Bytes> direct,
            JvmGoal goal,
            Optional<JvmProfile> profile,
            OptionalLong classes,
            JvmOptions options,
            Optional<String> heapDump,
            boolean compactHeaders) {

        int processors() {
            long set = options.number("ActiveProcessorCount").orElse(0);
            return set > 0 ? (int) Math.min(set, 1 << 20) : cpus;
        }

        /** The collector that somebody decided on: the user's flag, or one that implies it, else what was asked for. */
        Optional<GarbageCollector> decided() {
            for (GarbageCollector candidate : GarbageCollector.values()) {
                if (options.isOn(candidate.flag())) {
                    return Optional.of(candidate);
                }
            }
            return options.isOn("AggressiveHeap") ? Optional.of(GarbageCollector.PARALLEL) : collector;
        }

        /** Is there a profile, and was the application watched for long enough? */
        boolean settled() {
            return profile.map(JvmProfile::isSettled).orElse(false);
        }
    }

    /** A heap and its collector. */
    record Heap(Bytes size, GarbageCollector collector) {}

    JvmPlanner(Question question) {
        this.question = question;
        this.reserve = Reserve.of(question);
        this.share = new LimitShare(question, reserve);
    }

    Fit<JvmFlags> fit() {
        Heap heap = question.options().has("MaxHeapSize") ? given() : free(question.limit());
        Bytes needed = needed(heap.collector(), least(heap));
        if (needed.isMoreThan(question.limit())) {
            return tooSmall(heap, needed);
        }
        return new Fit.Fits<>(
                JvmSettings.flags(question, reserve, heap), plan(heap), JvmWarnings.of(question, reserve, heap));
    }

    // The heap

    /** What the user's -Xmx becomes after the JVM's rounding. */
    private Heap given() {
        GarbageCollector collector = question.decided().orElseGet(() -> byLimit(question.limit()));
        JvmOption chosen = OptionSpelling.read(OptionChannel.COMMAND_LINE, collector.option());
        JvmOptions options = question.options().isOn(collector.flag())
                ? question.options()
                : question.options().plusOption(chosen);
        JvmStart start = HotSpot.predict(question.jdk(), question.limit(), question.processors(), options);
        if (start instanceof JvmStart.Starts starts) {
            return new Heap(starts.flags().maxHeapSize(), collector);
        }
        // It does not start with these options, which a warning says; the plan is for the heap that was meant.
        long wished = question.options().number("MaxHeapSize").orElse(0);
        return new Heap(Bytes.of(wished).min(Bytes.tebi(1024)).roundUpTo(Bytes.mebi(2)), collector);
    }

    /** What is left of a limit, with the collector that somebody decided on or that the limit suggests. */
    private Heap free(Bytes limit) {
        Optional<GarbageCollector> decided = question.decided();
        if (decided.isPresent()) {
            return new Heap(left(limit, decided.get()), decided.get());
        }
        GarbageCollector byLimit = byLimit(limit);
        Bytes heap = left(limit, byLimit);
        boolean step = !limit.isLessThan(G1_FROM)
                && !question.jdk().atLeast(27)
                && !Ergonomics.isOff(question.options(), GarbageCollector.SERIAL.flag());
        if (byLimit == GarbageCollector.G1 && step) {
            Bytes serial = left(G1_FROM.minus(PAGE), GarbageCollector.SERIAL);
            if (serial.isMoreThan(heap)) {
                return new Heap(serial, GarbageCollector.SERIAL);
            }
        }
        return new Heap(heap, byLimit);
    }

    private GarbageCollector byLimit(Bytes limit) {
        boolean server = question.processors() >= 2 && !limit.isLessThan(G1_FROM);
        // One that the user switched off is not chosen: HotSpot refuses to start rather than take the next.
        boolean g1 = (server || question.jdk().atLeast(27) || Ergonomics.isOff(question.options(), "UseSerialGC"))
                && !Ergonomics.isOff(question.options(), "UseG1GC");
        return g1 ? GarbageCollector.G1 : GarbageCollector.SERIAL;
    }

    /** (limit - everything fixed) / (1 + the collector's share), rounded down; negative if there is less than nothing. */
    private Bytes left(Bytes limit, GarbageCollector collector) {
        GcFootprint gc = footprint(collector);
        Bytes rest = limit.minus(share.of(limit)).minus(reserve.sum()).minus(gc.fixed());
        Bytes heap = rest.timesRoundedDown(Ratio.ONE.plus(gc.share()).inverse());
        // The collector's share is rounded up: a byte less, so that the sum stays within the limit.
        heap = heap.minus(Bytes.of(1));
        if (heap.isNegative()) {
            return heap;
        }
        boolean oops = collector != GarbageCollector.ZGC && !question.options().has("ObjectAlignmentInBytes");
        if (oops && heap.isMoreThan(LAST_COMPRESSED) && heap.isLessThan(WORTH_FULL_OOPS)) {
            heap = LAST_COMPRESSED;
        }
        return heap.roundDownTo(alignment(collector, heap));
    }

    private Bytes alignment(GarbageCollector collector, Bytes heap) {
        return switch (collector) {
            case SERIAL, PARALLEL, ZGC -> Bytes.mebi(2);
            case G1 ->
                Bytes.of(Math.max(2 << 20, YoungGeneration.g1Region(question.jdk(), question.options(), heap.value())));
            // Regions of Shenandoah: a page more may make them twice as large, see YoungGeneration.
            case SHENANDOAH -> {
                long region = Ergonomics.up(Math.max(heap.value() / 2048, 1), PAGE.value());
                yield Bytes.of(Math.max(2 << 20, Long.highestOneBit(region))).min(Bytes.mebi(32));
            }
        };
    }

    // What it takes

    /** The smallest heap that makes sense: the user's, or what live data need, or a floor. */
    private Bytes least(Heap heap) {
        if (question.options().has("MaxHeapSize")) {
            return heap.size();
        }
        Bytes floor = question.goal() == JvmGoal.DENSE ? DENSE_HEAP : SAFE_HEAP;
        Bytes live =
                question.profile().map(JvmProfile::liveHeap).orElse(Bytes.ZERO).timesRoundedUp(Ratio.of(9, 8));
        long initial = question.options().number("InitialHeapSize").orElse(0);
        Bytes least = floor.max(live).max(Bytes.of(Math.min(initial, 1L << 56)));
        return least.roundUpTo(alignment(heap.collector(), least));
    }

    private Bytes needed(GarbageCollector collector, Bytes heap) {
        Bytes demand = reserve.sum().plus(heap).plus(footprint(collector).of(heap));
        Bytes limit = share.limitFor(demand);
        boolean byLimit = question.decided().isEmpty() && collector == GarbageCollector.SERIAL;
        if (byLimit && byLimit(limit) == GarbageCollector.G1) {
            // Serial is chosen, or kept, for heaps that fit below the step only.
            return needed(GarbageCollector.G1, heap.roundUpTo(alignment(GarbageCollector.G1, heap)));
        }
        return limit;
    }

    private Fit<JvmFlags> tooSmall(Heap heap, Bytes needed) {
        Bytes least = least(heap);
        List<PlanRow> demand = new ArrayList<>();
        demand.add(heapRow(new Heap(least, heap.collector())));
        demand.add(collectorRow(new Heap(least, heap.collector())));
        demand.addAll(reserve.rows());
        demand.addAll(share.rows(needed));
        return new Fit.TooSmall<>(question.limit(), needed.roundUpTo(MEBI), demand, cuts(heap));
    }

    private List<Cut> cuts(Heap heap) {
        List<Cut> cuts = new ArrayList<>();
        if (question.options().has("MaxHeapSize")) {
            Bytes free = free(question.limit()).size().max(DENSE_HEAP);
            if (heap.size().isMoreThan(free)) {
                cuts.add(new Cut(
                        "heap",
                        heap.size().minus(free),
                        "-Xmx" + VmNumbers.print(free) + " instead of " + VmNumbers.print(heap.size())));
            }
        }
        Bytes direct = reserve.direct();
        Bytes little = Bytes.mebi(8);
        if (direct.isMoreThan(little)) {
            cuts.add(new Cut(
                    "direct memory",
                    direct.minus(little),
                    VmNumbers.print(little) + " of direct memory instead of " + VmNumbers.print(direct)));
        }
        reserve.threadsRow()
                .filter(row -> !row.bytes().isZero())
                .ifPresent(row -> cuts.add(new Cut(row.region(), row.bytes(), "fewer threads, 120 KiB each")));
        if (question.profile().isEmpty() && question.classes().isEmpty()) {
            Bytes assumed = Bytes.of(9523).times(Reserve.classes(question));
            cuts.add(new Cut("metaspace", assumed, "measure a profile or count the loaded classes: many are assumed"));
        }
        if (heap.collector() != GarbageCollector.SERIAL) {
            Bytes least = least(heap);
            Bytes saved = footprint(heap.collector())
                    .of(least)
                    .minus(footprint(GarbageCollector.SERIAL).of(least));
            if (saved.value() > 0) {
                cuts.add(new Cut("collector", saved, "-XX:+UseSerialGC instead of " + heap.collector()));
            }
        }
        if (!reserve.savedByDense().isZero()) {
            cuts.add(new Cut("margin", reserve.savedByDense(), "the goal dense, with half the margin"));
        }
        cuts.sort(Comparator.comparing(Cut::saves).reversed());
        return cuts;
    }

    // Rows

    private MemoryPlan plan(Heap heap) {
        MemoryPlan.Builder plan = MemoryPlan.builder(question.limit());
        plan.row(heapRow(heap)).row(collectorRow(heap));
        reserve.rows().forEach(plan::row);
        share.rows(question.limit()).forEach(plan::row);
        return plan.build();
    }

    private PlanRow heapRow(Heap heap) {
        boolean given = question.options().has("MaxHeapSize");
        return new PlanRow(
                "heap",
                heap.size(),
                given ? Provenance.USER : Provenance.RULE,
                given
                        ? Reserve.optionText(question, "MaxHeapSize")
                        : "what is left, in steps of " + alignment(heap.collector(), heap.size()));
    }

    private PlanRow collectorRow(Heap heap) {
        GcFootprint gc = footprint(heap.collector());
        return new PlanRow(
                "collector",
                gc.of(heap.size()),
                Provenance.RULE,
                heap.collector() + ": "
                        + (wasMeasured(heap.collector()) ? "" : gc.fixed().toHuman() + " and ")
                        + gc.share().toHuman() + " of the heap");
    }

    private GcFootprint footprint(GarbageCollector collector) {
        GcFootprint gc = GcFootprint.resident(collector, question.jdk());
        return wasMeasured(collector) ? new GcFootprint(Bytes.ZERO, gc.share()) : gc;
    }

    /** What a collector needs whatever the heap is among the rest of the JVM then. */
    private boolean wasMeasured(GarbageCollector collector) {
        return question.profile()
                .map(profile -> profile.collector() == collector)
                .orElse(false);
    }
}
