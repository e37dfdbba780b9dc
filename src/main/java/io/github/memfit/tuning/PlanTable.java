package io.github.memfit.tuning;

import java.util.ArrayList;
import java.util.List;

/** The text table of a {@link MemoryPlan}. */
final class PlanTable {

    private static final String[] HEAD = {"region", "bytes", "share", "from", "why"};

    private PlanTable() {}

    static String of(MemoryPlan plan) {
        List<String[]> lines = new ArrayList<>();
        lines.add(HEAD);
        for (PlanRow row : plan.rows()) {
            lines.add(new String[] {
                row.region(),
                row.bytes().toHuman(),
                plan.share(row.bytes()),
                row.provenance().toString(),
                row.reason()
            });
        }
        lines.add(new String[] {"spare", plan.spare().toHuman(), plan.share(plan.spare()), "", ""});
        lines.add(new String[] {"limit", plan.limit().toHuman(), plan.share(plan.limit()), "", ""});
        int[] width = new int[HEAD.length];
        for (String[] line : lines) {
            for (int i = 0; i < line.length; i++) {
                width[i] = Math.max(width[i], line[i].length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (String[] line : lines) {
            out.append(line(line, width)).append('\n');
        }
        return out.toString();
    }

    private static String line(String[] cells, int[] width) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String blanks = " ".repeat(width[i] - cells[i].length());
            boolean number = i == 1 || i == 2;
            out.append(i == 0 ? "" : "  ").append(number ? blanks + cells[i] : cells[i] + blanks);
        }
        return out.toString().stripTrailing();
    }
}
