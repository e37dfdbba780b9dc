package io.github.memfit.usage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.unit.MalformedException;
import io.github.memfit.unit.Ratio;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/** Images from anywhere are refused by name or are exactly what would be written; sketches agree with sorted lists. */
class UsageSketchFuzz {

    /** The checksum is put right, so that the rules behind it are reached. */
    @FuzzTest
    void image(byte[] bytes) {
        readable(bytes);
        if (bytes.length > 44) {
            byte[] signed = bytes.clone();
            CRC32 crc = new CRC32();
            crc.update(signed, 0, signed.length - 4);
            ByteBuffer.wrap(signed).putInt(signed.length - 4, (int) crc.getValue());
            readable(signed);
        }
    }

    private static void readable(byte[] bytes) {
        UsageSketch sketch;
        try {
            sketch = UsageSketch.from(bytes);
        } catch (MalformedException e) {
            assertTrue(e.getMessage().length() < 600);
            return;
        }
        assertArrayEquals(bytes, sketch.toImage());
        UsageSketch twice = sketch.copy().merge(sketch);
        twice.add(1_717_200_000_000L, 1L << 30);
        assertEquals(2 * sketch.samples() + 1, twice.samples());
        long before = -1;
        for (int i = 0; i <= 10; i++) {
            OptionalLong value = twice.percentile(Ratio.of(i, 10), PercentileRule.NEAREST_RANK);
            assertTrue(value.orElse(before) >= before);
            before = value.orElse(before);
        }
        UsageSketch.from(twice.toImage());
    }

    /** Without decay a sketch is a sorted list, up to the width of a bucket. */
    @FuzzTest
    void model(FuzzedDataProvider data) {
        UsageSketch plain = UsageSketch.plain(SketchLayout.FINEST);
        UsageSketch decaying =
                UsageSketch.decaying(SketchLayout.FINE, Duration.ofMillis(data.consumeLong(1, 1L << 36)));
        List<Long> model = new ArrayList<>();
        while (data.remainingBytes() > 8 && model.size() < 500) {
            long bytes = data.consumeLong(0, Long.MAX_VALUE) >>> data.consumeInt(0, 62);
            long time = data.consumeLong(0, 1L << 42);
            plain.add(time, bytes);
            decaying.add(time, bytes);
            model.add(bytes);
        }
        Collections.sort(model);
        for (int i = 0; i < model.size(); i++) {
            long answer = plain.percentile(Ratio.of(i + 1, model.size()), PercentileRule.NEAREST_RANK)
                    .orElseThrow();
            assertTrue(answer >= model.get(i) && answer <= model.get(i) * 1.0097 + 1);
        }
        assertArrayEquals(
                decaying.toImage(), UsageSketch.from(decaying.toImage()).toImage());
    }
}
