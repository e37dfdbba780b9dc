package io.github.memfit.tuning.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.tuning.EnvironmentVariable;
import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("bare")
class NodeTest {

    private static final NodeVersion V22 = NodeVersion.parse("22.23.3");
    private static final NodeVersion V24 = NodeVersion.parse("24.21.0");

    @ParameterizedTest
    @CsvSource({
        "128,73,73,70",
        "256,189,189,186",
        "512,403,403,395",
        "1024,824,790,813",
        "2048,1671,1602,1648",
        "4096,3364,3227,3319"
    })
    void withoutAFlagForTheYoungGenerationOldSpaceIsWhatIsLeft(int limit, int v22, int v24, int v26) {
        assertEquals(Bytes.mebi(v22), old(limit, V22));
        assertEquals(Bytes.mebi(v24), old(limit, V24));
        assertEquals(Bytes.mebi(v26), old(limit, NodeVersion.parse("26.10.0")));
    }

    private static Bytes old(int limit, NodeVersion version) {
        return fits(Node.within(Bytes.mebi(limit)).version(version).young(NodeYoung.AS_NODE_DECIDES))
                .flags()
                .heap()
                .oldSpace();
    }

    @Test
    void theYoungGenerationOfNode24IsBounded() {
        Fit.Fits<NodeFlags> bounded = fits(Node.within(Bytes.gibi(4)).version(V24));
        assertEquals(Bytes.mebi(16), bounded.flags().heap().semiSpace());
        assertEquals(
                "--max-old-space-size=3364 --max-semi-space-size=16",
                bounded.flags().toNodeOptions());
        assertEquals(
                "--max-old-space-size=3364",
                fits(Node.within(Bytes.gibi(4)).version(V22)).flags().toNodeOptions());
        assertEquals(
                Bytes.mebi(64),
                fits(Node.within(Bytes.gibi(4)).version(V22).young(NodeYoung.THROUGHPUT))
                        .flags()
                        .heap()
                        .semiSpace());
    }

    @Test
    void node18OnCgroupV2IsToldWhatItCannotSee() {
        Fit.Fits<NodeFlags> plan = fits(Node.within(Bytes.mebi(128)).version(NodeVersion.parse("18.20.8")));
        assertEquals(
                "--max-old-space-size=73 --max-semi-space-size=1", plan.flags().toNodeOptions());
        assertTrue(plan.warnings().stream().anyMatch(warning -> warning.about().equals("cgroup v2")));
        Fit.Fits<NodeFlags> onV1 = fits(Node.within(Bytes.mebi(128))
                .version(NodeVersion.parse("18.20.8"))
                .memory(NodeMemory.onV1(Bytes.gibi(16)).max(Bytes.mebi(128))));
        assertEquals("--max-old-space-size=73", onV1.flags().toNodeOptions());
    }

    @Test
    void withoutAVersionNoOptionThatSomeVersionRefusesIsEmitted() {
        Fit.Fits<NodeFlags> plan = fits(Node.within(Bytes.gibi(2)));
        assertEquals(1, plan.flags().environmentOptions().words().size());
        assertEquals("version", plan.warnings().get(0).about());
        assertEquals(Bytes.mebi(32), plan.flags().heap().semiSpace());
    }

    @Test
    void whatWasMeasuredTakesThePlaceOfTheRules() {
        Fit.Fits<NodeFlags> plan =
                fits(Node.within(Bytes.mebi(128)).version(V22).measured(Bytes.mebi(20)));
        assertEquals(Bytes.mebi(20), plan.plan().row("processes").orElseThrow().bytes());
        assertEquals(
                Provenance.MEASURED, plan.plan().row("processes").orElseThrow().provenance());
        assertEquals(Bytes.mebi(2), plan.plan().row("margin").orElseThrow().bytes());
        assertEquals(
                Bytes.mebi(4).plus(Bytes.kibi(256)),
                plan.plan().row("kernel").orElseThrow().bytes());
        assertTrue(plan.plan().row("outside of the heap").isEmpty());
        assertEquals("--max-old-space-size=94", plan.flags().toNodeOptions());
        // Nobody runs on nothing.
        assertEquals(
                Bytes.mebi(16),
                fits(Node.within(Bytes.mebi(256)).processes(2).measured(Bytes.ZERO))
                        .plan()
                        .row("processes")
                        .orElseThrow()
                        .bytes());
        assertThrows(
                IllegalStateException.class,
                () -> Node.within(Bytes.mebi(256)).measured(Bytes.ZERO).external(Bytes.ZERO));
        assertThrows(
                IllegalStateException.class,
                () -> Node.within(Bytes.mebi(256)).external(Bytes.ZERO).measured(Bytes.ZERO));
        assertThrows(
                IllegalArgumentException.class,
                () -> Node.within(Bytes.mebi(256)).measured(Bytes.of(-1)));
    }

    @Test
    void whatNodeDoesNotReadOfItsVariableIsDroppedAndSaid() {
        Fit.Fits<NodeFlags> plan = fits(Node.within(Bytes.mebi(512))
                .version(V22)
                .existing(NodeOptions.parse("--title=shop server.js --max-old-space-size=2000")));
        assertEquals("--title=shop --max-old-space-size=403", plan.flags().toNodeOptions());
        assertTrue(
                plan.warnings().stream()
                        .anyMatch(warning -> warning.about().equals("NODE_OPTIONS")
                                && warning.toString().contains("no further than the word server.js")),
                plan.warnings().toString());
    }

    @Test
    void processesAndWorkerThreadsShareTheLimit() {
        Fit.Fits<NodeFlags> cluster =
                fits(Node.within(Bytes.gibi(1)).version(V22).clusterWorkers(4));
        assertEquals(
                Bytes.mebi(24),
                cluster.plan().row("cluster primary").orElseThrow().bytes());
        assertEquals(
                Bytes.mebi(96), cluster.plan().row("processes").orElseThrow().bytes());
        Bytes each = cluster.flags().heap().oldSpace();
        assertEquals(
                each.times(4), cluster.plan().row("old space").orElseThrow().bytes());

        Fit.Fits<NodeFlags> threads =
                fits(Node.within(Bytes.gibi(1)).version(V22).workerThreads(3));
        assertEquals(
                Bytes.mebi(24),
                threads.plan().row("worker threads").orElseThrow().bytes());
        assertTrue(
                threads.warnings().stream().anyMatch(warning -> warning.about().equals("worker_threads")));
    }

    @Test
    void flagsOfTheUserAreKept() {
        Fit.Fits<NodeFlags> plan = fits(Node.within(Bytes.mebi(512))
                .version(V22)
                .existing(NodeOptions.parse("--require ./a.js --max_old_space_size=300 --title=\"my app\"")));
        assertEquals(
                "--require ./a.js --max_old_space_size=300 \"--title=my app\"",
                plan.flags().toNodeOptions());
        assertEquals(Provenance.USER, plan.plan().row("old space").orElseThrow().provenance());
        assertEquals(Bytes.mebi(300), plan.flags().heap().oldSpace());
    }

    @Test
    void aFlagOfTheUserThatDoesNotFitIsAnswered() {
        Fit.TooSmall<NodeFlags> small = assertInstanceOf(
                Fit.TooSmall.class,
                Node.within(Bytes.mebi(512))
                        .version(V22)
                        .existing(NodeOptions.parse("--max-old-space-size=512"))
                        .fit());
        assertEquals("old space", small.largest().region());
        assertEquals("old space", small.cuts().get(0).region());
        assertTrue(Node.within(small.needed())
                .version(V22)
                .existing(NodeOptions.parse("--max-old-space-size=512"))
                .fit()
                .isFit());
    }

    @Test
    void aPercentageThatWouldWinIsNamed() {
        Fit.Fits<NodeFlags> plan = fits(Node.within(Bytes.gibi(1))
                .version(V24)
                .existing(NodeOptions.parse("--max-old-space-size-percentage=50"))
                .existingArguments(NodeOptions.of(List.of("--max-old-space-size=300"))));
        assertEquals(Bytes.mebi(512), plan.flags().heap().oldSpace());
        assertTrue(plan.warnings().stream()
                .anyMatch(warning -> warning.about().equals("--max-old-space-size-percentage")));
        assertEquals(
                List.of("--max-old-space-size-percentage=50", "--max-old-space-size=300"),
                plan.flags().toArguments());
    }

    @Test
    void aPercentageIsEmittedWhereItExists() {
        Fit.Fits<NodeFlags> plan =
                fits(Node.within(Bytes.mebi(1000)).version(V24).asPercentage());
        String text = plan.flags()
                .environmentOptions()
                .value("--max-old-space-size-percentage")
                .orElseThrow();
        NodeLaunch.Started started = assertInstanceOf(
                NodeLaunch.Started.class,
                NodeLaunch.of(V24, Bytes.mebi(1000), plan.flags().environmentOptions(), NodeOptions.none()));
        assertEquals(plan.flags().heap(), started.heap());
        assertTrue(text.matches("[0-9]{1,2}(\\.[0-9])?"), text);
        assertTrue(fits(Node.within(Bytes.mebi(1000))
                        .version(NodeVersion.parse("20.20.2"))
                        .asPercentage())
                .flags()
                .toNodeOptions()
                .startsWith("--max-old-space-size="));
    }

    @Test
    void theEnvironmentCarriesPoolAndArenas() {
        List<EnvironmentVariable> environment = fits(Node.within(Bytes.mebi(512))
                        .version(V22)
                        .threadPool(16)
                        .nativeAddons())
                .flags()
                .environment();
        assertEquals(
                "NODE_OPTIONS=--max-old-space-size=403",
                environment.get(0).toShell().replace("'", ""));
        assertEquals(EnvironmentVariable.of("UV_THREADPOOL_SIZE", "16"), environment.get(1));
        assertEquals(EnvironmentVariable.of("MALLOC_ARENA_MAX", "2"), environment.get(2));
    }

    @Test
    void tooSmallLimitsAreAnsweredWithTheSmallestThatDoes() {
        Fit.TooSmall<NodeFlags> small = assertInstanceOf(
                Fit.TooSmall.class, Node.within(Bytes.mebi(48)).version(V22).fit());
        assertTrue(Node.within(small.needed()).version(V22).fit().isFit());
        assertTrue(!Node.within(small.needed().minus(Bytes.mebi(1)))
                .version(V22)
                .fit()
                .isFit());
        Fit.TooSmall<NodeFlags> crowded = assertInstanceOf(
                Fit.TooSmall.class,
                Node.within(Bytes.mebi(256)).version(V22).clusterWorkers(8).fit());
        assertEquals("processes", crowded.cuts().get(0).region());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--max-old-space-size=abc",
                "--optimize-for-size",
                "--max-old-space-size=1",
                "--max-old-space-size"
            })
    void optionsWithWhichNodeDoesNotStartAreRefused(String options) {
        assertThrows(
                IllegalArgumentException.class,
                () -> Node.within(Bytes.gibi(1))
                        .version(V22)
                        .existing(NodeOptions.parse(options))
                        .fit());
    }

    @Test
    void aSetterIsCalledOnce() {
        assertThrows(
                IllegalStateException.class,
                () -> Node.within(Bytes.gibi(1)).version(V22).version(V24));
        assertThrows(
                IllegalStateException.class,
                () -> Node.within(Bytes.gibi(1)).processes(2).clusterWorkers(3));
        assertThrows(IllegalArgumentException.class, () -> Node.within(Bytes.ZERO));
        assertThrows(
                IllegalArgumentException.class, () -> Node.within(Bytes.gibi(1)).threadPool(2000));
    }

    @ParameterizedTest
    @CsvSource({"v20.20.2,20.20.2", "24.0.0,24.0.0", "v26.0.0-nightly20260101,26.0.0", "12.0.1+x,12.0.1"})
    void versionsAreReadFromWhatNodePrints(String text, String version) {
        assertEquals(version, NodeVersion.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v", "20", "20.1", "20.1.2.3", "10.0.0", "20.1.x", "20.-1.0", "99999.0.0", "٢٠.1.1"})
    void otherTextsAreNoVersion(String text) {
        assertThrows(MalformedException.class, () -> NodeVersion.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a", "--title=\"x\\"})
    void textsThatNodeRefusesAreRefused(String text) {
        assertThrows(MalformedException.class, () -> NodeOptions.parse(text));
    }

    @Test
    void lastOfEqualNamesCountsInEverySpelling() {
        NodeOptions options =
                NodeOptions.parse("--max_old_space_size=1 -max-old-space-size=2 x --max-old_space-size=3");
        assertEquals("3", options.value("--max-old-space-size").orElseThrow());
        assertEquals(List.of("x"), options.without("--max-old-space-size").words());
        assertThrows(
                IllegalArgumentException.class,
                () -> NodeOptions.of(List.of("")).toNodeOptions());
    }

    @Test
    void theForecastSaysWhoComesFirst() {
        assertEquals(
                NodeForecast.KERNEL_FIRST, NodeForecast.of(Bytes.mebi(256), NodeHeap.byDefault(V22, Bytes.mebi(256))));
        assertEquals(NodeForecast.V8_FIRST, NodeForecast.of(Bytes.mebi(512), NodeHeap.byDefault(V22, Bytes.mebi(512))));
        assertEquals(
                NodeForecast.TOO_CLOSE, NodeForecast.of(Bytes.mebi(512), new NodeHeap(Bytes.mebi(470), Bytes.mebi(1))));
    }

    private static Fit.Fits<NodeFlags> fits(Node node) {
        return assertInstanceOf(Fit.Fits.class, node.fit());
    }
}
