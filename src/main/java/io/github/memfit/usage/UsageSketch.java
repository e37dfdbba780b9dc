package io.github.memfit.usage;

import io.github.memfit.unit.Ratio;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collector;

/**
 * A small summary of the memory in use: a histogram whose samples lose half their weight in each half-life, or keep it for ever.
 * Not thread-safe; confine to one thread.
 *
 * <p>Adding allocates nothing once the range of values is known. Sketches of the same configuration merge: the result does not
 * depend on who is merged into whom, or in which order samples arrived, up to the rounding of sums of {@code double}s; without
 * decay and with whole weights below 2^53 it is exact.
 *
 * <p>Retained are about 200 bytes, 8 for each bucket in use, in fours, and half a byte for each bucket between the lowest and the
 * highest. A week of a replica that starts small and then stays within 10 % takes 320 bytes in {@link SketchLayout#FINE}, one that
 * varies by a factor of two 592; in {@link SketchLayout#VPA} 240 and 344.
 *
 * {@snippet :
 * UsageSketch sketch = UsageSketch.decaying(SketchLayout.FINE, Duration.ofDays(7));
 * sketch.add(1_717_200_000_000L, 314_572_800);
 * sketch.percentile(Ratio.percent(95), PercentileRule.NEAREST_RANK); // OptionalLong[314572800]
 * UsageSketch.from(sketch.toImage()).merge(sketch);
 * }
 *
 * <p>Weights are relative to a reference time, a multiple of the half-life since 1970, which moves forward by powers of two. A
 * sample that is older than the newest by more than about 1,000 half-lives has no weight left; it still counts for the number of
 * samples and the peak.
 *
 * @since 0.1
 */
public final class UsageSketch implements Externalizable {

    private static final long serialVersionUID = 1L;

    /** The largest weight of one sample: 2^32. */
    private static final double HEAVIEST = 0x1p32;

    /** How many half-lives may lie between the reference time and a sample before the reference moves. */
    private static final long FARTHEST = 400;

    private SketchLayout layout;

    /** Milliseconds; 0 for no decay. */
    private long halfLife;

    /** {@link SketchMath#STEPS} for each half-life. */
    private double stepsPerMilli;

    /** The half-life that weights are relative to, counted from 1970. */
    private long reference;

    private SketchPages weights = new SketchPages();
    private long samples;
    private long peak = -1;

    /** The half-life period of the last sample: where it starts and what a sample at its start weighs. */
    private long periodStart;

    private double periodScale;

    /** An empty sketch of the {@link SketchLayout#FINE} layout without decay; deserialization starts with it. */
    public UsageSketch() {
        this(SketchLayout.FINE, 0);
    }

    UsageSketch(SketchLayout layout, long halfLife) {
        this.layout = layout;
        this.halfLife = halfLife;
        stepsPerMilli = halfLife == 0 ? 0 : (double) SketchMath.STEPS / halfLife;
        periodStart = Long.MAX_VALUE;
    }

    /**
     * A sketch in which all samples weigh the same for ever.
     *
     * @param layout the buckets
     * @return an empty sketch
     */
    public static UsageSketch plain(SketchLayout layout) {
        return new UsageSketch(Objects.requireNonNull(layout, "layout"), 0);
    }

    /**
     * A sketch in which a sample loses half its weight in each half-life.
     *
     * @param layout the buckets
     * @param halfLife the half-life, from a millisecond to 36,525 days
     * @return an empty sketch
     * @throws IllegalArgumentException if the half-life is out of range
     */
    public static UsageSketch decaying(SketchLayout layout, Duration halfLife) {
        return new UsageSketch(Objects.requireNonNull(layout, "layout"), SketchMath.halfLifeMillis(halfLife));
    }

    /**
     * Gathers samples into a sketch, in any order, and in parallel.
     *
     * @param empty a sketch without samples whose configuration is used; it is not changed
     * @return the collector
     */
    public static Collector<UsageSample, ?, UsageSketch> collector(UsageSketch empty) {
        return Collector.of(
                empty::newEmpty,
                (sketch, sample) -> sketch.add(sample.epochMillis(), sample.bytes()),
                UsageSketch::merge);
    }

    /**
     * Reads an image.
     *
     * @param image what {@link #toImage()} returned, of this or any earlier version
     * @return the sketch
     * @throws io.github.memfit.unit.MalformedException if it is none
     */
    public static UsageSketch from(byte[] image) {
        return SketchImage.read(image);
    }

    /**
     * All there is to know of this sketch as bytes, for storage and the wire: 48 bytes and 10 for each bucket with weight, big-endian,
     * with a version and a checksum. Images of equal content are equal.
     *
     * @return a new array
     */
    public byte[] toImage() {
        return SketchImage.write(this);
    }

    /**
     * An empty sketch of the same configuration.
     *
     * @return a new sketch
     */
    public UsageSketch newEmpty() {
        return new UsageSketch(layout, halfLife);
    }

    /**
     * An independent sketch with the same content.
     *
     * @return the copy
     */
    public UsageSketch copy() {
        UsageSketch copy = newEmpty();
        copy.restore(reference, weights.copy(), samples, peak);
        return copy;
    }

    /** Replaces the content. */
    void restore(long newReference, SketchPages newWeights, long newSamples, long newPeak) {
        reference = newReference;
        weights = newWeights;
        samples = newSamples;
        peak = newPeak;
        periodStart = Long.MAX_VALUE;
    }

    /**
     * Adds a sample of weight 1.
     *
     * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z; may lie before that of earlier calls
     * @param bytes the memory in use, not negative
     * @throws IllegalArgumentException if a value is out of range; nothing is changed
     */
    public void add(long epochMillis, long bytes) {
        UsageTime.check(epochMillis);
        UsageTime.checkBytes(bytes, epochMillis);
        addChecked(epochMillis, bytes);
    }

    void addChecked(long epochMillis, long bytes) {
        add(layout.bucketOf(bytes), bytes, halfLife == 0 ? 1 : factor(epochMillis));
    }

    /**
     * Adds a sample.
     *
     * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z; may lie before that of earlier calls
     * @param bytes the memory in use, not negative
     * @param weight how many samples it stands for, from 0 to 2^32
     * @throws IllegalArgumentException if a value is out of range or the weight is not a number; nothing is changed
     */
    public void add(long epochMillis, long bytes, double weight) {
        UsageTime.check(epochMillis);
        UsageTime.checkBytes(bytes, epochMillis);
        if (!(weight >= 0 && weight <= HEAVIEST)) {
            throw new IllegalArgumentException("a weight must be a number from 0 to 2^32, got " + weight);
        }
        add(layout.bucketOf(bytes), bytes, weight * (halfLife == 0 ? 1 : factor(epochMillis)));
    }

    /**
     * Adds all samples of a history, whatever their replica.
     *
     * @param history the history
     * @return this
     */
    public UsageSketch addAll(UsageHistory history) {
        history.addTo(this);
        return this;
    }

    private void add(int bucket, long bytes, double weight) {
        samples++;
        if (bytes > peak) {
            peak = bytes;
        }
        weights.add(bucket, weight);
    }

    private double factor(long epochMillis) {
        long past = epochMillis - periodStart;
        if (past < 0 || past >= halfLife) {
            enterPeriod(epochMillis);
            past = epochMillis - periodStart;
        }
        return periodScale * SketchMath.exp2(SketchMath.toDouble(past) * stepsPerMilli);
    }

    private void enterPeriod(long epochMillis) {
        long period = Math.floorDiv(epochMillis, halfLife);
        if (weights.isEmpty()) {
            reference = period;
        } else if (period - reference > FARTHEST) {
            moveReference(period);
        }
        periodStart = period * halfLife;
        periodScale = SketchMath.powerOfTwo(period - reference);
    }

    private void moveReference(long period) {
        weights = weights.scaled(SketchMath.powerOfTwo(reference - period));
        reference = period;
        periodStart = Long.MAX_VALUE;
    }

    /**
     * Adds everything of another sketch, which is not changed.
     *
     * @param other a sketch of the same layout and half-life; may be this
     * @return this
     * @throws IllegalArgumentException if layout or half-life differ, with the names of both
     */
    public UsageSketch merge(UsageSketch other) {
        if (layout != other.layout || halfLife != other.halfLife) {
            throw new IllegalArgumentException("sketches of different configuration cannot be merged: "
                    + configuration() + " and " + other.configuration());
        }
        samples += other.samples;
        peak = Math.max(peak, other.peak);
        if (other.weights.isEmpty()) {
            return this;
        }
        if (weights.isEmpty()) {
            reference = other.reference;
            periodStart = Long.MAX_VALUE;
        } else if (other.reference > reference) {
            moveReference(other.reference);
        }
        weights.addAll(other.weights, SketchMath.powerOfTwo(other.reference - reference));
        return this;
    }

    /**
     * Does no sample have any weight?
     *
     * @return true if percentiles are empty
     */
    public boolean isEmpty() {
        return weights.total() == 0;
    }

    /**
     * How many samples were added, whatever their weight.
     *
     * @return the number
     */
    public long samples() {
        return samples;
    }

    /**
     * The highest value ever added, exactly; it does not decay.
     *
     * @return the bytes, or empty before the first sample
     */
    public OptionalLong peakBytes() {
        return peak < 0 ? OptionalLong.empty() : OptionalLong.of(peak);
    }

    /**
     * The value that a share of the weight does not exceed.
     *
     * @param share the share, from 0 to 1
     * @param rule which value that is; also the error bound
     * @return the bytes, or empty without weight
     * @throws IllegalArgumentException if the share is out of range
     */
    public OptionalLong percentile(Ratio share, PercentileRule rule) {
        return SketchMath.percentile(this, SketchMath.share(share), Objects.requireNonNull(rule, "rule"));
    }

    /**
     * The weight of a bucket as of a moment: how many samples of that moment it is worth.
     *
     * @param bucket the bucket, from 0 to {@code layout().count() - 1}
     * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z; without effect where nothing decays
     * @return the weight, not negative; infinite if the moment lies some thousand half-lives before the samples
     * @throws IllegalArgumentException if the time is out of range
     * @throws IndexOutOfBoundsException if there is no such bucket
     */
    public double weight(int bucket, long epochMillis) {
        Objects.checkIndex(bucket, layout.count());
        double factor = asOf(epochMillis);
        double weight = weights.weight(bucket);
        return weight == 0 ? 0 : weight * factor;
    }

    /**
     * The weight of all buckets as of a moment.
     *
     * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z; without effect where nothing decays
     * @return the weight, not negative; infinite if the moment lies some thousand half-lives before the samples
     * @throws IllegalArgumentException if the time is out of range
     */
    public double totalWeight(long epochMillis) {
        double factor = asOf(epochMillis);
        double total = weights.total();
        return total == 0 ? 0 : total * factor;
    }

    private double asOf(long epochMillis) {
        UsageTime.check(epochMillis);
        if (halfLife == 0) {
            return 1;
        }
        long period = Math.floorDiv(epochMillis, halfLife);
        return SketchMath.powerOfTwo(reference - period)
                / SketchMath.exp2(Math.floorMod(epochMillis, halfLife) * stepsPerMilli);
    }

    SketchPages weights() {
        return weights;
    }

    long reference() {
        return reference;
    }

    long halfLifeMillis() {
        return halfLife;
    }

    /**
     * The buckets.
     *
     * @return the layout
     */
    public SketchLayout layout() {
        return layout;
    }

    /**
     * In what time a sample loses half its weight.
     *
     * @return the half-life, or empty where nothing decays
     */
    public Optional<Duration> halfLife() {
        return halfLife == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(halfLife));
    }

    private String configuration() {
        return layout + (halfLife == 0 ? " without decay" : " with half-life " + Duration.ofMillis(halfLife));
    }

    /**
     * Writes the image.
     *
     * @param out where to
     * @throws IOException if that fails
     */
    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        byte[] image = toImage();
        out.writeInt(image.length);
        out.write(image);
    }

    /**
     * Replaces everything by an image.
     *
     * @param in where from
     * @throws IOException if that fails or the image is malformed
     */
    @Override
    public void readExternal(ObjectInput in) throws IOException {
        UsageSketch read = SketchImage.read(in);
        layout = read.layout;
        halfLife = read.halfLife;
        stepsPerMilli = read.stepsPerMilli;
        restore(read.reference, read.weights, read.samples, read.peak);
    }

    /** One line: configuration, number of samples, 95th percentile and peak. */
    @Override
    public String toString() {
        OptionalLong p95 = percentile(Ratio.percent(95), PercentileRule.NEAREST_RANK);
        return "UsageSketch[" + configuration() + ", samples=" + samples
                + (p95.isPresent() ? ", p95=" + UsageTime.human(p95.getAsLong()) : "")
                + (peak >= 0 ? ", peak=" + UsageTime.human(peak) : "") + "]";
    }
}
