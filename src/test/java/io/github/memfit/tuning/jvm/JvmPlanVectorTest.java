package io.github.memfit.tuning.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.memfit.testing.Json;
import io.github.memfit.unit.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The Paketo calculator, the memory of collectors, and runs of applications under a limit with policies of peers. */
class JvmPlanVectorTest {

    @TestFactory
    List<DynamicNode> plans() {
        List<DynamicNode> files = new ArrayList<>();
        for (Path file : JvmVectors.files("plan")) {
            Json json = Json.read(file);
            List<DynamicNode> tests = switch (JvmVectors.prefix(file)) {
                case "jvm-paketo" -> paketo(json);
                case "jvm-gc-overhead" -> collectors(json);
                case "jvm-app-comparison" -> applications(json);
                default -> throw new AssertionError("no handler for " + file);
            };
            tests.add(dynamicTest("all fields known", json::assertAllRead));
            files.add(dynamicContainer(file.getFileName().toString(), tests));
        }
        return files;
    }

    // Paketo

    private static List<DynamicNode> paketo(Json json) {
        json.ignoring("about");
        List<DynamicNode> tests = new ArrayList<>();
        json.optional("calculate")
                .ifPresent(cases -> cases.items()
                        .forEach(item -> tests.add(dynamicTest(
                                item.field("total") + " classes " + item.field("loadedClassCount") + " threads "
                                        + item.field("threadCount") + " head room " + item.field("headRoomPercent")
                                        + ' '
                                        + item.field("flags"),
                                () -> calculate(item)))));
        json.optional("classCount").ifPresent(section -> {
            section.ignoring("rule");
            section.field("cases")
                    .items()
                    .forEach(item -> tests.add(dynamicTest(item.toString(), () -> classes(item))));
            section.assertAllRead();
        });
        json.optional("totalMemory")
                .ifPresent(cases -> cases.items()
                        .forEach(item -> tests.add(dynamicTest(item.field("why").string(), () -> totalMemory(item)))));
        return tests;
    }

    private static void calculate(Json item) {
        PaketoCalculator.Outcome outcome = new PaketoCalculator(
                        bytes(item, "total"),
                        item.field("headRoomPercent").intValue(),
                        item.field("loadedClassCount").longValue(),
                        item.field("threadCount").intValue())
                .calculate(item.field("flags").string());
        item.ignoring("fromUpstreamTest");
        if (item.has("error")) {
            PaketoCalculator.Refused refused = assertInstanceOf(PaketoCalculator.Refused.class, outcome);
            assertEquals(item.field("error").string(), refused.check().toString());
            assertEquals(bytes(item, "required"), refused.required());
            assertEquals(bytes(item, "total"), refused.available());
            assertEquals(item.field("requiredText").string(), PaketoCalculator.print(refused.required()));
            assertEquals(item.field("availableText").string(), PaketoCalculator.print(refused.available()));
            assertEquals(item.field("regionsText").string(), refused.regions());
        } else {
            PaketoCalculator.Calculated calculated = assertInstanceOf(PaketoCalculator.Calculated.class, outcome);
            assertEquals(bytes(item, "heapBytes"), calculated.heap());
            assertEquals(bytes(item, "metaspaceBytes"), calculated.metaspace());
            assertEquals(bytes(item, "directBytes"), calculated.direct());
            assertEquals(bytes(item, "codeCacheBytes"), calculated.codeCache());
            assertEquals(bytes(item, "stackBytes"), calculated.stack());
            assertEquals(bytes(item, "headRoomBytes"), calculated.headRoom());
            assertEquals(item.field("emitted").string(), String.join(" ", calculated.arguments()));
            assertEquals(new TreeSet<>(item.field("userSet").strings()), notEmitted(calculated.arguments()));
        }
        item.assertAllRead();
    }

    private static Set<String> notEmitted(List<String> arguments) {
        Map<String, String> prefixes = Map.of(
                "direct", "-XX:MaxDirectMemorySize=",
                "heap", "-Xmx",
                "meta", "-XX:MaxMetaspaceSize=",
                "code", "-XX:ReservedCodeCacheSize=",
                "stack", "-Xss");
        Set<String> missing = new TreeSet<>();
        prefixes.forEach((name, prefix) -> {
            if (arguments.stream().noneMatch(argument -> argument.startsWith(prefix))) {
                missing.add(name);
            }
        });
        return missing;
    }

    private static void classes(Json item) {
        long found = item.field("jvmClasses").longValue()
                + item.field("appClasses").longValue()
                + item.field("agentClasses").longValue();
        assertEquals(
                item.field("loadedClassCount").longValue(),
                PaketoCalculator.loadedClasses(
                        found, item.optional("adjustment").map(Json::string)));
        item.assertAllRead();
    }

    private static void totalMemory(Json item) {
        assertEquals(
                bytes(item, "total"),
                PaketoCalculator.totalMemory(
                        item.optional("v1").map(Json::string),
                        item.optional("v2").map(Json::string),
                        item.optional("memAvailableKiB").map(Json::longValue).map(Bytes::kibi)));
        item.assertAllRead();
    }

    // Collectors

    private static List<DynamicNode> collectors(Json json) {
        json.ignoring("about", "exercisedAbout");
        List<DynamicNode> tests = new ArrayList<>();
        json.optional("start")
                .ifPresent(cases -> cases.items()
                        .forEach(item -> tests.add(dynamicTest("start " + name(item), () -> atStart(item)))));
        json.optional("exercised")
                .ifPresent(cases -> cases.items()
                        .forEach(item -> tests.add(dynamicTest(
                                "exercised " + name(item) + ' ' + item.field("phase"), () -> exercised(item)))));
        return tests;
    }

    private static String name(Json item) {
        return item.field("gc") + " of " + item.field("jdk") + ", heap " + item.field("heapMiB") + " MiB";
    }

    private static void atStart(Json item) {
        GarbageCollector collector = collector(item);
        JdkVersion jdk = JdkVersion.parse(item.field("jdk").string());
        Bytes heap = Bytes.mebi(item.field("heapMiB").longValue());
        long expected = item.field("gcCommitted").longValue();
        long actual = GcFootprint.committed(collector, jdk).of(heap).value();
        // 5 % as fitted; half a MiB of malloc comes and goes with the number of threads.
        long slack = Math.max(expected / 20, 512 << 10);
        assertTrue(Math.abs(expected - actual) <= slack, "committed " + expected + ", predicted " + actual);
        JvmOptions options = JvmOptions.of(collector.option(), "-Xmx" + heap.value(), "-Xms" + heap.value());
        ErgonomicFlags flags = assertInstanceOf(JvmStart.Starts.class, HotSpot.predict(jdk, Bytes.gibi(24), 2, options))
                .flags();
        assertEquals(bytes(item, "runtimeMaxMemory"), flags.maxDirectMemorySize(), "Runtime.maxMemory()");
        item.ignoring("gcReserved", "heapReserved");
        item.assertAllRead();
    }

    /** A heap that is all touched and collected: what lies beside it fits the rule without a profile. */
    private static void exercised(Json item) {
        GarbageCollector collector = collector(item);
        JdkVersion jdk = JdkVersion.parse(item.field("jdk").string());
        Bytes heap = bytes(item, "heapCommitted");
        assertEquals(Bytes.mebi(item.field("heapMiB").longValue()), heap);
        Bytes bound = GcFootprint.resident(collector, jdk)
                .of(heap)
                .plus(NonHeapRule.of(jdk).base());
        boolean sharedHeap = collector == GarbageCollector.ZGC;
        // ZGC maps its heap as shared memory, JDK 17 three times: only the rest is anonymous.
        Bytes anonymous = bytes(item, "anon").minus(sharedHeap ? Bytes.ZERO : heap);
        assertTrue(anonymous.compareTo(bound) <= 0, anonymous + " beside the heap, " + bound + " planned");
        long actual = GcFootprint.committed(collector, jdk).of(heap).value();
        long committed = item.field("gcCommitted").longValue();
        boolean grows = collector == GarbageCollector.ZGC;
        assertTrue(
                committed <= actual + actual / 16 + (3 << 20) || grows && committed <= bound.value(),
                "committed " + committed + ", predicted " + actual);
        item.ignoring("rss", "nmtTotalCommitted", "heapUsed", "phase", "heapMiB");
        item.assertAllRead();
    }

    private static GarbageCollector collector(Json item) {
        String name = item.field("gc").string();
        for (GarbageCollector collector : GarbageCollector.values()) {
            if (collector.toString().equals(name)) {
                return collector;
            }
        }
        throw new AssertionError("unknown collector " + name);
    }

    // Applications under a limit

    private static List<DynamicNode> applications(Json json) {
        json.ignoring("about");
        List<DynamicNode> tests = new ArrayList<>();
        for (Json run : json.field("runs").items()) {
            String name = run.field("app") + " on " + run.field("jdk") + ", " + run.field("limitMiB") + " MiB, "
                    + run.field("policy");
            tests.add(dynamicTest(name, () -> application(run)));
        }
        return tests;
    }

    private static void application(Json run) {
        JdkVersion jdk = JdkVersion.parse(run.field("jdk").string());
        Bytes limit = Bytes.mebi(run.field("limitMiB").longValue());
        String policy = run.field("policy").string();
        String end = run.field("end").string();
        assertTrue(Set.of("killed", "javaOome", "thrash", "alive", "refused").contains(end), end);
        run.ignoring("heldMiB", "peakRssMiB", "app");
        long maxMemory = run.field("runtimeMaxMiB").longValue();
        assertTrue(run.field("peakWorkingSetMiB").longValue()
                <= run.field("limitMiB").longValue() + 1);
        Optional<JvmPeer> peer = peer(policy);
        if (peer.isPresent()) {
            JvmPeerAnswer answer =
                    peer.get().options(limit, classes(run.field("app").string()));
            if (end.equals("refused")) {
                assertInstanceOf(JvmPeerAnswer.Declines.class, answer);
            } else {
                JvmPeerAnswer.Sets sets = assertInstanceOf(JvmPeerAnswer.Sets.class, answer);
                JvmOptions options = JvmOptions.parse(sets.arguments());
                ErgonomicFlags flags = assertInstanceOf(JvmStart.Starts.class, HotSpot.predict(jdk, limit, 2, options))
                        .flags();
                // 0: killed before the program could print its figure. Paketo was run with another number of classes.
                if (maxMemory > 0 && !policy.equals("paketo")) {
                    assertEquals(maxMemory, flags.maxDirectMemorySize().value() >> 20, flags.toString());
                }
            }
        }
        run.assertAllRead();
    }

    private static long classes(String app) {
        return app.equals("spring") ? 21_278 : 9_835;
    }

    /** The two policies called measured are of the study itself: heap by a formula over the measured non-heap memory. */
    private static Optional<JvmPeer> peer(String policy) {
        if (policy.matches("pct\\d{1,3}")) {
            return Optional.of(JvmPeer.percentage(Integer.parseInt(policy.substring("pct".length()))));
        }
        if (policy.matches("runjava\\d{1,3}")) {
            return Optional.of(JvmPeer.runJava(Integer.parseInt(policy.substring("runjava".length()))));
        }
        return switch (policy) {
            case "default" -> Optional.of(JvmPeer.hotSpotDefault());
            case "rh80" -> Optional.of(JvmPeer.redHatImage());
            case "heroku" -> Optional.of(JvmPeer.heroku());
            case "paketo" -> Optional.of(JvmPeer.paketo());
            case "measured", "measured2" -> Optional.empty();
            default -> throw new AssertionError("unknown policy " + policy);
        };
    }

    private static Bytes bytes(Json item, String field) {
        return Bytes.of(item.field(field).longValue());
    }
}
