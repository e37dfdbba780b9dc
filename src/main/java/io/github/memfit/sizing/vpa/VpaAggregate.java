package io.github.memfit.sizing.vpa;

import java.time.Instant;
import java.util.Optional;

/** The histogram of peaks and the confidence of one container of one revision of a workload. */
final class VpaAggregate {

    final VpaHistogram peaks;
    long firstSample = VpaTime.ZERO;
    long lastSample = VpaTime.ZERO;
    long samples;

    VpaAggregate(VpaSettings settings) {
        this(VpaHistogram.decaying(VpaBuckets.MEMORY, settings.halfLife()));
    }

    private VpaAggregate(VpaHistogram peaks) {
        this.peaks = peaks;
    }

    VpaAggregate copy() {
        VpaAggregate copy = new VpaAggregate(peaks.copy());
        copy.firstSample = firstSample;
        copy.lastSample = lastSample;
        copy.samples = samples;
        return copy;
    }

    /** Only CPU samples count for the confidence. */
    void cpuSample(long nanos) {
        if (nanos > lastSample) {
            lastSample = nanos;
        }
        if (firstSample == VpaTime.ZERO || nanos < firstSample) {
            firstSample = nanos;
        }
        samples++;
    }

    /** May move the reference time of the other's histogram. */
    void merge(VpaAggregate other) {
        peaks.merge(other.peaks);
        if (firstSample == VpaTime.ZERO || other.firstSample != VpaTime.ZERO && other.firstSample < firstSample) {
            firstSample = other.firstSample;
        }
        lastSample = Math.max(lastSample, other.lastSample);
        samples += other.samples;
    }

    void load(VpaCheckpoint checkpoint) {
        peaks.load(checkpoint);
        firstSample = checkpoint.firstSample().map(VpaTime::nanos).orElse(VpaTime.ZERO);
        lastSample = checkpoint.lastSample().map(VpaTime::nanos).orElse(VpaTime.ZERO);
        samples = checkpoint.samples();
    }

    VpaCheckpoint save() {
        return new VpaCheckpoint(
                peaks.referenceTime(),
                peaks.totalWeight(),
                peaks.checkpointWeights(),
                time(firstSample),
                time(lastSample),
                samples);
    }

    private static Optional<Instant> time(long nanos) {
        return nanos == VpaTime.ZERO ? Optional.empty() : Optional.of(VpaTime.instant(nanos));
    }
}
