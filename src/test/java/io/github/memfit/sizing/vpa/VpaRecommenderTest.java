package io.github.memfit.sizing.vpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.sizing.vpa.VpaPodResources.VpaCap;
import io.github.memfit.unit.Bytes;
import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageMark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@Tag("bare")
class VpaRecommenderTest {

    private static final long T = 1_717_200_000_000L;
    private static final long DAY = 86_400_000;
    private static final long MIB = 1 << 20;

    private static VpaRecommender fed(UsageHistory history) {
        return VpaRecommender.withJournal(VpaSettings.DEFAULTS).addAll("app", history);
    }

    private static long target(VpaRecommender vpa) {
        return vpa.recommend().get("app").target().bytes();
    }

    @Test
    void explainsWindowsBucketsAndRules() {
        UsageHistory history =
                UsageHistory.ofEvery(T, Duration.ofHours(12), 300 * MIB, 310 * MIB, 500 * MIB, 290 * MIB, 305 * MIB)
                        .toBuilder()
                        .add(UsageMark.oomKill(T + 2 * DAY + 1, "", OptionalLong.of(400 * MIB), OptionalLong.empty()))
                        .build();
        VpaRecommender vpa = fed(history).policy("app", new VpaContainerPolicy(Bytes.ZERO, Bytes.mebi(600), true));
        VpaExplanation explanation = vpa.explain("app");
        assertEquals(
                List.of(310 * MIB, 500 * MIB, 500 * MIB),
                explanation.windows().stream().map(VpaWindow::peakBytes).toList());
        String all = String.join("\n", explanation.lines());
        assertTrue(all.contains("until 2024-06-04T00:00:00Z: peak 524288000 after an OOM kill, bucket 26"), all);
        assertTrue(all.contains("bucket 26 from 511134537: 85.71% of the weight"), all);
        assertTrue(
                all.contains(
                        "target: percentile 0.9 lies in bucket 26, ends at 546691264; margin 0.15 makes 628694953"),
                all);
        assertTrue(all.contains("confidence 0.00347"), all);
        assertTrue(all.contains("lower bound: percentile 0.5 lies in bucket 26"), all);
        assertFalse(all.contains("container policy"), all);
        vpa.policy(new VpaContainerPolicy(Bytes.ZERO, Bytes.mebi(500), true));
        assertEquals(628_694_953, target(vpa));
        vpa.policy("app", new VpaContainerPolicy(Bytes.ZERO, Bytes.mebi(500), true));
        assertEquals(500 * MIB, target(vpa));
        assertTrue(vpa.explain("app")
                .lines()
                .get(vpa.explain("app").lines().size() - 1)
                .startsWith("container policy: at least 0, at most 500Mi, makes the target 500Mi"));
        assertThrows(IllegalArgumentException.class, () -> vpa.explain("other"));
    }

    @Test
    void aQuestionDoesNotChangeTheState() {
        VpaRecommender asked =
                VpaRecommender.of(VpaSettings.DEFAULTS).revision("a", "1").revision("b", "2");
        VpaRecommender silent =
                VpaRecommender.of(VpaSettings.DEFAULTS).revision("a", "1").revision("b", "2");
        for (int day = 0; day < 300; day++) {
            for (VpaRecommender vpa : List.of(asked, silent)) {
                String pod = day % 150 < 5 ? "a" : "b";
                vpa.instance(pod, "app").sample(T + day * DAY, (300 + day % 7) * MIB);
            }
            asked.recommend();
            asked.checkpoints(Instant.ofEpochMilli(T + day * DAY));
        }
        assertEquals(silent.recommend(), asked.recommend());
        assertEquals(silent.toString(), asked.toString());
    }

    @Test
    void checkpointsCarryOver() {
        VpaRecommender before = fed(UsageHistory.ofEvery(T, Duration.ofHours(6), 300 * MIB, 900 * MIB, 200 * MIB, 1));
        Map<String, VpaCheckpoint> saved = before.checkpoints(Instant.ofEpochMilli(T + 10 * DAY));
        VpaRecommender after = VpaRecommender.of(VpaSettings.DEFAULTS).load("app", saved.get("app"));
        assertEquals(before.recommend(), after.recommend());
        VpaCheckpoint open = before.checkpoints(Instant.ofEpochMilli(T)).get("app");
        assertEquals(0, open.totalWeight());
        assertTrue(open.bucketWeights().isEmpty());
        assertThrows(
                UnsupportedOperationException.class, () -> open.bucketWeights().put(1, 1));
    }

    @Test
    void refusedSamplesSaySo() {
        VpaInstance instance = VpaRecommender.of(VpaSettings.DEFAULTS).instance("p", "c");
        Instant time = Instant.ofEpochMilli(T);
        assertTrue(instance.memorySample(time, 5));
        assertTrue(instance.memorySample(time, 5));
        assertFalse(instance.memorySample(time.minusNanos(1), 5));
        assertFalse(instance.memorySample(time.plusNanos(1), -5));
        assertTrue(instance.cpuSample(time));
        assertFalse(instance.cpuSample(time));
        assertFalse(instance.oomKill(time.minus(Duration.ofHours(24)).minusNanos(1), 5));
        assertTrue(instance.oomKill(time.minus(Duration.ofHours(24)), 5));
        assertEquals(Optional.of(time.minus(Duration.ofHours(24))), instance.lastMemorySample());
        assertTrue(instance.toString().contains("VpaWindow"));
    }

    @Test
    void overflowAndHugeGapsHaveDefinedAnswers() {
        VpaRecommender vpa = VpaRecommender.of(VpaSettings.DEFAULTS);
        VpaInstance instance = vpa.instance("p", "app");
        instance.sample(Instant.parse("1700-01-01T00:00:00Z").toEpochMilli(), 1);
        instance.sample(Instant.parse("2250-01-01T00:00:00Z").toEpochMilli(), Long.MAX_VALUE);
        assertEquals(1_174_275_820_239L, target(vpa));
        assertTrue(instance.oomKill(Instant.parse("2250-01-01T00:00:00Z"), Long.MAX_VALUE));
        assertEquals(1_174_275_820_239L, target(vpa));
        VpaRecommender gap = fed(UsageHistory.of(new long[] {T, T + 3653 * DAY}, new long[] {900 * MIB, 300 * MIB}));
        assertEquals(380_258_472, target(gap));
    }

    @Test
    void badInputIsRefusedWithTheValue() {
        VpaInstance instance = VpaRecommender.of(VpaSettings.DEFAULTS).instance("p", "c");
        assertMessage("got 1699-12-31T23:59:59.999Z", () -> instance.sample(-8_520_336_000_001L, 1));
        assertMessage("years 1700 and 2250", () -> instance.memorySample(Instant.MAX, 1));
        assertMessage("got PT0S", () -> VpaSettings.builder().halfLife(Duration.ZERO));
        assertMessage("got PT87864H", () -> VpaSettings.builder().aggregationInterval(Duration.ofDays(3661)));
        assertMessage("got NaN", () -> VpaSettings.builder().marginFraction(Double.NaN));
        assertMessage("got -0.1", () -> VpaSettings.builder().percentiles(-0.1, 0.9, 0.95));
        assertMessage("got -1", () -> VpaSettings.builder().roundMemoryBytes(-1));
        assertMessage("got -1", () -> new VpaContainerPolicy(Bytes.of(-1), Bytes.ZERO, true));
        VpaHistogram histogram = VpaHistogram.decaying(VpaBuckets.MEMORY, Duration.ofDays(1));
        assertMessage("got NaN", () -> histogram.add(1, Double.NaN, Instant.EPOCH));
        assertMessage("got -1.0", () -> histogram.subtract(1, -1, Instant.EPOCH));
        assertMessage("not a number", () -> histogram.add(Double.NaN, 1, Instant.EPOCH));
        assertMessage("must be a number", () -> histogram.percentile(Double.NaN));
        assertMessage("different configuration", () -> histogram.merge(VpaHistogram.plain(VpaBuckets.MEMORY)));
        assertMessage("got 1.0", () -> VpaBuckets.exponential(1e12, 1e7, 1, 1e-4));
        assertMessage("got NaN", () -> VpaBuckets.linear(Double.NaN, 1, 1e-4));
        assertMessage("1048576 buckets", () -> VpaBuckets.linear(1e12, 1, 1e-4));
        assertMessage("got -1=3", () -> checkpoint(1, Map.of(-1, 3)));
        assertMessage("got -2.0", () -> checkpoint(-2, Map.of()));
        assertMessage("bucket 176", () -> histogram.load(checkpoint(1, Map.of(176, 1))));
        assertMessage("got -1 and 0", () -> new VpaAmount(-1, 0));
        VpaRecommender vpa = VpaRecommender.of(VpaSettings.DEFAULTS);
        vpa.instance("p", "c");
        assertThrows(IllegalStateException.class, () -> vpa.revision("p", "r"));
        assertTrue(histogram.isEmpty());
    }

    private static VpaCheckpoint checkpoint(double total, Map<Integer, Integer> weights) {
        return new VpaCheckpoint(
                Optional.empty(), total, new TreeMap<>(weights), Optional.empty(), Optional.empty(), 0);
    }

    @Test
    void mixedReplicasFillWindowsOfTheirOwn() {
        UsageHistory history = UsageHistory.builder()
                .replica("a")
                .add(T, 900 * MIB)
                .replica("b")
                .add(T + 1, 300 * MIB)
                .replica("c")
                .add(T + 2, 300 * MIB)
                .build();
        VpaExplanation explanation = fed(history).explain("app");
        assertEquals(3, explanation.windows().size());
        assertEquals(
                3,
                fed(history)
                        .checkpoints(Instant.ofEpochMilli(T + 9 * DAY))
                        .get("app")
                        .samples());
    }

    @Test
    void limitRangesOfANamespaceMerge() {
        VpaLimitRange merged = VpaLimitRange.merge(List.of(
                new VpaLimitRange(Bytes.of(5), Bytes.ZERO, Bytes.of(50)),
                new VpaLimitRange(Bytes.of(9), Bytes.of(100), Bytes.ZERO),
                new VpaLimitRange(Bytes.ZERO, Bytes.of(90), Bytes.of(40))));
        assertEquals(new VpaLimitRange(Bytes.of(9), Bytes.of(90), Bytes.of(40)), merged);
    }

    @Test
    void whereVpaPanicsTheContainerIsLeftAlone() {
        VpaBounds bounds = new VpaBounds(Bytes.mebi(300), Bytes.mebi(300), Bytes.mebi(900));
        List<VpaPodResources> results = VpaAdmission.of(
                        Optional.of(new VpaLimitRange(Bytes.ZERO, Bytes.mebi(500), Bytes.ZERO)), Optional.empty())
                .apply(List.of(
                        new VpaPodContainer(
                                "a", Bytes.mebi(100), Bytes.mebi(200), Optional.of(bounds), VpaContainerPolicy.NONE),
                        new VpaPodContainer("b", Bytes.ZERO, Bytes.ZERO, Optional.empty(), VpaContainerPolicy.NONE)));
        assertEquals(Optional.of(Bytes.mebi(250)), results.get(0).request());
        assertEquals(Optional.of(Bytes.mebi(250)), results.get(0).upperBound());
        assertEquals(Optional.empty(), results.get(1).request());
        assertEquals(Optional.empty(), results.get(1).upperBound());
        assertEquals(List.<VpaCap>of(), results.get(0).caps());
    }

    @Test
    void settingsAreValues() {
        VpaSettings settings = VpaSettings.builder()
                .humanizeMemory(true)
                .confidenceInterval(Duration.ofDays(7))
                .build();
        assertEquals(settings, settings.toBuilder().build());
        assertEquals(settings.hashCode(), settings.toBuilder().build().hashCode());
        assertFalse(settings.equals(VpaSettings.DEFAULTS));
        assertTrue(VpaSettings.DEFAULTS.toString().length() < 200);
    }

    private static void assertMessage(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
