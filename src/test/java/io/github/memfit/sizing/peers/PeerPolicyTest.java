package io.github.memfit.sizing.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.sizing.peers.Autopilot.AutopilotStatistic;
import io.github.memfit.sizing.peers.HpaReplicas.HpaPod;
import io.github.memfit.sizing.peers.HpaReplicas.HpaPodState;
import io.github.memfit.sizing.peers.Kruize.KruizeTerm;
import io.github.memfit.sizing.peers.Senpai.SenpaiAction;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import io.github.memfit.usage.PercentileRule;
import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageHistoryBuilder;
import io.github.memfit.usage.UsageMark;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@Tag("bare")
class PeerPolicyTest {

    private static final long T = 1_717_200_000_000L;
    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;
    private static final long MIB = 1 << 20;
    private static final Ratio MARGIN = Ratio.percent(15);

    /** 300 MiB every five minutes, except for one peak. */
    private static UsageHistory steady(int samples, int peakAt, long peakMib) {
        UsageHistoryBuilder builder = UsageHistory.builder();
        for (int i = 0; i < samples; i++) {
            builder.add(T + i * 5 * MINUTE, (i == peakAt ? peakMib : 300) * MIB);
        }
        return builder.build();
    }

    private static Bytes limit(PeerPolicy policy, UsageHistory history) {
        return assertInstanceOf(PeerSizing.Proposed.class, policy.size(history)).limit();
    }

    private static String reason(PeerPolicy policy, UsageHistory history) {
        return assertInstanceOf(PeerSizing.Undecided.class, policy.size(history))
                .reason();
    }

    @Test
    void everyPolicySaysWhyItHasNoAnswerAndHasAName() {
        List<PeerPolicy> all = List.of(
                Krr.DEFAULT,
                Crane.DEFAULT,
                new Kruize(KruizeTerm.SHORT),
                Goldilocks.GUARANTEED,
                Goldilocks.BURSTABLE,
                new Autopilot(AutopilotStatistic.P98, MARGIN, Duration.ofDays(7)),
                new MaxWindow(Duration.ofDays(14), MARGIN),
                new PercentileMargin(Ratio.percent(99), PercentileRule.NEAREST_RANK, Ratio.percent(20)));
        for (PeerPolicy policy : all) {
            assertEquals("No data", reason(policy, UsageHistory.empty()), policy.name());
        }
        assertEquals(
                List.of(
                        "krr",
                        "crane",
                        "kruize short",
                        "goldilocks guaranteed",
                        "goldilocks burstable",
                        "autopilot p98 +15%",
                        "max PT336H +15%",
                        "p99% +20%"),
                all.stream().map(PeerPolicy::name).toList());
    }

    @Test
    void krrTakesTheMaximumOfTwoWeeksAndTheLimitOfKilledPods() {
        UsageHistory history = steady(200, 3, 600);
        assertEquals(Bytes.mebi(690), limit(Krr.DEFAULT, history));
        assertEquals("Not enough data", reason(Krr.DEFAULT, steady(99, 3, 600)));
        UsageHistory later = steady(100, 0, 600).toBuilder()
                .addAll(shifted(steady(100, 0, 310), 15 * DAY))
                .build();
        assertEquals(Bytes.mebi(357), limit(Krr.DEFAULT, later));

        Krr withKills = new Krr(15, 100, true, 25, 100, false);
        UsageHistory killed =
                history.toBuilder().oomKill(T + 100 * MINUTE, Bytes.gibi(1)).build();
        assertEquals(Bytes.mebi(1280), limit(withKills, killed));
        UsageHistory restarted = killed.toBuilder().restart(T + 101 * MINUTE).build();
        assertEquals(Bytes.mebi(690), limit(withKills, restarted));
    }

    private static UsageHistory shifted(UsageHistory history, long millis) {
        UsageHistoryBuilder builder = UsageHistory.builder();
        history.stream().forEach(sample -> builder.add(sample.epochMillis() + millis, sample.bytes()));
        return builder.build();
    }

    @Test
    void craneBumpsTheRequestOfAKillWithinAWeek() {
        UsageHistory history = steady(500, -1, 0);
        assertEquals(Bytes.of(482_344_959), limit(Crane.DEFAULT, history));
        UsageHistory killed = history.toBuilder()
                .add(UsageMark.oomKill(T, "", OptionalLong.of(800 * MIB), OptionalLong.empty()))
                .build();
        assertEquals(Bytes.of(1_006_632_960), limit(Crane.DEFAULT, killed));
        UsageHistory weekLater = killed.toBuilder().restart(T + 8 * DAY).build();
        assertEquals(Bytes.of(482_344_959), limit(Crane.DEFAULT, weekLater));
    }

    @Test
    void kruizeNeedsHalfAnHourAndFollowsTheSpread() {
        assertEquals("Not enough data", reason(new Kruize(KruizeTerm.SHORT), steady(3, 0, 320)));
        assertEquals("Not enough data", reason(new Kruize(KruizeTerm.MEDIUM), steady(288, 0, 320)));
        // The spread of 20 MiB is less than 20 % of the highest interval.
        assertEquals(Bytes.mebi(320 + 21), limit(new Kruize(KruizeTerm.SHORT), steady(288, 1, 320)));
        assertEquals(Bytes.mebi(720), limit(new Kruize(KruizeTerm.SHORT), steady(288, 1, 600)));
        UsageHistory twoReplicas = steady(288, -1, 0).toBuilder()
                .replica("b")
                .addAll(UsageHistory.builder().replica("b").add(T, 200 * MIB).build())
                .build();
        assertEquals(Bytes.mebi(360), limit(new Kruize(KruizeTerm.SHORT), twoReplicas));
    }

    @Test
    void goldilocksRoundsVpaUp() {
        UsageHistory history = steady(288, -1, 0);
        PeerSizing.Proposed guaranteed =
                assertInstanceOf(PeerSizing.Proposed.class, Goldilocks.GUARANTEED.size(history));
        assertEquals(guaranteed.request(), guaranteed.limit());
        // VPA: bucket 18 ends at 330659541 - 305390039 ... the target of 314572800 is 330659541 + 15 %.
        assertEquals(Bytes.of(380_258_472).roundUpTo(Bytes.mebi(1)), guaranteed.limit());
        PeerSizing.Proposed burstable = assertInstanceOf(PeerSizing.Proposed.class, Goldilocks.BURSTABLE.size(history));
        assertTrue(burstable.request().isLessThan(guaranteed.request()));
        assertTrue(burstable.limit().isMoreThan(guaranteed.limit()));
    }

    @Test
    void autopilotWindowsForgetAndWeighByLoad() {
        UsageHistory history = steady(2016, 0, 3000);
        assertEquals(Bytes.mebi(3450), limit(autopilot(AutopilotStatistic.MAX, 8), history));
        assertEquals(Bytes.mebi(345), limit(autopilot(AutopilotStatistic.MAX, 1), history));
        assertEquals(Bytes.mebi(345), limit(autopilot(AutopilotStatistic.P98, 8), history));
        assertEquals(Bytes.mebi(1725), limit(autopilot(AutopilotStatistic.P60_OR_HALF_MAX, 8), history));
        Bytes average = limit(autopilot(AutopilotStatistic.AVERAGE, 8), history);
        assertTrue(average.isMoreThan(Bytes.mebi(345)) && average.isLessThan(Bytes.mebi(347)), average::toString);
        // A tenth of the time at ten times the use is half of the load.
        UsageHistoryBuilder builder = UsageHistory.builder();
        for (int i = 0; i < 100; i++) {
            builder.add(T + i * 5 * MINUTE, (i % 10 == 0 ? 1000 : 100) * MIB);
        }
        assertEquals(Bytes.mebi(1150), limit(autopilot(AutopilotStatistic.P60_OR_HALF_MAX, 8), builder.build()));
    }

    @Test
    void autopilotHoldsTheMaximumOfTheLastHour() {
        UsageHistory peakLongAgo = steady(300, 280, 900);
        assertEquals(Bytes.mebi(345), limit(autopilot(AutopilotStatistic.MAX, 0.02), peakLongAgo));
        UsageHistory peakWithinTheHour = steady(300, 286, 900);
        assertEquals(Bytes.mebi(1035), limit(autopilot(AutopilotStatistic.MAX, 0.02), peakWithinTheHour));
    }

    private static Autopilot autopilot(AutopilotStatistic statistic, double days) {
        return new Autopilot(statistic, MARGIN, Duration.ofSeconds((long) (days * 86_400)));
    }

    @Test
    void maximaAndPercentilesWithAMargin() {
        UsageHistory history = steady(100, 7, 900);
        assertEquals(Bytes.mebi(1035), limit(new MaxWindow(Duration.ofDays(1), MARGIN), history));
        assertEquals(Bytes.mebi(345), limit(new MaxWindow(Duration.ofHours(1), MARGIN), history));
        assertEquals(
                Bytes.mebi(360),
                limit(
                        new PercentileMargin(Ratio.percent(99), PercentileRule.NEAREST_RANK, Ratio.percent(20)),
                        history));
        assertEquals(
                Bytes.mebi(1080),
                limit(new PercentileMargin(Ratio.ONE, PercentileRule.NEAREST_RANK, Ratio.percent(20)), history));
    }

    @Test
    void senpaiWaitsBeforeItProbes() {
        Senpai.SenpaiStep hold = Senpai.DEFAULT.step(Bytes.gibi(1), 0, 5);
        assertEquals(SenpaiAction.HOLD, hold.action());
        assertEquals(Bytes.gibi(1), hold.limit());
        assertEquals(
                SenpaiAction.PROBE, Senpai.DEFAULT.step(Bytes.gibi(1), 0, 6).action());
        assertEquals(
                SenpaiAction.BACKOFF,
                Senpai.DEFAULT.step(Bytes.gibi(1), 10_001, 0).action());
    }

    @Test
    void hpaOnBytesPerPod() {
        HpaPod busy = new HpaPod(OptionalLong.of(200 * MIB), OptionalLong.empty(), HpaPodState.RUNNING);
        HpaPod missing = new HpaPod(OptionalLong.empty(), OptionalLong.empty(), HpaPodState.RUNNING);
        assertEquals(
                new HpaReplicas.Desired(4, 200 * MIB),
                HpaReplicas.DEFAULT.averageValue(2, 100 * MIB, List.of(busy, busy)));
        assertEquals(
                new HpaReplicas.Desired(2, 200 * MIB),
                HpaReplicas.DEFAULT.averageValue(2, 300 * MIB, List.of(busy, missing)));
        assertEquals(
                new HpaReplicas.NotComputed("no metrics of ready pods"),
                HpaReplicas.DEFAULT.averageValue(2, 300 * MIB, List.of(missing)));
        HpaPod withoutRequest = new HpaPod(OptionalLong.of(1), OptionalLong.of(0), HpaPodState.RUNNING);
        assertEquals(
                new HpaReplicas.NotComputed("missing request"),
                HpaReplicas.DEFAULT.averageUtilization(1, 50, List.of(withoutRequest)));
    }

    @Test
    void badInputIsRefusedWithTheValue() {
        assertMessage("got NaN", () -> new Krr(Double.NaN, 100, false, 25, 100, false));
        assertMessage("got -1.0", () -> new Krr(15, -1, false, 25, 100, false));
        assertMessage("got Infinity", () -> new Crane(0.99, Double.POSITIVE_INFINITY, 1));
        assertMessage("utilization of 0", () -> new Crane(0.99, 0.15, 0));
        assertMessage("got -1.0", () -> new Kruize.KruizeInterval(1, 1, 1, 1, 1, -1));
        assertMessage("got PT-1S", () -> new MaxWindow(Duration.ofSeconds(-1), MARGIN));
        assertMessage("-1%", () -> new PercentileMargin(Ratio.percent(-1), PercentileRule.NEAREST_RANK, MARGIN));
        assertMessage("-1%", () -> new Autopilot(AutopilotStatistic.MAX, Ratio.percent(-1), Duration.ZERO));
        assertMessage("got -1", () -> Senpai.DEFAULT.step(Bytes.of(-1), 0, 0));
        assertMessage("must not be 0", () -> new Senpai(0, 6, 0.01, 1, 10, 20, Bytes.ZERO, Bytes.ZERO));
        assertMessage("in order", () -> new Senpai(1, 6, 0.01, 1, 10, 20, Bytes.of(2), Bytes.of(1)));
        assertMessage("got 0 and 1", () -> HpaReplicas.DEFAULT.averageValue(1, 0, List.of()));
        assertMessage(
                "must not be negative",
                () -> new HpaPod(OptionalLong.of(-1), OptionalLong.empty(), HpaPodState.RUNNING));
        HpaPod huge = new HpaPod(OptionalLong.of(Long.MAX_VALUE), OptionalLong.of(1), HpaPodState.RUNNING);
        assertThrows(
                ArithmeticException.class,
                () -> HpaReplicas.DEFAULT.averageUtilization(2, 50, Collections.nCopies(2, huge)));
    }

    @Test
    void hugeUseStaysInRange() {
        long[] huge = new long[200];
        Arrays.fill(huge, Long.MAX_VALUE / 2);
        UsageHistory history = UsageHistory.ofEvery(T, Duration.ofMinutes(5), huge);
        assertTrue(limit(Crane.DEFAULT, history).isMoreThan(Bytes.gibi(90)));
        assertTrue(limit(Krr.DEFAULT, history).isMoreThan(Bytes.of(Long.MAX_VALUE / 2)));
        assertTrue(limit(new Kruize(KruizeTerm.SHORT), history).value() >= Long.MAX_VALUE / 2);
        assertThrows(
                ArithmeticException.class, () -> new MaxWindow(Duration.ofDays(1), Ratio.percent(300)).size(history));
    }

    private static void assertMessage(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
