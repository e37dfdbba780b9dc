package io.github.memfit.unit;

import java.time.Duration;
import java.util.Objects;

/**
 * Pressure stall information as the kernel prints it: how much time tasks lost by waiting for a resource. Immutable and
 * thread-safe.
 *
 * <p>Text format: {@code Documentation/accounting/psi.rst}, kernels 4.20 and later. The averages are percentages with two
 * digits that the kernel renews every two seconds; the totals are exact, so {@link Stall#shareSince} gives any other window.
 *
 * @param some the time in which at least one task waited
 * @param full the time in which all tasks that were not idle waited at once
 * @since 0.1
 */
public record Pressure(Reading<Stall> some, Reading<Stall> full) {

    /**
     * Checks the components.
     *
     * @param some at least one task waited
     * @param full all tasks waited
     */
    public Pressure {
        Objects.requireNonNull(some, "some");
        Objects.requireNonNull(full, "full");
    }

    /** One line: {@code some 0.53% 0.11% 0.03% total PT0.1S, full ...}. */
    @Override
    public String toString() {
        return "some " + some + ", full " + full;
    }

    /**
     * One line of the file. Immutable and thread-safe.
     *
     * @param avg10 the share of the last 10 seconds
     * @param avg60 the share of the last 60 seconds
     * @param avg300 the share of the last 300 seconds
     * @param total the time lost since the group or the machine started, exact to the microsecond
     * @since 0.1
     */
    public record Stall(Ratio avg10, Ratio avg60, Ratio avg300, Duration total) {

        /**
         * Checks the components.
         *
         * @param avg10 the share of the last 10 seconds
         * @param avg60 the share of the last 60 seconds
         * @param avg300 the share of the last 300 seconds
         * @param total the time lost
         */
        public Stall {
            Objects.requireNonNull(avg10, "avg10");
            Objects.requireNonNull(avg60, "avg60");
            Objects.requireNonNull(avg300, "avg300");
            Objects.requireNonNull(total, "total");
            if (total.isNegative()) {
                throw new IllegalArgumentException("total must not be negative: " + total);
            }
        }

        /**
         * The share of time lost between an earlier reading and this one: any window, without the two-second grid of the
         * averages.
         *
         * @param earlier the earlier reading of the same file
         * @param elapsed the time between the two
         * @return the share; 0 if the total went back because the group was made anew
         * @throws IllegalArgumentException if {@code elapsed} is not positive
         */
        public Ratio shareSince(Stall earlier, Duration elapsed) {
            if (elapsed.isNegative() || elapsed.isZero()) {
                throw new IllegalArgumentException("elapsed must be positive: " + elapsed);
            }
            Duration lost = total.minus(earlier.total);
            return lost.isNegative() ? Ratio.ZERO : Ratio.of(lost.toNanos(), elapsed.toNanos());
        }

        /** The three averages and the total. */
        @Override
        public String toString() {
            return avg10 + " " + avg60 + " " + avg300 + " total " + total;
        }
    }
}
