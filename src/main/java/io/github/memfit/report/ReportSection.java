package io.github.memfit.report;

import io.github.memfit.tuning.MemoryPlan;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One part of a report: figures, tables and notes under a title. Immutable and thread-safe.
 *
 * {@snippet :
 * ReportSection.builder("plan", "Where the limit goes")
 *         .figure("heap", "Java heap", Cell.of(Bytes.mebi(256)), "-Xmx")
 *         .note("The rest is left to the kernel.")
 *         .build();
 * }
 *
 * @since 0.1
 */
public final class ReportSection {

    private final String key;
    private final String title;
    private final List<Figure> figures;
    private final List<Grid> grids;
    private final List<String> notes;
    private final Optional<MemoryPlan> plan;

    private ReportSection(Builder builder) {
        this.key = builder.key;
        this.title = builder.title;
        this.figures = List.copyOf(builder.figures);
        this.grids = List.copyOf(builder.grids);
        this.notes = List.copyOf(builder.notes);
        this.plan = builder.plan;
    }

    /**
     * Starts a section.
     *
     * @param key its name for programs, in lower camel case, unique in the report
     * @param title its title for people
     * @return the builder
     * @throws IllegalArgumentException if the key is not lower camel case
     */
    public static Builder builder(String key, String title) {
        return new Builder(key, title);
    }

    /**
     * The name for programs.
     *
     * @return the key
     */
    public String key() {
        return key;
    }

    /**
     * The title for people.
     *
     * @return the title
     */
    public String title() {
        return title;
    }

    /**
     * The figures in their order.
     *
     * @return the figures
     */
    public List<Figure> figures() {
        return figures;
    }

    /**
     * The figure of that name.
     *
     * @param figureKey the name for programs
     * @return the figure, if the section has it
     */
    public Optional<Figure> figure(String figureKey) {
        return figures.stream().filter(f -> f.key().equals(figureKey)).findFirst();
    }

    /**
     * The tables in their order.
     *
     * @return the tables
     */
    public List<Grid> grids() {
        return grids;
    }

    /**
     * Sentences, each to be shown on lines of its own.
     *
     * @return the notes
     */
    public List<String> notes() {
        return notes;
    }

    /**
     * The plan that a page draws as a picture; its numbers are in a table as well, for renderers that cannot draw.
     *
     * @return the plan, if the section has one
     */
    public Optional<MemoryPlan> plan() {
        return plan;
    }

    @Override
    public String toString() {
        return key + ": " + figures.size() + " figures, " + grids.size() + " tables, " + notes.size() + " notes";
    }

    /** Collects the parts of a section. Not thread-safe; confine to one thread. */
    public static final class Builder {

        private final String key;
        private final String title;
        private final List<Figure> figures = new ArrayList<>();
        private final List<Grid> grids = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private Optional<MemoryPlan> plan = Optional.empty();

        private Builder(String key, String title) {
            Figure.requireKey(key);
            this.key = key;
            this.title = title;
        }

        /**
         * Adds a figure.
         *
         * @param figureKey its name for programs
         * @param label its name for people
         * @param value the value
         * @param note what it means or where it comes from; may be empty
         * @return this builder
         * @throws IllegalArgumentException if the key is malformed or was used already
         */
        public Builder figure(String figureKey, String label, Cell value, String note) {
            if (figures.stream().anyMatch(f -> f.key().equals(figureKey))) {
                throw new IllegalArgumentException("section " + key + " already has a figure " + figureKey);
            }
            figures.add(new Figure(figureKey, label, value, note));
            return this;
        }

        /**
         * Adds an amount of memory that may be absent.
         *
         * @param figureKey its name for programs
         * @param label its name for people
         * @param value the amount or the reason why it is absent
         * @param note what it means or where it comes from; may be empty
         * @return this builder
         * @throws IllegalArgumentException if the key is malformed or was used already
         */
        public Builder bytes(String figureKey, String label, Reading<Bytes> value, String note) {
            return figure(figureKey, label, Cell.ofBytes(value), note);
        }

        /**
         * Adds a count that may be absent.
         *
         * @param figureKey its name for programs
         * @param label its name for people
         * @param value the count or the reason why it is absent
         * @param note what it means or where it comes from; may be empty
         * @return this builder
         * @throws IllegalArgumentException if the key is malformed or was used already
         */
        public Builder count(String figureKey, String label, Reading<Long> value, String note) {
            return figure(figureKey, label, Cell.ofCount(value), note);
        }

        /**
         * Adds a table.
         *
         * @param grid the table
         * @return this builder
         */
        public Builder grid(Grid grid) {
            grids.add(grid);
            return this;
        }

        /**
         * Adds a sentence.
         *
         * @param note the sentence
         * @return this builder
         */
        public Builder note(String note) {
            notes.add(note);
            return this;
        }

        /**
         * Sets the plan that a page draws.
         *
         * @param drawn the plan
         * @return this builder
         */
        public Builder plan(MemoryPlan drawn) {
            plan = Optional.of(drawn);
            return this;
        }

        /**
         * The section.
         *
         * @return the section
         */
        public ReportSection build() {
            return new ReportSection(this);
        }
    }
}
