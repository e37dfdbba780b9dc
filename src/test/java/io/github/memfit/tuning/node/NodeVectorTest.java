package io.github.memfit.tuning.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.memfit.testing.Json;
import io.github.memfit.testing.Vectors;
import io.github.memfit.unit.Bytes;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Launches of Node 12 to 26 in real memory groups, told again by the rules. */
class NodeVectorTest {

    private static final Map<String, Consumer<Json>> HANDLERS = Map.of(
            "node-default-heap", NodeVectorTest::defaultHeap,
            "node-flag-heap", NodeVectorTest::flagHeap,
            "node-node-options", NodeVectorTest::nodeOptions,
            "node-worker-threads", NodeVectorTest::workerThreads,
            "node-facts", NodeFacts::check,
            "node-survival", NodeSurvival::check);

    @TestFactory
    Stream<DynamicNode> vectors() {
        return Vectors.files("node").stream().map(NodeVectorTest::file);
    }

    private static DynamicNode file(Path file) {
        Consumer<Json> handler = HANDLERS.get(Vectors.longestPrefix(file, HANDLERS.keySet()));
        Json root = Json.read(file).ignoring("title", "how", "rule", "fields", "set", "since", "apps", "use");
        List<DynamicNode> cases = new ArrayList<>();
        int index = 0;
        for (Json one : root.field("cases").items()) {
            cases.add(dynamicTest("#" + index++ + " " + name(one), () -> {
                handler.accept(one);
                one.assertAllRead();
            }));
        }
        root.assertAllRead();
        return dynamicContainer(file.getFileName().toString(), cases);
    }

    private static String name(Json one) {
        String text = one.toString();
        return text.substring(0, Math.min(110, text.length()));
    }

    private static void defaultHeap(Json one) {
        NodeVersion version = version(one.ignoring("v8", "libuv"));
        Bytes total = Bytes.of(one.field("memTotalBytes").longValue());
        NodeMemory memory = memory(one, total);
        if (!one.field("limitBytes").isNull()) {
            memory = memory.max(Bytes.of(one.field("limitBytes").longValue()));
        }
        NodeHeap heap = NodeHeap.byDefault(version, memory.seenBy(version));
        Json expect = one.field("expect");
        assertEquals(
                expect.field("heapSizeLimitBytes").longValue(),
                heap.heapSizeLimit().value());
        expect.optional("maxOldSpaceBytes")
                .ifPresent(old -> assertEquals(old.longValue(), heap.oldSpace().value()));
        expect.optional("maxSemiSpaceBytes")
                .ifPresent(
                        semi -> assertEquals(semi.longValue(), heap.semiSpace().value()));
        NodeMemory surroundings = memory;
        expect.optional("process.constrainedMemory")
                .ifPresent(text -> assertEquals(
                        text.string(),
                        surroundings.constrainedMemoryText(version).orElseThrow()));
        expect.optional("limitSeenByNode")
                .ifPresent(seen -> assertEquals(
                        seen.bool(), surroundings.constrainedFor(version).isPresent()));
        expect.assertAllRead();
    }

    private static void flagHeap(Json one) {
        NodeVersion version = version(one);
        Bytes total = Bytes.of(one.field("memTotalBytes").longValue());
        NodeMemory memory = memory(one, total);
        if (!one.field("limitMiB").isNull()) {
            memory = memory.max(Bytes.mebi(one.field("limitMiB").longValue()));
        }
        NodeLaunch launch = NodeLaunch.of(
                version,
                memory.seenBy(version),
                NodeOptions.none(),
                NodeOptions.of(one.field("flags").strings()));
        Json expect = one.field("expect");
        if (launch instanceof NodeLaunch.Refused refused) {
            // Told in many words: the exit code says enough.
            expect.field("startup");
            expect.optional("kind");
            expect.optional("exit").ifPresent(exit -> assertEquals(exit.intValue(), refused.exitCode()));
        } else if (expect.has("startup")) {
            assertEquals("crash", expect.field("startup").string());
            NodeLaunch.Crashed crashed = assertInstanceOf(NodeLaunch.Crashed.class, launch);
            assertEquals(
                    expect.field("kind").string(), crashed.segmentationFault() ? "segfault" : "fatal out of memory");
        } else {
            NodeLaunch.Started started = assertInstanceOf(NodeLaunch.Started.class, launch);
            assertEquals(
                    0,
                    expect.field("heapSizeLimitMiB")
                            .decimal()
                            .compareTo(mebi(started.heap().heapSizeLimit())),
                    started.heap().toString());
        }
        expect.assertAllRead();
    }

    private static void nodeOptions(Json one) {
        NodeOptionRule rule =
                NodeOptionRule.of(version(one), one.field("option").string());
        Json expect = one.field("expect");
        boolean allowed = expect.field("allowedInNodeOptions").bool();
        boolean warns = expect.optional("warns").map(Json::bool).orElse(false);
        NodeOptionRule wanted = !allowed
                ? NodeOptionRule.REFUSED
                : warns ? NodeOptionRule.ALLOWED_WITH_WARNING : NodeOptionRule.ALLOWED;
        assertEquals(wanted, rule);
        expect.assertAllRead();
    }

    private static void workerThreads(Json one) {
        NodeVersion version = version(one);
        Bytes limit = Bytes.mebi(one.field("limitMiB").longValue());
        NodeOptions options = NodeOptions.parse(one.field("flags").string());
        OptionalLong stack = OptionalLong.empty();
        long codeRange = 0;
        NodeWorkerLimits limits = NodeWorkerLimits.none();
        if (!one.field("resourceLimits").isNull()) {
            Json given = one.field("resourceLimits");
            if (number(given, "maxOldGenerationSizeMb").orElse(1) == 0) {
                // It aborts the process, or ends the worker on 20; we refuse it before it is tried.
                assertFalse(one.field("expect").has("workerHeapSizeLimitMiB"));
                assertThrows(
                        IllegalArgumentException.class,
                        () -> NodeWorkerLimits.none().old(0));
                return;
            }
            limits = new NodeWorkerLimits(
                    number(given, "maxOldGenerationSizeMb"), number(given, "maxYoungGenerationSizeMb"));
            stack = number(given, "stackSizeMb");
            codeRange = number(given, "codeRangeSizeMb").orElse(0);
            given.assertAllRead();
        }
        Json expect = one.field("expect");
        assertEquals(
                0,
                expect.field("workerHeapSizeLimitMiB")
                        .decimal()
                        .compareTo(mebi(limits.heap(version, limit, options).heapSizeLimit())));
        Json shown = expect.field("reportedResourceLimits");
        assertEquals(shown.field("maxOldGenerationSizeMb").longValue(), limits.shownOldMebi(version, limit));
        assertEquals(shown.field("maxYoungGenerationSizeMb").longValue(), limits.shownYoungMebi(version, limit));
        assertEquals(shown.field("stackSizeMb").longValue(), stack.orElse(NodeWorkerLimits.DEFAULT_STACK_MEBI));
        assertEquals(codeRange, shown.field("codeRangeSizeMb").longValue());
        shown.assertAllRead();
        expect.assertAllRead();
    }

    private static OptionalLong number(Json object, String field) {
        return object.optional(field)
                .map(value -> OptionalLong.of(value.longValue()))
                .orElse(OptionalLong.empty());
    }

    static NodeVersion version(Json one) {
        return NodeVersion.parse(one.field("node").string());
    }

    private static NodeMemory memory(Json one, Bytes total) {
        String hierarchy = one.field("hierarchy").string();
        assertTrue(List.of("v1", "v2").contains(hierarchy), hierarchy);
        return hierarchy.equals("v1") ? NodeMemory.onV1(total) : NodeMemory.onV2(total);
    }

    private static BigDecimal mebi(Bytes bytes) {
        return BigDecimal.valueOf(bytes.value()).divide(BigDecimal.valueOf(NodeHeap.MEBI));
    }
}
