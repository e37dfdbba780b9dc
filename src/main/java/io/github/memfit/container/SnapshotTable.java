package io.github.memfit.container;

import io.github.memfit.cgroup.StatUnit;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A snapshot as text in aligned columns. */
final class SnapshotTable {

    private static final int NAME_WIDTH = 24;
    private static final int VALUE_WIDTH = 16;

    private SnapshotTable() {}

    static String of(MemorySnapshot now) {
        List<String> lines = new ArrayList<>();
        lines.add("container " + now.location());
        now.figures().forEach((figure, value) -> {
            if (value.isPresent()) {
                lines.add(row(
                        figure.title(),
                        text(figure, value),
                        figure.source(now.version()).orElse("")));
            }
        });
        lines.add(limitRow("limit", now.limit()));
        lines.add(limitRow("own limit", now.ownLimit()));
        lines.add(limitRow("throttle", now.throttle()));
        lines.add(limitRow("swap limit", now.swapLimit()));
        addReading(lines, "headroom", now.headroom());
        addReading(lines, "headroom working set", now.headroomWorkingSet());
        addReading(lines, "headroom above floor", now.headroomAboveFloor());
        now.levels()
                .forEach(level ->
                        lines.add(row("level", level.usage().map(Bytes::toHuman).orElse("-"), level.toString())));
        addPressure(lines, "pressure", now.pressure());
        addPressure(lines, "host pressure", now.hostPressure());
        addAbsences(lines, now);
        return String.join("\n", lines);
    }

    /** A number with its unit. */
    static String text(MemoryFigure figure, Reading<Long> value) {
        return value.map(number -> figure.unit() == StatUnit.BYTES
                        ? Bytes.of(number).toHuman()
                        : figure.unit() == StatUnit.MICROSECONDS ? number + " us" : number.toString())
                .orElse("-");
    }

    private static String limitRow(String name, Limit limit) {
        return row(
                name,
                limit.amount().map(Bytes::toHuman).orElse("-"),
                limit instanceof Limit.Bounded bounded ? bounded.source().toString() : limit.toString());
    }

    private static void addReading(List<String> lines, String name, Reading<Bytes> reading) {
        reading.ifPresent(bytes -> lines.add(row(name, bytes.toHuman(), "")));
    }

    private static void addPressure(List<String> lines, String name, Reading<Pressure> pressure) {
        pressure.ifPresent(p -> lines.add(row(name, "", p.toString())));
    }

    /** One line for each reason, with the figures that it takes away. */
    private static void addAbsences(List<String> lines, MemorySnapshot now) {
        Map<Absence.Reason, List<String>> byReason = new TreeMap<>();
        now.figures()
                .forEach((figure, value) -> value.absence()
                        .ifPresent(why -> byReason.computeIfAbsent(why.reason(), r -> new ArrayList<>())
                                .add(figure.title())));
        byReason.forEach((reason, titles) -> lines.add(row("absent", reason.toString(), String.join(", ", titles))));
    }

    private static String row(String name, String value, String note) {
        StringBuilder line = new StringBuilder(name);
        pad(line, NAME_WIDTH);
        int start = line.length();
        int width = Math.max(0, VALUE_WIDTH - value.length());
        line.append(" ".repeat(width)).append(value);
        if (!note.isEmpty()) {
            pad(line, start + VALUE_WIDTH);
            line.append("  ").append(note);
        }
        return line.toString();
    }

    private static void pad(StringBuilder line, int width) {
        line.append(" ".repeat(Math.max(0, width - line.length())));
    }
}
