package io.github.memfit.sizing;

import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageHistoryBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Real memory traces from the folder {@code memfit.traces}: files {@code <dataset>.csv.gz} with the columns {@code id,
 * epoch_s, bytes}, sorted by id and time. They are not ours to redistribute, so the folder may be absent.
 */
final class Traces {

    private Traces() {}

    static Optional<Path> folder() {
        Path folder = Path.of(System.getProperty("memfit.traces", "../shared/traces"));
        return Files.isReadable(folder.resolve("bitbrains.csv.gz")) ? Optional.of(folder) : Optional.empty();
    }

    /** All series of a data set by id, in the order of the file; of each {@code oneOf}, only one is kept. */
    static Map<String, UsageHistory> read(Path folder, String dataset, int oneOf) {
        Map<String, UsageHistory> series = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(dataset + ".csv.gz")), 1 << 16),
                StandardCharsets.US_ASCII))) {
            String head = lines.readLine();
            if (!"id,epoch_s,bytes".equals(head)) {
                throw new IllegalStateException("unknown columns in " + dataset + ": " + head);
            }
            String id = "";
            int count = -1;
            UsageHistoryBuilder builder = UsageHistory.builder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int first = line.indexOf(',');
                int second = line.indexOf(',', first + 1);
                if (!line.startsWith(id) || first != id.length() || count < 0) {
                    keep(series, id, count, oneOf, builder);
                    id = line.substring(0, first);
                    count++;
                    builder = UsageHistory.builder();
                }
                if (count % oneOf == 0) {
                    builder.add(
                            Long.parseLong(line, first + 1, second, 10) * 1000,
                            Long.parseLong(line, second + 1, line.length(), 10));
                }
            }
            keep(series, id, count, oneOf, builder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return series;
    }

    private static void keep(
            Map<String, UsageHistory> series, String id, int count, int oneOf, UsageHistoryBuilder builder) {
        if (count >= 0 && count % oneOf == 0) {
            series.put(id, builder.build());
        }
    }
}
