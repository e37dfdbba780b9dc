package io.github.memfit.sizing.peers;

import io.github.memfit.unit.Bytes;

/**
 * One step of Senpai, which holds {@code memory.high} where a container just starts to stall: a little pressure is sought, more is
 * answered by backing off. Immutable and thread-safe; a pure function of the limit and the pressure.
 *
 * <p>The integral is the growth of {@code memory.pressure} "some" total since the last change. Above the target pressure: back off
 * by {@code min(((integral / target) / 20)^2, 1)}. Else, after 6 quiet seconds: probe down by
 * {@code min(((target / max(integral, 1)) / 10)^2 0.01, 0.01)}. The new limit is clamped and cut to whole pages of 4096 bytes.
 * Source: {@code senpai.py} at c51e8e2.
 *
 * @param pressureMicros the target pressure in microseconds of stall; 10000
 * @param intervalSeconds how long a limit is left alone below the target; 6
 * @param maxProbe the largest step down; 0.01
 * @param maxBackoff the largest step up; 1
 * @param coeffProbe how cautious steps down are; 10
 * @param coeffBackoff how cautious steps up are; 20
 * @param minSize the smallest limit; 100 MiB
 * @param maxSize the largest limit; 100 GiB
 * @since 0.1
 */
public record Senpai(
        double pressureMicros,
        long intervalSeconds,
        double maxProbe,
        double maxBackoff,
        double coeffProbe,
        double coeffBackoff,
        Bytes minSize,
        Bytes maxSize) {

    /** The script's defaults. */
    public static final Senpai DEFAULT = new Senpai(10_000, 6, 0.01, 1, 10, 20, Bytes.mebi(100), Bytes.gibi(100));

    private static final Bytes PAGE = Bytes.of(4096);

    /**
     * What a step does.
     *
     * @since 0.1
     */
    public enum SenpaiAction {
        /** Wait: too early for a probe. */
        HOLD,
        /** Lower the limit. */
        PROBE,
        /** Raise the limit. */
        BACKOFF
    }

    /**
     * The outcome of a step.
     *
     * @param action what to do
     * @param factor the relative change; negative for a probe, 0 for none
     * @param limit the limit to write
     * @since 0.1
     */
    public record SenpaiStep(SenpaiAction action, double factor, Bytes limit) {}

    /**
     * Checks the ranges.
     *
     * @param pressureMicros the target pressure in microseconds of stall
     * @param intervalSeconds how long a limit is left alone below the target
     * @param maxProbe the largest step down
     * @param maxBackoff the largest step up
     * @param coeffProbe how cautious steps down are
     * @param coeffBackoff how cautious steps up are
     * @param minSize the smallest limit
     * @param maxSize the largest limit
     * @throws IllegalArgumentException if a number is negative, not finite, or a divisor of 0, or the sizes are not in order
     */
    public Senpai {
        PeerMath.notNegative("a pressure", pressureMicros);
        PeerMath.notNegative("an interval", intervalSeconds);
        PeerMath.notNegative("a largest step", maxProbe);
        PeerMath.notNegative("a largest step", maxBackoff);
        PeerMath.notNegative("a coefficient", coeffProbe);
        PeerMath.notNegative("a coefficient", coeffBackoff);
        if (pressureMicros == 0 || coeffProbe == 0 || coeffBackoff == 0 || maxProbe > 1) {
            throw new IllegalArgumentException(
                    "pressure and coefficients divide and must not be 0, a step down is at most 1");
        }
        if (minSize.isNegative() || maxSize.isLessThan(minSize)) {
            throw new IllegalArgumentException(
                    "sizes must not be negative and in order, got " + minSize + " and " + maxSize);
        }
    }

    /**
     * The step after a second.
     *
     * @param limit the limit in force, not negative
     * @param integralMicros the stall since the last change, microseconds, not negative
     * @param quietSeconds how long ago the last change was
     * @return what to do
     * @throws IllegalArgumentException if limit or stall is negative
     */
    public SenpaiStep step(Bytes limit, long integralMicros, long quietSeconds) {
        if (limit.isNegative() || integralMicros < 0) {
            throw new IllegalArgumentException(
                    "limit and stall must not be negative, got " + limit + " and " + integralMicros);
        }
        if (integralMicros > pressureMicros) {
            double error = integralMicros / pressureMicros / coeffBackoff;
            double factor = Math.min(error * error, 1) * maxBackoff;
            return new SenpaiStep(SenpaiAction.BACKOFF, factor, changed(limit, factor));
        }
        if (quietSeconds < intervalSeconds) {
            return new SenpaiStep(SenpaiAction.HOLD, 0, limit);
        }
        double error = pressureMicros / Math.max(integralMicros, 1) / coeffProbe;
        double factor = -Math.min(error * error * maxProbe, maxProbe);
        return new SenpaiStep(SenpaiAction.PROBE, factor, changed(limit, factor));
    }

    private Bytes changed(Bytes limit, double factor) {
        Bytes wanted = Bytes.of(PeerMath.truncated(limit.value() + limit.value() * factor));
        return wanted.min(maxSize).max(minSize).roundDownTo(PAGE);
    }
}
