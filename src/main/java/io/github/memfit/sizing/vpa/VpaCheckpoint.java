package io.github.memfit.sizing.vpa;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What VPA keeps of one container's memory in a {@code VerticalPodAutoscalerCheckpoint}, version "v3". Immutable and
 * thread-safe.
 *
 * @param referenceTime the reference time of the weights; empty for a histogram that never had a sample
 * @param totalWeight the sum of all weights, not negative
 * @param bucketWeights weights in proportion, the heaviest 10000; by bucket, unmodifiable
 * @param firstSample the time of the first CPU sample
 * @param lastSample the time of the last CPU sample
 * @param samples how many CPU samples there were
 * @since 0.1
 */
public record VpaCheckpoint(
        Optional<Instant> referenceTime,
        double totalWeight,
        SortedMap<Integer, Integer> bucketWeights,
        Optional<Instant> firstSample,
        Optional<Instant> lastSample,
        long samples) {

    /** The version of the format that VPA writes and reads. */
    public static final String VERSION = "v3";

    /**
     * Copies the map and checks what VPA checks.
     *
     * @param referenceTime the reference time of the weights
     * @param totalWeight the sum of all weights, not negative
     * @param bucketWeights weights in proportion by bucket
     * @param firstSample the time of the first CPU sample
     * @param lastSample the time of the last CPU sample
     * @param samples how many CPU samples there were
     * @throws IllegalArgumentException if a weight, a bucket or the number of samples is negative or not finite, or a time is
     *     outside the years 1700 to 2250
     */
    public VpaCheckpoint {
        if (!(totalWeight >= 0) || Double.isInfinite(totalWeight)) {
            throw new IllegalArgumentException(
                    "a checkpoint's weight must not be negative and must be finite, got " + totalWeight);
        }
        SortedMap<Integer, Integer> copy = new TreeMap<>(bucketWeights);
        for (Map.Entry<Integer, Integer> entry : copy.entrySet()) {
            if (entry.getKey() < 0 || entry.getValue() < 0) {
                throw new IllegalArgumentException(
                        "a checkpoint's buckets and weights must not be negative, got " + entry);
            }
        }
        if (samples < 0) {
            throw new IllegalArgumentException("a number of samples must not be negative, got " + samples);
        }
        referenceTime.ifPresent(VpaTime::nanos);
        firstSample.ifPresent(VpaTime::nanos);
        lastSample.ifPresent(VpaTime::nanos);
        bucketWeights = Collections.unmodifiableSortedMap(copy);
    }
}
