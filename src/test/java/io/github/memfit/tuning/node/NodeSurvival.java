package io.github.memfit.tuning.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.testing.Json;
import io.github.memfit.unit.Bytes;
import java.util.List;
import java.util.Optional;

/** Observed deaths of leaking servers: the forecast must not contradict them, and our flags must stay below every kill. */
final class NodeSurvival {

    private NodeSurvival() {}

    static void check(Json one) {
        NodeVersion version = NodeVectorTest.version(one.ignoring("app"));
        Bytes limit = Bytes.mebi(one.field("limitMiB").longValue());
        String hierarchy = one.field("hierarchy").string();
        NodeMemory memory =
                (hierarchy.equals("v1") ? NodeMemory.onV1(Bytes.gibi(23)) : NodeMemory.onV2(Bytes.gibi(23))).max(limit);
        Optional<Long> old = Optional.of(one.field("maxOldSpaceMiB"))
                .filter(value -> !value.isNull())
                .map(Json::longValue);
        NodeOptions flags = old.map(mebi -> NodeOptions.of(List.of("--max-old-space-size=" + mebi)))
                .orElse(NodeOptions.none());
        NodeLaunch launch = NodeLaunch.of(version, memory.seenBy(version), NodeOptions.none(), flags);
        NodeHeap heap = assertInstanceOf(NodeLaunch.Started.class, launch).heap();

        Json observed = one.field("observed").ignoring("message", "peakAnonMiB", "processHwmMiB", "cgroupMaxUsageMiB");
        String death = observed.field("death").string();
        NodeForecast forecast = NodeForecast.of(limit, heap);
        switch (death) {
            case "kernel-oom-kill" -> {
                assertEquals(137, observed.field("exit").intValue());
                assertNotEquals(NodeForecast.V8_FIRST, forecast);
                Node byRule = Node.within(limit).version(version).memory(memory).external(Bytes.ZERO);
                Node measured =
                        Node.within(limit).version(version).memory(memory).measured(Bytes.ZERO);
                for (Node ours : List.of(byRule, measured)) {
                    Bytes planned = ours.fit().ifFits().orElseThrow().heap().oldSpace();
                    assertTrue(
                            planned.isLessThan(heap.oldSpace()),
                            planned + " is not below a kill at " + heap.oldSpace());
                }
            }
            case "v8-heap-limit" -> {
                assertEquals(134, observed.field("exit").intValue());
                assertNotEquals(NodeForecast.KERNEL_FIRST, forecast);
            }
            default -> throw new AssertionError("unknown death " + death);
        }
        observed.assertAllRead();
    }
}
