package io.github.memfit.tuning;

import io.github.memfit.unit.Bytes;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The answer of a calculator: the flags that fit with their plan, or how much more it would take. Not to fit is an
 * expected outcome, therefore a value and no exception.
 *
 * {@snippet :
 * Fit<JvmFlags> answer = Jvm.within(Bytes.mebi(512)).fit();
 * if (answer instanceof Fit.Fits<JvmFlags> fits) {
 *   System.out.println(fits.plan().toTable());
 * } else if (answer instanceof Fit.TooSmall<JvmFlags> small) {
 *   System.out.println("give it " + small.needed() + " or cut: " + small.cuts());
 * }
 * }
 *
 * <p>Immutable and thread-safe as long as the flags are; the flags of this library are.
 *
 * @param <F> the flags of the runtime
 * @since 0.1
 */
public sealed interface Fit<F> {

    /**
     * The limit that was asked about.
     *
     * @return the limit
     */
    Bytes limit();

    /**
     * Does the program fit?
     *
     * @return true for {@link Fits}
     */
    default boolean isFit() {
        return this instanceof Fits;
    }

    /**
     * The flags, for code that has another plan when there are none.
     *
     * @return the flags of {@link Fits}, empty for {@link TooSmall}
     */
    default Optional<F> ifFits() {
        return this instanceof Fits<F> fits ? Optional.of(fits.flags()) : Optional.empty();
    }

    /**
     * The program fits with these flags.
     *
     * @param <F> the flags of the runtime
     * @param flags the settings
     * @param plan where every byte of the limit goes
     * @param warnings what the reader should know; unmodifiable
     * @since 0.1
     */
    record Fits<F>(F flags, MemoryPlan plan, List<Warning> warnings) implements Fit<F> {

        /**
         * Copies the warnings.
         *
         * @param flags the settings
         * @param plan where every byte of the limit goes
         * @param warnings what the reader should know
         */
        public Fits {
            Objects.requireNonNull(flags, "flags");
            Objects.requireNonNull(plan, "plan");
            warnings = List.copyOf(warnings);
        }

        @Override
        public Bytes limit() {
            return plan.limit();
        }
    }

    /**
     * The program does not fit.
     *
     * @param <F> the flags that there are none of
     * @param limit the limit that was asked about
     * @param needed the smallest limit that would do; more than {@code limit}
     * @param demand what the regions need at least, in the order of the calculation; not empty, unmodifiable
     * @param cuts what to give up instead of a larger limit, the most helpful first; may be empty, unmodifiable
     * @since 0.1
     */
    record TooSmall<F>(Bytes limit, Bytes needed, List<PlanRow> demand, List<Cut> cuts) implements Fit<F> {

        /**
         * Checks and copies the parts.
         *
         * @param limit the limit that was asked about
         * @param needed the smallest limit that would do
         * @param demand what the regions need at least
         * @param cuts what to give up instead
         * @throws IllegalArgumentException if {@code needed} is not more than {@code limit} or {@code demand} is empty
         */
        public TooSmall {
            if (!needed.isMoreThan(limit)) {
                throw new IllegalArgumentException(
                        "too small means that more is needed than " + limit + ", got " + needed);
            }
            demand = List.copyOf(demand);
            cuts = List.copyOf(cuts);
            if (demand.isEmpty()) {
                throw new IllegalArgumentException("an answer of too small names the regions that need the memory");
            }
        }

        /**
         * How much is missing.
         *
         * @return {@code needed - limit}, positive
         */
        public Bytes missing() {
            return needed.minus(limit);
        }

        /**
         * The region that needs the most.
         *
         * @return the largest row of {@link #demand()}, the first of equals
         */
        public PlanRow largest() {
            return demand.stream()
                    .sorted(Comparator.comparing(PlanRow::bytes).reversed())
                    .findFirst()
                    .orElseThrow();
        }

        /** One line: {@code needs 190Mi, has 128Mi; largest: metaspace 80Mi}. */
        @Override
        public String toString() {
            return "needs " + needed + ", has " + limit + "; largest: "
                    + largest().region() + ' ' + largest().bytes();
        }
    }
}
