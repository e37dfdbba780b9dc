package io.github.memfit;

import io.github.memfit.container.ContainerName;
import io.github.memfit.container.ContainerProcess;
import io.github.memfit.container.MemorySnapshot;
import io.github.memfit.live.LiveJvm;
import io.github.memfit.report.OtherSections;
import io.github.memfit.report.ReportSection;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Reading;
import java.util.Optional;

/** What the report of the main job and that of {@link Memfit} say of the same things. */
final class OwnSections {

    private static final Reading<Integer> UNSEEN =
            Reading.absent(Absence.Reason.GONE, "oom_score_adj", "no process of the container can be seen");

    private OwnSections() {}

    static ReportSection kubernetes(ContainerName name, Optional<ContainerProcess> process, MemorySnapshot now) {
        return OtherSections.kubernetes(
                name,
                process.map(ContainerProcess::oomScoreAdj).orElse(UNSEEN),
                process.map(ContainerProcess::oomScore).orElse(UNSEEN),
                now);
    }

    static ReportSection jvmPlan(MemorySnapshot now) {
        LiveJvm jvm = LiveJvm.self();
        int cpus = Runtime.getRuntime().availableProcessors();
        return OtherSections.jvmPlan(jvm.sample(), jvm.options(), jvm.maxHeap(), now.limit(), cpus);
    }
}
