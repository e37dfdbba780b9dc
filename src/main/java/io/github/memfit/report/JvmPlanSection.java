package io.github.memfit.report;

import io.github.memfit.container.Limit;
import io.github.memfit.container.LimitSource;
import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Warning;
import io.github.memfit.tuning.jvm.Jvm;
import io.github.memfit.tuning.jvm.JvmFlags;
import io.github.memfit.tuning.jvm.JvmOption;
import io.github.memfit.tuning.jvm.JvmOptions;
import io.github.memfit.tuning.jvm.JvmSample;
import io.github.memfit.tuning.jvm.JvmSetting;
import io.github.memfit.tuning.jvm.OptionChannel;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The plan for the running JVM beside what it runs with. */
final class JvmPlanSection {

    static final String TITLE = "Flags for this JVM";

    private final JvmSample now;
    private final JvmOptions options;
    private final Reading<Bytes> maxHeap;
    private final Limit.Bounded limit;
    private final int cpus;

    private JvmPlanSection(JvmSample now, JvmOptions options, Reading<Bytes> maxHeap, Limit.Bounded limit, int cpus) {
        this.now = now;
        this.options = options;
        this.maxHeap = maxHeap;
        this.limit = limit;
        this.cpus = cpus;
    }

    static ReportSection of(JvmSample now, JvmOptions options, Reading<Bytes> maxHeap, Limit.Bounded limit, int cpus) {
        return new JvmPlanSection(now, options, maxHeap, limit, cpus).section();
    }

    private ReportSection section() {
        Fit<JvmFlags> planned = question().fit();
        Optional<Fit<JvmFlags>> running = running();
        ReportSection.Builder section =
                PlanSection.builder("jvmPlan", TITLE + " in " + limit.bytes().toHuman(), planned);
        section.figure(
                "running",
                "as it runs now",
                running.map(answer -> Cell.of(PlanSection.total(answer)))
                        .orElseGet(() -> Cell.nothing("its largest heap is not told")),
                running.isPresent() && !running.get().isFit()
                        ? "more than the limit: the kernel may kill it before Java runs out of heap"
                        : "by the same rules, with the flags that it runs with");
        rows(section, planned, running);
        planned.ifFits().ifPresent(flags -> settings(section, flags));
        conflicts(planned).forEach(section::note);
        if (now.isOutsideHidden()) {
            section.note(
                    "Its heap is committed and not yet touched, so what lies outside of the heap cannot be told: this"
                            + " plan is by the rule for its classes and threads.");
        }
        if (limit.source().kind() == LimitSource.Kind.HOST) {
            section.note("There is no limit below the machine's memory: this plan takes all of it, beside whatever else"
                    + " runs here. Set a limit first; --history recommends one.");
        }
        section.note("From one look at the running JVM: measure under load before you set the flags.");
        return section.build();
    }

    private Jvm question() {
        Jvm jvm = Jvm.within(limit.bytes()).jdk(now.jdk()).cpus(cpus);
        if (now.isOutsideHidden()) {
            return jvm.loadedClasses((int) Math.max(1, Math.min(now.classes(), Integer.MAX_VALUE)))
                    .threads((int) Math.max(1, Math.min(now.threads(), Integer.MAX_VALUE)));
        }
        return jvm.profile(now.toProfile());
    }

    /** The same question with the heap, the collector and the options that the JVM has. */
    private Optional<Fit<JvmFlags>> running() {
        JvmOptions all = options;
        if (!options.has("MaxHeapSize")) {
            if (!maxHeap.isPresent()) {
                return Optional.empty();
            }
            long heap = maxHeap.value().orElseThrow().value();
            all = options.with(OptionChannel.COMMAND_LINE, "-Xmx" + heap);
        }
        return Optional.of(question().collector(now.collector()).options(all).fit());
    }

    /** What the options would do to the plan if they stayed, as far as the plan itself does not say it. */
    private List<String> conflicts(Fit<JvmFlags> planned) {
        return warnings(question().options(options).fit()).stream()
                .filter(warning -> !warnings(planned).contains(warning))
                .map(Warning::toString)
                .toList();
    }

    private static List<Warning> warnings(Fit<JvmFlags> answer) {
        return answer instanceof Fit.Fits<JvmFlags> fits ? fits.warnings() : List.of();
    }

    private static void rows(ReportSection.Builder section, Fit<JvmFlags> planned, Optional<Fit<JvmFlags>> running) {
        Map<String, PlanRow> then = byRegion(PlanSection.rows(planned));
        Map<String, PlanRow> now =
                running.map(answer -> byRegion(PlanSection.rows(answer))).orElse(Map.of());
        Set<String> regions = new LinkedHashSet<>(then.keySet());
        regions.addAll(now.keySet());
        Grid grid = Grid.of(
                "plan",
                "region",
                "region",
                "running",
                "now",
                "bytes",
                "planned",
                "provenance",
                "from",
                "reason",
                "reason of the planned");
        for (String region : regions) {
            Optional<PlanRow> row = Optional.ofNullable(then.get(region));
            grid = grid.row(
                    Cell.of(region),
                    size(Optional.ofNullable(now.get(region))),
                    size(row),
                    Cell.of(row.map(r -> r.provenance().toString()).orElse("")),
                    Cell.of(row.map(PlanRow::reason).orElse("")));
        }
        section.grid(grid);
    }

    private static Map<String, PlanRow> byRegion(List<PlanRow> rows) {
        return rows.stream().collect(Collectors.toMap(PlanRow::region, row -> row, (a, b) -> a, LinkedHashMap::new));
    }

    private static Cell size(Optional<PlanRow> row) {
        return row.map(r -> Cell.of(r.bytes())).orElse(Cell.nothing("not a region of this"));
    }

    private void settings(ReportSection.Builder section, JvmFlags flags) {
        Grid grid = Grid.of("settings", "now", "now", "option", "planned", "change", "change", "why", "why");
        List<JvmOption> seen = new ArrayList<>();
        boolean replaces = false;
        for (JvmSetting setting : flags.settings()) {
            JvmOption wanted = JvmOptions.of(setting.option()).options().get(0);
            Optional<JvmOption> has = present(flags, wanted);
            has.ifPresent(seen::add);
            boolean same = has.map(option -> isSame(option, wanted)).orElse(false);
            replaces |= has.isPresent() && !same;
            grid = grid.row(
                    has.map(option -> Cell.of(option.text())).orElseGet(() -> Cell.of(unset(flags, wanted))),
                    Cell.of(setting.option()),
                    Cell.of(has.isEmpty() ? "add" : same ? "none" : "replace"),
                    Cell.of(setting.why()));
        }
        for (JvmOption option : options.options()) {
            boolean wins = options.effective(option.flag()).equals(Optional.of(option));
            if (wins && !seen.contains(option)) {
                boolean tooLarge = option.sets("InitialHeapSize")
                        && option.number().orElse(0) > flags.heap().value();
                grid = grid.row(
                        Cell.of(option.text()),
                        Cell.of("not in the plan"),
                        Cell.of(tooLarge ? "remove" : "none"),
                        Cell.of(tooLarge ? "more than the planned heap: the JVM would not start" : "it may stay"));
            }
        }
        section.grid(grid);
        PlanSection.variables(section, flags.variables());
        if (replaces) {
            section.note("The command line wins over JAVA_TOOL_OPTIONS: replace those options where they stand.");
        }
    }

    /** The option that now decides what a planned one would; collectors exclude each other. */
    private Optional<JvmOption> present(JvmFlags flags, JvmOption wanted) {
        if (wanted.flag().equals(flags.collector().flag())) {
            return options.effective(now.collector().flag());
        }
        return options.effective(wanted.flag());
    }

    private static boolean isSame(JvmOption one, JvmOption other) {
        return one.flag().equals(other.flag())
                && (one.value().equals(other.value())
                        || one.number().isPresent() && one.number().equals(other.number()));
    }

    private String unset(JvmFlags flags, JvmOption wanted) {
        if (wanted.flag().equals("MaxHeapSize")) {
            return maxHeap.value().map(heap -> "not set: " + heap.toHuman()).orElse("not set");
        }
        return wanted.flag().equals(flags.collector().flag()) ? "not set: " + now.collector() : "not set";
    }
}
