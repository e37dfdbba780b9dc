package io.github.memfit.sizing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What an independent simulator found on the same traces: {@code expected/*.csv} in the folder of the traces. */
final class ExpectedScores {

    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();

    private ExpectedScores() {}

    /** Keyed by the given columns, joined with commas; parameters are written as doubles. */
    static ExpectedScores read(Path folder, String file, String... keys) {
        ExpectedScores expected = new ExpectedScores();
        try {
            List<String> lines = Files.readAllLines(folder.resolve("expected").resolve(file));
            String[] head = lines.get(0).split(",");
            for (String line : lines.subList(1, lines.size())) {
                String[] values = line.split(",");
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < head.length; i++) {
                    row.put(head[i], values[i]);
                }
                List<String> key = new ArrayList<>();
                for (String column : keys) {
                    key.add(row.get(column));
                }
                expected.rows.put(String.join(",", key), row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return expected;
    }

    Map<String, Map<String, String>> rows() {
        return rows;
    }

    OptionalDouble figure(String key, String column) {
        Map<String, String> row = rows.get(key);
        return row == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(row.get(column)));
    }

    /** A metric of a family at a rate, interpolated as in {@link BacktestTable#at}. */
    OptionalDouble at(String group, String family, String column, double rate) {
        List<Map<String, String>> curve = rows.values().stream()
                .filter(row ->
                        row.get("group").equals(group) && row.get("policy").equals(family))
                .toList();
        for (int i = 1; i < curve.size(); i++) {
            double before = Double.parseDouble(curve.get(i - 1).get("oom_episodes_per_week"));
            double after = Double.parseDouble(curve.get(i).get("oom_episodes_per_week"));
            if (before >= rate && after < rate && after > 0) {
                double share = Math.log(rate / before) / Math.log(after / before);
                double from = Double.parseDouble(curve.get(i - 1).get(column));
                return OptionalDouble.of(
                        from + share * (Double.parseDouble(curve.get(i).get(column)) - from));
            }
        }
        return OptionalDouble.empty();
    }
}
