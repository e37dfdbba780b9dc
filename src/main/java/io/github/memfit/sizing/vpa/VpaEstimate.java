package io.github.memfit.sizing.vpa;

import io.github.memfit.internal.GoMath;
import java.time.Duration;
import java.util.List;

/** The chain from a histogram to one figure: percentile, margin, confidence, minimum, each truncated to whole bytes. */
final class VpaEstimate {

    /** What stands for "no limit" in VPA, and the largest amount it knows. */
    static final long LARGEST = 100_000_000_000_000L;

    private final VpaSettings settings;
    private final VpaAggregate aggregate;
    private final int containers;
    final double confidence;

    VpaEstimate(VpaSettings settings, VpaAggregate aggregate, int containers) {
        this.settings = settings;
        this.aggregate = aggregate;
        this.containers = containers;
        confidence = confidence(settings.confidenceInterval(), aggregate);
    }

    static long amount(double bytes) {
        return bytes > LARGEST ? LARGEST : bytes < 0 ? 0 : (long) bytes;
    }

    private static double confidence(Duration interval, VpaAggregate aggregate) {
        long nanos = interval.toNanos();
        double lifespan = (double) VpaTime.minus(aggregate.lastSample, aggregate.firstSample) / nanos;
        long minute = 60_000_000_000L;
        double minutes = nanos / minute + (double) (nanos % minute) / minute;
        return Math.min(lifespan, aggregate.samples / minutes);
    }

    long minimum() {
        return amount(amount(settings.podMinMemoryMb() * 1024 * 1024) * (1.0 / containers));
    }

    private long withMargin(double percentile) {
        long base = amount(aggregate.peaks.percentile(percentile));
        return base + amount(base * settings.marginFraction());
    }

    long target() {
        return Math.max(withMargin(settings.targetPercentile()), minimum());
    }

    long lower() {
        return Math.max(amount(withMargin(settings.lowerBoundPercentile()) * lowerFactor()), minimum());
    }

    long upper() {
        return Math.max(amount(withMargin(settings.upperBoundPercentile()) * upperFactor()), minimum());
    }

    private double lowerFactor() {
        return GoMath.pow(1 + 0.001 / confidence, -2);
    }

    private double upperFactor() {
        return GoMath.pow(1 + 1 / confidence, 1);
    }

    VpaAmount published(long bytes) {
        return VpaAmount.of(bytes, settings.roundMemoryBytes(), settings.humanizeMemory());
    }

    void explain(List<String> lines) {
        lines.add("confidence " + confidence
                + ": the smaller of the time between the first and the last CPU sample in units of "
                + settings.confidenceInterval() + ", and " + aggregate.samples + " CPU samples at one a minute");
        explain(lines, "target", settings.targetPercentile(), 1, target());
        explain(lines, "lower bound", settings.lowerBoundPercentile(), lowerFactor(), lower());
        explain(lines, "upper bound", settings.upperBoundPercentile(), upperFactor(), upper());
    }

    private void explain(List<String> lines, String what, double percentile, double factor, long result) {
        VpaHistogram peaks = aggregate.peaks;
        StringBuilder line = new StringBuilder(what).append(": ");
        if (peaks.isEmpty()) {
            line.append("no peak yet, 0");
        } else {
            int bucket = peaks.percentileBucket(percentile);
            boolean last = bucket == peaks.buckets().count() - 1;
            line.append("percentile ")
                    .append(percentile)
                    .append(" lies in bucket ")
                    .append(bucket)
                    .append(last ? ", which has no end, starts at " : ", ends at ")
                    .append(amount(peaks.percentile(percentile)));
        }
        long margined = withMargin(percentile);
        line.append("; margin ")
                .append(settings.marginFraction())
                .append(" makes ")
                .append(margined);
        if (factor != 1) {
            line.append("; confidence factor ").append(factor).append(" makes ").append(amount(margined * factor));
        }
        line.append(
                result == minimum() && amount(margined * factor) < result
                        ? "; below the minimum " + minimum() + " (" + settings.podMinMemoryMb() + " MiB for "
                                + containers + " containers)"
                        : "");
        lines.add(line.append(" = ").append(result).toString());
    }
}
