package io.github.memfit.usage;

import io.github.memfit.unit.MalformedException;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * The bytes of a sketch, version 1, big-endian: the letters {@code MFUS}, version, layout, number of buckets with weight (2 bytes),
 * half-life in milliseconds, reference period, number of samples, peak (-1 for none), then for each bucket with weight in
 * ascending order its number (2 bytes) and weight (8), last CRC-32 of everything before.
 *
 * <p>Canonical: with decay the weights are scaled by a power of two so that the heaviest lies between 1 and 2, and the reference
 * period fits that; without decay, and without weights, the reference period is 0.
 */
final class SketchImage {

    private static final int MAGIC = 'M' << 24 | 'F' << 16 | 'U' << 8 | 'S';
    private static final byte VERSION = 1;
    private static final int HEAD = 40;
    private static final int BUCKET = 10;
    private static final int TAIL = 4;

    /** More than 2^63 samples of the largest weight. */
    private static final double LARGEST = 0x1p100;

    /** How many half-lives the scaled reference may lie away from the time of a sample. */
    private static final int SLACK = 2200;

    private SketchImage() {}

    static byte[] write(UsageSketch sketch) {
        SketchPages weights = sketch.weights();
        long reference = 0;
        if (sketch.halfLifeMillis() != 0 && weights.heaviest() > 0) {
            int exponent = exponent(weights.heaviest());
            // In two steps, since 2^-exponent need not be a double where the weights are tiny.
            weights = weights.scaled(SketchMath.powerOfTwo(-exponent / 2))
                    .scaled(SketchMath.powerOfTwo(-exponent - -exponent / 2));
            reference = sketch.reference() + exponent;
        }
        int count = 0;
        for (int bucket = weights.first(); bucket < weights.end(); bucket++) {
            count += weights.weight(bucket) > 0 ? 1 : 0;
        }
        ByteBuffer out = ByteBuffer.allocate(HEAD + BUCKET * count + TAIL);
        out.putInt(MAGIC).put(VERSION).put(sketch.layout().imageId()).putShort((short) count);
        out.putLong(sketch.halfLifeMillis()).putLong(reference).putLong(sketch.samples());
        out.putLong(sketch.peakBytes().orElse(-1));
        for (int bucket = weights.first(); bucket < weights.end(); bucket++) {
            if (weights.weight(bucket) > 0) {
                out.putShort((short) bucket).putDouble(weights.weight(bucket));
            }
        }
        return out.putInt(checksum(out.array(), out.position())).array();
    }

    /** The binary exponent, also of a subnormal number. */
    private static int exponent(double positive) {
        return positive < Double.MIN_NORMAL ? Math.getExponent(positive * 0x1p100) - 100 : Math.getExponent(positive);
    }

    /** A length and that many bytes; an absurd length does not allocate. */
    static UsageSketch read(ObjectInput in) throws IOException {
        int length = in.readInt();
        if (length < HEAD + TAIL || length > HEAD + TAIL + BUCKET * SketchLayout.FINEST.count()) {
            throw new InvalidObjectException("the image of a sketch cannot have " + length + " bytes");
        }
        byte[] image = new byte[length];
        in.readFully(image);
        try {
            return read(image);
        } catch (MalformedException e) {
            InvalidObjectException invalid = new InvalidObjectException(e.getMessage());
            invalid.initCause(e);
            throw invalid;
        }
    }

    static UsageSketch read(byte[] image) {
        if (image.length < HEAD + TAIL) {
            throw malformed(image, 0, "it has at least " + (HEAD + TAIL) + " bytes, got " + image.length);
        }
        ByteBuffer in = ByteBuffer.wrap(image);
        if (in.getInt() != MAGIC) {
            throw malformed(image, 0, "it begins with the letters MFUS");
        }
        byte version = in.get();
        if (version != VERSION) {
            throw malformed(image, 4, "versions up to " + VERSION + " can be read, got " + version);
        }
        SketchLayout layout = layout(image, in.get());
        int count = Short.toUnsignedInt(in.getShort());
        require(image, 6, image.length == HEAD + BUCKET * count + TAIL, "length and number of buckets differ");
        long halfLife = in.getLong();
        require(image, 8, halfLife >= 0 && halfLife <= 36_525L * 86_400_000, "the half-life is out of range");
        long reference = in.getLong();
        long furthest = halfLife == 0 ? 0 : UsageTime.LATEST / halfLife + SLACK;
        require(image, 16, reference >= -furthest && reference <= furthest, "the reference period is out of range");
        long samples = in.getLong();
        require(image, 24, samples >= 0, "the number of samples is negative");
        long peak = in.getLong();
        require(image, 32, samples == 0 ? peak == -1 : peak >= 0, "there is a peak just if there are samples");
        require(image, 6, count == 0 ? reference == 0 : samples > 0, "weights need samples, a reference needs weights");
        SketchPages weights = buckets(image, in, layout, count, halfLife == 0 ? LARGEST : Math.nextDown(2.0));
        require(image, HEAD, halfLife == 0 || count == 0 || weights.heaviest() >= 1, "no weight is 1 or more");
        require(
                image,
                32,
                count == 0 || layout.bucketOf(peak) >= lastBucket(image),
                "the peak lies below the last bucket");
        require(
                image,
                image.length - TAIL,
                in.getInt() == checksum(image, image.length - TAIL),
                "the checksum does not fit");
        UsageSketch sketch = new UsageSketch(layout, halfLife);
        sketch.restore(reference, weights, samples, peak);
        return sketch;
    }

    private static SketchPages buckets(byte[] image, ByteBuffer in, SketchLayout layout, int count, double largest) {
        SketchPages weights = new SketchPages();
        int above = 0;
        for (int i = 0; i < count; i++) {
            int offset = in.position();
            int bucket = Short.toUnsignedInt(in.getShort());
            require(image, offset, bucket >= above, "buckets stand in ascending order");
            require(image, offset, bucket < layout.count(), "the layout has no bucket " + bucket);
            double weight = in.getDouble();
            require(image, offset + 2, weight > 0 && weight <= largest, "a weight is a positive number");
            weights.add(bucket, weight);
            above = bucket + 1;
        }
        return weights;
    }

    private static int lastBucket(byte[] image) {
        return Short.toUnsignedInt(ByteBuffer.wrap(image).getShort(image.length - TAIL - BUCKET));
    }

    private static SketchLayout layout(byte[] image, byte id) {
        for (SketchLayout layout : SketchLayout.values()) {
            if (layout.imageId() == id) {
                return layout;
            }
        }
        throw malformed(image, 5, "there is no layout " + id);
    }

    private static int checksum(byte[] image, int length) {
        CRC32 crc = new CRC32();
        crc.update(image, 0, length);
        return (int) crc.getValue();
    }

    private static void require(byte[] image, int offset, boolean holds, String rule) {
        if (!holds) {
            throw malformed(image, offset, rule);
        }
    }

    private static MalformedException malformed(byte[] image, int offset, String rule) {
        String excerpt = HexFormat.of().formatHex(image, 0, Math.min(image.length, 64));
        return new MalformedException("sketch image", 1, offset + 1, excerpt, rule);
    }
}
