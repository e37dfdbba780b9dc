package io.github.memfit.tuning.jvm;

import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.tuning.jvm.JvmPlanner.Question;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Printable;
import io.github.memfit.unit.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that does not depend on heap and limit: the rows outside the heap, and their sum. */
final class Reserve {

    private static final Bytes MEBI = Bytes.mebi(1);
    private static final Bytes DEFAULT_DIRECT = Bytes.mebi(16);
    private static final Bytes LEAST_DIRECT = Bytes.mebi(2);
    private static final long SAFE_CLASSES = 18_000;
    private static final long DENSE_CLASSES = 4000;
    private static final int SAFE_THREADS = 60;
    private static final int DENSE_THREADS = 30;
    /** Percent of margin: direct memory above all differs between releases. */
    private static final int OTHER_JDK = 20;

    private final List<PlanRow> rows = new ArrayList<>();
    private final Bytes sum;
    private final Bytes direct;
    private final Question question;
    /** All that the margin is counted from. */
    private final Bytes planned;

    private final PlanRow margin;
    private final PlanRow directRow;

    private Reserve(Question question) {
        this.question = question;
        directRow = directMemory(question);
        direct = directRow.bytes();
        Optional<JvmProfile> profile = question.profile();
        if (profile.isPresent()) {
            measured(profile.get());
        } else {
            byRule();
        }
        planned = sum(rows);
        margin = margin(question.goal(), planned);
        rows.add(margin);
        rows.add(directRow);
        sum = sum(rows);
    }

    static Reserve of(Question question) {
        return new Reserve(question);
    }

    List<PlanRow> rows() {
        return rows;
    }

    Bytes sum() {
        return sum;
    }

    Bytes direct() {
        return direct;
    }

    PlanRow directRow() {
        return directRow;
    }

    Bytes margin() {
        return margin.bytes();
    }

    /** What the margin would be smaller with the goal dense. */
    Bytes savedByDense() {
        return margin.bytes().minus(margin(JvmGoal.DENSE, planned).bytes());
    }

    Optional<PlanRow> threadsRow() {
        return rows.stream().filter(row -> row.region().contains("threads")).findFirst();
    }

    private static Bytes sum(List<PlanRow> rows) {
        return io.github.memfit.tuning.MemoryPlan.sum(rows);
    }

    private void measured(JvmProfile profile) {
        String samples = (profile.samples() == 1 ? "" : "peak of ") + samples(profile);
        Bytes outside = outside(profile);
        Bytes metaspace = profile.metaspace().min(outside);
        Bytes code = profile.code().min(outside.minus(metaspace));
        add("metaspace", metaspace, Provenance.MEASURED, profile.classes() + " classes, " + samples);
        add("compiled code", code, Provenance.MEASURED, samples);
        add(
                "rest of the JVM",
                outside.minus(metaspace).minus(code),
                Provenance.MEASURED,
                profile.threads() + " threads, compilers, symbols, malloc, " + samples);
        if (!profile.sockets().isZero()) {
            add(
                    "socket buffers",
                    profile.sockets(),
                    Provenance.MEASURED,
                    "charged by control groups of version 2, " + samples);
        }
        long more = question.threads().orElse(0) - profile.threads();
        if (more > 0) {
            add(
                    "more threads",
                    NonHeapRule.PER_THREAD.times(more),
                    Provenance.RULE,
                    more + " beyond the measured, 120 KiB each");
        }
    }

    /**
     * What lies beside direct memory of that cap. A program may reach the cap whenever it could reach its measured peak, and then
     * there is no more of the rest than was seen of both together. A lower cap changes what the program does: the peaks of both count.
     */
    private Bytes outside(JvmProfile profile) {
        // In whole MiB, like the cap: a larger peak must not make the sum of both smaller.
        Bytes beside = profile.offHeap().minus(profile.direct().roundDownTo(MEBI));
        return direct.isLessThan(profile.direct()) ? profile.outsideHeap() : beside.min(profile.outsideHeap());
    }

    static String samples(JvmProfile profile) {
        return profile.samples() == 1 ? "one sample" : profile.samples() + " samples";
    }

    private void byRule() {
        NonHeapRule rule = NonHeapRule.of(question.jdk());
        long classes = classes(question);
        boolean told = question.classes().isPresent();
        Provenance from = told ? Provenance.USER : Provenance.RULE;
        String count = classes + (told ? " classes" : " classes assumed");
        Bytes named =
                NonHeapRule.METASPACE_PER_CLASS.plus(NonHeapRule.CODE_PER_CLASS).plus(NonHeapRule.SYMBOLS_PER_CLASS);
        add("the JVM itself", rule.base(), Provenance.RULE, "JDK " + question.jdk() + ", hardly any class loaded");
        add("metaspace", NonHeapRule.METASPACE_PER_CLASS.times(classes), from, count + ", 5.1 KiB each");
        add("compiled code", NonHeapRule.CODE_PER_CLASS.times(classes), from, count + ", 2.2 KiB each");
        add("symbols", NonHeapRule.SYMBOLS_PER_CLASS.times(classes), from, count + ", 1 KiB each");
        int c2 = c2Threads(question);
        add(
                "compilers and malloc",
                rule.perClass().minus(named).times(classes).plus(NonHeapRule.PER_C2_THREAD.times(Math.max(0, c2 - 1))),
                Provenance.RULE,
                count + ", 1 KiB each; " + c2 + " C2 threads");
        long threads = threads(question);
        long more = Math.max(0, threads - NonHeapRule.THREADS_IN_BASE);
        if (more > 0) {
            add(
                    "threads",
                    NonHeapRule.PER_THREAD.times(more),
                    question.threads().isPresent() ? Provenance.USER : Provenance.RULE,
                    threads + " threads, 120 KiB each beyond " + NonHeapRule.THREADS_IN_BASE);
        }
    }

    static long classes(Question question) {
        return question.classes().orElse(question.goal() == JvmGoal.DENSE ? DENSE_CLASSES : SAFE_CLASSES);
    }

    /** How many there will be: what was measured or asked for, whichever is more, or an assumption. */
    static long threads(Question question) {
        long known = Math.max(
                question.threads().orElse(0),
                question.profile().map(JvmProfile::threads).orElse(0L));
        return known > 0 ? known : question.goal() == JvmGoal.DENSE ? DENSE_THREADS : SAFE_THREADS;
    }

    private static int c2Threads(Question question) {
        try {
            return Footprints.c2Threads(question.jdk(), question.processors(), question.options());
        } catch (Refusal refusal) {
            // The JVM will not start with these options, which a warning says.
            return 1;
        }
    }

    /**
     * Of all that is planned, with the peak outside the heap in the place of what is planned of it: that may be less where direct
     * memory peaks at another time, and a larger profile would get a smaller margin.
     */
    private PlanRow margin(JvmGoal goal, Bytes planned) {
        Bytes base = planned.plus(question.profile()
                .map(profile -> profile.outsideHeap().minus(outside(profile)))
                .orElse(Bytes.ZERO));
        boolean other = question.profile()
                .map(profile -> !profile.jdk().equals(question.jdk()))
                .orElse(false);
        boolean young = question.profile().isPresent() && !question.settled();
        int percent = percent(goal) + (other ? OTHER_JDK : 0);
        String of = base.isMoreThan(planned) ? "the peak of " + base.toHuman() : "what is above";
        return new PlanRow(
                "margin",
                base.timesRoundedUp(Ratio.percent(percent)),
                Provenance.RULE,
                percent + " % of " + of
                        + (young ? ", not measured for long" : "")
                        + (other ? ", measured on another JDK" : ""));
    }

    private int percent(JvmGoal goal) {
        boolean dense = goal == JvmGoal.DENSE;
        if (question.profile().isEmpty()) {
            return dense ? 6 : 10;
        }
        return question.settled() ? (dense ? 3 : 6) : (dense ? 12 : 25);
    }

    private static PlanRow directMemory(Question question) {
        long given = question.options().number("MaxDirectMemorySize").orElse(0);
        if (given > 0) {
            return direct(
                    Bytes.of(Math.min(given, 1L << 56)), Provenance.USER, optionText(question, "MaxDirectMemorySize"));
        }
        if (question.direct().isPresent()) {
            return direct(question.direct().get().roundUpTo(Bytes.kibi(1)), Provenance.USER, "asked for");
        }
        Bytes measured = question.profile().map(JvmProfile::direct).orElse(Bytes.ZERO);
        if (!measured.isZero()) {
            // At the cap the program ends with an error. What is pooled comes in chunks of megabytes: one chunk more.
            boolean settled = question.settled();
            Bytes whole = measured.roundDownTo(MEBI);
            Bytes more = whole.timesRoundedUp(Ratio.of(1, settled ? 16 : 8))
                    .roundUpTo(MEBI)
                    .max(MEBI);
            return direct(
                    whole.plus(MEBI).plus(more),
                    Provenance.MEASURED,
                    (settled ? "a sixteenth" : "an eighth") + " more than " + measured.toHuman());
        }
        boolean known = question.profile().isPresent();
        return direct(
                known ? LEAST_DIRECT : DEFAULT_DIRECT,
                Provenance.RULE,
                known ? "none was seen: a little for channels" : "nothing is known: a little for channels");
    }

    private static PlanRow direct(Bytes bytes, Provenance provenance, String reason) {
        return new PlanRow("direct memory", bytes, provenance, reason);
    }

    static String optionText(Question question, String flag) {
        return question.options()
                .effective(flag)
                .map(option -> Printable.escaped(option.toString()))
                .orElse("");
    }

    private void add(String region, Bytes bytes, Provenance provenance, String reason) {
        rows.add(new PlanRow(region, bytes, provenance, reason));
    }
}
