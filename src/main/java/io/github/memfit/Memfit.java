package io.github.memfit;

import io.github.memfit.container.Container;
import io.github.memfit.container.ContainerProcess;
import io.github.memfit.container.MemorySnapshot;
import io.github.memfit.report.ContainerReport;
import io.github.memfit.report.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The doors, for JShell and first steps; each leads to the type that does the work. Stateless and thread-safe.
 *
 * {@snippet :
 * Memfit.self().memory().workingSet();       // 312Mi
 * Memfit.pid(4711).memory().limit();         // 512Mi (ancestor ...)
 * System.out.println(Memfit.report().toText());
 * }
 *
 * @since 0.1
 */
public final class Memfit {

    private Memfit() {}

    /**
     * The container that this program runs in.
     *
     * @return the container; its location says whether and how its group was found
     */
    public static Container self() {
        return Container.self();
    }

    /**
     * The container that a process runs in.
     *
     * @param pid the number of the process
     * @return the container
     */
    public static Container pid(long pid) {
        return Container.ofPid(pid);
    }

    /**
     * The container of a control group's directory.
     *
     * @param directory the directory, as {@code /sys/fs/cgroup/system.slice}
     * @return the container
     */
    public static Container at(Path directory) {
        return Container.at(directory);
    }

    /**
     * The report of the container that this program runs in, from one sample: what is used, how Kubernetes treats it, and flags
     * for this JVM. How much it should get needs a history: {@link io.github.memfit.sizing.SizingPolicy}.
     *
     * @return the report
     */
    public static Report report() {
        Container self = Container.self();
        MemorySnapshot now = self.memory();
        List<ContainerProcess> processes = self.processes();
        long own = ProcessHandle.current().pid();
        Optional<ContainerProcess> process =
                processes.stream().filter(p -> p.pid() == own).findFirst();
        return ContainerReport.of(
                List.of(now),
                self.name(),
                processes,
                Optional.of(now.compareToJvm()),
                List.of(OwnSections.kubernetes(self.name(), process, now), OwnSections.jvmPlan(now)));
    }
}
