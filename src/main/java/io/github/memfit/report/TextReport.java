package io.github.memfit.report;

import io.github.memfit.unit.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A report as printable ASCII. */
final class TextReport {

    private static final int WIDTH = 110;
    private static final String INDENT = "  ";

    private TextReport() {}

    static String render(Report report) {
        StringBuilder out = new StringBuilder();
        line(out, Printable.escaped(report.title()));
        line(out, report.takenAt().toString());
        for (ReportSection section : report.sections()) {
            line(out, "");
            line(out, section.title());
            figures(out, section.figures());
            for (Grid grid : section.grids()) {
                grid(out, grid);
            }
            for (String note : section.notes()) {
                wrapped(out, INDENT + "* ", INDENT + "  ", Printable.escaped(note));
            }
        }
        return out.toString();
    }

    private static void figures(StringBuilder out, List<Figure> figures) {
        int label = 0;
        int value = 0;
        for (Figure figure : figures) {
            label = Math.max(label, figure.label().length());
            String human = figure.value().human();
            value = human.length() > 24 ? value : Math.max(value, human.length());
        }
        for (Figure figure : figures) {
            String human = figure.value().human();
            String note = figure.value() instanceof Cell.Nothing
                    ? "not known: " + ((Cell.Nothing) figure.value()).why()
                    : figure.note();
            boolean number = !(figure.value() instanceof Cell.Words || figure.value() instanceof Cell.Answer);
            String head = INDENT + padded(figure.label(), label, false) + "  " + padded(human, value, number);
            if (note.isEmpty()) {
                wrapped(out, "", " ".repeat(label + 4), head.stripTrailing());
            } else {
                wrapped(out, head + "  ", " ".repeat(label + value + 6), Printable.escaped(note));
            }
        }
    }

    private static void grid(StringBuilder out, Grid grid) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(grid.columns().stream().map(Grid.Column::title).collect(Collectors.toList()));
        for (List<Cell> row : grid.rows()) {
            lines.add(row.stream().map(Cell::human).collect(Collectors.toList()));
        }
        if (grid.rows().isEmpty()) {
            return;
        }
        int columns = grid.columns().size();
        for (int l = 0; l < lines.size(); l++) {
            StringBuilder line = new StringBuilder(INDENT);
            for (int c = 0; c < columns; c++) {
                int column = c;
                int width = lines.stream()
                        .mapToInt(cells -> cells.get(column).length())
                        .max()
                        .orElse(0);
                boolean right = grid.rows().stream().anyMatch(row -> isNumber(row.get(column)));
                line.append(padded(lines.get(l).get(c), c == columns - 1 && !right ? 0 : width, right));
                line.append(c == columns - 1 ? "" : "  ");
            }
            line(out, line.toString().stripTrailing());
        }
    }

    private static boolean isNumber(Cell cell) {
        return cell instanceof Cell.Size
                || cell instanceof Cell.Count
                || cell instanceof Cell.Id
                || cell instanceof Cell.Share;
    }

    private static String padded(String text, int width, boolean right) {
        String pad = " ".repeat(Math.max(0, width - text.length()));
        return right ? pad + text : text + pad;
    }

    private static void wrapped(StringBuilder out, String first, String next, String text) {
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                line(out, line.toString().stripTrailing());
                line = new StringBuilder(next);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        line(out, line.toString().stripTrailing());
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append('\n');
    }
}
