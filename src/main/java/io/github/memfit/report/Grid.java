package io.github.memfit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A table of a section: columns with a key and a title, rows of {@link Cell}s. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Grid {

    private final String key;
    private final List<Column> columns;
    private final List<List<Cell>> rows;

    private Grid(String key, List<Column> columns, List<List<Cell>> rows) {
        this.key = key;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * A table without rows yet.
     *
     * @param key its name for programs, in lower camel case
     * @param columns key and title by turns: {@code "pid", "PID", "rss", "RSS"}
     * @return the table
     * @throws IllegalArgumentException if a key is not lower camel case or a title is missing
     */
    public static Grid of(String key, String... columns) {
        Figure.requireKey(key);
        if (columns.length == 0 || columns.length % 2 != 0) {
            throw new IllegalArgumentException("columns are given as key and title by turns, got " + List.of(columns));
        }
        List<Column> made = new ArrayList<>();
        for (int i = 0; i < columns.length; i += 2) {
            made.add(new Column(columns[i], columns[i + 1]));
        }
        return new Grid(key, List.copyOf(made), List.of());
    }

    /**
     * The table with one more row.
     *
     * @param cells one cell a column
     * @return the longer table
     * @throws IllegalArgumentException if the number of cells is not that of the columns
     */
    public Grid row(Cell... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    "table " + key + " has " + columns.size() + " columns, got " + cells.length + " cells");
        }
        List<List<Cell>> more = new ArrayList<>(rows);
        more.add(List.of(cells));
        return new Grid(key, columns, List.copyOf(more));
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
     * The columns, left to right.
     *
     * @return the columns
     */
    public List<Column> columns() {
        return columns;
    }

    /**
     * The rows, top to bottom; each as long as the columns.
     *
     * @return the rows
     */
    public List<List<Cell>> rows() {
        return rows;
    }

    @Override
    public String toString() {
        return key + ": " + rows.size() + " rows of " + columns.size() + " columns";
    }

    /**
     * A column of a table.
     *
     * @param key its name for programs, in lower camel case
     * @param title its name for people
     */
    public record Column(String key, String title) {

        /**
         * Checks the key.
         *
         * @param key the name for programs
         * @param title the name for people
         */
        public Column {
            Figure.requireKey(key);
            Objects.requireNonNull(title, "title");
        }
    }
}
