package io.github.memfit.usage;

import static io.github.memfit.usage.PercentileRule.BUCKET_END;
import static io.github.memfit.usage.PercentileRule.INTERPOLATED;
import static io.github.memfit.usage.PercentileRule.NEAREST_RANK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.MalformedException;
import io.github.memfit.unit.Ratio;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("bare")
class UsageSketchTest {

    private static final long T = 1_717_200_000_000L;
    private static final long DAY = 86_400_000;
    private static final Ratio HALF = Ratio.percent(50);

    @Test
    void percentilesFollowTheirDefinitions() {
        UsageSketch vpa = UsageSketch.plain(SketchLayout.VPA);
        vpa.add(T, 15_000_000);
        vpa.add(T, 25_000_000);
        assertEquals(OptionalLong.of(20_500_000), vpa.percentile(HALF, NEAREST_RANK));
        assertEquals(OptionalLong.of(20_499_999), vpa.percentile(HALF, BUCKET_END));
        assertEquals(OptionalLong.of(20_500_000), vpa.percentile(HALF, INTERPOLATED));
        assertEquals(OptionalLong.of(15_250_000), vpa.percentile(Ratio.percent(25), INTERPOLATED));
        assertEquals(OptionalLong.of(31_524_999), vpa.percentile(Ratio.ONE, BUCKET_END));
        assertEquals(OptionalLong.of(25_000_000), vpa.percentile(Ratio.ONE, NEAREST_RANK));
        assertEquals(OptionalLong.of(25_000_000), vpa.percentile(Ratio.ONE, INTERPOLATED));
        assertEquals(OptionalLong.of(10_000_000), vpa.percentile(Ratio.ZERO, INTERPOLATED));
    }

    @Test
    void theLastBucketOfVpaHasNoEnd() {
        UsageSketch vpa = UsageSketch.plain(SketchLayout.VPA);
        vpa.add(T, 2_000_000_000_000L);
        assertEquals(OptionalLong.of(1_021_109_408_904L), vpa.percentile(HALF, BUCKET_END));
        assertEquals(OptionalLong.of(2_000_000_000_000L), vpa.percentile(HALF, NEAREST_RANK));
    }

    @Test
    void nothingIsTooSmallOrTooLargeForTheFineLayout() {
        for (long bytes : new long[] {0, 1, 2, 3, 1023, 1024, 1L << 62, Long.MAX_VALUE}) {
            UsageSketch sketch = UsageSketch.plain(SketchLayout.FINE);
            sketch.add(T, bytes);
            assertEquals(OptionalLong.of(bytes), sketch.percentile(HALF, NEAREST_RANK));
            assertEquals(OptionalLong.of(bytes), sketch.peakBytes());
            assertTrue(sketch.percentile(HALF, BUCKET_END).getAsLong() >= bytes);
        }
    }

    @Test
    void aSampleWeighsHalfAfterAHalfLife() {
        UsageSketch sketch = UsageSketch.decaying(SketchLayout.FINE, Duration.ofDays(1));
        sketch.add(T, 1000);
        sketch.add(T + DAY, 2000);
        int old = SketchLayout.FINE.bucketOf(1000);
        assertEquals(1, sketch.weight(old, T));
        assertEquals(0.5, sketch.weight(old, T + DAY));
        assertEquals(1.5, sketch.totalWeight(T + DAY));
        assertEquals(0.25 + 0.125, sketch.totalWeight(T + 3 * DAY));
        assertEquals(1.5 * Math.pow(2, -0.375), sketch.totalWeight(T + DAY + 9 * 3_600_000), 1e-15);
    }

    @Test
    void timeMayRunBack() {
        UsageSketch forward = UsageSketch.decaying(SketchLayout.FINE, Duration.ofHours(7));
        UsageSketch backward = UsageSketch.decaying(SketchLayout.FINE, Duration.ofHours(7));
        for (int i = 0; i < 500; i++) {
            forward.add(T + i * DAY, 1000 + i % 2 * 1000);
            backward.add(T + (499 - i) * DAY, 1000 + (499 - i) % 2 * 1000);
        }
        int bucket = SketchLayout.FINE.bucketOf(2000);
        assertEquals(forward.weight(bucket, T + 499 * DAY), backward.weight(bucket, T + 499 * DAY), 1e-15);
        assertEquals(forward.toString(), backward.toString());
    }

    @Test
    void tenYearsOfSilenceLeaveOnlyTheNewSampleAndThePeak() {
        UsageSketch sketch = UsageSketch.decaying(SketchLayout.FINE, Duration.ofHours(24));
        sketch.add(T, 9_000);
        sketch.add(T + 3653 * DAY, 100);
        assertEquals(OptionalLong.of(101), sketch.percentile(Ratio.ONE, NEAREST_RANK));
        assertEquals(OptionalLong.of(9_000), sketch.peakBytes());
        assertEquals(2, sketch.samples());
        sketch.add(T, 50_000);
        assertEquals(OptionalLong.of(101), sketch.percentile(Ratio.ONE, NEAREST_RANK));
        assertFalse(sketch.isEmpty());
    }

    @Test
    void differentConfigurationsAreRefusedByName() {
        UsageSketch fine = UsageSketch.decaying(SketchLayout.FINE, Duration.ofDays(7));
        assertMessage(
                "FINE with half-life PT168H and VPA without decay",
                () -> fine.merge(UsageSketch.plain(SketchLayout.VPA)));
        assertMessage(
                "FINE with half-life PT168H and FINE with half-life PT24H",
                () -> fine.merge(UsageSketch.decaying(SketchLayout.FINE, Duration.ofDays(1))));
        assertMessage(
                "FINE without decay", () -> UsageSketch.plain(SketchLayout.FINE).merge(fine));
    }

    @Test
    void aCopyIsIndependent() {
        UsageSketch sketch = some();
        byte[] before = sketch.toImage();
        UsageSketch copy = sketch.copy();
        assertArrayEquals(before, copy.toImage());
        copy.add(T + 400 * DAY, 77);
        assertArrayEquals(before, sketch.toImage());
        sketch.merge(sketch);
        assertEquals(2 * 1001, sketch.samples());
    }

    @Test
    void gathersStreamsInParallel() {
        UsageHistory history = UsageHistory.ofEvery(T, Duration.ofMinutes(1), 5, 6, 7, 8, 9, 10, 11, 12, 13);
        UsageSketch empty = UsageSketch.plain(SketchLayout.FINE);
        UsageSketch gathered = history.stream().parallel().collect(UsageSketch.collector(empty));
        assertArrayEquals(empty.newEmpty().addAll(history).toImage(), gathered.toImage());
        assertTrue(empty.isEmpty());
        assertEquals(OptionalLong.empty(), empty.peakBytes());
        assertEquals(OptionalLong.empty(), empty.percentile(HALF, NEAREST_RANK));
    }

    @ParameterizedTest
    @EnumSource
    void imagesOfVersion1CanBeReadForEver(SketchLayout layout) throws IOException {
        byte[] golden = golden("sketch-v1-" + layout + ".bin");
        UsageSketch read = UsageSketch.from(golden);
        UsageSketch written = sample(layout);
        assertArrayEquals(golden, read.toImage());
        assertArrayEquals(golden, written.toImage());
        assertEquals(written.percentile(HALF, BUCKET_END), read.percentile(HALF, BUCKET_END));
        assertEquals(1001, read.samples());
        assertEquals(written.toString(), read.toString());
    }

    @Test
    void imagesOfPlainAndEmptySketchesToo() throws IOException {
        assertArrayEquals(
                golden("sketch-v1-empty.bin"),
                UsageSketch.plain(SketchLayout.VPA).toImage());
        UsageSketch plain = UsageSketch.plain(SketchLayout.FINE);
        plain.add(T, 4096, 3);
        plain.add(T, 0, 0.5);
        assertArrayEquals(golden("sketch-v1-plain.bin"), plain.toImage());
        assertEquals(3.5, UsageSketch.from(plain.toImage()).totalWeight(T));
    }

    @Test
    void serializesAsItsImage() throws Exception {
        UsageSketch sketch = some();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sketch);
        }
        UsageSketch read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (UsageSketch) in.readObject();
        }
        assertArrayEquals(sketch.toImage(), read.toImage());
        read.add(T + DAY / 2, 5);
        sketch.add(T + DAY / 2, 5);
        assertArrayEquals(sketch.toImage(), read.toImage());

        byte[] damaged = bytes.toByteArray();
        damaged[damaged.length - 40] ^= 1;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(damaged))) {
            assertThrows(InvalidObjectException.class, in::readObject);
        }
    }

    @Test
    void everyDamagedByteIsNoticed() {
        byte[] image = some().toImage();
        for (int i = 0; i < image.length; i++) {
            byte[] damaged = image.clone();
            damaged[i] ^= 0x10;
            int offset = i;
            assertThrows(MalformedException.class, () -> UsageSketch.from(damaged), () -> "byte " + offset);
        }
        assertThrows(MalformedException.class, () -> UsageSketch.from(new byte[0]));
        assertThrows(MalformedException.class, () -> UsageSketch.from(new byte[43]));
        assertThrows(
                MalformedException.class, () -> UsageSketch.from(java.util.Arrays.copyOf(image, image.length - 1)));
    }

    @Test
    void aForgedImageBreaksARuleWithAName() {
        assertForged(8, -1L, "half-life");
        assertForged(16, Long.MIN_VALUE, "reference");
        assertForged(16, Long.MAX_VALUE, "reference");
        assertForged(24, -5L, "number of samples");
        assertForged(24, 0L, "a peak just if");
        assertForged(32, -1L, "a peak just if");
        assertForged(32, 3L, "below the last bucket");
        assertForged(42, Double.doubleToRawLongBits(Double.NaN), "positive number");
        assertForged(42, Double.doubleToRawLongBits(-0.0), "positive number");
        assertForged(42, Double.doubleToRawLongBits(2), "positive number");
        assertForged(50, 0L, "ascending order");
    }

    private static void assertForged(int offset, long value, String rule) {
        byte[] image = some().toImage();
        java.nio.ByteBuffer.wrap(image).putLong(offset, value);
        CRC32 crc = new CRC32();
        crc.update(image, 0, image.length - 4);
        java.nio.ByteBuffer.wrap(image).putInt(image.length - 4, (int) crc.getValue());
        String message = assertThrows(MalformedException.class, () -> UsageSketch.from(image))
                .getMessage();
        assertTrue(message.contains(rule), message);
    }

    @Test
    void badInputIsRefusedAndChangesNothing() {
        UsageSketch sketch = some();
        byte[] before = sketch.toImage();
        assertMessage("got -1 at", () -> sketch.add(T, -1));
        assertMessage("years 1 and 9999", () -> sketch.add(Long.MIN_VALUE, 1));
        assertMessage("got NaN", () -> sketch.add(T, 1, Double.NaN));
        assertMessage("got -0.5", () -> sketch.add(T, 1, -0.5));
        assertMessage("got Infinity", () -> sketch.add(T, 1, Double.POSITIVE_INFINITY));
        assertMessage("got 101%", () -> sketch.percentile(Ratio.percent(101), NEAREST_RANK));
        assertMessage("got -1%", () -> sketch.percentile(Ratio.percent(-1), NEAREST_RANK));
        assertMessage("got PT0S", () -> UsageSketch.decaying(SketchLayout.FINE, Duration.ZERO));
        assertMessage("years 1 and 9999", () -> sketch.totalWeight(Long.MAX_VALUE));
        assertThrows(IndexOutOfBoundsException.class, () -> sketch.weight(-1, T));
        assertThrows(IndexOutOfBoundsException.class, () -> SketchLayout.FINE.firstBytes(SketchLayout.FINE.count()));
        assertThrows(IndexOutOfBoundsException.class, () -> SketchLayout.VPA.endBytes(-1));
        assertArrayEquals(before, sketch.toImage());
    }

    @Test
    void weightsOfZeroLeaveNoTrace() {
        UsageSketch sketch = UsageSketch.decaying(SketchLayout.FINE, Duration.ofDays(1));
        sketch.add(T, 500, 0);
        assertTrue(sketch.isEmpty());
        assertEquals(0, sketch.totalWeight(T - 9_000_000 * DAY / 1000));
        assertEquals(OptionalLong.of(500), sketch.peakBytes());
        assertTrue(UsageSketch.from(sketch.toImage()).isEmpty());
        sketch.add(T, 600, Double.MIN_VALUE);
        assertFalse(sketch.isEmpty());
        assertEquals(OptionalLong.of(600), UsageSketch.from(sketch.toImage()).percentile(HALF, NEAREST_RANK));
    }

    @Test
    void sumsDoNotOverflow() {
        UsageSketch sketch = UsageSketch.decaying(SketchLayout.FINE, Duration.ofMillis(1));
        for (int i = 0; i < 2000; i++) {
            sketch.add(T + i, Long.MAX_VALUE, 0x1p32);
            sketch.merge(sketch.copy());
        }
        assertTrue(Double.isFinite(sketch.totalWeight(T + 2000)));
        assertEquals(OptionalLong.of(Long.MAX_VALUE), sketch.percentile(HALF, NEAREST_RANK));
    }

    @Test
    void printsOneLine() {
        UsageSketch sketch = UsageSketch.decaying(SketchLayout.FINE, Duration.ofDays(7));
        assertEquals("UsageSketch[FINE with half-life PT168H, samples=0]", sketch.toString());
        sketch.add(T, 1 << 20);
        assertEquals(
                "UsageSketch[FINE with half-life PT168H, samples=1, p95=1.00 MiB, peak=1.00 MiB]", sketch.toString());
    }

    private static UsageSketch some() {
        return sample(SketchLayout.FINE);
    }

    /** The content of the golden files. Must never change. */
    private static UsageSketch sample(SketchLayout layout) {
        UsageSketch sketch = UsageSketch.decaying(layout, Duration.ofDays(7));
        long state = 1;
        for (int i = 0; i < 1000; i++) {
            state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            sketch.add(T + i * DAY / 4, 200_000_000 + (state >>> 36));
        }
        sketch.add(T, 3_000_000_000L);
        return sketch;
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = UsageSketchTest.class.getResourceAsStream("/sketch/" + name)) {
            assertTrue(in != null, () -> "no golden file " + name);
            return in.readAllBytes();
        }
    }

    private static void assertMessage(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
