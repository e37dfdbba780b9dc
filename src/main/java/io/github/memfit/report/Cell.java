package io.github.memfit.report;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Printable;
import io.github.memfit.unit.Ratio;
import io.github.memfit.unit.Reading;
import java.util.Locale;
import java.util.Objects;

/**
 * One value of a report: kept exact for programs, rounded for people only when it is shown. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface Cell {

    /**
     * An amount of memory.
     *
     * @param bytes the amount
     * @return the cell
     */
    static Cell of(Bytes bytes) {
        return new Size(bytes);
    }

    /**
     * A count of something.
     *
     * @param count the count
     * @return the cell
     */
    static Cell of(long count) {
        return new Count(count);
    }

    /**
     * A number that names something and is never counted with, as a process number.
     *
     * @param number the number
     * @return the cell
     */
    static Cell id(long number) {
        return new Id(number);
    }

    /**
     * A share.
     *
     * @param share the share
     * @return the cell
     */
    static Cell of(Ratio share) {
        return new Share(share);
    }

    /**
     * Words. May come from outside: renderers escape them.
     *
     * @param words the words
     * @return the cell
     */
    static Cell of(String words) {
        return new Words(words);
    }

    /**
     * Yes or no.
     *
     * @param yes the answer
     * @return the cell
     */
    static Cell of(boolean yes) {
        return new Answer(yes);
    }

    /**
     * A figure that is not there.
     *
     * @param absence why
     * @return the cell
     */
    static Cell of(Absence absence) {
        return new Nothing(absence.detail(), absence.reason() + " " + absence.source());
    }

    /**
     * A figure that is not there.
     *
     * @param why the reason, for people
     * @return the cell
     */
    static Cell nothing(String why) {
        return new Nothing(why, "");
    }

    /**
     * An amount of memory that may be absent.
     *
     * @param reading the amount or the reason
     * @return the cell
     */
    static Cell ofBytes(Reading<Bytes> reading) {
        return reading.value()
                .map(Cell::of)
                .orElseGet(() -> Cell.of(reading.absence().orElseThrow()));
    }

    /**
     * A count that may be absent.
     *
     * @param reading the count or the reason
     * @return the cell
     */
    static Cell ofCount(Reading<Long> reading) {
        return reading.value()
                .<Cell>map(Count::new)
                .orElseGet(() -> Cell.of(reading.absence().orElseThrow()));
    }

    /**
     * The value for people.
     *
     * @return one line of printable ASCII; {@code -} if there is no value
     */
    String human();

    /**
     * An amount of memory.
     *
     * @param bytes the amount
     */
    record Size(Bytes bytes) implements Cell {
        @Override
        public String human() {
            return bytes.toHuman();
        }
    }

    /**
     * A count.
     *
     * @param count the count
     */
    record Count(long count) implements Cell {
        @Override
        public String human() {
            return String.format(Locale.ROOT, "%,d", count);
        }
    }

    /**
     * A number that names something.
     *
     * @param number the number
     */
    record Id(long number) implements Cell {
        @Override
        public String human() {
            return Long.toString(number);
        }
    }

    /**
     * A share.
     *
     * @param share the share
     */
    record Share(Ratio share) implements Cell {
        @Override
        public String human() {
            return share.toHuman();
        }
    }

    /**
     * Words.
     *
     * @param words the words, as they came
     */
    record Words(String words) implements Cell {
        @Override
        public String human() {
            return Printable.escaped(words);
        }
    }

    /**
     * Yes or no.
     *
     * @param yes the answer
     */
    record Answer(boolean yes) implements Cell {
        @Override
        public String human() {
            return yes ? "yes" : "no";
        }
    }

    /**
     * No value.
     *
     * @param why the reason, for people; may come from outside
     * @param where the reason and the place for programs; may be empty, may come from outside
     */
    record Nothing(String why, String where) implements Cell {

        /**
         * Refuses null.
         *
         * @param why the reason
         * @param where the place
         */
        public Nothing {
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(where, "where");
        }

        @Override
        public String human() {
            return "-";
        }
    }
}
