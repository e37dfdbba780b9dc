package io.github.memfit.report;

import io.github.memfit.unit.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A report as printable ASCII. */
final class TextReport {

    private static final int WIDTH = 110;
    private static final int LONGEST_CELL = 56;
    private static final int SHORTEST_NOTE = 30;
    private static final String INDENT = "  ";

    private TextReport() {}

    static String render(Report report) {
        StringBuilder out = new StringBuilder();
        line(out, Printable.escaped(report.title()));
        line(out, report.takenAt().toString());
        for (ReportSection section : report.sections()) {
            line(out, "");
            line(out, Printable.escaped(section.title()));
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
            label = Math.max(label, Printable.escaped(figure.label()).length());
            String human = figure.value().human();
            value = human.length() > 24 ? value : Math.max(value, human.length());
        }
        for (Figure figure : figures) {
            String human = figure.value().human();
            String note = figure.value() instanceof Cell.Nothing nothing ? nothing.why() : figure.note();
            boolean number = !(figure.value() instanceof Cell.Words || figure.value() instanceof Cell.Answer);
            String head = INDENT + padded(Printable.escaped(figure.label()), label, false) + "  "
                    + padded(human, value, number);
            if (note.isEmpty() || head.length() > WIDTH - SHORTEST_NOTE) {
                line(out, head.stripTrailing());
                head = " ".repeat(label + 2);
            }
            if (!note.isEmpty()) {
                wrapped(out, head + "  ", " ".repeat(head.length() + 2), Printable.escaped(note));
            }
        }
    }

    private static void grid(StringBuilder out, Grid grid) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(grid.columns().stream()
                .map(column -> Printable.escaped(column.title()))
                .collect(Collectors.toList()));
        for (List<Cell> row : grid.rows()) {
            List<String> cells = row.stream().map(Cell::human).collect(Collectors.toList());
            cells.subList(0, cells.size() - 1).replaceAll(TextReport::shortened);
            lines.add(cells);
        }
        if (grid.rows().isEmpty()) {
            return;
        }
        int last = grid.columns().size() - 1;
        for (List<String> cells : lines) {
            StringBuilder head = new StringBuilder(INDENT);
            for (int c = 0; c < last; c++) {
                head.append(padded(cells.get(c), width(lines, c), isNumbers(grid, c)))
                        .append("  ");
            }
            if (isNumbers(grid, last)) {
                line(out, (head + padded(cells.get(last), width(lines, last), true)).stripTrailing());
            } else {
                wrapped(out, head.toString(), " ".repeat(Math.min(head.length(), WIDTH / 2)), cells.get(last));
            }
        }
    }

    /** Long names keep their beginning and, since names of groups differ there, most of their end. */
    private static String shortened(String cell) {
        return cell.length() <= LONGEST_CELL
                ? cell
                : cell.substring(0, 14) + "..." + cell.substring(cell.length() - (LONGEST_CELL - 17));
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream()
                .mapToInt(cells -> cells.get(column).length())
                .max()
                .orElse(0);
    }

    private static boolean isNumbers(Grid grid, int column) {
        return grid.rows().stream().anyMatch(row -> isNumber(row.get(column)));
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
