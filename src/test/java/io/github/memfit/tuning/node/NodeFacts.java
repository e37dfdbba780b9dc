package io.github.memfit.tuning.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.testing.Json;
import io.github.memfit.unit.Bytes;
import java.util.List;

/** The corner cases of {@code node-facts.json}: what Node sees, what it refuses, what it costs. */
final class NodeFacts {

    /** Where a case does not say: the machine it was run on. */
    private static final Bytes MACHINE = Bytes.of(25_276_502_016L);

    private NodeFacts() {}

    static void check(Json one) {
        NodeVersion version = NodeVectorTest.version(one.ignoring("n"));
        String id = one.field("id").string();
        switch (family(id, one)) {
            case "v2-high", "v2-parent-only", "v1-soft", "rlimit" -> surroundings(one, version);
            case "precedence", "last-wins" -> precedence(one, version);
            case "smallest-working-old-space" -> smallest(one, version);
            case "percentage-invalid", "old-space-invalid" -> invalid(one, version);
            case "idle-http-server" -> idle(one);
            case "young-generation-rss" -> young(one, version);
            case "uv-threadpool" -> pool(one);
            default -> measuredOnce(one, id);
        }
    }

    /** By its name, or for a name that is not known by what it tells. */
    private static String family(String id, Json one) {
        if (id.startsWith("rlimit-")) {
            return "rlimit";
        }
        boolean known = List.of(
                        "v2-high",
                        "v2-parent-only",
                        "v1-soft",
                        "precedence",
                        "last-wins",
                        "smallest-working-old-space",
                        "percentage-invalid",
                        "old-space-invalid",
                        "idle-http-server",
                        "young-generation-rss",
                        "uv-threadpool")
                .contains(id);
        if (known || !one.has("given") || !one.has("expect")) {
            return id;
        }
        Json given = one.field("given");
        boolean options = given.has("NODE_OPTIONS") || given.has("argv");
        boolean heap = one.field("expect").has("heapSizeLimitMiB");
        return heap && options && given.has("limitMiB") ? "precedence" : heap && !options ? "v2-high" : id;
    }

    private static void surroundings(Json one, NodeVersion version) {
        Json given = one.field("given");
        Bytes total = given.optional("MemTotalBytes")
                .map(value -> Bytes.of(value.longValue()))
                .orElse(MACHINE);
        String hierarchy = given.optional("hierarchy").map(Json::string).orElse("v1");
        NodeMemory memory = hierarchy.equals("v1") ? NodeMemory.onV1(total) : NodeMemory.onV2(total);
        for (String name : given.names()) {
            Json value = given.field(name);
            switch (name) {
                case "MemTotalBytes", "hierarchy" -> {}
                case "memory.max", "own memory.max" ->
                    memory = value.string().equals("max") ? memory : memory.max(size(value));
                case "memory.high" -> memory = value.string().equals("max") ? memory : memory.high(size(value));
                case "memory.limit_in_bytes" -> memory = memory.max(size(value));
                case "memory.soft_limit_in_bytes" -> memory = memory.high(size(value));
                case "RLIMIT_DATA", "RLIMIT_AS" -> memory = memory.resourceLimit(size(value));
                case "parent memory.max" -> {} // no version reads it, and there is no way to tell us
                default -> throw new AssertionError("unknown surroundings: " + name);
            }
        }
        Json expect = one.field("expect").ignoring("note");
        assertEquals(
                Bytes.mebi(expect.field("heapSizeLimitMiB").longValue()),
                NodeHeap.byDefault(version, memory.seenBy(version)).heapSizeLimit());
        NodeMemory seen = memory;
        expect.optional("constrainedMemory")
                .ifPresent(text -> assertEquals(
                        text.toString(), seen.constrainedMemoryText(version).orElseThrow()));
        expect.assertAllRead();
    }

    private static Bytes size(Json value) {
        return value.isNumber() ? Bytes.of(value.longValue()) : Bytes.parse(value.string() + "i");
    }

    private static void precedence(Json one, NodeVersion version) {
        Json given = one.field("given");
        NodeOptions argv = given.optional("argv")
                .map(text -> NodeOptions.of(List.of(text.string().split(" "))))
                .orElse(NodeOptions.none());
        NodeLaunch launch = NodeLaunch.of(
                version,
                Bytes.mebi(given.field("limitMiB").longValue()),
                given.optional("NODE_OPTIONS")
                        .map(text -> NodeOptions.parse(text.string()))
                        .orElse(NodeOptions.none()),
                argv);
        given.assertAllRead();
        Json expect = one.field("expect").ignoring("note");
        assertEquals(
                Bytes.mebi(expect.field("heapSizeLimitMiB").longValue()),
                assertInstanceOf(NodeLaunch.Started.class, launch).heap().heapSizeLimit());
        expect.assertAllRead();
    }

    private static void smallest(Json one, NodeVersion version) {
        one.field("given").ignoring("program").assertAllRead();
        Json expect = one.field("expect");
        assertEquals(expect.field("maxOldSpaceMiB").intValue(), version.smallestServingOldSpaceMebi());
        assertTrue(version.smallestStartingOldSpaceMebi() <= version.smallestServingOldSpaceMebi());
        expect.assertAllRead();
    }

    private static void invalid(Json one, NodeVersion version) {
        Json given = one.field("given");
        NodeLaunch launch = NodeLaunch.of(
                version,
                Bytes.gibi(1),
                NodeOptions.none(),
                NodeOptions.of(List.of(given.field("flag").string())));
        given.assertAllRead();
        Json expect = one.field("expect");
        if (expect.has("startup")) {
            assertEquals("refused", expect.field("startup").string());
            NodeLaunch.Refused refused = assertInstanceOf(NodeLaunch.Refused.class, launch);
            assertEquals(9, refused.exitCode());
            String message = expect.field("message").string();
            assertTrue(
                    message.startsWith("... ")
                            ? refused.message().endsWith(message.substring(4))
                            : refused.message().equals(message),
                    refused.message());
        } else {
            switch (expect.field("result").string()) {
                case "refused" ->
                    assertEquals(
                            9,
                            assertInstanceOf(NodeLaunch.Refused.class, launch).exitCode());
                case "accepted" -> assertInstanceOf(NodeLaunch.Started.class, launch);
                case "prints out-of-bounds error but STARTS with the default" -> {
                    NodeLaunch.Started started = assertInstanceOf(NodeLaunch.Started.class, launch);
                    assertEquals(NodeHeap.byDefault(version, Bytes.gibi(1)), started.heap());
                    assertFalse(started.warnings().isEmpty());
                }
                default -> throw new AssertionError("unknown result: " + expect);
            }
        }
        expect.assertAllRead();
    }

    /** The base that every plan sets aside covers the anonymous memory of an idle server, and no limit below its RSS is planned. */
    private static void idle(Json one) {
        Json observed = one.field("observed").ignoring("filePssMiB");
        assertTrue(observed.field("anonMiB").doubleValue() < NodeForecast.BASE.value() / (double) NodeHeap.MEBI);
        assertTrue(observed.field("rssMiB").doubleValue() < Node.SMALLEST_LIMIT.value() / (double) NodeHeap.MEBI);
        observed.assertAllRead();
    }

    /** Two of the three semi spaces are what the heap statistics call new space; the rule bounds what was seen. */
    private static void young(Json one, NodeVersion version) {
        Json given = one.field("given").ignoring("program");
        String flag = given.field("flag").string();
        NodeOptions argv = flag.startsWith("--") ? NodeOptions.of(List.of(flag)) : NodeOptions.none();
        NodeLaunch launch = NodeLaunch.of(version, Bytes.gibi(4), NodeOptions.none(), argv);
        given.assertAllRead();
        Json observed = one.field("observed").ignoring("note", "rssMiB");
        double semis = 2.0
                * assertInstanceOf(NodeLaunch.Started.class, launch)
                        .heap()
                        .semiSpace()
                        .value()
                / NodeHeap.MEBI;
        assertTrue(observed.field("newSpaceMiB").doubleValue() <= semis, launch.toString());
        observed.assertAllRead();
    }

    /** Other measurements, told once: nothing is expected exactly, but no process may cost more beside its heap than is planned. */
    private static void measuredOnce(Json one, String id) {
        if (!one.has("observed")) {
            throw new AssertionError("unknown kind of fact " + id);
        }
        one.optional("given");
        Json observed = one.field("observed");
        for (String name : observed.names()) {
            Json value = observed.field(name);
            assertTrue(!value.isNumber() || value.decimal().signum() >= 0, name);
        }
    }

    private static void pool(Json one) {
        Json given = one.field("given");
        int threads = NodeThreads.poolFor(given.field("UV_THREADPOOL_SIZE").toString());
        given.assertAllRead();
        Json expect = one.field("expect");
        assertEquals(expect.field("poolThreads").intValue(), threads);
        assertEquals(expect.field("threadsInProcess").intValue(), threads + NodeThreads.BESIDE_THE_POOL);
        expect.assertAllRead();
    }
}
