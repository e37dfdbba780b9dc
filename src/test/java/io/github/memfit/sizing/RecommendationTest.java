package io.github.memfit.sizing;

import static io.github.memfit.sizing.Estimator.peak;
import static io.github.memfit.sizing.Estimator.percentile;
import static io.github.memfit.unit.Bytes.gibi;
import static io.github.memfit.unit.Bytes.mebi;
import static io.github.memfit.unit.Ratio.percent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageHistoryBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a policy answers, and what may change the answer. */
@Tag("bare")
class RecommendationTest {

    /** 2024-06-03, a Monday. */
    private static final long START = 1_717_372_800_000L;

    private static final long HOUR = 3_600_000;

    private static UsageHistory hourly(int hours, LongUnaryOperator mebibytes) {
        UsageHistoryBuilder builder = UsageHistory.builder();
        for (int i = 0; i < hours; i++) {
            builder.add(START + i * HOUR, mebi(mebibytes.applyAsLong(i)).value());
        }
        return builder.build();
    }

    private static Recommendation.Sized sized(SizingPolicy policy, UsageHistory history, Deployed deployed) {
        return policy.recommend(history, deployed).sized().orElseThrow();
    }

    private static Recommendation.Sized sized(SizingPolicy policy, UsageHistory history) {
        return sized(policy, history, Deployed.unknown());
    }

    private static boolean any(List<String> lines, String part) {
        return lines.stream().anyMatch(line -> line.contains(part));
    }

    @Test
    void requestAndLimitAreSeparateAnswers() {
        SizingPolicy policy = SizingPolicy.parse("request=p50+10%, limit=peak+20%");
        Recommendation.Sized sized = sized(policy, hourly(100, i -> i * 37 % 100 + 1));
        // Nearest rank: 50 of 100, in a bucket 1% wide.
        assertTrue(
                sized.request().value() >= mebi(55).value() && sized.request().value() <= mebi(56).value());
        assertEquals(mebi(120), sized.limit());
        assertEquals(policy.limit(), sized.intent());
        assertTrue(sized.warnings().isEmpty(), () -> sized.warnings().toString());
        assertTrue(
                any(sized.reasons(), "request: 50% of the samples"),
                () -> sized.reasons().toString());
        assertTrue(
                any(sized.reasons(), "limit: highest sample: 100"),
                () -> sized.reasons().toString());
        assertEquals(Optional.empty(), sized.limitSaved());
    }

    @Test
    void limitsFollowTheRequest() {
        UsageHistory history = hourly(48, i -> 100);
        assertEquals(
                mebi(150),
                sized(SizingPolicy.parse("request=peak, limit=request*150%"), history)
                        .limit());
        assertEquals(
                mebi(164),
                sized(SizingPolicy.parse("request=peak, limit=request+64Mi"), history)
                        .limit());
        Recommendation.Sized equal = sized(SizingPolicy.equal(peak().plus(percent(1))), history);
        assertEquals(mebi(101), equal.limit());
        assertEquals(equal.request(), equal.limit());
        Recommendation.Sized raised = sized(SizingPolicy.parse("request=peak, limit=mean+10%-50%"), history);
        assertEquals(raised.request(), raised.limit());
    }

    @Test
    void tooLittleHistorySaysWhatIsMissing() {
        SizingPolicy policy = SizingPolicy.parse("request=peak, limit=request, history=2d, samples=40");
        Recommendation answer = policy.recommend(hourly(19, i -> 100));
        Recommendation.TooLittleHistory missing = assertInstanceOf(Recommendation.TooLittleHistory.class, answer);
        assertEquals(Duration.ofHours(30), missing.missingTime());
        assertEquals(21, missing.missingSamples());
        assertEquals(
                "too little history: samples span 18h, 30h more are needed; there are 19 samples, 21 more are needed",
                missing.toString());
        assertTrue(answer.sized().isEmpty());
        assertInstanceOf(Recommendation.TooLittleHistory.class, policy.recommend(UsageHistory.empty()));
        UsageHistory starting = hourly(50, i -> 100).toBuilder().restart(START).build();
        Recommendation none =
                policy.toBuilder().startUp(Duration.ofDays(9)).build().recommend(starting);
        assertTrue(none.reasons().get(0).contains("start-up"), none::toString);
    }

    @Test
    void aPercentileAsLimitDrawsAWarning() {
        UsageHistory history = hourly(100, i -> i);
        for (String limit : List.of("p99+20%", "mean", "max(p99, p90)", "min(peak, p99)", "peak-1%", "p99+1Gi")) {
            SizingPolicy policy = SizingPolicy.parse("request=p50, limit=" + limit);
            assertTrue(any(sized(policy, history).warnings(), "percentile below the maximum"), limit);
        }
        assertTrue(any(sized(SizingPolicy.equal(percentile(99)), history).warnings(), "percentile"));
        for (String limit : List.of("p100", "max(p99, peak)", "peak+1%", "priceTail(8)", "vpa(90%)+15%", "4Gi")) {
            SizingPolicy policy = SizingPolicy.parse("request=p50, limit=" + limit);
            assertFalse(any(sized(policy, history).warnings(), "percentile"), limit);
        }
        assertTrue(any(
                sized(SizingPolicy.parse("request=1Mi, limit=50Mi"), history).warnings(), "already higher"));
    }

    @Test
    void savingsCountAgainstWhatIsSet() {
        Recommendation.Sized sized =
                sized(SizingPolicy.equal(peak()), hourly(48, i -> 100), Deployed.of(mebi(60), mebi(500)));
        assertEquals(Optional.of(mebi(-40)), sized.requestSaved());
        assertEquals(Optional.of(mebi(400)), sized.limitSaved());
    }

    @Test
    void smallChangesAreHeldBack() {
        SizingPolicy policy = SizingPolicy.parse("request=peak, limit=request, hold=15%|3%");
        UsageHistory history = hourly(48, i -> 100);
        assertEquals(
                mebi(117),
                sized(policy, history, Deployed.of(mebi(117), mebi(117))).limit());
        assertEquals(
                mebi(100),
                sized(policy, history, Deployed.of(mebi(118), mebi(118))).limit());
        assertEquals(
                mebi(98),
                sized(policy, history, Deployed.of(mebi(98), mebi(98))).limit());
        assertEquals(
                mebi(100),
                sized(policy, history, Deployed.of(mebi(97), mebi(97))).limit());
        assertTrue(any(sized(policy, history, Deployed.of(mebi(98), mebi(98))).reasons(), "too close to matter"));
    }

    @Test
    void minimumAndMaximumAreNamed() {
        UsageHistory history = hourly(48, i -> 100);
        Recommendation.Sized low = sized(SizingPolicy.parse("request=peak, limit=request, minimum=250Mi"), history);
        assertEquals(mebi(250), low.limit());
        assertTrue(any(low.reasons(), "minimum"));
        Recommendation.Sized high = sized(SizingPolicy.parse("request=peak, limit=request, maximum=64Mi"), history);
        assertEquals(mebi(64), high.limit());
        assertTrue(any(high.warnings(), "cut at the maximum"));
    }

    @Test
    void aStartUpPeakCountsForTheLimitOnly() {
        UsageHistory history = hourly(96, i -> i % 48 == 0 ? 900 : 100).toBuilder()
                .restart(START)
                .restart(START + 48 * HOUR)
                .build();
        SizingPolicy policy = SizingPolicy.parse("request=peak, limit=peak+10%, startUp=30m");
        Recommendation.Sized sized = sized(policy, history);
        assertEquals(mebi(100), sized.request());
        assertEquals(mebi(900), sized.limit());
        assertTrue(any(sized.reasons(), "start-up peak of 900"));
        assertEquals(
                mebi(900),
                sized(SizingPolicy.parse("request=peak, limit=request"), history)
                        .request());
    }

    @Test
    void killsAreEvidenceApartFromUsage() {
        UsageHistory history = hourly(96, i -> 100).toBuilder()
                .oomKill(START + 80 * HOUR, mebi(1000))
                .build();
        SizingPolicy policy = SizingPolicy.parse("request=p50, limit=peak");
        Recommendation.Sized sized = sized(policy, history);
        assertEquals(mebi(1200), sized.limit());
        assertTrue(sized.request().value() <= mebi(102).value());
        assertTrue(any(sized.reasons(), "OOM kill"));
        assertEquals(
                mebi(100),
                sized(policy.toBuilder().afterKill(Duration.ZERO).build(), history)
                        .limit());
        assertEquals(
                mebi(100),
                sized(policy.toBuilder().afterKill(Duration.ofHours(15)).build(), history)
                        .limit());
        UsageHistory unknown =
                hourly(96, i -> 100).toBuilder().oomKill(START + 80 * HOUR).build();
        assertEquals(mebi(200), sized(policy, unknown).limit());
        assertEquals(
                mebi(600),
                sized(policy, unknown, Deployed.of(mebi(1), mebi(500))).limit());
    }

    @Test
    void priceTailTakesAKillForAPeak() {
        UsageHistory calm = hourly(14 * 24, i -> 1000 + i % 7);
        UsageHistory killed = calm.toBuilder()
                .oomKill(START + (14 * 24 - 5) * HOUR, mebi(1010))
                .build();
        SizingPolicy policy = SizingPolicy.equal(PriceTail.balanced(8));
        assertTrue(sized(policy, killed).limit().isMoreThan(mebi(1212)));
        assertTrue(
                sized(policy, calm).limit().isLessThan(mebi(1200)),
                () -> sized(policy, calm).toString());
        assertTrue(any(sized(policy, calm).reasons(), "price of a kill: 8 days of the geometric mean"));
    }

    @Test
    void steadyUsageNeedsLittleHeadroomAndSpikyMuch() {
        UsageHistory steady = hourly(14 * 24, i -> 1000);
        UsageHistory spiky = hourly(14 * 24, i -> i % 31 == 0 ? 1000 : i % 17 == 0 ? 600 : 200);
        SizingPolicy policy = SizingPolicy.equal(PriceTail.copyDays(8));
        long calm = sized(policy, steady).limit().value();
        long wild = sized(policy, spiky).limit().value();
        assertTrue(calm < mebi(1060).value() && wild > mebi(1190).value(), calm + " and " + wild);
    }

    @Test
    void unreclaimableMemoryIsAFloorAndPressureAVeto() {
        UsageHistory history = hourly(48, i -> 100);
        SizingPolicy policy = SizingPolicy.equal(peak());
        Deployed roomy = Deployed.of(mebi(400), mebi(400));
        Recommendation.Sized floor = sized(policy, history, roomy.withUnreclaimable(mebi(180)));
        assertEquals(mebi(180), floor.limit());
        assertTrue(any(floor.reasons(), "could not take back"));
        Recommendation.Sized held = sized(policy, history, roomy.withPressure(Ratio.of(1, 1000)));
        assertEquals(mebi(400), held.limit());
        assertTrue(any(held.reasons(), "0.1% of the time"));
        assertEquals(
                mebi(100),
                sized(policy, history, roomy.withPressure(Ratio.of(9, 10_000))).limit());
        assertThrows(IllegalArgumentException.class, () -> roomy.withPressure(percent(101)));
        assertThrows(IllegalArgumentException.class, () -> roomy.withLimit(Bytes.of(-1)));
    }

    @Test
    void coversSoManyReplicasAndNamesTheOthers() {
        UsageHistoryBuilder builder = UsageHistory.builder();
        for (int replica = 0; replica < 10; replica++) {
            builder.replica("node-" + replica + "\n");
            for (int i = 0; i < 48; i++) {
                builder.add(
                        START + i * HOUR,
                        mebi(replica == 9 ? 900 : 100 + replica).value());
            }
        }
        UsageHistory history = builder.build();
        SizingPolicy all = SizingPolicy.equal(peak());
        assertEquals(mebi(900), sized(all, history).limit());
        Recommendation.Sized nine = sized(all.toBuilder().cover(percent(90)).build(), history);
        assertEquals(mebi(108), nine.limit());
        assertTrue(any(nine.reasons(), "covers 9 of 10 replicas; decisive: node-8?"));
        assertTrue(any(nine.warnings(), "replica node-9? is not covered: it needs 900"));
        assertEquals(
                mebi(109 - 1),
                sized(all.toBuilder().cover(percent(81)).build(), history).limit());
        assertEquals(
                mebi(107),
                sized(all.toBuilder().cover(percent(80)).build(), history).limit());
    }

    @Test
    void aLeakIsFlaggedAndNotPaidFor() {
        UsageHistory leaking = hourly(6 * 24, i -> 500 + i * 2 + i % 5);
        SizingPolicy policy = SizingPolicy.equal(peak().plus(percent(10)));
        Recommendation.Sized sized = sized(policy, leaking, Deployed.of(gibi(1), mebi(800)));
        assertTrue(sized.limit().isMoreThan(mebi(800)));
        assertTrue(
                any(sized.warnings(), "leak suspected"), () -> sized.warnings().toString());
        assertTrue(any(sized.warnings(), "grows by 48"), () -> sized.warnings().toString());
        assertTrue(any(sized.warnings(), "in 0 days"), () -> sized.warnings().toString());
        Recommendation.Sized held =
                sized(policy.toBuilder().holdOnLeak().build(), leaking, Deployed.of(gibi(1), mebi(800)));
        assertEquals(mebi(800), held.limit());
        assertTrue(any(held.reasons(), "not raised for a leak"));
    }

    @Test
    void noLeakIsSeenInWarmUpSeasonStepOrRestart() {
        SizingPolicy policy = SizingPolicy.equal(peak());
        assertFalse(
                any(sized(policy, hourly(6 * 24, i -> 900 - 800 / (1 + i / 8))).warnings(), "leak"), "warm-up");
        assertFalse(
                any(
                        sized(policy, hourly(6 * 24, i -> 500 + Math.round(200 * Math.sin(i * Math.PI / 12))))
                                .warnings(),
                        "leak"),
                "season");
        assertFalse(any(sized(policy, hourly(6 * 24, i -> i < 100 ? 500 : 900)).warnings(), "leak"), "step");
        UsageHistoryBuilder restarted = hourly(6 * 24, i -> 500 + i % 48 * 4).toBuilder();
        for (int day = 0; day < 6; day += 2) {
            restarted.restart(START + day * 24 * HOUR);
        }
        assertFalse(any(sized(policy, restarted.build()).warnings(), "leak"), "restart");
    }

    @Test
    void weeksThatRepeatThemselvesAreForeseen() {
        // Sunday is six days after the first Monday.
        LongUnaryOperator sundays = i -> i / 24 % 7 == 6 ? 900 : 100 + i / 24 % 3;
        SizingPolicy policy = SizingPolicy.equal(Estimator.weekdayPeak());
        assertEquals(mebi(900), sized(policy, hourly(20 * 24, sundays)).limit());
        assertTrue(sized(policy, hourly(17 * 24, sundays)).limit().isLessThan(mebi(110)));
        assertEquals(mebi(900), sized(policy, hourly(10 * 24, sundays)).limit());
        assertTrue(any(sized(policy, hourly(20 * 24, sundays)).reasons(), "weeks repeat themselves"));
        assertTrue(any(sized(policy, hourly(10 * 24, sundays)).reasons(), "no weekly pattern"));
    }

    @Test
    void confidenceGrowsWithHistory() {
        SizingPolicy policy = SizingPolicy.equal(peak());
        assertEquals(
                Confidence.LOW,
                sized(policy, hourly(25, i -> 100 + (i / 24) * 300)).confidence());
        assertEquals(Confidence.FAIR, sized(policy, hourly(48, i -> 100)).confidence());
        assertEquals(Confidence.GOOD, sized(policy, hourly(5 * 24, i -> 100)).confidence());
        assertEquals(Confidence.HIGH, sized(policy, hourly(20 * 24, i -> 100)).confidence());
        Recommendation.Sized day = sized(policy, hourly(48, i -> 1000));
        assertTrue(day.limitBounds().lower().isLessThan(day.limit())
                && day.limitBounds().upper().isMoreThan(day.limit()));
        assertTrue(sized(policy, hourly(25, i -> 0)).limitBounds().contains(Bytes.ZERO));
    }

    @Test
    void gapsOfYearsAndHugeValuesHaveAnswers() {
        UsageHistory history = UsageHistory.builder()
                .add(-62_135_596_800_000L, Long.MAX_VALUE)
                .add(START, 0)
                .add(253_402_300_799_000L, 5)
                .build();
        SizingPolicy policy = SizingPolicy.parse(
                "request=max(max(mean, p50(1h)), weekdayPeak), limit=max(priceTail(8), peak+1Gi), samples=1");
        Recommendation.Sized sized = sized(policy, history);
        assertEquals(Bytes.of(1L << 50), sized.limit());
    }
}
