package io.github.memfit.usage;

import io.github.memfit.internal.GrowingBuckets;
import java.util.Objects;

/**
 * How a {@link UsageSketch} cuts the axis of bytes into buckets. Immutable and thread-safe.
 *
 * <p>A value is known up to the width of its bucket, so the relative width is the error bound of every percentile.
 *
 * @since 0.1
 */
public enum SketchLayout {

    /**
     * The 176 buckets of VPA's memory histogram: 10 MB wide at the bottom, each 5 % wider than the one below, up to 1.02 TB; the
     * last has no end. A value is read up to 5 % plus 10 MB too high.
     */
    VPA(new GrowingBuckets(1e7, 1.05, 176), 0, 1),

    /** 36 buckets for each doubling, from single bytes to 2^63: each 1.95 % wider than the one below, no floor, no ceiling. */
    FINE(new GrowingBuckets(1, 2, 1), 36, 2),

    /** 72 buckets for each doubling: each 0.97 % wider than the one below. Twice the memory of {@link #FINE}. */
    FINEST(new GrowingBuckets(1, 2, 1), 72, 3);

    private static final int GUESS_BITS = 7;

    private final GrowingBuckets growing;
    private final int perDoubling;
    private final byte imageId;

    /** Where the buckets of one doubling start, as the 63 bits after the leading one; one more for the end. */
    private final long[] fractions;

    /** For the first bits after the leading one: the bucket of the smallest such number. */
    private final byte[] guesses;

    SketchLayout(GrowingBuckets growing, int perDoubling, int imageId) {
        this.growing = growing;
        this.perDoubling = perDoubling;
        this.imageId = (byte) imageId;
        fractions = new long[perDoubling + 1];
        guesses = new byte[1 << GUESS_BITS];
        for (int i = 1; i < perDoubling; i++) {
            fractions[i] = (long) ((StrictMath.pow(2, (double) i / perDoubling) - 1) * 0x1p63);
        }
        fractions[perDoubling] = Long.MAX_VALUE;
        int bucket = 0;
        for (int i = 0; i < guesses.length; i++) {
            while (bucket + 1 < perDoubling && fractions[bucket + 1] <= (long) i << 63 - GUESS_BITS) {
                bucket++;
            }
            guesses[i] = (byte) bucket;
        }
    }

    /**
     * How many buckets there are.
     *
     * @return the number of buckets
     */
    public int count() {
        return perDoubling == 0 ? growing.count() : 1 + 63 * perDoubling;
    }

    /**
     * The bucket of a value.
     *
     * @param bytes the value, not negative
     * @return the bucket, from 0
     */
    public int bucketOf(long bytes) {
        if (perDoubling == 0) {
            return growing.find(bytes);
        }
        if (bytes <= 0) {
            return 0;
        }
        int zeros = Long.numberOfLeadingZeros(bytes);
        long fraction = bytes << zeros & Long.MAX_VALUE;
        int within = guesses[(int) (fraction >>> 63 - GUESS_BITS)];
        // Adds 1 without a branch if the next bucket starts at or below the value; no entry of the table spans two
        // starts.
        within += (int) (fractions[within + 1] - 1 - fraction >>> 63);
        return 1 + (63 - zeros) * perDoubling + within;
    }

    /**
     * The smallest whole number of a bucket. A bucket near the bottom that holds none answers like the next one.
     *
     * @param bucket the bucket, from 0
     * @return bytes
     * @throws IndexOutOfBoundsException if there is no such bucket
     */
    public long firstBytes(int bucket) {
        Objects.checkIndex(bucket, count());
        if (perDoubling == 0) {
            return growing.firstWhole(bucket);
        }
        if (bucket == 0) {
            return 0;
        }
        int power = (bucket - 1) / perDoubling;
        long fraction = fractions[(bucket - 1) % perDoubling];
        long down = fraction >>> 63 - power;
        return (1L << power) + (down << 63 - power == fraction ? down : down + 1);
    }

    /**
     * The first value above a bucket. In the VPA layout this is VPA's start of the next bucket without its fraction, which may
     * lie a byte below the next bucket's first whole number; the last bucket has no end, which is 2^63 - 1.
     *
     * @param bucket the bucket, from 0
     * @return bytes
     * @throws IndexOutOfBoundsException if there is no such bucket
     */
    public long endBytes(int bucket) {
        Objects.checkIndex(bucket, count());
        if (bucket == count() - 1) {
            return Long.MAX_VALUE;
        }
        return perDoubling == 0 ? (long) growing.start(bucket + 1) : firstBytes(bucket + 1);
    }

    /** The largest whole number of a bucket. */
    long lastBytes(int bucket) {
        return bucket == count() - 1 ? Long.MAX_VALUE : firstBytes(bucket + 1) - 1;
    }

    /** Does VPA's last bucket stand for everything above its start? */
    boolean isEndless(int bucket) {
        return perDoubling == 0 && bucket == count() - 1;
    }

    byte imageId() {
        return imageId;
    }
}
