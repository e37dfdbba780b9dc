package io.github.memfit.unit;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A figure that was read, or the reason why it is not there: what readers return instead of exceptions, sentinels or zeros.
 * Immutable and thread-safe if its value is.
 *
 * {@snippet :
 * Reading<Bytes> peak = files.peak();
 * peak.ifPresent(p -> System.out.println("peak " + p));
 * peak.absence().ifPresent(a -> System.out.println("no peak: " + a.detail()));
 * }
 *
 * @param <T> the type of the figure
 * @since 0.1
 */
public sealed interface Reading<T> {

    /**
     * A figure that is there.
     *
     * @param value the figure
     * @param <T> its type
     * @return the reading
     */
    static <T> Reading<T> of(T value) {
        return new Present<>(value);
    }

    /**
     * A figure that is not there.
     *
     * @param absence why
     * @param <T> its type
     * @return the reading
     */
    static <T> Reading<T> absent(Absence absence) {
        return new Absent<>(absence);
    }

    /**
     * A figure that is not there.
     *
     * @param reason why
     * @param source where it was looked for
     * @param detail what was found
     * @param <T> its type
     * @return the reading
     */
    static <T> Reading<T> absent(Absence.Reason reason, String source, String detail) {
        return new Absent<>(new Absence(reason, source, detail));
    }

    /**
     * The figure, if it is there.
     *
     * @return the figure, or empty
     */
    Optional<T> value();

    /**
     * Why the figure is not there.
     *
     * @return the reason, or empty if the figure is there
     */
    Optional<Absence> absence();

    /**
     * The figure computed from this one; an absence stays as it is.
     *
     * @param function the computation
     * @param <R> the type of the result
     * @return the result
     */
    <R> Reading<R> map(Function<? super T, ? extends R> function);

    /**
     * The reading computed from this one; an absence stays as it is.
     *
     * @param function the computation
     * @param <R> the type of the result
     * @return the result
     */
    <R> Reading<R> flatMap(Function<? super T, Reading<R>> function);

    /**
     * The figure, or a stand-in.
     *
     * @param other the stand-in
     * @return the figure if it is there, else {@code other}
     */
    default T orElse(T other) {
        return value().orElse(other);
    }

    /**
     * Is the figure there?
     *
     * @return true if it is
     */
    default boolean isPresent() {
        return value().isPresent();
    }

    /**
     * Passes on the figure if it is there.
     *
     * @param consumer who takes it
     */
    default void ifPresent(Consumer<? super T> consumer) {
        value().ifPresent(consumer);
    }

    /**
     * A figure that is there.
     *
     * @param present the figure
     * @param <T> its type
     */
    record Present<T>(T present) implements Reading<T> {

        /**
         * Refuses null.
         *
         * @param present the figure
         */
        public Present {
            Objects.requireNonNull(present, "present");
        }

        @Override
        public Optional<T> value() {
            return Optional.of(present);
        }

        @Override
        public Optional<Absence> absence() {
            return Optional.empty();
        }

        @Override
        public <R> Reading<R> map(Function<? super T, ? extends R> function) {
            return new Present<>(function.apply(present));
        }

        @Override
        public <R> Reading<R> flatMap(Function<? super T, Reading<R>> function) {
            return function.apply(present);
        }

        @Override
        public T orElse(T other) {
            return present;
        }

        @Override
        public boolean isPresent() {
            return true;
        }

        /** The text of the figure. */
        @Override
        public String toString() {
            return present.toString();
        }
    }

    /**
     * A figure that is not there.
     *
     * @param why the reason
     * @param <T> the type it would have had
     */
    record Absent<T>(Absence why) implements Reading<T> {

        /**
         * Refuses null.
         *
         * @param why the reason
         */
        public Absent {
            Objects.requireNonNull(why, "why");
        }

        @Override
        public Optional<T> value() {
            return Optional.empty();
        }

        @Override
        public Optional<Absence> absence() {
            return Optional.of(why);
        }

        @Override
        public <R> Reading<R> map(Function<? super T, ? extends R> function) {
            return new Absent<>(why);
        }

        @Override
        public <R> Reading<R> flatMap(Function<? super T, Reading<R>> function) {
            return new Absent<>(why);
        }

        /** The reason in brackets. */
        @Override
        public String toString() {
            return "[" + why + "]";
        }
    }
}
