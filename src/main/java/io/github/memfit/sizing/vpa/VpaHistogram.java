package io.github.memfit.sizing.vpa;

import io.github.memfit.internal.GoMath;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * VPA's histogram of weighted values, with or without exponential decay, to the last bit. Not thread-safe; confine to one
 * thread.
 *
 * <p>With a half-life h, a sample of time t enters with the weight {@code w 2^((t - r) / h)}, where the reference time r moves
 * forward, to a multiple of h counted from the year 1, whenever t is more than 100 half-lives ahead; the first sample always
 * moves it. Moving scales the weights by a power of two. Buckets below epsilon at the low and the high end do not count, though
 * their weight stays in the total.
 *
 * @since 0.1
 */
public final class VpaHistogram {

    private static final int CHECKPOINT_WEIGHT = 10_000;
    private static final long LONGEST_DECAY = 100;

    private final VpaBuckets buckets;

    /** 0 without decay. */
    private final long halfLife;

    private final long phase;
    private long reference = VpaTime.ZERO;

    /** The buckets from {@code base} on; all others are empty. */
    private double[] weights = new double[0];

    private int base;
    private double total;
    private int min;
    private int max;

    private VpaHistogram(VpaBuckets buckets, long halfLife) {
        this.buckets = buckets;
        this.halfLife = halfLife;
        phase = halfLife == 0 ? 0 : VpaTime.phase(halfLife);
        min = buckets.count() - 1;
    }

    /**
     * A histogram in which all samples weigh the same for ever.
     *
     * @param buckets the layout
     * @return an empty histogram
     */
    public static VpaHistogram plain(VpaBuckets buckets) {
        return new VpaHistogram(buckets, 0);
    }

    /**
     * A histogram in which a sample loses half its weight in each half-life.
     *
     * @param buckets the layout
     * @param halfLife the half-life, from a millisecond to 3660 days
     * @return an empty histogram
     * @throws IllegalArgumentException if the half-life is out of range
     */
    public static VpaHistogram decaying(VpaBuckets buckets, Duration halfLife) {
        return new VpaHistogram(buckets, VpaTime.length("a half-life", halfLife));
    }

    /**
     * An independent histogram with the same content.
     *
     * @return the copy
     */
    public VpaHistogram copy() {
        VpaHistogram copy = new VpaHistogram(buckets, halfLife);
        copy.reference = reference;
        copy.weights = weights.clone();
        copy.base = base;
        copy.total = total;
        copy.min = min;
        copy.max = max;
        return copy;
    }

    /**
     * The layout.
     *
     * @return the buckets
     */
    public VpaBuckets buckets() {
        return buckets;
    }

    /**
     * Adds a sample.
     *
     * @param value the value
     * @param weight its weight, not negative
     * @param time its time; without effect where nothing decays
     * @throws IllegalArgumentException if the weight is negative or not finite, the value is not a number, or the time is
     *     outside the years 1700 to 2250
     */
    public void add(double value, double weight, Instant time) {
        int bucket = buckets.find(value);
        add(bucket, checked(weight), VpaTime.nanos(time));
    }

    /**
     * Takes a sample away that was added before. What is left below epsilon becomes 0.
     *
     * @param value the value
     * @param weight its weight, not negative
     * @param time its time
     * @throws IllegalArgumentException as for {@link #add}
     */
    public void subtract(double value, double weight, Instant time) {
        int bucket = buckets.find(value);
        subtract(bucket, checked(weight), VpaTime.nanos(time));
    }

    private static double checked(double weight) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("a weight must not be negative and must be finite, got " + weight);
        }
        return weight;
    }

    void add(int bucket, double weight, long nanos) {
        double decayed = weight * factor(nanos);
        int place = place(bucket);
        weights[place] += decayed;
        total += decayed;
        if (weights[place] >= buckets.epsilon()) {
            min = Math.min(min, bucket);
            max = Math.max(max, bucket);
        }
    }

    void subtract(int bucket, double weight, long nanos) {
        double decayed = weight * factor(nanos);
        int place = place(bucket);
        total = less(total, decayed);
        weights[place] = less(weights[place], decayed);
        tighten();
    }

    private double less(double value, double minus) {
        double rest = value - minus;
        return rest < buckets.epsilon() ? 0 : rest;
    }

    private double factor(long nanos) {
        if (halfLife == 0) {
            return 1;
        }
        if (reference == VpaTime.ZERO || VpaTime.minus(nanos, reference) > LONGEST_DECAY * halfLife) {
            shift(nanos);
        }
        return GoMath.exp2((double) VpaTime.minus(nanos, reference) / halfLife);
    }

    private void shift(long nanos) {
        long moved = VpaTime.round(nanos, halfLife, phase);
        double exponent = Math.floor((double) VpaTime.minus(reference, moved) / halfLife + 0.5);
        double scale = Math.scalb(1.0, (int) exponent);
        for (int bucket = min; bucket <= max; bucket++) {
            if (weight(bucket) != 0) {
                weights[bucket - base] *= scale;
            }
        }
        total *= scale;
        tighten();
        reference = moved;
    }

    private void tighten() {
        while (weight(min) < buckets.epsilon() && min < buckets.count() - 1) {
            min++;
        }
        while (weight(max) < buckets.epsilon() && max > 0) {
            max--;
        }
    }

    /**
     * Adds everything of another histogram. The one with the older reference time is moved to the newer one first; that
     * changes the other histogram in its reference time, as it does in VPA.
     *
     * @param other a histogram with the same layout and half-life
     * @throws IllegalArgumentException if layout or half-life differ
     */
    public void merge(VpaHistogram other) {
        if (!buckets.equals(other.buckets) || halfLife != other.halfLife) {
            throw new IllegalArgumentException(
                    "histograms of different configuration cannot be merged: " + buckets + " and "
                            + other.buckets + ", half-life " + Duration.ofNanos(halfLife) + " and "
                            + Duration.ofNanos(other.halfLife));
        }
        if (reference < other.reference) {
            shift(other.reference);
        } else if (other.reference < reference) {
            other.shift(reference);
        }
        for (int bucket = other.min; bucket <= other.max; bucket++) {
            double more = other.weight(bucket);
            if (more != 0) {
                int place = place(bucket);
                weights[place] += more;
            }
        }
        total += other.total;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    /**
     * The end of the bucket in which a share of the weight is reached, or the start of the last bucket, which has no end.
     *
     * @param percentile the share; 0.9 for P90. Below 0 is the first bucket that counts, above 1 the last
     * @return the value; 0 for an empty histogram
     * @throws IllegalArgumentException if the percentile is not a number
     */
    public double percentile(double percentile) {
        int bucket = percentileBucket(percentile);
        return isEmpty() ? 0 : buckets.start(Math.min(bucket + 1, buckets.count() - 1));
    }

    int percentileBucket(double percentile) {
        if (Double.isNaN(percentile)) {
            throw new IllegalArgumentException("a percentile must be a number");
        }
        double threshold = percentile * total;
        double sum = 0;
        int bucket = min;
        for (; bucket < max; bucket++) {
            sum += weight(bucket);
            if (sum >= threshold) {
                break;
            }
        }
        return bucket;
    }

    /**
     * Is there no bucket of at least epsilon?
     *
     * @return true if nothing counts
     */
    public boolean isEmpty() {
        return weight(min) < buckets.epsilon();
    }

    /**
     * The weight of a bucket, relative to the reference time.
     *
     * @param bucket the bucket, from 0
     * @return the weight
     */
    public double weight(int bucket) {
        int place = bucket - base;
        return place >= 0 && place < weights.length ? weights[place] : 0;
    }

    /**
     * All weight that was added, less what was taken away, relative to the reference time.
     *
     * @return the total
     */
    public double totalWeight() {
        return total;
    }

    /**
     * The first bucket that counts; the last bucket of the layout when empty.
     *
     * @return the bucket
     */
    public int minBucket() {
        return min;
    }

    /**
     * The last bucket that counts; 0 when empty.
     *
     * @return the bucket
     */
    public int maxBucket() {
        return max;
    }

    /**
     * The time at which a sample has the factor 1.
     *
     * @return the reference time, or empty before the first sample and without decay
     */
    public Optional<Instant> referenceTime() {
        return reference == VpaTime.ZERO ? Optional.empty() : Optional.of(VpaTime.instant(reference));
    }

    /**
     * The weights as whole numbers: the heaviest bucket 10000, the others in proportion, rounded half up, zeros left out.
     *
     * @return buckets and their weights, ascending; a new map
     */
    public SortedMap<Integer, Integer> checkpointWeights() {
        double heaviest = 0;
        for (int bucket = min; bucket <= max; bucket++) {
            heaviest = Math.max(heaviest, weight(bucket));
        }
        SortedMap<Integer, Integer> saved = new TreeMap<>();
        double ratio = CHECKPOINT_WEIGHT / heaviest;
        for (int bucket = min; bucket <= max; bucket++) {
            int rounded = (int) Math.floor(weight(bucket) * ratio + 0.5);
            if (rounded > 0) {
                saved.put(bucket, rounded);
            }
        }
        return saved;
    }

    /**
     * Adds the weights of a checkpoint and takes over its reference time, without aligning what is there already, as VPA does.
     *
     * @param checkpoint the checkpoint
     * @throws IllegalArgumentException if it has a bucket that this layout does not have
     */
    public void load(VpaCheckpoint checkpoint) {
        long sum = 0;
        for (Map.Entry<Integer, Integer> entry : checkpoint.bucketWeights().entrySet()) {
            if (entry.getKey() >= buckets.count()) {
                throw new IllegalArgumentException("the checkpoint has bucket " + entry.getKey()
                        + ", the histogram only " + buckets.count() + " buckets");
            }
            sum += entry.getValue();
        }
        if (sum > 0) {
            double ratio = checkpoint.totalWeight() / sum;
            checkpoint.bucketWeights().forEach((bucket, weight) -> {
                int place = place(bucket);
                weights[place] += weight * ratio;
                min = Math.min(min, bucket);
                max = Math.max(max, bucket);
            });
            total += checkpoint.totalWeight();
            tighten();
        }
        if (halfLife != 0) {
            reference = checkpoint.referenceTime().map(VpaTime::nanos).orElse(VpaTime.ZERO);
        }
    }

    private int place(int bucket) {
        if (weights.length == 0) {
            weights = new double[1];
            base = bucket;
        } else if (bucket < base) {
            double[] wider = new double[weights.length + (base - bucket)];
            System.arraycopy(weights, 0, wider, base - bucket, weights.length);
            weights = wider;
            base = bucket;
        } else if (bucket - base >= weights.length) {
            weights = Arrays.copyOf(weights, bucket - base + 1);
        }
        return bucket - base;
    }

    /** One line: how many buckets count, their range and weight. */
    @Override
    public String toString() {
        return isEmpty()
                ? "VpaHistogram[empty]"
                : "VpaHistogram[buckets " + min + " to " + max + ", weight " + total
                        + referenceTime().map(time -> " relative to " + time).orElse("") + "]";
    }
}
