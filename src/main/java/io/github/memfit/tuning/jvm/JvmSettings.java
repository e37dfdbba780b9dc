package io.github.memfit.tuning.jvm;

import io.github.memfit.tuning.Provenance;
import io.github.memfit.tuning.jvm.JvmPlanner.Heap;
import io.github.memfit.tuning.jvm.JvmPlanner.Question;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which options a plan becomes. */
final class JvmSettings {

    private static final Bytes METASPACE_STEP = Bytes.mebi(16);
    private static final Bytes LEAST_METASPACE = Bytes.mebi(32);
    private static final Bytes LEAST_CODE = Bytes.mebi(48);
    private static final Bytes DEFAULT_CODE = Bytes.mebi(240);

    /**
     * Of Serial's young generation, a third of the heap, two tenths are survivor spaces. When live data fill the heap they are what
     * stays empty: a full collection moves all that lives to the old generation. 1/34 each costs three loads no processor time
     * that could be measured, see docs/DECISIONS.md.
     */
    private static final int SURVIVOR_RATIO = 32;

    /** From here on it matters where direct buffers come from. */
    private static final Bytes MUCH_DIRECT = Bytes.mebi(8);

    /**
     * glibc raises the size from which it maps memory, up to 32 MiB, when a larger piece is freed, and with it the size from which it
     * gives back what is free at the top of an arena. From then on direct buffers come from its arenas, which keep what is freed,
     * and what a compiler took stays too: up to 9 MiB, seen with a Lucene index on JDK 17. A size that is set stays. Where
     * nothing was measured, nothing relies on it.
     */
    private static final Bytes MAPPED_FROM = Bytes.mebi(1);

    private final Question question;
    private final List<JvmSetting> settings = new ArrayList<>();

    private JvmSettings(Question question) {
        this.question = question;
    }

    static JvmFlags flags(Question question, Reserve reserve, Heap heap) {
        JvmSettings made = new JvmSettings(question);
        made.add(reserve, heap);
        return new JvmFlags(heap.size(), heap.collector(), made.settings, made.environment(reserve));
    }

    private void add(Reserve reserve, Heap heap) {
        set("MaxHeapSize", "-Xmx" + VmNumbers.print(heap.size()), "what is left of the limit");
        boolean full = question.goal() == JvmGoal.PREDICTABLE;
        if (full || question.options().has("InitialHeapSize")) {
            // An odd -Xmx of the user is rounded up for the plan; an -Xms above it as written would be refused.
            Bytes most = question.options().has("MaxHeapSize")
                    ? Bytes.of(question.options().number("MaxHeapSize").orElse(Long.MAX_VALUE))
                    : heap.size();
            set("InitialHeapSize", "-Xms" + VmNumbers.print(heap.size().min(most)), "the whole heap from the start");
        }
        if (full) {
            set("AlwaysPreTouch", "-XX:+AlwaysPreTouch", "the heap is resident from the start, as planned");
        }
        String collector = heap.collector().flag();
        settings.add(new JvmSetting(
                heap.collector().option(),
                "planned with its native memory",
                question.options().isOn(collector)));
        if (heap.collector() == GarbageCollector.SERIAL) {
            set(
                    "SurvivorRatio",
                    "-XX:SurvivorRatio=" + SURVIVOR_RATIO,
                    "survivor spaces hold no data when the heap is full");
        }
        set(
                "MaxDirectMemorySize",
                "-XX:MaxDirectMemorySize=" + VmNumbers.print(reserve.direct()),
                "without a cap it may grow as large as the heap");
        metaspace();
        codeCache();
        keep("ThreadStackSize");
        keep("ActiveProcessorCount");
        if (!question.options().has("CrashOnOutOfMemoryError")) {
            set(
                    "ExitOnOutOfMemoryError",
                    "-XX:+ExitOnOutOfMemoryError",
                    "a clean end that is restarted, not a JVM that limps on");
        }
        question.heapDump().ifPresent(path -> {
            set("HeapDumpOnOutOfMemoryError", "-XX:+HeapDumpOnOutOfMemoryError", "asked for");
            set("HeapDumpPath", "-XX:HeapDumpPath=" + path, "asked for");
        });
        if (question.compactHeaders() && question.jdk().atLeast(25)) {
            set("UseCompactObjectHeaders", "-XX:+UseCompactObjectHeaders", "asked for: smaller objects");
        }
        if (question.goal() == JvmGoal.DENSE && question.jdk().atLeast(25)) {
            set("TrimNativeHeapInterval", "-XX:TrimNativeHeapInterval=5000", "malloc gives back what it retains");
        }
    }

    /** A cap turns a class loader leak into a Java error; too low a cap stops the program at start. */
    private void metaspace() {
        Bytes measured = question.profile().map(JvmProfile::metaspace).orElse(Bytes.ZERO);
        if (measured.isZero()) {
            keep("MaxMetaspaceSize");
            return;
        }
        // A JVM that has just started loads more.
        boolean settled = question.settled();
        Bytes cap = measured.timesRoundedUp(settled ? Ratio.of(5, 4) : Ratio.of(2, 1))
                .roundUpTo(METASPACE_STEP)
                .max(LEAST_METASPACE);
        set(
                "MaxMetaspaceSize",
                "-XX:MaxMetaspaceSize=" + VmNumbers.print(cap),
                (settled ? "5/4 of" : "twice") + " the measured " + measured.toHuman()
                        + ": a leak becomes a Java error");
    }

    private void codeCache() {
        Bytes measured = question.profile().map(JvmProfile::code).orElse(Bytes.ZERO);
        Bytes cap = measured.times(2).roundUpTo(Bytes.mebi(8)).max(LEAST_CODE);
        if (question.goal() == JvmGoal.DENSE && !measured.isZero() && cap.isLessThan(DEFAULT_CODE)) {
            set(
                    "ReservedCodeCacheSize",
                    "-XX:ReservedCodeCacheSize=" + VmNumbers.print(cap),
                    "twice the measured " + measured.toHuman() + "; below 240m the cache is not segmented");
        } else {
            keep("ReservedCodeCacheSize");
        }
    }

    /** The user's option if there is one, else ours. */
    private void set(String flag, String option, String why) {
        Optional<JvmOption> user = question.options().effective(flag);
        boolean given = user.isPresent() && !isUnset(user.get());
        settings.add(new JvmSetting(given ? user.get().text() : option, given ? "given" : why, given));
    }

    /** -XX:MaxDirectMemorySize=0 and -Xms0 say "choose", which we do. */
    private static boolean isUnset(JvmOption option) {
        boolean size = option.sets("MaxDirectMemorySize") || option.sets("InitialHeapSize");
        return size && option.number().orElse(1) == 0;
    }

    private void keep(String flag) {
        question.options()
                .effective(flag)
                .ifPresent(option -> settings.add(new JvmSetting(option.text(), "given", true)));
    }

    private Map<String, String> environment(Reserve reserve) {
        Map<String, String> environment = new LinkedHashMap<>();
        // glibc sizes its arenas by the host's processors; musl and other allocators ignore the variables.
        environment.put("MALLOC_ARENA_MAX", "2");
        boolean known = reserve.directRow().provenance() != Provenance.RULE;
        boolean much = known && !reserve.direct().isLessThan(MUCH_DIRECT);
        if (much || question.profile().isPresent()) {
            environment.put("MALLOC_MMAP_THRESHOLD_", Long.toString(MAPPED_FROM.value()));
        }
        return environment;
    }
}
