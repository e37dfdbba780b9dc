package io.github.memfit.report;

import io.github.memfit.container.ContainerName;
import io.github.memfit.container.Limit;
import io.github.memfit.container.LimitSource;
import io.github.memfit.container.MemorySnapshot;
import io.github.memfit.kubernetes.OomScoreReading;
import io.github.memfit.sizing.Recommendation;
import io.github.memfit.sizing.SizingPolicy;
import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.MemoryPlan;
import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Warning;
import io.github.memfit.tuning.jvm.Jvm;
import io.github.memfit.tuning.jvm.JvmFlags;
import io.github.memfit.tuning.jvm.JvmOptions;
import io.github.memfit.tuning.jvm.JvmSample;
import io.github.memfit.tuning.jvm.JvmSetting;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import io.github.memfit.usage.UsageHistory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sections for the three other questions: how Kubernetes treats the container, how much it should get, which flags it should
 * run with. Each takes what was read and computes; reads nothing itself. Stateless and thread-safe.
 *
 * @since 0.1
 */
public final class OtherSections {

    private OtherSections() {}

    /**
     * The container's standing in Kubernetes as it can be told from inside: section {@code kubernetes}.
     *
     * @param name what the names of its directories tell
     * @param oomScoreAdj the score adjustment of its main process
     * @param now its memory
     * @return the section
     */
    public static ReportSection kubernetes(ContainerName name, Reading<Integer> oomScoreAdj, MemorySnapshot now) {
        ReportSection.Builder section =
                ReportSection.builder("kubernetes", "How Kubernetes treats it, told from inside");
        Reading<Bytes> capacity = now.host().flatMap(host -> host.memTotal());
        Reading<OomScoreReading> score =
                oomScoreAdj.flatMap(value -> capacity.map(bytes -> OomScoreReading.of(value, bytes)));
        section.figure("oomScoreAdj", "OOM adjustment", Cell.ofCount(oomScoreAdj.map(Integer::longValue)), "");
        section.figure(
                "qosClass",
                "QoS class",
                name.podClass().map(Cell::of).orElse(Cell.nothing("no pod in the path of the group")),
                "by the path of the group");
        section.figure(
                "meaning",
                "adjustment means",
                score.value()
                        .<Cell>map(reading -> Cell.of(words(reading.meaning())))
                        .orElse(Cell.nothing("not told")),
                "");
        Optional<Bytes> least = score.value().flatMap(OomScoreReading::requestAtLeast);
        Optional<Bytes> most = score.value().flatMap(OomScoreReading::requestAtMost);
        section.figure(
                "requestAtLeast", "request, at least", bound(least), "by the adjustment and the machine's memory");
        section.figure("requestAtMost", "request, at most", bound(most), "");
        section.note(standing(score, least, most, now.workingSet()));
        return section.build();
    }

    private static Cell bound(Optional<Bytes> bytes) {
        return bytes.map(Cell::of).orElse(Cell.nothing("the adjustment does not tell"));
    }

    /** Eviction compares usage with the request (pkg/kubelet/eviction, rankMemoryPressure): those above it go first. */
    private static String standing(
            Reading<OomScoreReading> score, Optional<Bytes> least, Optional<Bytes> most, Reading<Bytes> workingSet) {
        OomScoreReading.Meaning meaning =
                score.value().map(OomScoreReading::meaning).orElse(OomScoreReading.Meaning.NOT_KUBERNETES);
        if (meaning == OomScoreReading.Meaning.NOT_KUBERNETES) {
            return "Not set by a kubelet: nothing is known of requests and eviction.";
        }
        if (meaning == OomScoreReading.Meaning.BEST_EFFORT) {
            return "No request: whatever it uses is above its request, it is evicted and killed before pods below theirs.";
        }
        Bytes used = workingSet.orElse(Bytes.ZERO);
        if (most.isPresent() && used.isMoreThan(most.get())) {
            return "It uses more than it can have requested: under node pressure it is evicted before pods below their"
                    + " requests of the same priority.";
        }
        if (least.isPresent() && !used.isMoreThan(least.get())) {
            return "It uses less than it requested: under node pressure pods above their requests are evicted before it.";
        }
        return "Whether it uses more than it requested cannot be told from the adjustment alone.";
    }

    /**
     * A plan for the running JVM from its live profile, beside the flags it runs with: section {@code jvmPlan}.
     *
     * @param sample the running JVM
     * @param options the options it was started with
     * @param limit the limit of its container
     * @param cpus the processors it sees
     * @return the section
     */
    public static ReportSection jvmPlan(Reading<JvmSample> sample, JvmOptions options, Limit limit, int cpus) {
        if (!(limit instanceof Limit.Bounded bounded)) {
            return nothing(
                    "jvmPlan", "Flags for this JVM", "The limit is not known, so nothing can be fitted into it.");
        }
        if (!sample.isPresent()) {
            return nothing(
                    "jvmPlan",
                    "Flags for this JVM",
                    sample.absence().map(Absence::detail).orElse("no profile"));
        }
        JvmSample now = sample.value().orElseThrow();
        Fit<JvmFlags> answer = Jvm.within(bounded.bytes())
                .jdk(now.jdk())
                .cpus(cpus)
                .profile(now.toProfile())
                .fit();
        ReportSection.Builder section =
                plan("jvmPlan", "Flags for this JVM in " + bounded.bytes().toHuman(), answer);
        answer.ifFits().ifPresent(flags -> {
            Grid grid = Grid.of("settings", "option", "option", "now", "now", "why", "why");
            for (JvmSetting setting : flags.settings()) {
                grid = grid.row(Cell.of(setting.option()), present(options, setting.option()), Cell.of(setting.why()));
            }
            section.grid(grid);
            section.note("JAVA_TOOL_OPTIONS=" + flags.toJavaToolOptions());
        });
        if (bounded.source().kind() == LimitSource.Kind.HOST) {
            section.note("There is no limit below the machine's memory: this plan takes all of it, beside whatever else"
                    + " runs here. Set a limit first; --history recommends one.");
        }
        section.note("From one look at the running JVM: measure under load before you set the flags.");
        return section.build();
    }

    private static Cell present(JvmOptions options, String option) {
        String wanted = name(option);
        return options.options().stream()
                .map(Object::toString)
                .filter(text -> name(text).equals(wanted))
                .reduce((first, last) -> last)
                .map(Cell::of)
                .orElse(Cell.of("not set"));
    }

    /** The name that an option sets: {@code -Xmx512m} and {@code -XX:MaxHeapSize=...} differ, which a reader should see. */
    private static String name(String option) {
        if (option.startsWith("-Xmx")
                || option.startsWith("-Xms")
                || option.startsWith("-Xmn")
                || option.startsWith("-Xss")) {
            return option.substring(0, 4);
        }
        int equals = option.indexOf('=');
        String head = equals < 0 ? option : option.substring(0, equals);
        return head.replace("-XX:+", "-XX:").replace("-XX:-", "-XX:");
    }

    /**
     * A plan of any runtime for the container's limit.
     *
     * @param key the section's name for programs
     * @param title its title for people
     * @param answer what the calculator says
     * @param launch how to launch it, one line each; only for an answer that fits
     * @param <F> the type of the flags
     * @return the section
     */
    public static <F> ReportSection runtimePlan(
            String key, String title, Fit<F> answer, Function<F, List<String>> launch) {
        ReportSection.Builder section = plan(key, title, answer);
        answer.ifFits().ifPresent(flags -> launch.apply(flags).forEach(section::note));
        return section.build();
    }

    private static ReportSection.Builder plan(String key, String title, Fit<?> answer) {
        ReportSection.Builder section = ReportSection.builder(key, title);
        Grid grid = Grid.of("plan", "region", "region", "bytes", "bytes", "provenance", "from", "reason", "reason");
        List<PlanRow> rows;
        if (answer instanceof Fit.Fits<?> fits) {
            MemoryPlan plan = fits.plan();
            rows = plan.rows();
            section.plan(plan);
            section.figure("total", "planned", Cell.of(plan.total()), "");
            section.figure("spare", "spare", Cell.of(plan.spare()), "");
            for (Warning warning : fits.warnings()) {
                section.note(warning.about() + ": " + warning.text());
            }
        } else {
            Fit.TooSmall<?> small = (Fit.TooSmall<?>) answer;
            rows = small.demand();
            section.figure("needed", "needed", Cell.of(small.needed()), "the smallest limit that fits");
            small.cuts()
                    .forEach(cut -> section.note(
                            "cut " + cut.region() + " to save " + cut.saves().toHuman() + ": " + cut.how()));
        }
        for (PlanRow row : rows) {
            grid = grid.row(
                    Cell.of(row.region()),
                    Cell.of(row.bytes()),
                    Cell.of(row.provenance().name().toLowerCase(Locale.ROOT)),
                    Cell.of(row.reason()));
        }
        return section.grid(grid);
    }

    /**
     * The recommended request and limit from a recorded history: section {@code sizing}.
     *
     * @param policy the policy
     * @param history the history
     * @return the section; says what is missing if the history is too short
     */
    public static ReportSection sizing(SizingPolicy policy, UsageHistory history) {
        ReportSection.Builder section = ReportSection.builder("sizing", "How much it should get");
        section.figure("policy", "policy", Cell.of(policy.toString()), "");
        section.figure("samples", "samples", Cell.of(history.size()), "over " + history.span());
        Recommendation answer = policy.recommend(history);
        if (answer instanceof Recommendation.Sized sized) {
            section.figure("request", "request", Cell.of(sized.request()), "requests.memory");
            section.figure("limit", "limit", Cell.of(sized.limit()), "limits.memory");
            section.figure(
                    "confidence",
                    "confidence",
                    Cell.of(sized.confidence().name().toLowerCase(Locale.ROOT)),
                    "");
            sized.warnings().forEach(section::note);
        } else if (answer instanceof Recommendation.TooLittleHistory little) {
            section.figure("missing", "missing", Cell.of(little.missingTime().toString()), "too little history");
        }
        answer.reasons().forEach(section::note);
        return section.build();
    }

    private static ReportSection nothing(String key, String title, String why) {
        return ReportSection.builder(key, title).note(why).build();
    }

    private static String words(OomScoreReading.Meaning meaning) {
        return meaning.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
