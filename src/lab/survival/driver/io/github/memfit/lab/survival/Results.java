package io.github.memfit.lab.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows so far, in a file that is complete after every row: a run that was stopped goes on where it was. */
final class Results {

    private final Path file;
    private final Map<Row.Cell, Row> rows = new LinkedHashMap<>();

    Results(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.equals(Row.HEAD))
                    .map(Row::parse)
                    .forEach(row -> rows.put(row.cell(), row));
        }
    }

    /** The row of that cell, if it was measured with the same flags. */
    Optional<Row> find(Row.Cell cell, String flags) {
        return Optional.ofNullable(rows.get(cell)).filter(row -> row.flags().equals(flags));
    }

    void put(Row row) throws IOException {
        rows.put(row.cell(), row);
        List<String> lines = new ArrayList<>();
        lines.add(Row.HEAD);
        rows.values().stream().map(Row::toString).sorted().forEach(lines::add);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, lines);
        Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    List<Row> all() {
        return List.copyOf(rows.values());
    }
}
