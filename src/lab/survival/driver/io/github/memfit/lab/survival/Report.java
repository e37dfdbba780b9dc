package io.github.memfit.lab.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The document of the results, and whether they keep what the library promises. */
final class Report {

    private static final String OURS = "memfit";
    private static final String PROFILED = "memfit-profile";
    private static final String PREDICTABLE = "memfit-predictable";

    private final List<Row> rows;
    private final List<String> policies;

    Report(List<Row> rows) {
        this.rows = rows;
        this.policies = rows.stream()
                .map(row -> row.cell().policy())
                .distinct()
                .sorted(Comparator.comparing((String name) -> !name.startsWith(OURS))
                        .thenComparing(name -> name))
                .toList();
    }

    void write(Path document) throws IOException {
        Files.createDirectories(document.toAbsolutePath().getParent());
        String text = Files.readString(Path.of("src/lab/survival/document.md"))
                .replace("{{summary}}", summary())
                .replace("{{verdicts}}", "    " + verdicts().strip().replace("\n", "\n    "))
                .replace("{{cells}}", cells())
                .replace("{{predictions}}", predictions());
        Files.writeString(document, text);
    }

    /** One line for each promise. */
    String verdicts() {
        StringBuilder text = new StringBuilder();
        promises().forEach(promise -> text.append(promise).append('\n'));
        return text.toString();
    }

    /** No kill, and no peak above the plan. */
    boolean holds() {
        return promises().stream().noneMatch(promise -> promise.startsWith("FAIL"));
    }

    private List<String> promises() {
        List<Row> ours = launched(row -> row.cell().policy().startsWith(OURS));
        List<Row> profiled = launched(row -> row.cell().policy().equals(PROFILED));
        List<Row> predictable = launched(row -> row.cell().policy().equals(PREDICTABLE));
        List<Row> measured =
                Stream.concat(profiled.stream(), predictable.stream()).toList();
        List<Row> killed = ours.stream().filter(row -> row.is(Trial.End.KILLED)).toList();
        List<Row> above = measured.stream()
                .filter(row -> row.measured() > row.predicted())
                .toList();
        List<Row> less =
                profiled.stream().filter(row -> betterPeer(row).isPresent()).toList();
        return List.of(
                promise(
                        "FAIL",
                        "no program with our flags is killed by the kernel",
                        ours,
                        killed,
                        row -> name(row) + ' ' + row.cell().policy()),
                promise("FAIL", "with a profile the peak is never above the plan", measured, above, Report::ratio),
                promise(
                        "MISS",
                        "with a profile and the goal predictable the plan is at most 10 % above the peak",
                        predictable,
                        wide(predictable),
                        Report::ratio),
                promise(
                        "MISS",
                        "with a profile and the usual goal the plan is at most 10 % above the peak",
                        profiled,
                        wide(profiled),
                        Report::ratio),
                promise(
                        "MISS",
                        "with a profile it holds at least as much, to one step of growth, as every peer that is not killed",
                        profiled,
                        less,
                        this::better));
    }

    private static List<Row> wide(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.predicted() * 10 > row.measured() * 11)
                .toList();
    }

    private String better(Row row) {
        return betterPeer(row)
                .map(peer -> name(row) + ": " + mebi(row.held()) + " MiB, "
                        + peer.cell().policy() + ' ' + mebi(peer.held()) + " MiB with a peak of "
                        + Math.round(
                                100.0 * peer.measured() / ((long) peer.cell().limitMiB() << 20))
                        + " % of the limit")
                .orElseThrow();
    }

    private static String ratio(Row row) {
        return name(row) + ' ' + String.format(Locale.ROOT, "%.2f", (double) row.predicted() / row.measured());
    }

    private static String name(Row row) {
        Row.Cell cell = row.cell();
        return cell.program()
                + ' '
                + cell.runtime()
                + ' '
                + cell.limitMiB()
                + (cell.cgroup().equals("v1") ? "" : ' ' + cell.cgroup())
                + (cell.attempt() == 1 ? "" : " attempt " + cell.attempt());
    }

    private static String promise(
            String word, String text, List<Row> all, List<Row> broken, Function<Row, String> explained) {
        StringBuilder line = new StringBuilder(broken.isEmpty() ? "ok   " : word + ' ');
        line.append(text)
                .append(": ")
                .append(all.size() - broken.size())
                .append(" of ")
                .append(all.size());
        broken.forEach(row -> line.append("\n       not ").append(explained.apply(row)));
        return line.toString();
    }

    /** The peer that lived and held the most, if it is more than ours by a step of growth. */
    private Optional<Row> betterPeer(Row row) {
        long step = ((long) row.cell().limitMiB() << 20) / Survival.STEPS;
        return rows.stream()
                .filter(peer -> sameCell(peer.cell(), row.cell())
                        && !peer.cell().policy().startsWith(OURS))
                // A peer that was killed in another attempt is not one that survives.
                .filter(peer -> rows.stream()
                        .noneMatch(other -> sameCell(other.cell(), peer.cell())
                                && other.cell().policy().equals(peer.cell().policy())
                                && other.is(Trial.End.KILLED)))
                .filter(peer -> peer.held() > row.held() + step)
                .max(Comparator.comparing(Row::held));
    }

    private static boolean sameCell(Row.Cell one, Row.Cell other) {
        return one.cgroup().equals(other.cgroup())
                && one.program().equals(other.program())
                && one.runtime().equals(other.runtime())
                && one.limitMiB() == other.limitMiB();
    }

    private List<Row> launched(Predicate<Row> which) {
        return rows.stream()
                .filter(row -> !row.end().equals(Row.REFUSED))
                .filter(which)
                .toList();
    }

    private String summary() {
        StringBuilder text = new StringBuilder("| policy | launched | killed by the kernel | out of memory, said so |"
                + " no answer any more | held all | other end | refused |\n|---|--:|--:|--:|--:|--:|--:|--:|\n");
        for (String policy : policies) {
            Map<String, Long> ends = rows.stream()
                    .filter(row -> row.cell().policy().equals(policy))
                    .collect(Collectors.groupingBy(Row::end, Collectors.counting()));
            long refused = ends.getOrDefault(Row.REFUSED, 0L);
            long all = ends.values().stream().mapToLong(Long::longValue).sum();
            text.append("| ").append(policy).append(" | ").append(all - refused);
            for (Trial.End end : List.of(
                    Trial.End.KILLED, Trial.End.CLEAN, Trial.End.STALLED, Trial.End.SURVIVED, Trial.End.BROKEN)) {
                text.append(" | ").append(ends.getOrDefault(end.name(), 0L));
            }
            text.append(" | ").append(refused).append(" |\n");
        }
        return text.toString();
    }

    private String cells() {
        Map<String, List<Row>> tables = new TreeMap<>();
        for (Row row : rows) {
            tables.computeIfAbsent(
                            row.cell().program() + " on " + row.cell().runtime() + ", cgroup "
                                    + row.cell().cgroup(),
                            key -> new ArrayList<>())
                    .add(row);
        }
        StringBuilder text = new StringBuilder();
        tables.forEach((name, of) -> text.append("### ")
                .append(name)
                .append("\n\n")
                .append(table(of))
                .append('\n'));
        return text.toString();
    }

    private String table(List<Row> of) {
        List<String> columns = policies.stream()
                .filter(policy ->
                        of.stream().anyMatch(row -> row.cell().policy().equals(policy)))
                .toList();
        StringBuilder text = new StringBuilder(
                "| limit MiB | " + String.join(" | ", columns) + " |\n|--:|" + "---|".repeat(columns.size()) + '\n');
        Map<Integer, Map<String, List<Row>>> byLimit = new TreeMap<>();
        for (Row row : of) {
            byLimit.computeIfAbsent(row.cell().limitMiB(), key -> new LinkedHashMap<>())
                    .computeIfAbsent(row.cell().policy(), key -> new ArrayList<>())
                    .add(row);
        }
        byLimit.forEach((limit, cells) -> {
            text.append("| ").append(limit);
            for (String column : columns) {
                text.append(" | ")
                        .append(cells.getOrDefault(column, List.of()).stream()
                                .map(Report::cell)
                                .collect(Collectors.joining("; ")));
            }
            text.append(" |\n");
        });
        return text.toString();
    }

    private static String cell(Row row) {
        if (row.end().equals(Row.REFUSED)) {
            return "refused";
        }
        String end = row.end().toLowerCase(Locale.ROOT);
        return (row.is(Trial.End.KILLED) ? "**" + end + "**" : end) + ' ' + mebi(row.held()) + " (" + mebi(row.peak())
                + ')';
    }

    private String predictions() {
        StringBuilder text = new StringBuilder(
                "| program | runtime | limit MiB | policy | planned MiB | peak MiB | planned / peak |\n|---|---|--:|---|--:|--:|--:|\n");
        rows.stream()
                .filter(row -> row.predicted() > 0)
                .sorted(Comparator.comparing((Row row) -> row.cell().policy())
                        .thenComparing(row -> row.cell().program())
                        .thenComparing(row -> row.cell().runtime())
                        .thenComparing(row -> row.cell().limitMiB()))
                .forEach(row -> text.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %d | %s | %d | %d | %.2f |%n",
                        row.cell().program(),
                        row.cell().runtime(),
                        row.cell().limitMiB(),
                        row.cell().policy(),
                        mebi(row.predicted()),
                        mebi(row.measured()),
                        (double) row.predicted() / row.measured())));
        return text.toString();
    }

    private static long mebi(long bytes) {
        return bytes >> 20;
    }
}
