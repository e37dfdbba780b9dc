package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.Objects;
import java.util.Optional;

/**
 * What is set today, and what the container says about itself: the context of a recommendation. Immutable and thread-safe.
 *
 * @param request the request in force, if known and set
 * @param limit the limit in force, if known and set
 * @param unreclaimable memory that the kernel could not take back (current use without file cache and without anonymous
 *     memory that may be swapped), if known: no limit goes below it
 * @param pressure share of time in which a task of the container waited for memory ({@code some} of {@code
 *     memory.pressure}, the larger of avg10 and avg60), if known: from a tenth of a percent on, nothing is lowered
 * @since 0.1
 */
public record Deployed(
        Optional<Bytes> request, Optional<Bytes> limit, Optional<Bytes> unreclaimable, Optional<Ratio> pressure) {

    /** Senpai in facebookincubator/oomd probes only while pressure is below this. */
    private static final Ratio PRESSED = Ratio.of(1, 1000);

    private static final Deployed UNKNOWN =
            new Deployed(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Checks the ranges.
     *
     * @param request the request in force, if known and set
     * @param limit the limit in force, if known and set
     * @param unreclaimable memory that the kernel could not take back, if known
     * @param pressure share of time in which a task waited for memory, if known
     * @throws IllegalArgumentException if an amount is negative or above 2^50 bytes, or the pressure is not from 0 to 100%
     */
    public Deployed {
        request.ifPresent(Estimators::checkAmount);
        limit.ifPresent(Estimators::checkAmount);
        unreclaimable.ifPresent(Estimators::checkAmount);
        pressure.ifPresent(share -> {
            if (share.numerator() < 0 || share.compareTo(Ratio.ONE) > 0) {
                throw new IllegalArgumentException("pressure must be from 0% to 100%, got " + share);
            }
        });
    }

    /**
     * Nothing is known.
     *
     * @return the empty context
     */
    public static Deployed unknown() {
        return UNKNOWN;
    }

    /**
     * Request and limit.
     *
     * @param request the request in force
     * @param limit the limit in force
     * @return the context
     * @throws IllegalArgumentException if an amount is negative or above 2^50 bytes
     */
    public static Deployed of(Bytes request, Bytes limit) {
        return UNKNOWN.withRequest(request).withLimit(limit);
    }

    /**
     * Sets the request in force.
     *
     * @param bytes the request
     * @return a copy
     * @throws IllegalArgumentException if the amount is negative or above 2^50 bytes
     */
    public Deployed withRequest(Bytes bytes) {
        return new Deployed(Optional.of(bytes), limit, unreclaimable, pressure);
    }

    /**
     * Sets the limit in force.
     *
     * @param bytes the limit
     * @return a copy
     * @throws IllegalArgumentException if the amount is negative or above 2^50 bytes
     */
    public Deployed withLimit(Bytes bytes) {
        return new Deployed(request, Optional.of(bytes), unreclaimable, pressure);
    }

    /**
     * Sets what the kernel could not take back.
     *
     * @param bytes the memory
     * @return a copy
     * @throws IllegalArgumentException if the amount is negative or above 2^50 bytes
     */
    public Deployed withUnreclaimable(Bytes bytes) {
        return new Deployed(request, limit, Optional.of(bytes), pressure);
    }

    /**
     * Sets the pressure.
     *
     * @param share the share of time in which a task waited for memory
     * @return a copy
     * @throws IllegalArgumentException if the share is not from 0 to 100%
     */
    public Deployed withPressure(Ratio share) {
        return new Deployed(request, limit, unreclaimable, Optional.of(Objects.requireNonNull(share, "share")));
    }

    /**
     * Does the container wait for memory so often that lowering would hurt?
     *
     * @return true from a tenth of a percent on
     */
    public boolean isUnderPressure() {
        return pressure.isPresent() && pressure.get().compareTo(PRESSED) >= 0;
    }
}
