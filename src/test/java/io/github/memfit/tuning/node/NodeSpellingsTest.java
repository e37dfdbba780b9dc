package io.github.memfit.tuning.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.memfit.unit.Bytes;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spellings that Node reads in its own way; every row was run on Node 12 to 26 where the option exists. */
@Tag("bare")
class NodeSpellingsTest {

    private static final NodeVersion V12 = NodeVersion.parse("12.22.12");
    private static final NodeVersion V20 = NodeVersion.parse("20.20.2");
    private static final NodeVersion V24 = NodeVersion.parse("24.21.0");
    private static final NodeVersion V26 = NodeVersion.parse("26.10.0");

    @ParameterizedTest
    @CsvSource({
        "1e1, 102",
        ".5e1, 51",
        "0x10, 163",
        "0X1p4, 163",
        "' 50', 512",
        "+50, 512",
        "5., 51",
        "100.0, 1024",
        "1e-5, 512"
    })
    void aPercentageIsWhatTheCLibraryReads(String text, long oldMebi) {
        assertEquals(
                Bytes.mebi(oldMebi),
                started(V24, Bytes.gibi(1), "--max-old-space-size-percentage=" + text)
                        .oldSpace());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "-5", "100.001", "inf", "50%", "50 ", "0x", "1e", "", "50,5", "."})
    void otherTextsAreNoPercentage(String text) {
        assertEquals(9, refused(V24, "--max-old-space-size-percentage=" + text));
    }

    @Test
    void notANumberPassesNodeAndIsRefusedByV8() {
        NodeLaunch launch = NodeLaunch.of(
                V24, Bytes.gibi(1), NodeOptions.none(), NodeOptions.of(List.of("--max-old-space-size-percentage=nan")));
        NodeLaunch.Started started = assertInstanceOf(NodeLaunch.Started.class, launch);
        assertEquals(NodeHeap.byDefault(V24, Bytes.gibi(1)), started.heap());
        assertEquals(1, started.warnings().size());
    }

    /** In exact arithmetic the first row would be 451. */
    @ParameterizedTest
    @CsvSource({"1375, 32.8, 450", "8600, 34.5, 2967", "4500, 68.6, 3087"})
    void aPercentageIsTakenInBinaryFloatingPoint(long mebi, String percentage, long oldMebi) {
        assertEquals(
                Bytes.mebi(oldMebi),
                started(V24, Bytes.mebi(mebi), "--max-old-space-size-percentage=" + percentage)
                        .oldSpace());
    }

    @Test
    void aPercentageMayBeAWordOfItsOwn() {
        NodeOptions given = NodeOptions.parse("--max_old_space_size_percentage 50 --title=x");
        assertEquals("50", given.value("--max-old-space-size-percentage").orElseThrow());
        assertEquals(
                List.of("--title=x"),
                given.without("--max-old-space-size-percentage").words());
        assertEquals(
                Bytes.mebi(512),
                assertInstanceOf(NodeLaunch.Started.class, NodeLaunch.of(V24, Bytes.gibi(1), given, NodeOptions.none()))
                        .heap()
                        .oldSpace());
        assertEquals(9, refused(V24, "--max-old-space-size-percentage", "--title=x"));
    }

    @Test
    void theFirstWordThatCannotBeReadStopsNode() {
        assertEquals(9, refused(V20, "--max-old-space-size=abc", "--max-old-space-size=300"));
        assertEquals(9, refused(V20, "--no-max-old-space-size"));
        assertEquals(9, refused(V24, "--no-max-old-space-size-percentage"));
        assertEquals(9, refused(V20, "--optimize-for-size=true"));
        assertEquals(9, refused(V20, "--no_lite_mode=1"));
    }

    @Test
    void aSwitchForSmallHeapsCountsAsASemiSpace() {
        assertEquals(133, refused(V20, "--lite-mode", "--max-heap-size=100", "--max-old-space-size=50"));
        assertEquals(132, refused(V12, "--optimize-for-size", "--max-heap-size=100", "--max-old-space-size=50"));
        assertEquals(
                Bytes.mebi(1),
                started(V20, Bytes.gibi(1), "--max-semi-space-size=8", "--optimize-for-size")
                        .semiSpace());
    }

    @Test
    void theLargestNumberIsOutOfBounds() {
        assertEquals(
                NodeHeap.byDefault(V20, Bytes.gibi(1)),
                started(V20, Bytes.gibi(1), "--max-old-space-size=18446744073709551615"));
    }

    @Test
    void node26HasASmallerSmallestSemiSpace() {
        String[] both = {"--max-heap-size=301", "--max-old-space-size=300"};
        assertEquals(Bytes.kibi(512), started(V26, Bytes.gibi(1), both).semiSpace());
        assertEquals(Bytes.mebi(1), started(V24, Bytes.gibi(1), both).semiSpace());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--",
                "-max-old-space-size=300",
                "-max_semi_space_size=4",
                "--no-optimize-for-size",
                "--nolite-mode",
                "--opt",
                "--no-opt",
                "--noopt",
                "--no-single-threaded",
                "--semi-space-growth-factor=3"
            })
    void theVariableTakesNeitherOneDashNorNegations(String text) {
        assertEquals(NodeOptionRule.REFUSED, NodeOptionRule.of(V24, text));
        assertInstanceOf(
                NodeLaunch.Refused.class,
                NodeLaunch.of(V24, Bytes.gibi(1), NodeOptions.parse(text), NodeOptions.none()));
    }

    @Test
    void theCommandLineTakesOneDash() {
        assertEquals(
                Bytes.mebi(300),
                started(V20, Bytes.gibi(1), "-max-old-space-size=300").oldSpace());
    }

    @ParameterizedTest
    @CsvSource({"20.20.2,4", "22.23.3,7", "24.21.0,8", "26.12.1,5"})
    void belowItsSmallestOldSpaceNodeDiesWhileItStarts(String version, long mebi) {
        NodeVersion node = NodeVersion.parse(version);
        assertEquals(
                Bytes.mebi(mebi),
                started(node, Bytes.gibi(1), "--max-old-space-size=" + mebi).oldSpace());
        assertInstanceOf(
                NodeLaunch.Crashed.class,
                NodeLaunch.of(
                        node,
                        Bytes.gibi(1),
                        NodeOptions.none(),
                        NodeOptions.of(List.of("--max-old-space-size=" + (mebi - 1)))));
    }

    private static NodeHeap started(NodeVersion version, Bytes memory, String... words) {
        NodeLaunch launch = NodeLaunch.of(version, memory, NodeOptions.none(), NodeOptions.of(List.of(words)));
        return assertInstanceOf(NodeLaunch.Started.class, launch).heap();
    }

    private static int refused(NodeVersion version, String... words) {
        NodeLaunch launch = NodeLaunch.of(version, Bytes.gibi(1), NodeOptions.none(), NodeOptions.of(List.of(words)));
        return assertInstanceOf(NodeLaunch.Refused.class, launch).exitCode();
    }
}
