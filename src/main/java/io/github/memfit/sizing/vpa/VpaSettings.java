package io.github.memfit.sizing.vpa;

import io.github.memfit.unit.Bytes;
import java.time.Duration;
import java.util.Objects;

/**
 * The flags of VPA's recommender that concern memory. Immutable and thread-safe; equal by value.
 *
 * <p>Numbers that are floating-point flags there are {@code double} here, since the results depend on it to the last bit.
 *
 * @since 0.1
 */
public final class VpaSettings {

    /** The defaults of recommender 1.8.0. */
    public static final VpaSettings DEFAULTS = new Builder().build();

    private final Duration aggregationInterval;
    private final Duration halfLife;
    private final double oomBumpUpRatio;
    private final double oomMinBumpUpBytes;
    private final double marginFraction;
    private final double podMinMemoryMb;
    private final double targetPercentile;
    private final double lowerBoundPercentile;
    private final double upperBoundPercentile;
    private final Duration confidenceInterval;
    private final long roundMemoryBytes;
    private final boolean humanizeMemory;
    private final Bytes globalMaxAllowed;

    private VpaSettings(Builder builder) {
        aggregationInterval = builder.aggregationInterval;
        halfLife = builder.halfLife;
        oomBumpUpRatio = builder.oomBumpUpRatio;
        oomMinBumpUpBytes = builder.oomMinBumpUpBytes;
        marginFraction = builder.marginFraction;
        podMinMemoryMb = builder.podMinMemoryMb;
        targetPercentile = builder.targetPercentile;
        lowerBoundPercentile = builder.lowerBoundPercentile;
        upperBoundPercentile = builder.upperBoundPercentile;
        confidenceInterval = builder.confidenceInterval;
        roundMemoryBytes = builder.roundMemoryBytes;
        humanizeMemory = builder.humanizeMemory;
        globalMaxAllowed = builder.globalMaxAllowed;
    }

    /**
     * Starts with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts with these settings.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * {@code --memory-aggregation-interval}: the length of a peak window; 24 h.
     *
     * @return the length
     */
    public Duration aggregationInterval() {
        return aggregationInterval;
    }

    /**
     * {@code --memory-histogram-decay-half-life}; 24 h.
     *
     * @return the half-life
     */
    public Duration halfLife() {
        return halfLife;
    }

    /**
     * {@code --oom-bump-up-ratio}; 1.2.
     *
     * @return the factor
     */
    public double oomBumpUpRatio() {
        return oomBumpUpRatio;
    }

    /**
     * {@code --oom-min-bump-up-bytes}; 104857600.
     *
     * @return bytes
     */
    public double oomMinBumpUpBytes() {
        return oomMinBumpUpBytes;
    }

    /**
     * {@code --recommendation-margin-fraction}; 0.15.
     *
     * @return the fraction
     */
    public double marginFraction() {
        return marginFraction;
    }

    /**
     * {@code --pod-recommendation-min-memory-mb}, which counts MiB; 250.
     *
     * @return MiB per pod
     */
    public double podMinMemoryMb() {
        return podMinMemoryMb;
    }

    /**
     * {@code --target-memory-percentile}; 0.9.
     *
     * @return the percentile of the target
     */
    public double targetPercentile() {
        return targetPercentile;
    }

    /**
     * {@code --recommendation-lower-bound-memory-percentile}; 0.5.
     *
     * @return the percentile of the lower bound
     */
    public double lowerBoundPercentile() {
        return lowerBoundPercentile;
    }

    /**
     * {@code --recommendation-upper-bound-memory-percentile}; 0.95.
     *
     * @return the percentile of the upper bound
     */
    public double upperBoundPercentile() {
        return upperBoundPercentile;
    }

    /**
     * {@code --confidence-interval-memory}; 24 h.
     *
     * @return the time in which the confidence grows by 1
     */
    public Duration confidenceInterval() {
        return confidenceInterval;
    }

    /**
     * {@code --round-memory-bytes}; 1.
     *
     * @return the unit to round up to; 0 and 1 do not round
     */
    public long roundMemoryBytes() {
        return roundMemoryBytes;
    }

    /**
     * {@code --humanize-memory}; false.
     *
     * @return whether results become two decimals and a binary unit
     */
    public boolean humanizeMemory() {
        return humanizeMemory;
    }

    /**
     * {@code --container-recommendation-max-allowed-memory}; zero.
     *
     * @return the maximum for containers whose policy has none; zero for no maximum
     */
    public Bytes globalMaxAllowed() {
        return globalMaxAllowed;
    }

    private Object[] values() {
        return new Object[] {
            aggregationInterval,
            halfLife,
            oomBumpUpRatio,
            oomMinBumpUpBytes,
            marginFraction,
            podMinMemoryMb,
            targetPercentile,
            lowerBoundPercentile,
            upperBoundPercentile,
            confidenceInterval,
            roundMemoryBytes,
            humanizeMemory,
            globalMaxAllowed
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VpaSettings that && java.util.Arrays.equals(values(), that.values());
    }

    @Override
    public int hashCode() {
        return Objects.hash(values());
    }

    /** One line: window, half-life, percentiles, margin and minimum. */
    @Override
    public String toString() {
        return "VpaSettings[interval=" + aggregationInterval + ", halfLife=" + halfLife + ", percentiles="
                + lowerBoundPercentile + "/" + targetPercentile + "/" + upperBoundPercentile + ", margin="
                + marginFraction + ", podMin=" + podMinMemoryMb + "Mi]";
    }

    /**
     * Sets what differs from the defaults. Not thread-safe; confine to one thread.
     *
     * @since 0.1
     */
    public static final class Builder {

        private Duration aggregationInterval = Duration.ofHours(24);
        private Duration halfLife = Duration.ofHours(24);
        private double oomBumpUpRatio = 1.2;
        private double oomMinBumpUpBytes = 104_857_600;
        private double marginFraction = 0.15;
        private double podMinMemoryMb = 250;
        private double targetPercentile = 0.9;
        private double lowerBoundPercentile = 0.5;
        private double upperBoundPercentile = 0.95;
        private Duration confidenceInterval = Duration.ofHours(24);
        private long roundMemoryBytes = 1;
        private boolean humanizeMemory;
        private Bytes globalMaxAllowed = Bytes.ZERO;

        private Builder() {}

        private Builder(VpaSettings from) {
            aggregationInterval = from.aggregationInterval;
            halfLife = from.halfLife;
            oomBumpUpRatio = from.oomBumpUpRatio;
            oomMinBumpUpBytes = from.oomMinBumpUpBytes;
            marginFraction = from.marginFraction;
            podMinMemoryMb = from.podMinMemoryMb;
            targetPercentile = from.targetPercentile;
            lowerBoundPercentile = from.lowerBoundPercentile;
            upperBoundPercentile = from.upperBoundPercentile;
            confidenceInterval = from.confidenceInterval;
            roundMemoryBytes = from.roundMemoryBytes;
            humanizeMemory = from.humanizeMemory;
            globalMaxAllowed = from.globalMaxAllowed;
        }

        /**
         * Sets the length of a peak window.
         *
         * @param interval from a millisecond to 3660 days
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder aggregationInterval(Duration interval) {
            VpaTime.length("an aggregation interval", interval);
            aggregationInterval = interval;
            return this;
        }

        /**
         * Sets the half-life.
         *
         * @param time from a millisecond to 3660 days
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder halfLife(Duration time) {
            VpaTime.length("a half-life", time);
            halfLife = time;
            return this;
        }

        /**
         * Sets by what an OOM kill multiplies the need.
         *
         * @param ratio a finite number that is not negative
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Builder oomBumpUpRatio(double ratio) {
            oomBumpUpRatio = finite("an OOM bump ratio", ratio);
            return this;
        }

        /**
         * Sets what an OOM kill adds at least.
         *
         * @param bytes a finite number that is not negative
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Builder oomMinBumpUpBytes(double bytes) {
            oomMinBumpUpBytes = finite("an OOM bump", bytes);
            return this;
        }

        /**
         * Sets the safety margin.
         *
         * @param fraction a finite number that is not negative
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Builder marginFraction(double fraction) {
            marginFraction = finite("a margin", fraction);
            return this;
        }

        /**
         * Sets the minimum of a pod.
         *
         * @param mebibytes a finite number that is not negative
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Builder podMinMemoryMb(double mebibytes) {
            podMinMemoryMb = finite("a pod minimum", mebibytes);
            return this;
        }

        /**
         * Sets the percentiles.
         *
         * @param lower the percentile of the lower bound, 0.5 for P50
         * @param target the percentile of the target
         * @param upper the percentile of the upper bound
         * @return this
         * @throws IllegalArgumentException if one is negative or not finite
         */
        public Builder percentiles(double lower, double target, double upper) {
            lowerBoundPercentile = finite("a percentile", lower);
            targetPercentile = finite("a percentile", target);
            upperBoundPercentile = finite("a percentile", upper);
            return this;
        }

        /**
         * Sets the confidence interval.
         *
         * @param interval from a millisecond to 3660 days
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder confidenceInterval(Duration interval) {
            VpaTime.length("a confidence interval", interval);
            confidenceInterval = interval;
            return this;
        }

        /**
         * Sets the unit to which results are rounded up.
         *
         * @param bytes the unit; 0 and 1 do not round
         * @return this
         * @throws IllegalArgumentException if negative
         */
        public Builder roundMemoryBytes(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("a unit to round to must not be negative, got " + bytes);
            }
            roundMemoryBytes = bytes;
            return this;
        }

        /**
         * Sets whether results become two decimals and a binary unit.
         *
         * @param humanize true to round so
         * @return this
         */
        public Builder humanizeMemory(boolean humanize) {
            humanizeMemory = humanize;
            return this;
        }

        /**
         * Sets the maximum for containers whose policy has none.
         *
         * @param maximum zero for no maximum
         * @return this
         * @throws IllegalArgumentException if negative
         */
        public Builder globalMaxAllowed(Bytes maximum) {
            globalMaxAllowed = VpaContainerPolicy.notNegative(maximum);
            return this;
        }

        /**
         * The settings.
         *
         * @return an immutable value
         */
        public VpaSettings build() {
            return new VpaSettings(this);
        }

        private static double finite(String what, double value) {
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(what + " must be finite and not negative, got " + value);
            }
            return value;
        }
    }
}
