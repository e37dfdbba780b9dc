package io.github.memfit.report;

import io.github.memfit.tuning.EnvironmentVariable;
import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Warning;
import io.github.memfit.unit.Bytes;
import java.util.List;

/** What the sections of all plans have in common. */
final class PlanSection {

    private PlanSection() {}

    /** The figures and warnings of an answer; rows and flags are still to come. */
    static ReportSection.Builder builder(String key, String title, Fit<?> answer) {
        ReportSection.Builder section = ReportSection.builder(key, title);
        if (answer instanceof Fit.Fits<?> fits) {
            section.plan(fits.plan());
            section.figure("total", "planned", Cell.of(fits.plan().total()), "");
            section.figure("spare", "spare", Cell.of(fits.plan().spare()), "");
            for (Warning warning : fits.warnings()) {
                section.note(warning.toString());
            }
        } else if (answer instanceof Fit.TooSmall<?> small) {
            section.figure("needed", "needed", Cell.of(small.needed()), "the smallest limit that fits");
            section.figure("missing", "missing", Cell.of(small.missing()), "it does not fit into this limit");
            small.cuts()
                    .forEach(cut -> section.note(
                            "cut " + cut.region() + " to save " + cut.saves().toHuman() + ": " + cut.how()));
        }
        return section;
    }

    static List<PlanRow> rows(Fit<?> answer) {
        return answer instanceof Fit.Fits<?> fits ? fits.plan().rows() : ((Fit.TooSmall<?>) answer).demand();
    }

    /** What all regions take, or would need. */
    static Bytes total(Fit<?> answer) {
        return answer instanceof Fit.Fits<?> fits ? fits.plan().total() : ((Fit.TooSmall<?>) answer).needed();
    }

    static void rows(ReportSection.Builder section, Fit<?> answer) {
        Grid grid = Grid.of("plan", "region", "region", "bytes", "bytes", "provenance", "from", "reason", "reason");
        for (PlanRow row : rows(answer)) {
            grid = grid.row(
                    Cell.of(row.region()),
                    Cell.of(row.bytes()),
                    Cell.of(row.provenance().toString()),
                    Cell.of(row.reason()));
        }
        section.grid(grid);
    }

    /** One note for each variable, quoted for a shell. */
    static void variables(ReportSection.Builder section, List<EnvironmentVariable> variables) {
        variables.forEach(variable -> section.note(variable.toShell()));
    }
}
