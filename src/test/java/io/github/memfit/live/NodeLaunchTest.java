package io.github.memfit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.node.Node;
import io.github.memfit.tuning.node.NodeFlags;
import io.github.memfit.tuning.node.NodeLaunch;
import io.github.memfit.tuning.node.NodeMemory;
import io.github.memfit.tuning.node.NodeOptions;
import io.github.memfit.tuning.node.NodeVersion;
import io.github.memfit.tuning.node.NodeYoung;
import io.github.memfit.unit.Bytes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules and flags against the Node of this machine, where there is one. */
@Tag("bare")
class NodeLaunchTest {

    private static final NodeVerifier VERIFIER = NodeVerifier.of(Path.of("node"));

    private static NodeVersion version = NodeVersion.of(12, 0, 0);

    /** The memory that this Node sees here, told by its own default: enough to predict the young generation that it takes. */
    private static NodeMemory memory = NodeMemory.onV2(Bytes.gibi(64));

    @BeforeAll
    static void findNode() {
        NodeVerification here = VERIFIER.verify(NodeOptions.none(), NodeOptions.none());
        Assumptions.assumeTrue(here instanceof NodeVerification.Launched, () -> "skipped, no Node here: " + here);
        version = ((NodeVerification.Launched) here).version();
        Bytes heap = ((NodeVerification.Launched) here).heapSizeLimit();
        Assumptions.assumeTrue(
                heap.equals(heapWith(Bytes.gibi(64))),
                () -> "skipped, Node " + version + " sees a limit here: heap " + heap);
    }

    private static Bytes heapWith(Bytes seen) {
        NodeLaunch launch = NodeLaunch.of(version, seen, NodeOptions.none(), NodeOptions.none());
        return ((NodeLaunch.Started) launch).heap().heapSizeLimit();
    }

    @ParameterizedTest
    @ValueSource(longs = {96, 128, 192, 256, 384, 512, 768, 1000, 1024, 1536, 2048, 3000, 4096, 8192})
    void nodeTakesThePlannedHeap(long mebi) {
        for (NodeYoung young : NodeYoung.values()) {
            Fit<NodeFlags> answer = Node.within(Bytes.mebi(mebi))
                    .version(version)
                    .memory(memory)
                    .young(young)
                    .fit();
            if (answer instanceof Fit.Fits<NodeFlags> fits) {
                NodeVerification verification = VERIFIER.verify(fits.flags());
                assertTrue(verification.agrees(), mebi + "Mi " + young + ": " + verification);
            } else {
                assertTrue(mebi < 256, "too small at " + mebi + "Mi: " + answer);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--max-old-space-size=300 --max-old-space-size=200",
                "--max_old_space-size=300",
                "--max-semi-space-size=3",
                "--max-semi-space-size=0",
                "--max-old-space-size=",
                "--max-old-space-size=+300",
                "--max-old-space-size=0300",
                "--max-old-space-size=\"30\"0",
                "--title=\"a b\" --max-old-space-size=50",
                "--max-old-space-size=-1",
                "--max-old-space-size=1e2",
                "--max-old-space-size",
                "--optimize-for-size",
                "x --max-old-space-size=100",
                "x --nonsense",
                "- --max-old-space-size=100",
                "--max-old-space-size=100 x --max-old-space-size=200",
                "--no-warnings x --max-old-space-size=100",
                "--title x --max-old-space-size=100",
                "--title x y --max-old-space-size=100",
                "--max-heap-size=300"
            })
    void variablesAreReadAsNodeReadsThem(String text) {
        compare(NodeOptions.parse(text), NodeOptions.none());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--optimize-for-size --max-semi-space-size=8",
                "--max-semi-space-size=8 --lite-mode",
                "--no-optimize-for-size",
                "--optimize-for-size --no-optimize-for-size",
                "--max-heap-size=300",
                "--max-heap-size=512 --max-old-space-size=300",
                "--max-heap-size=512 --max-semi-space-size=16",
                "--max-heap-size=100 --max-old-space-size=50 --max-semi-space-size=8",
                "--max-semi-space-size=4 --max-heap-size=8",
                "-max-old-space-size=300",
                "--max-old-space-size=0x100"
            })
    void argumentsAreReadAsNodeReadsThem(String text) {
        compare(NodeOptions.none(), NodeOptions.of(List.of(text.split(" "))));
        compare(NodeOptions.parse("--max-old-space-size=77"), NodeOptions.of(List.of(text.split(" "))));
    }

    private static void compare(NodeOptions environment, NodeOptions commandLine) {
        NodeLaunch rule = NodeLaunch.of(version, Bytes.gibi(64), environment, commandLine);
        NodeVerification truth = VERIFIER.verify(environment, commandLine);
        String both = rule + " and really " + truth;
        if (rule instanceof NodeLaunch.Started started) {
            NodeVerification.Launched launched = assertInstanceOf(NodeVerification.Launched.class, truth, both);
            assertEquals(started.heap().heapSizeLimit(), launched.heapSizeLimit(), both);
        } else {
            NodeVerification.Refused refused = assertInstanceOf(NodeVerification.Refused.class, truth, both);
            if (rule instanceof NodeLaunch.Refused expected) {
                assertEquals(expected.exitCode(), refused.exitCode(), both);
            }
        }
    }

    @Test
    void anotherHeapThanPlannedIsADifference() {
        NodeFlags flags = Node.within(Bytes.gibi(1))
                .version(version)
                .memory(NodeMemory.onV2(Bytes.gibi(64)).max(Bytes.gibi(1)))
                .young(NodeYoung.AS_NODE_DECIDES)
                .fit()
                .ifFits()
                .orElseThrow();
        NodeVerification.Launched launched = assertInstanceOf(NodeVerification.Launched.class, VERIFIER.verify(flags));
        assertFalse(launched.differences().isEmpty(), "the young generation follows the machine here, not 1Gi");
        assertEquals("heap_size_limit", launched.differences().get(0).flag());
    }
}
