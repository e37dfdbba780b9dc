package io.github.memfit.format;

import io.github.memfit.report.Cell;
import io.github.memfit.report.Figure;
import io.github.memfit.report.Grid;
import io.github.memfit.report.Report;
import io.github.memfit.report.ReportSection;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A {@link Report} as JSON, schema {@value #SCHEMA}. Stateless and thread-safe.
 *
 * <p>Shape: {@code {"schema": ..., "title": ..., "takenAt": ISO-8601, "sections": {KEY: {"title": ..., FIGURE: value, ...,
 * TABLE: [{COLUMN: value, ...}, ...], "notes": [...], "absent": {FIGURE: reason},
 * "about": {FIGURE: explanation}}}}}. Sizes are whole bytes, shares are decimal fractions with six decimals. An absent figure is
 * {@code null} and its reason stands under {@code absent}; what a figure means, or who sets a limit, stands under {@code about}.
 * Keys are kept within a schema version; new ones may come.
 *
 * @since 0.1
 */
public final class ReportJson {

    /** The value of the field {@code schema}. */
    public static final String SCHEMA = "memfit-report/1";

    private ReportJson() {}

    /**
     * Writes a report.
     *
     * @param report the report
     * @return one JSON object on one line, ending in a newline
     * @throws IllegalStateException if Jackson's core is not on the class or module path
     */
    public static String write(Report report) {
        JacksonCore.require();
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("schema", SCHEMA);
            json.writeStringProperty("title", report.title());
            json.writeStringProperty("takenAt", report.takenAt().toString());
            json.writeName("sections");
            json.writeStartObject();
            report.sections().forEach(section -> section(json, section));
            json.writeEndObject();
            json.writeEndObject();
        }
        return out.append('\n').toString();
    }

    private static void section(JsonGenerator json, ReportSection section) {
        json.writeName(section.key());
        json.writeStartObject();
        json.writeStringProperty("title", section.title());
        for (Figure figure : section.figures()) {
            json.writeName(figure.key());
            value(json, figure.value());
        }
        for (Grid grid : section.grids()) {
            json.writeName(grid.key());
            json.writeStartArray();
            for (List<Cell> row : grid.rows()) {
                json.writeStartObject();
                for (int c = 0; c < row.size(); c++) {
                    json.writeName(grid.columns().get(c).key());
                    value(json, row.get(c));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeName("notes");
        json.writeStartArray();
        section.notes().forEach(json::writeString);
        json.writeEndArray();
        json.writeName("absent");
        json.writeStartObject();
        for (Figure figure : section.figures()) {
            if (figure.value() instanceof Cell.Nothing nothing) {
                String where = nothing.where().isEmpty() ? "" : nothing.where() + ": ";
                json.writeStringProperty(figure.key(), where + nothing.why());
            }
        }
        json.writeEndObject();
        json.writeName("about");
        json.writeStartObject();
        for (Figure figure : section.figures()) {
            if (!figure.note().isEmpty()) {
                json.writeStringProperty(figure.key(), figure.note());
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, Cell cell) {
        if (cell instanceof Cell.Size size) {
            json.writeNumber(size.bytes().value());
        } else if (cell instanceof Cell.Count count) {
            json.writeNumber(count.count());
        } else if (cell instanceof Cell.Id id) {
            json.writeNumber(id.number());
        } else if (cell instanceof Cell.Share share) {
            json.writeNumber(BigDecimal.valueOf(share.share().toDouble()).setScale(6, RoundingMode.HALF_EVEN));
        } else if (cell instanceof Cell.Words words) {
            json.writeString(words.words());
        } else if (cell instanceof Cell.Answer answer) {
            json.writeBoolean(answer.yes());
        } else {
            json.writeNull();
        }
    }
}
