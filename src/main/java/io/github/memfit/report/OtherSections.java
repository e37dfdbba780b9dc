package io.github.memfit.report;

import io.github.memfit.container.ContainerName;
import io.github.memfit.container.Limit;
import io.github.memfit.container.MemorySnapshot;
import io.github.memfit.sizing.Recommendation;
import io.github.memfit.sizing.SizingPolicy;
import io.github.memfit.tuning.EnvironmentVariable;
import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.jvm.JvmOptions;
import io.github.memfit.tuning.jvm.JvmSample;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import io.github.memfit.usage.UsageHistory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Sections for the three other questions: how Kubernetes treats the container, how much it should get, which flags it should
 * run with. Each takes what was read and computes; reads nothing itself. Stateless and thread-safe.
 *
 * @since 0.1
 */
public final class OtherSections {

    private static final String NO_LIMIT = "The limit is not known, so nothing can be fitted into it.";
    private static final String ZERO_LIMIT = "The limit is 0: nothing fits into it.";

    private OtherSections() {}

    /**
     * The container's standing in Kubernetes as it can be told from inside: section {@code kubernetes}.
     *
     * @param name what the names of its directories tell
     * @param oomScoreAdj the score adjustment of its main process
     * @param oomScore the kernel's score of its main process
     * @param now its memory
     * @return the section
     */
    public static ReportSection kubernetes(
            ContainerName name, Reading<Integer> oomScoreAdj, Reading<Integer> oomScore, MemorySnapshot now) {
        return KubernetesSection.of(name, oomScoreAdj, oomScore, now);
    }

    /**
     * A plan for the running JVM from its live profile, beside the flags it runs with, what each costs and what would change:
     * section {@code jvmPlan}.
     *
     * @param sample the running JVM
     * @param options the options it was started with
     * @param maxHeap the heap that it may grow to, by an option or by its own choice
     * @param limit the limit of its container
     * @param cpus the processors it sees
     * @return the section
     */
    public static ReportSection jvmPlan(
            Reading<JvmSample> sample, JvmOptions options, Reading<Bytes> maxHeap, Limit limit, int cpus) {
        return fitted(
                "jvmPlan",
                JvmPlanSection.TITLE,
                limit,
                bounded -> sample.value()
                        .map(now -> JvmPlanSection.of(now, options, maxHeap, bounded, cpus))
                        .orElseGet(() -> nothing(
                                "jvmPlan",
                                JvmPlanSection.TITLE,
                                sample.absence().map(Absence::detail).orElse("no profile"))));
    }

    /** What fits into a limit, or that there is none to fit anything into. */
    private static ReportSection fitted(
            String key, String title, Limit limit, Function<Limit.Bounded, ReportSection> plan) {
        if (!(limit instanceof Limit.Bounded bounded)) {
            return nothing(key, title, NO_LIMIT);
        }
        return bounded.bytes().isZero() ? nothing(key, title, ZERO_LIMIT) : plan.apply(bounded);
    }

    /**
     * A plan of another runtime for the container's limit.
     *
     * @param key the section's name for programs
     * @param title its title for people
     * @param limit the limit of the container
     * @param calculator what answers for a limit that is not zero
     * @param variables how to launch it: the variables to set, for an answer that fits
     * @param <F> the type of the flags
     * @return the section; says why, if there is no limit to fit anything into
     */
    public static <F> ReportSection runtimePlan(
            String key,
            String title,
            Limit limit,
            Function<Bytes, Fit<F>> calculator,
            Function<F, List<EnvironmentVariable>> variables) {
        return fitted(key, title, limit, bounded -> {
            Fit<F> answer = calculator.apply(bounded.bytes());
            ReportSection.Builder section =
                    PlanSection.builder(key, title + " in " + bounded.bytes().toHuman(), answer);
            PlanSection.rows(section, answer);
            answer.ifFits().ifPresent(flags -> PlanSection.variables(section, variables.apply(flags)));
            return section.build();
        });
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
        section.figure("samples", "samples", Cell.of(history.size()), "");
        section.figure("span", "span", Cell.of(time(history.span())), "from the first sample to the last");
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
            section.figure("missing", "missing", Cell.of(time(little.missingTime())), "too little history");
        }
        answer.reasons().forEach(section::note);
        return section.build();
    }

    /**
     * The same section without a history: what to do about it.
     *
     * @param looked for how long the container was sampled now
     * @return the section
     */
    public static ReportSection sizingWithoutHistory(Duration looked) {
        return nothing(
                "sizing",
                "How much it should get",
                "Too little history: " + time(looked) + " of samples recommend nothing. Record a day or more of its"
                        + " working set and give the file with --history.");
    }

    /** {@code 1d 2h 3m 4s}, parts of a second left out. */
    private static String time(Duration time) {
        StringBuilder text = new StringBuilder();
        part(text, time.toDays(), "d");
        part(text, time.toHoursPart(), "h");
        part(text, time.toMinutesPart(), "m");
        part(text, time.toSecondsPart(), "s");
        return text.length() == 0 ? "0s" : text.toString();
    }

    private static void part(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(text.length() == 0 ? "" : " ").append(number).append(unit);
        }
    }

    private static ReportSection nothing(String key, String title, String why) {
        return ReportSection.builder(key, title).note(why).build();
    }
}
