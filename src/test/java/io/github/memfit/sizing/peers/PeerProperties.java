package io.github.memfit.sizing.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.sizing.peers.Autopilot.AutopilotStatistic;
import io.github.memfit.sizing.peers.Kruize.KruizeTerm;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import io.github.memfit.usage.PercentileRule;
import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;

@Tag("bare")
class PeerProperties {

    private static final long T = 1_717_200_000_000L;
    private static final long DAY = 86_400_000;
    private static final Ratio MARGIN = Ratio.percent(15);

    private static final List<PeerPolicy> PEAK_FOLLOWERS = List.of(
            new Krr(15, 0, false, 25, 0, false),
            new Kruize(KruizeTerm.SHORT),
            new MaxWindow(Duration.ofDays(14), MARGIN),
            new Autopilot(AutopilotStatistic.MAX, MARGIN, Duration.ofDays(7)));

    private static final List<PeerPolicy> OTHERS = List.of(
            Crane.DEFAULT,
            Goldilocks.GUARANTEED,
            Goldilocks.BURSTABLE,
            new PercentileMargin(Ratio.percent(90), PercentileRule.INTERPOLATED, MARGIN),
            new Autopilot(AutopilotStatistic.P98, MARGIN, Duration.ofDays(7)),
            new Autopilot(AutopilotStatistic.AVERAGE, MARGIN, Duration.ofDays(7)));

    @Provide
    Arbitrary<List<UsageSample>> samples() {
        return Combinators.combine(
                        Arbitraries.longs().between(T, T + DAY - 1),
                        Arbitraries.longs().between(1, 1L << 34),
                        Arbitraries.of("a", "b"))
                .as(UsageSample::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    private static UsageHistory history(List<UsageSample> samples) {
        return samples.stream().collect(UsageHistory.collector());
    }

    private static Bytes limit(PeerPolicy policy, UsageHistory history) {
        return policy.size(history) instanceof PeerSizing.Proposed sized ? sized.limit() : Bytes.ZERO;
    }

    @Property(tries = 200)
    void orderOfArrivalDoesNotMatter(@ForAll("samples") List<UsageSample> samples, @ForAll long seed) {
        List<UsageSample> shuffled = new ArrayList<>(samples);
        Collections.shuffle(shuffled, new Random(seed));
        List<PeerPolicy> all = new ArrayList<>(PEAK_FOLLOWERS);
        all.addAll(OTHERS);
        for (PeerPolicy policy : all) {
            assertEquals(policy.size(history(samples)), policy.size(history(shuffled)), policy.name());
        }
    }

    @Property(tries = 200)
    void peakFollowersCoverThePeakAndNeverFallWhenItRises(
            @ForAll("samples") List<UsageSample> samples, @ForAll @LongRange(min = 0, max = 1L << 34) long more) {
        UsageHistory before = history(samples);
        long peak = before.peakBytes().orElse(0);
        UsageHistory after =
                before.toBuilder().replica("a").add(T + DAY - 1, peak + more).build();
        for (PeerPolicy policy : PEAK_FOLLOWERS) {
            if (policy.size(before) instanceof PeerSizing.Proposed sized) {
                assertTrue(sized.limit().value() >= peak, policy.name());
                assertTrue(limit(policy, after).value() >= sized.limit().value(), policy.name());
            }
        }
    }

    @Property(tries = 200)
    void theRequestIsNotAboveTheLimit(@ForAll("samples") List<UsageSample> samples) {
        for (PeerPolicy policy : OTHERS) {
            if (policy.size(history(samples)) instanceof PeerSizing.Proposed sized) {
                assertTrue(sized.request().compareTo(sized.limit()) <= 0, policy.name());
            }
        }
    }

    @Property(tries = 200)
    void scaledUseScalesWhatHasNoFloorAndNoBuckets(@ForAll("samples") List<UsageSample> samples) {
        List<UsageSample> scaled = samples.stream()
                .map(sample -> new UsageSample(sample.epochMillis(), sample.bytes() * 8, sample.replica()))
                .toList();
        for (PeerPolicy policy : List.of(
                new MaxWindow(Duration.ofDays(14), MARGIN),
                new PercentileMargin(Ratio.percent(90), PercentileRule.NEAREST_RANK, MARGIN),
                new Kruize(KruizeTerm.SHORT),
                new Autopilot(AutopilotStatistic.P98, MARGIN, Duration.ofDays(7)))) {
            double small = limit(policy, history(samples)).value();
            double large = limit(policy, history(scaled)).value();
            // Whole bytes are rounded up before they are multiplied.
            assertTrue(large <= small * 8 + 1 && large >= small * 8 - 8 * 2, policy.name());
        }
    }

    @Property(tries = 500)
    void senpaiStaysInItsBoundsAndMovesTheRightWay(
            @ForAll @LongRange(min = 104_857_600, max = 107_374_182_400L) long limit,
            @ForAll @LongRange(min = 0, max = 10_000_000) long stall) {
        Senpai.SenpaiStep step = Senpai.DEFAULT.step(Bytes.of(limit), stall, 6);
        assertTrue(step.limit().compareTo(Bytes.mebi(100)) >= 0 && step.limit().compareTo(Bytes.gibi(100)) <= 0);
        assertEquals(0, step.limit().value() % 4096);
        assertTrue(stall > 10_000 ? step.factor() > 0 : step.factor() < 0);
        assertTrue(stall > 10_000 || step.limit().value() <= limit);
    }
}
