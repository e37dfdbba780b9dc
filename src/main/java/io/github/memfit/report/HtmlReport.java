package io.github.memfit.report;

import io.github.memfit.unit.Printable;
import java.util.List;

/** A report as one self-contained HTML element. Inline styles only: notebooks drop style sheets and scripts. */
final class HtmlReport {

    private static final String BORDER = "border-bottom:1px solid rgba(128,128,128,.35);padding:2px 10px 2px 0";

    private HtmlReport() {}

    static String render(Report report) {
        StringBuilder out = new StringBuilder();
        out.append("<section style=\"font:14px/1.45 system-ui,sans-serif;max-width:64em\">\n");
        out.append("<h2 style=\"margin:.2em 0\">")
                .append(Markup.text(report.title()))
                .append("</h2>\n");
        out.append("<p style=\"margin:0;opacity:.7\">").append(report.takenAt()).append("</p>\n");
        for (ReportSection section : report.sections()) {
            out.append("<h3 style=\"margin:1em 0 .2em\">")
                    .append(Markup.text(section.title()))
                    .append("</h3>\n");
            figures(out, section.figures());
            section.plan().ifPresent(plan -> out.append(PlanChart.of(plan).toSvg()));
            section.grids().forEach(grid -> grid(out, grid));
            if (!section.notes().isEmpty()) {
                out.append("<ul style=\"margin:.3em 0\">");
                section.notes()
                        .forEach(note ->
                                out.append("<li>").append(Markup.text(note)).append("</li>"));
                out.append("</ul>\n");
            }
        }
        return out.append("</section>\n").toString();
    }

    private static void figures(StringBuilder out, List<Figure> figures) {
        if (figures.isEmpty()) {
            return;
        }
        out.append("<table style=\"border-collapse:collapse\">\n");
        for (Figure figure : figures) {
            String note = figure.value() instanceof Cell.Nothing nothing ? nothing.why() : figure.note();
            out.append("<tr>");
            cell(out, "td", ";white-space:pre", Printable.escaped(figure.label()));
            cell(out, "td", align(figure.value()), figure.value().human());
            cell(out, "td", ";opacity:.7", Printable.escaped(note));
            out.append("</tr>\n");
        }
        out.append("</table>\n");
    }

    private static void grid(StringBuilder out, Grid grid) {
        if (grid.rows().isEmpty()) {
            return;
        }
        out.append("<table style=\"border-collapse:collapse;margin-top:.5em\">\n<tr>");
        for (int c = 0; c < grid.columns().size(); c++) {
            cell(
                    out,
                    "th",
                    ";text-align:" + side(grid, c),
                    Printable.escaped(grid.columns().get(c).title()));
        }
        out.append("</tr>\n");
        for (List<Cell> row : grid.rows()) {
            out.append("<tr>");
            row.forEach(value -> cell(out, "td", align(value), value.human()));
            out.append("</tr>\n");
        }
        out.append("</table>\n");
    }

    private static String side(Grid grid, int column) {
        return grid.rows().stream().allMatch(row -> isWords(row.get(column))) ? "left" : "right";
    }

    private static boolean isWords(Cell value) {
        return value instanceof Cell.Words || value instanceof Cell.Answer;
    }

    private static String align(Cell value) {
        return isWords(value) ? "" : ";text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums";
    }

    private static void cell(StringBuilder out, String tag, String style, String content) {
        out.append('<')
                .append(tag)
                .append(" style=\"")
                .append(BORDER)
                .append(style)
                .append("\">");
        out.append(Markup.ofPrintable(content)).append("</").append(tag).append('>');
    }
}
