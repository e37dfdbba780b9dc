package io.github.memfit.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Tag("bare")
class UsageHistoryProperties {

    private static final long T = 1_717_200_000_000L;

    @Provide
    Arbitrary<List<UsageSample>> samples() {
        return Combinators.combine(
                        Arbitraries.longs().between(T, T + 50_000),
                        Arbitraries.longs().between(0, 100),
                        Arbitraries.of("", "a", "b"))
                .as(UsageSample::new)
                .list()
                .ofMaxSize(40);
    }

    private static UsageHistory history(List<UsageSample> samples) {
        return samples.stream().collect(UsageHistory.collector());
    }

    @Property
    void orderOfArrivalDoesNotMatter(@ForAll("samples") List<UsageSample> samples, @ForAll long seed) {
        List<UsageSample> shuffled = new ArrayList<>(samples);
        Collections.shuffle(shuffled, new Random(seed));
        assertEquals(history(samples), history(shuffled));
        assertEquals(history(samples).hashCode(), history(shuffled).hashCode());
    }

    @Property
    void everySampleIsKeptAndTimesAscend(@ForAll("samples") List<UsageSample> samples) {
        UsageHistory history = history(samples);
        assertEquals(samples.size(), history.size());
        List<UsageSample> rest = new ArrayList<>(samples);
        history.stream().forEach(sample -> assertTrue(rest.remove(sample)));
        long[] times = history.toEpochMillis();
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        assertEquals(Arrays.toString(sorted), Arrays.toString(times));
    }

    @Property
    void slicesAndReplicasPutTogetherAreTheWhole(
            @ForAll("samples") List<UsageSample> samples, @ForAll @IntRange(max = 60_000) int cut) {
        UsageHistory history =
                history(samples).toBuilder().restart(T + 9).oomKill(T + 30_000).build();
        assertEquals(
                history,
                history.before(T + cut).toBuilder()
                        .addAll(history.since(T + cut))
                        .build());
        UsageHistoryBuilder parts = UsageHistory.builder();
        history.replicas().forEach(name -> parts.addAll(history.onlyReplica(name)));
        assertEquals(history, parts.build());
    }

    @Property
    void peaksAreTheHighestOfEachWindow(
            @ForAll("samples") List<UsageSample> samples, @ForAll @IntRange(min = 1, max = 60_000) int window) {
        UsageHistory history = history(samples);
        UsageHistory peaks = history.peaks(Duration.ofMillis(window));
        assertEquals(history.peakBytes(), peaks.peakBytes());
        assertEquals(peaks, peaks.peaks(Duration.ofMillis(window)));
        history.stream()
                .forEach(sample -> assertTrue(peaks.stream()
                        .anyMatch(peak -> peak.replica().equals(sample.replica())
                                && peak.epochMillis() / window == sample.epochMillis() / window
                                && peak.bytes() >= sample.bytes())));
    }

    @Property
    void nearestRankCoversTheShareAndNoSmallerValueDoes(
            @ForAll("samples") List<UsageSample> samples, @ForAll @IntRange(min = 0, max = 100) int percent) {
        UsageHistory history = history(samples);
        OptionalLong value = history.percentile(Ratio.percent(percent), PercentileRule.NEAREST_RANK);
        value.ifPresent(bytes -> {
            long covered =
                    samples.stream().filter(sample -> sample.bytes() <= bytes).count();
            long below =
                    samples.stream().filter(sample -> sample.bytes() < bytes).count();
            assertTrue(100 * covered >= (long) percent * samples.size());
            assertTrue(percent == 0 ? below == 0 : 100 * below < (long) percent * samples.size());
        });
        assertEquals(samples.isEmpty(), value.isEmpty());
        assertEquals(value, history.percentile(Ratio.percent(percent), PercentileRule.BUCKET_END));
        history.percentile(Ratio.percent(percent), PercentileRule.INTERPOLATED)
                .ifPresent(between -> assertTrue(between <= history.peakBytes().getAsLong()));
    }
}
