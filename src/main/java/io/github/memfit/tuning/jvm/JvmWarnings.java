package io.github.memfit.tuning.jvm;

import io.github.memfit.tuning.Warning;
import io.github.memfit.tuning.jvm.JvmPlanner.Heap;
import io.github.memfit.tuning.jvm.JvmPlanner.Question;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a plan cannot settle by itself: conflicts of the user's options, and memory that nothing bounds. */
final class JvmWarnings {

    private static final List<String> OVERRIDDEN_BY_XMX =
            List.of("MaxRAMPercentage", "MinRAMPercentage", "MaxRAMFraction", "MinRAMFraction", "MaxRAM");

    private final Question question;
    private final List<Warning> warnings = new ArrayList<>();

    private JvmWarnings(Question question) {
        this.question = question;
    }

    static List<Warning> of(Question question, Reserve reserve, Heap heap) {
        JvmWarnings made = new JvmWarnings(question);
        if (!question.options().isEmpty()) {
            made.options(heap);
        }
        made.profile(heap);
        made.heap(heap);
        if (question.heapDump().isPresent()) {
            made.add(
                    "HeapDumpPath",
                    "a dump needs as much disk as the heap, and its pages count while they are written");
        }
        if (question.compactHeaders() && !question.jdk().atLeast(25)) {
            made.add("UseCompactObjectHeaders", "JDK " + question.jdk() + " does not have it: left out");
        }
        return made.warnings;
    }

    private void options(Heap heap) {
        for (String flag : OVERRIDDEN_BY_XMX) {
            question.options()
                    .effective(flag)
                    .ifPresent(option -> add(
                            clean(option),
                            "does nothing beside -Xmx" + VmNumbers.print(heap.size())
                                    + ", which wins wherever each comes from"));
        }
        question.options()
                .overridden()
                .forEach((winner, losers) ->
                        losers.forEach(loser -> add(clean(loser), "is overridden by " + clean(winner))));
        Optional<GarbageCollector> decided = question.decided();
        if (question.collector().isPresent() && !question.collector().equals(decided)) {
            add(
                    question.collector().get().option(),
                    "was asked for, but " + heap.collector().option() + " is given and kept");
        }
        direct();
        stack();
        metaspace();
        if (question.options().isOn("AggressiveHeap")) {
            add("-XX:+AggressiveHeap", "takes its whole heap at once and sizes it by itself without -Xmx");
        }
        if (question.options().options().stream()
                        .anyMatch(option -> option.text().startsWith("-javaagent:"))
                && question.profile().isEmpty()) {
            add("-javaagent", "agents load classes and hold memory of their own: measure a profile");
        }
        refusal(heap);
    }

    /** What HotSpot itself would say to all options together. */
    private void refusal(Heap heap) {
        JvmOptions together = question.options().has("MaxHeapSize")
                ? question.options()
                : question.options()
                        .plusOption(new JvmOption(
                                OptionChannel.COMMAND_LINE,
                                "-Xmx",
                                "MaxHeapSize",
                                Long.toString(heap.size().value())));
        JvmStart start = HotSpot.predict(question.jdk(), question.limit(), question.processors(), together);
        if (start instanceof JvmStart.Refuses refuses) {
            add("options", "the JVM refuses to start: " + Printable.escaped(refuses.message()));
        } else if (start instanceof JvmStart.Starts starts
                && !starts.flags().maxHeapSize().equals(heap.size())) {
            add(
                    "-Xmx",
                    "the JVM makes the heap " + starts.flags().maxHeapSize() + " of it, planned are " + heap.size());
        }
    }

    private void direct() {
        if (question.options().has("MaxDirectMemorySize")
                && question.options().number("MaxDirectMemorySize").orElse(0) == 0) {
            add("MaxDirectMemorySize", "0 means as much as the heap: a cap is set instead");
        }
        Bytes seen = question.profile().map(JvmProfile::direct).orElse(Bytes.ZERO);
        long cap = question.options().number("MaxDirectMemorySize").orElse(0);
        if (cap > 0 && Bytes.of(cap).isLessThan(seen)) {
            add("MaxDirectMemorySize", "is less than the " + seen.toHuman() + " that were seen in use");
        }
    }

    private void stack() {
        long kibi = 0;
        try {
            kibi = FlagRules.stackKibi(question.options());
        } catch (Refusal e) {
            return;
        }
        if (question.options().has("ThreadStackSize") && kibi > 0 && kibi < 256) {
            add("ThreadStackSize", "less than 256k risks StackOverflowError and saves next to nothing");
        }
    }

    private void metaspace() {
        Bytes seen = question.profile().map(JvmProfile::metaspace).orElse(Bytes.ZERO);
        long cap = question.options().number("MaxMetaspaceSize").orElse(Long.MAX_VALUE);
        if (Bytes.of(cap).isLessThan(seen)) {
            add("MaxMetaspaceSize", "is less than the " + seen.toHuman() + " that were seen in use");
        }
    }

    private void profile(Heap heap) {
        if (question.profile().isEmpty()) {
            if (question.classes().isEmpty()) {
                add(
                        "profile",
                        "nothing is known of the application: " + Reserve.classes(question)
                                + " loaded classes are assumed; with a profile the heap is usually larger");
            }
            if (!question.options().has("MaxMetaspaceSize")) {
                add("metaspace", "not capped without a profile: a leak of class loaders ends with a kill");
            }
            return;
        }
        JvmProfile profile = question.profile().get();
        if (!question.settled()) {
            String worked = profile.worked().isZero()
                    ? "unknown processor time"
                    : profile.worked().toSeconds() + " s of processor time";
            add(
                    "profile",
                    Reserve.samples(profile) + " and " + worked
                            + ": what is compiled has settled after 60 s; until 60 samples show it more room is left");
        }
        if (!profile.jdk().equals(question.jdk())) {
            add("profile", "measured on JDK " + profile.jdk() + ", planned for " + question.jdk() + ": measure again");
        }
        if (profile.collector() != heap.collector()) {
            add(
                    "profile",
                    "measured with " + profile.collector() + ", planned with " + heap.collector() + ": measure again");
        }
    }

    private void heap(Heap heap) {
        if (heap.collector() == GarbageCollector.G1) {
            long region = YoungGeneration.g1Region(
                    question.jdk(), question.options(), heap.size().value());
            // Larger regions come with larger heaps, and arrays that big are rare.
            if (region == 1 << 20) {
                add(
                        "G1",
                        "an array of 512 KiB or more takes whole regions of 1 MiB: with many of them set G1HeapRegionSize");
            }
        }
        if (heap.collector() == GarbageCollector.ZGC && !question.jdk().atLeast(23)) {
            add(
                    "ZGC",
                    "JDK " + question.jdk() + " maps the heap three times: look at the container's usage, not at RSS");
        }
        if (heap.size().equals(Bytes.gibi(30)) && !question.options().has("MaxHeapSize")) {
            add("heap", "held at 30g: beyond, references take 8 bytes, and up to about 40g less fits");
        }
    }

    private static String clean(JvmOption option) {
        return Printable.escaped(option.toString());
    }

    private void add(String about, String text) {
        warnings.add(new Warning(about.isBlank() ? "option" : about, text));
    }
}
