package io.github.memfit.kubernetes;

import io.github.memfit.unit.MalformedException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a text that should be a quantity: accepted, with everything odd about it, or refused, with the reason.
 * Immutable and thread-safe.
 *
 * <p>This is the way to look at manifests of others: nothing is thrown, and an accepted text tells how the API server and
 * {@code kubectl} (Kubernetes 1.36) will show it, which is not always what was meant.
 *
 * {@snippet :
 * if (QuantityReading.of("1000E") instanceof QuantityReading.Accepted a) {
 *     a.quantity();       // 1000E, the true value
 *     a.printed();        // 1: what kubectl writes
 *     a.warnings();       // [UPSTREAM_PRINTS_ANOTHER_VALUE, UPSTREAM_VALUE_WRONG]
 * }
 * }
 *
 * @since 0.1
 */
public sealed interface QuantityReading permits QuantityReading.Accepted, QuantityReading.Refused {

    /** Why a text is no quantity. */
    enum Problem {
        /** Characters or shape do not fit the grammar. */
        FORMAT,
        /** The number fits, the unit is unknown. */
        SUFFIX,
        /** Too long or too large to be computed safely; upstream hangs or computes another value. */
        BOUNDS
    }

    /** What is odd about an accepted text. */
    enum Warning {
        /** There is no digit at all; it means zero. */
        NO_DIGITS,
        /** It is below zero, which no resource may be. */
        NEGATIVE,
        /** It starts with a plus sign. */
        PLUS_SIGN,
        /** It was finer than 10^-9 and has been rounded away from zero. */
        ROUNDED,
        /** It was above 2^63-1 in a binary unit and has been capped. */
        CAPPED,
        /** The API server will round it to thousandths. */
        API_ROUNDS,
        /** Kubernetes shows another text for the same value. */
        PRINTS_DIFFERENT,
        /** Kubernetes prints a text that means another value. */
        UPSTREAM_PRINTS_ANOTHER_VALUE,
        /** Kubernetes computes with another value, because the true one does not fit or meets a defect. */
        UPSTREAM_VALUE_WRONG
    }

    /**
     * Reads any text, in microseconds whatever it is.
     *
     * @param text the text
     * @return what became of it
     */
    static QuantityReading of(CharSequence text) {
        return QuantityParser.read(text);
    }

    /**
     * The text that was read, cut to {@value Quantity#LONGEST} characters.
     *
     * @return the text
     */
    String text();

    /**
     * The quantity, if there is one.
     *
     * @return the quantity
     * @throws MalformedException if the text was refused
     */
    Quantity orElseThrow();

    /**
     * The quantity, if there is one and the text says what it means.
     *
     * @return the quantity
     * @throws MalformedException if the text was refused, or accepted with a warning about its digits, sign or precision
     */
    Quantity orElseThrowStrict();

    /**
     * A text that is no quantity. Immutable and thread-safe.
     *
     * @param text the beginning of the text
     * @param problem the kind of problem
     * @param index where, counted from 0
     * @param rule the rule that is broken
     */
    record Refused(String text, Problem problem, int index, String rule) implements QuantityReading {

        /**
         * Keeps the reason.
         *
         * @param text the beginning of the text
         * @param problem the kind of problem
         * @param index where, counted from 0
         * @param rule the rule that is broken
         */
        public Refused {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(problem, "problem");
            Objects.requireNonNull(rule, "rule");
        }

        @Override
        public Quantity orElseThrow() {
            throw new MalformedException("quantity", 1, index + 1, text, rule);
        }

        @Override
        public Quantity orElseThrowStrict() {
            return orElseThrow();
        }
    }

    /** A text that is a quantity. Immutable and thread-safe. */
    final class Accepted implements QuantityReading {

        private static final Set<Warning> LOOSE =
                EnumSet.of(Warning.NO_DIGITS, Warning.NEGATIVE, Warning.PLUS_SIGN, Warning.ROUNDED, Warning.CAPPED);

        private final QuantityParser.Parts parts;
        private final Quantity quantity;
        private final boolean rounded;
        private final boolean capped;
        private final UpstreamQuantity upstream;

        Accepted(QuantityParser.Parts parts, Quantity quantity, int power, boolean rounded, boolean capped) {
            this.parts = parts;
            this.quantity = quantity;
            this.rounded = rounded;
            this.capped = capped;
            this.upstream = new UpstreamQuantity(parts, quantity, power, capped);
        }

        @Override
        public String text() {
            return parts.text;
        }

        /**
         * The true value.
         *
         * @return the quantity
         */
        public Quantity quantity() {
            return quantity;
        }

        @Override
        public Quantity orElseThrow() {
            return quantity;
        }

        @Override
        public Quantity orElseThrowStrict() {
            for (Warning warning : warnings()) {
                if (LOOSE.contains(warning)) {
                    throw new MalformedException(
                            "quantity", 1, 1, parts.text, "accepted by Kubernetes, refused here: " + warning);
                }
            }
            return quantity;
        }

        /**
         * What {@code kubectl} prints right after reading the text: the text itself where upstream believes it canonical.
         *
         * @return the printed text
         */
        public String printed() {
            return upstream.printed();
        }

        /**
         * What is stored and printed once the text was an entry of requests, limits or capacity: the API server rounds those
         * to thousandths.
         *
         * @return the stored text
         */
        public String apiStored() {
            Quantity stored = quantity.roundedToMilli();
            return stored.equals(quantity) ? printed() : stored.canonical();
        }

        /**
         * The whole number that Kubernetes computes with, which differs from {@link Quantity#value()} for values that do not fit
         * 64 bits and for some negative ones.
         *
         * @return upstream's number
         */
        public long upstreamValue() {
            return upstream.value();
        }

        /**
         * Was an amount above 2^63-1 cut down to it?
         *
         * @return true if capped
         */
        public boolean isCapped() {
            return capped;
        }

        /**
         * Everything odd about the text.
         *
         * @return the warnings, most serious last; empty for a plain canonical text
         */
        public List<Warning> warnings() {
            EnumSet<Warning> found = EnumSet.noneOf(Warning.class);
            add(found, Warning.NO_DIGITS, !parts.hasDigits);
            add(found, Warning.NEGATIVE, quantity.signum() < 0);
            add(found, Warning.PLUS_SIGN, parts.text.charAt(0) == '+');
            add(found, Warning.ROUNDED, rounded);
            add(found, Warning.CAPPED, capped);
            add(found, Warning.API_ROUNDS, !quantity.roundedToMilli().equals(quantity));
            boolean another = QuantityPrinter.isBeyondUnits(quantity);
            add(found, Warning.PRINTS_DIFFERENT, !another && !apiStored().equals(parts.text));
            add(found, Warning.UPSTREAM_PRINTS_ANOTHER_VALUE, another);
            add(found, Warning.UPSTREAM_VALUE_WRONG, upstreamIsWrong().isPresent());
            return List.copyOf(found);
        }

        private Optional<Long> upstreamIsWrong() {
            long theirs = upstream.value();
            return quantity.value().isPresent() && quantity.value().getAsLong() == theirs
                    ? Optional.empty()
                    : Optional.of(theirs);
        }

        private static void add(Set<Warning> found, Warning warning, boolean present) {
            if (present) {
                found.add(warning);
            }
        }

        /** The text, its value and what is odd. */
        @Override
        public String toString() {
            List<Warning> warnings = warnings();
            String shown = parts.text.length() <= 40 ? parts.text : parts.text.substring(0, 40) + "...";
            String value = quantity.toString();
            return shown + " = " + (value.length() <= 60 ? value : value.substring(0, 60) + "...")
                    + (warnings.isEmpty() ? "" : " " + warnings);
        }
    }
}
