package io.github.memfit.report;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A document of figures at one instant. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Report {

    private final String title;
    private final Instant takenAt;
    private final List<ReportSection> sections;

    private Report(String title, Instant takenAt, List<ReportSection> sections) {
        this.title = Objects.requireNonNull(title, "title");
        this.takenAt = Objects.requireNonNull(takenAt, "takenAt");
        this.sections = List.copyOf(sections);
        if (sections.stream().map(ReportSection::key).distinct().count() != sections.size()) {
            throw new IllegalArgumentException("each section needs a key of its own, got " + sections);
        }
    }

    /**
     * A report of sections.
     *
     * @param title what it is about; may hold names from outside
     * @param takenAt when the figures were read
     * @param sections the sections in their order, each with a key of its own
     * @return the report
     * @throws IllegalArgumentException if two sections have the same key
     */
    public static Report of(String title, Instant takenAt, List<ReportSection> sections) {
        return new Report(title, takenAt, sections);
    }

    /**
     * What the report is about.
     *
     * @return the title
     */
    public String title() {
        return title;
    }

    /**
     * When the figures were read.
     *
     * @return the instant
     */
    public Instant takenAt() {
        return takenAt;
    }

    /**
     * The sections in their order.
     *
     * @return the sections
     */
    public List<ReportSection> sections() {
        return sections;
    }

    /**
     * The section of that name.
     *
     * @param key the name for programs
     * @return the section, if the report has it
     */
    public Optional<ReportSection> section(String key) {
        return sections.stream().filter(s -> s.key().equals(key)).findFirst();
    }

    /**
     * For a terminal: printable ASCII, lines of at most 110 characters where the values allow it.
     *
     * @return the text, ending in a newline
     */
    public String toText() {
        return TextReport.render(this);
    }

    /**
     * For a page or a notebook: one self-contained {@code <section>} with inline styles, no script, readable on light and
     * dark ground.
     *
     * @return the HTML
     */
    public String toHtml() {
        return HtmlReport.render(this);
    }

    /** One line; {@link #toText()} is the document. */
    @Override
    public String toString() {
        return "Report of " + sections.size() + " sections at " + takenAt;
    }
}
