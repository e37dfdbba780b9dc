package io.github.memfit.usage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.MalformedException;
import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.util.ArrayList;
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
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Positive;

@Tag("bare")
class UsageSketchProperties {

    private static final long T = 1_717_200_000_000L;
    private static final long MONTH = 30L * 86_400_000;
    private static final Duration HALF_LIFE = Duration.ofHours(37);

    @Provide
    Arbitrary<List<UsageSample>> samples() {
        Arbitrary<Long> bytes = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 2_000_000_000_000L),
                Arbitraries.longs().between(0, 1000),
                Arbitraries.longs().between(300_000_000, 700_000_000));
        return Combinators.combine(Arbitraries.longs().between(T, T + MONTH), bytes)
                .as(UsageSample::of)
                .list()
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<SketchLayout> layouts() {
        return Arbitraries.of(SketchLayout.class);
    }

    @Provide
    Arbitrary<Ratio> shares() {
        return Arbitraries.integers().between(0, 1000).map(n -> Ratio.of(n, 1000));
    }

    private static UsageSketch decaying(SketchLayout layout, List<UsageSample> samples) {
        return samples.stream().collect(UsageSketch.collector(UsageSketch.decaying(layout, HALF_LIFE)));
    }

    private static UsageSketch plain(SketchLayout layout, List<UsageSample> samples) {
        return samples.stream().collect(UsageSketch.collector(UsageSketch.plain(layout)));
    }

    @Property(tries = 300)
    void mergeIsCommutative(
            @ForAll("layouts") SketchLayout layout,
            @ForAll("samples") List<UsageSample> a,
            @ForAll("samples") List<UsageSample> b) {
        assertArrayEquals(
                decaying(layout, a).merge(decaying(layout, b)).toImage(),
                decaying(layout, b).merge(decaying(layout, a)).toImage());
    }

    @Property(tries = 300)
    void mergeIsAssociativeInCounts(
            @ForAll("layouts") SketchLayout layout,
            @ForAll("samples") List<UsageSample> a,
            @ForAll("samples") List<UsageSample> b,
            @ForAll("samples") List<UsageSample> c) {
        assertArrayEquals(
                plain(layout, a).merge(plain(layout, b)).merge(plain(layout, c)).toImage(),
                plain(layout, a).merge(plain(layout, b).merge(plain(layout, c))).toImage());
    }

    @Property(tries = 300)
    void mergeOfPartsIsTheWhole(@ForAll("samples") List<UsageSample> a, @ForAll("samples") List<UsageSample> b) {
        List<UsageSample> both = new ArrayList<>(a);
        both.addAll(b);
        assertSameWeights(
                decaying(SketchLayout.FINE, both),
                decaying(SketchLayout.FINE, a).merge(decaying(SketchLayout.FINE, b)));
        assertArrayEquals(
                plain(SketchLayout.FINE, both).toImage(),
                plain(SketchLayout.FINE, a).merge(plain(SketchLayout.FINE, b)).toImage());
    }

    @Property(tries = 300)
    void theEmptySketchIsTheIdentity(
            @ForAll("layouts") SketchLayout layout, @ForAll("samples") List<UsageSample> samples) {
        UsageSketch sketch = decaying(layout, samples);
        byte[] image = sketch.toImage();
        assertArrayEquals(image, sketch.copy().merge(sketch.newEmpty()).toImage());
        assertArrayEquals(image, sketch.newEmpty().merge(sketch).toImage());
    }

    @Property(tries = 300)
    void imagesRoundTrip(
            @ForAll("layouts") SketchLayout layout,
            @ForAll("samples") List<UsageSample> samples,
            @ForAll("shares") Ratio share) {
        UsageSketch sketch = decaying(layout, samples);
        UsageSketch read = UsageSketch.from(sketch.toImage());
        assertArrayEquals(sketch.toImage(), read.toImage());
        assertEquals(sketch.isEmpty(), read.isEmpty());
        assertEquals(sketch.samples(), read.samples());
        for (PercentileRule rule : PercentileRule.values()) {
            assertEquals(sketch.percentile(share, rule), read.percentile(share, rule));
        }
        read.add(T + 2 * MONTH, 12345);
        sketch.add(T + 2 * MONTH, 12345);
        assertSameWeights(sketch, read);
    }

    @Property(tries = 500)
    void noBytesCrashTheReader(@ForAll byte[] bytes, @ForAll("samples") List<UsageSample> samples, @ForAll long seed) {
        assertRefusedOrRead(bytes);
        byte[] image = decaying(SketchLayout.FINE, samples).toImage();
        Random random = new Random(seed);
        image[random.nextInt(image.length)] ^= (byte) (1 + random.nextInt(255));
        assertRefusedOrRead(image);
    }

    private static void assertRefusedOrRead(byte[] bytes) {
        try {
            assertArrayEquals(bytes, UsageSketch.from(bytes).toImage());
        } catch (MalformedException e) {
            assertTrue(e.getMessage().contains("sketch image"));
        }
    }

    @Property(tries = 300)
    void percentilesAreMonotoneInTheShare(
            @ForAll("layouts") SketchLayout layout, @ForAll("samples") List<UsageSample> samples) {
        UsageSketch sketch = decaying(layout, samples);
        for (PercentileRule rule : PercentileRule.values()) {
            long before = -1;
            for (int i = 0; i <= 40; i++) {
                OptionalLong value = sketch.percentile(Ratio.of(i, 40), rule);
                assertEquals(samples.isEmpty(), value.isEmpty());
                assertTrue(value.orElse(before) >= before, rule + " at " + i);
                before = value.orElse(before);
            }
        }
    }

    @Property(tries = 500)
    void nearestRankIsOffByLessThanABucket(
            @ForAll("samples") List<UsageSample> samples, @ForAll("shares") Ratio share) {
        UsageHistory exact = samples.stream().collect(UsageHistory.collector());
        exact.percentile(share, PercentileRule.NEAREST_RANK).ifPresent(value -> {
            for (SketchLayout layout : SketchLayout.values()) {
                UsageSketch sketch = plain(layout, samples);
                long answer =
                        sketch.percentile(share, PercentileRule.NEAREST_RANK).getAsLong();
                double width = layout == SketchLayout.VPA ? 1.05 : layout == SketchLayout.FINE ? 1.0195 : 1.0097;
                double most = value * width + (layout == SketchLayout.VPA ? 1e7 : 1);
                boolean endless = layout == SketchLayout.VPA && value > 1_021_000_000_000L;
                assertTrue(answer >= value, () -> layout + ": " + answer + " for " + value);
                assertTrue(endless || answer <= most, () -> layout + ": " + answer + " for " + value);
                long end = sketch.percentile(share, PercentileRule.BUCKET_END).getAsLong();
                assertTrue(endless || end >= value - 1 && end <= most + 1, () -> layout + ": end " + end);
                long between =
                        sketch.percentile(share, PercentileRule.INTERPOLATED).getAsLong();
                assertTrue(between <= answer && layout.bucketOf(between) >= layout.bucketOf(value) - 1);
            }
        });
    }

    @Property(tries = 300)
    void orderOfArrivalDoesNotMatter(@ForAll("samples") List<UsageSample> samples, @ForAll long seed) {
        List<UsageSample> shuffled = new ArrayList<>(samples);
        Collections.shuffle(shuffled, new Random(seed));
        assertArrayEquals(
                plain(SketchLayout.FINEST, samples).toImage(),
                plain(SketchLayout.FINEST, shuffled).toImage());
        assertSameWeights(decaying(SketchLayout.FINEST, samples), decaying(SketchLayout.FINEST, shuffled));
    }

    @Property(tries = 300)
    void shiftingAllTimesByHalfLivesChangesNothing(
            @ForAll("samples") List<UsageSample> samples, @ForAll @IntRange(min = -400, max = 400) int halfLives) {
        List<UsageSample> moved = samples.stream()
                .map(sample -> UsageSample.of(sample.epochMillis() + halfLives * HALF_LIFE.toMillis(), sample.bytes()))
                .toList();
        UsageSketch sketch = decaying(SketchLayout.FINE, samples);
        UsageSketch other = decaying(SketchLayout.FINE, moved);
        for (PercentileRule rule : PercentileRule.values()) {
            assertEquals(sketch.percentile(Ratio.percent(90), rule), other.percentile(Ratio.percent(90), rule));
        }
    }

    @Property(tries = 300)
    void doublingAllBytesDoublesTheEndsOfBuckets(
            @ForAll("samples") List<UsageSample> samples,
            @ForAll("shares") Ratio share,
            @ForAll @IntRange(min = 1, max = 20) int doublings) {
        List<UsageSample> scaled = samples.stream()
                .map(sample -> UsageSample.of(sample.epochMillis(), sample.bytes() << doublings))
                .toList();
        OptionalLong before = plain(SketchLayout.FINE, samples).percentile(share, PercentileRule.BUCKET_END);
        OptionalLong after = plain(SketchLayout.FINE, scaled).percentile(share, PercentileRule.BUCKET_END);
        assertEquals(before.isPresent(), after.isPresent());
        // Ends are whole numbers, rounded up.
        assertTrue(after.orElse(0) <= before.orElse(0) << doublings
                && after.orElse(0) >= before.orElse(1) - 1 << doublings);
    }

    @Property
    void bucketsCoverTheAxisWithoutGaps(@ForAll("layouts") SketchLayout layout, @ForAll @Positive long bytes) {
        for (long value : new long[] {bytes, bytes >>> 20, bytes >>> 30, bytes >>> 40, bytes >>> 58}) {
            int bucket = layout.bucketOf(value);
            assertTrue(layout.firstBytes(bucket) <= value && value <= layout.lastBytes(bucket));
            assertEquals(bucket, layout.bucketOf(layout.firstBytes(bucket)));
            assertEquals(bucket, layout.bucketOf(layout.lastBytes(bucket)));
            if (bucket > 0) {
                assertTrue(layout.bucketOf(layout.firstBytes(bucket) - 1) < bucket);
            }
        }
    }

    @Property
    void powersOfTwoAreExactToTwoUnits(@ForAll @LongRange(min = 0, max = 1L << 32) long part) {
        double x = part / 0x1p32;
        double exact = StrictMath.pow(2, x);
        assertEquals(exact, SketchMath.exp2(x * SketchMath.STEPS), 2 * Math.ulp(exact));
    }

    private static void assertSameWeights(UsageSketch a, UsageSketch b) {
        for (int bucket = 0; bucket < a.layout().count(); bucket++) {
            double weight = a.weight(bucket, T);
            assertEquals(weight, b.weight(bucket, T), 1e-12 * weight);
        }
        assertEquals(a.samples(), b.samples());
        assertEquals(a.peakBytes(), b.peakBytes());
    }
}
