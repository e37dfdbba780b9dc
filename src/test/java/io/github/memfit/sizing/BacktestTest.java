package io.github.memfit.sizing;

import static io.github.memfit.sizing.Estimator.fixed;
import static io.github.memfit.sizing.Estimator.peak;
import static io.github.memfit.unit.Bytes.mebi;
import static io.github.memfit.unit.Ratio.percent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageHistoryBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The replay on traces small enough to be computed by hand. */
@Tag("bare")
class BacktestTest {

    private static final long START = 1_717_372_800_000L;
    private static final long HOUR = 3_600_000;

    private static UsageHistory hourly(int hours, LongUnaryOperator mebibytes) {
        UsageHistoryBuilder builder = UsageHistory.builder();
        for (int i = 0; i < hours; i++) {
            builder.add(START + i * HOUR, mebi(mebibytes.applyAsLong(i)).value());
        }
        return builder.build();
    }

    private static SizingPolicy exact(Estimator estimator) {
        return SizingPolicy.equal(estimator).toBuilder()
                .roundUpTo(Bytes.of(1))
                .afterKill(Duration.ZERO)
                .build();
    }

    @Test
    void countsSlackReservationAndUse() {
        // A day of warm-up at 100, then two days at 100 and 50: the limit is 200 on both.
        UsageHistory history = hourly(72, i -> i < 48 ? 100 : 50);
        BacktestScore score = Backtest.daily().run(exact(peak().plus(percent(100))), history);
        assertEquals(1, score.containers());
        assertEquals(2.0 / 7, score.weeks(), 1e-12);
        assertEquals((0.5 + 0.75) / 2, score.meanSlack(), 1e-12);
        assertEquals(400.0 / 150, score.limitOverUse(), 1e-12);
        assertEquals(400.0 / 150, score.reservationFactor(), 1e-12);
        assertEquals(mebi(200), score.meanLimit());
        assertEquals(0, score.episodes() + score.kills() + score.changes());
        assertEquals(0, score.shareKilled());
    }

    @Test
    void raisesTheLimitUntilTheSampleFits() {
        // 100 + 100 = 200, then 300: two kills in one episode; the third sample fits.
        UsageHistory history = hourly(48, i -> i < 24 ? 100 : i == 30 ? 260 : i == 31 ? 300 : 90);
        BacktestScore score = Backtest.daily().run(exact(peak()), history);
        assertEquals(1, score.episodes());
        assertEquals(2, score.kills());
        assertEquals(1, score.killDays());
        assertEquals(7, score.episodesPerWeek(), 1e-12);
        assertEquals(14, score.killsPerWeek(), 1e-12);
        assertEquals(1, score.shareKilled());
        assertEquals((6 * 100 + 18 * 300) / 24.0, score.meanLimit().value() / 1048576.0, 1e-6);
    }

    @Test
    void decidesFromTheSamplesBefore() {
        // The peak of the second day is known on the third only.
        UsageHistory history = hourly(96, i -> i / 24 == 1 ? 200 : 100);
        BacktestScore score = Backtest.daily().run(exact(peak(Duration.ofDays(1))), history);
        assertEquals(1, score.episodes());
        assertEquals(1, score.changes());
        assertEquals((200 + 200 + 100) / 3.0, score.meanLimit().value() / 1048576.0, 1e-6);
    }

    @Test
    void aLongStepCountsForThreeMediansAndTheLastForOne() {
        UsageHistoryBuilder builder = hourly(30, i -> 100).toBuilder();
        builder.add(START + 100 * HOUR, mebi(100).value());
        BacktestScore score = Backtest.daily().run(exact(peak()), builder.build());
        assertEquals((5 + 3 + 1) / 168.0, score.weeks(), 1e-12);
    }

    @Test
    void aGapOfYearsTakesNoTime() {
        UsageHistory history = hourly(48, i -> 100).toBuilder()
                .add(START + 3650 * 24 * HOUR, mebi(100).value())
                .add(START + 3650 * 24 * HOUR + HOUR, mebi(300).value())
                .build();
        Backtest dense = Backtest.of(Duration.ofHours(1), Duration.ofMillis(1));
        BacktestScore score = dense.run(SizingPolicy.equal(PriceTail.balanced(8)), history);
        assertEquals(1, score.episodes());
        assertEquals((46 + 3 + 1 + 1) / 168.0, score.weeks(), 1e-12);
    }

    @Test
    void theGuardRaisesInPlace() {
        UsageHistory history = hourly(48, i -> i < 24 ? 100 : i < 36 ? 95 : 110);
        SizingPolicy policy = exact(peak());
        assertEquals(1, Backtest.daily().run(policy, history).episodes());
        BacktestScore guarded = Backtest.daily().withGuard(percent(90)).run(policy, history);
        assertEquals(0, guarded.episodes());
        assertEquals(2, guarded.changes());
        assertThrows(IllegalArgumentException.class, () -> Backtest.daily().withGuard(Ratio.ZERO));
    }

    @Test
    void requestsAreScoredApart() {
        UsageHistory history = hourly(48, i -> i < 24 ? 100 : i % 2 == 0 ? 100 : 50);
        SizingPolicy policy = SizingPolicy.parse("request=64Mi, limit=peak");
        BacktestScore score = Backtest.daily().run(policy, history);
        assertEquals(0.5, score.timeOverRequest(), 1e-12);
        assertEquals(64 / 75.0, score.requestOverUse(), 1e-12);
    }

    @Test
    void startUpsAreFollowedAndRecordedKillsPassedOver() {
        UsageHistory history = hourly(72, i -> i % 24 == 0 ? 400 : 100).toBuilder()
                .restart(START)
                .restart(START + 24 * HOUR)
                .oomKill(START + 30 * HOUR, mebi(4000))
                .build();
        SizingPolicy policy = SizingPolicy.parse("request=peak, limit=peak, startUp=30m, round=1");
        BacktestScore score = Backtest.daily().run(policy, history);
        assertEquals(0, score.episodes());
        assertEquals(mebi(400), score.meanLimit());
        assertTrue(score.requestOverUse() < 2.5, score::toString);
    }

    @Test
    void aHistoryWithinTheWarmUpScoresNothing() {
        BacktestScore score = SizingPolicy.equal(peak()).backtest(hourly(20, i -> 100), Duration.ofDays(1));
        assertTrue(score.isEmpty());
        assertEquals(0, score.killsPerWeek() + score.meanSlack() + score.limitOverUse() + score.reservationFactor());
        assertTrue(Backtest.daily()
                .run(SizingPolicy.equal(peak()), UsageHistory.empty())
                .isEmpty());
    }

    @Test
    void everyReplicaIsAContainer() {
        UsageHistoryBuilder builder = UsageHistory.builder();
        for (int replica = 0; replica < 3; replica++) {
            builder.replica("web-" + replica);
            for (int i = 0; i < 48; i++) {
                builder.add(
                        START + i * HOUR,
                        mebi(i == 40 && replica == 1 ? 500 : 100).value());
            }
        }
        BacktestScore score = Backtest.daily().run(exact(peak()), builder.build());
        assertEquals(3, score.containers());
        assertEquals(1, score.episodes());
        assertEquals(1 / 3.0, score.shareKilled(), 1e-12);
    }

    @Test
    void theExecutorDoesNotMatter() {
        List<UsageHistory> fleet = new ArrayList<>();
        for (int n = 1; n < 20; n++) {
            int size = n;
            fleet.add(hourly(24 * n, i -> 100 + i * 7919L * size % 400));
        }
        BacktestTable alone = Backtest.daily().compare(NamedPolicies.families(), fleet);
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            BacktestTable spread = Backtest.daily().compare(NamedPolicies.families(), fleet, executor);
            for (int i = 0; i < alone.rows().size(); i++) {
                assertEquals(
                        alone.rows().get(i).toString(), spread.rows().get(i).toString());
            }
            assertEquals("BacktestTable[200 policies, 18 containers]", spread.toString());
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void interpolatesInTheLogarithmOfTheRate() {
        BacktestTable table = Backtest.daily().compare(List.of(NamedPolicies.krr()), List.of(rising()));
        // 10% is killed by every growth of 12% and 25%, 15% by the latter only.
        BacktestScore more = table.family("krr-max14d").get(4).score();
        BacktestScore less = table.family("krr-max14d").get(5).score();
        assertEquals(2, more.episodesPerWeek() / less.episodesPerWeek(), 0.3);
        double middle = Math.sqrt(more.episodesPerWeek() * less.episodesPerWeek());
        assertEquals(
                (more.meanSlack() + less.meanSlack()) / 2,
                table.at("krr-max14d", BacktestMetric.MEAN_SLACK, middle).orElseThrow(),
                1e-9);
        assertTrue(table.at("krr-max14d", BacktestMetric.MEAN_SLACK, 1000).isEmpty());
        assertTrue(table.at("unknown", BacktestMetric.MEAN_SLACK, 1).isEmpty());
    }

    /** Grows day by day, now and then by more: the smaller the margin, the more kills. */
    private static UsageHistory rising() {
        double[] growth = {1.01, 1.06, 1.01, 1.12, 1.01, 1.25};
        double[] levels = new double[30];
        levels[0] = 200;
        for (int day = 1; day < levels.length; day++) {
            levels[day] = levels[day - 1] * growth[day % growth.length];
        }
        return hourly(30 * 24, i -> Math.round(levels[(int) i / 24]));
    }

    @Test
    void noUndefeatedPolicyIsBeaten() {
        BacktestTable table = Backtest.daily().compare(NamedPolicies.families(), List.of(rising()));
        for (BacktestMetric metric : BacktestMetric.values()) {
            List<BacktestRow> best = table.pareto(metric);
            assertTrue(!best.isEmpty() && best.size() < table.rows().size());
            for (BacktestRow row : table.rows()) {
                boolean beaten = best.stream()
                        .anyMatch(one ->
                                one.score().episodesPerWeek() <= row.score().episodesPerWeek()
                                        && metric.of(one.score()) <= metric.of(row.score()));
                assertTrue(beaten, row::toString);
            }
        }
    }

    @Test
    void calibratesTheDialForARiskTarget() {
        Calibration found = Backtest.daily().calibrate(NamedPolicies.krr(), List.of(rising()), 1);
        BacktestRow row = found.row().orElseThrow();
        assertTrue(row.score().killsPerWeek() <= 1, found::toString);
        assertTrue(row.dial().compareTo(percent(24)) > 0 && row.dial().compareTo(percent(27)) < 0, found::toString);
        assertTrue(found.toString().contains("kills a week in 4 container-weeks"), found::toString);
    }

    @Test
    void sparseEvidenceAndUnsafeFamiliesHaveNoCalibration() {
        Calibration sparse = Backtest.daily().calibrate(NamedPolicies.krr(), List.of(rising()), 0.1);
        assertTrue(sparse.policy().isEmpty());
        assertTrue(sparse.reason().contains("needs 30 container-weeks, there are 4.1"), sparse::reason);
        PolicyFamily low = PolicyFamily.of("low", exact(fixed(mebi(8))));
        Calibration unsafe = Backtest.daily().calibrate(low, List.of(rising()), 1);
        assertTrue(unsafe.policy().isEmpty() && unsafe.reason().startsWith("no setting of low"), unsafe::reason);
        assertThrows(
                IllegalArgumentException.class, () -> Backtest.daily().calibrate(low, List.of(rising()), Double.NaN));
    }

    @Test
    void familiesAscend() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new PolicyFamily("x", List.of(percent(2), percent(1)), m -> exact(peak().plus(m))));
        assertThrows(IllegalArgumentException.class, () -> new PolicyFamily("x", List.of(), m -> exact(peak())));
        assertThrows(IllegalArgumentException.class, () -> Backtest.of(Duration.ZERO, Duration.ofDays(1)));
        assertEquals(
                "Backtest[warmUp=6h, every=1h]",
                Backtest.of(Duration.ofHours(6), Duration.ofHours(1)).toString());
    }
}
