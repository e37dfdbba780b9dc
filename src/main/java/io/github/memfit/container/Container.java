package io.github.memfit.container;

import io.github.memfit.cgroup.CgroupFinder;
import io.github.memfit.cgroup.CgroupLocation;
import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.cgroup.FileAccess;
import io.github.memfit.cgroup.MemoryGroup;
import io.github.memfit.procfs.ProcFs;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A control group with memory in it: a container, a pod, a systemd service, or the group that this process happens to run in.
 *
 * <p>A {@code Container} names a place and holds nothing open. Every method reads the kernel's files when it is called and
 * answers with values; none throws for a group that was removed, a process that ended or a file that is missing: those are
 * typed absences. A process that moves to another group is found by asking again. Immutable and thread-safe.
 *
 * {@snippet :
 * Container self = Container.self();
 * MemorySnapshot now = self.memory();
 * System.out.println(now.toTable());
 * for (ContainerProcess process : self.processes()) {
 *     System.out.println(process);                   // 4711 java rss=208Mi pss=...
 * }
 * try (MemoryProbe probe = self.probe()) {           // files stay open, nothing is allocated
 *     long bytes = probe.workingSetBytes();
 * }
 * }
 *
 * @since 0.1
 */
public final class Container {

    /** More groups than any node has: a walk over a tree that changes under it still ends. */
    private static final int MOST_GROUPS = 20_000;

    private final CgroupLocation location;
    private final ProcFs proc;
    private final SnapshotReader reader;

    private Container(CgroupLocation location, ProcFs proc) {
        this.location = location;
        this.proc = proc;
        this.reader = new SnapshotReader(location, proc, FileAccess.fresh());
    }

    /**
     * The container of the current process.
     *
     * @return the container; {@link #location()} says if its group cannot be seen
     */
    public static Container self() {
        return self(Path.of("/"));
    }

    /**
     * The container of the process that {@code /proc/self} of a tree belongs to.
     *
     * @param root the directory that stands for {@code /}: a captured tree, or a mounted host
     * @return the container
     */
    public static Container self(Path root) {
        return new Container(CgroupFinder.under(root).self(), ProcFs.at(root));
    }

    /**
     * The container of a process.
     *
     * @param pid the process, as numbered by {@code /proc}
     * @return the container; {@link #location()} says if its group cannot be seen
     * @throws IllegalArgumentException if the number is not positive
     */
    public static Container ofPid(long pid) {
        return ofPid(pid, Path.of("/"));
    }

    /**
     * The container of a process in another tree.
     *
     * @param pid the process, as numbered by {@code proc} of that tree
     * @param root the directory that stands for {@code /}
     * @return the container
     * @throws IllegalArgumentException if the number is not positive
     */
    public static Container ofPid(long pid, Path root) {
        return new Container(CgroupFinder.under(root).ofPid(pid), ProcFs.at(root));
    }

    /**
     * The container at a directory of the control group file system.
     *
     * @param directory the directory of the group
     * @return the container
     */
    public static Container at(Path directory) {
        return at(directory, Path.of("/"));
    }

    /**
     * The container at a directory of the control group file system of another tree.
     *
     * @param directory the directory of the group, below {@code root}
     * @param root the directory that stands for {@code /}: its {@code proc} tells of processes and of the machine
     * @return the container
     */
    public static Container at(Path directory, Path root) {
        return new Container(CgroupLocation.at(directory, root), ProcFs.at(root));
    }

    /**
     * Where the group is, or why it cannot be seen.
     *
     * @return the location
     */
    public CgroupLocation location() {
        return location;
    }

    /**
     * The directory that memory is accounted in: that of the group, or of the nearest one above it where the parent does not
     * delegate the memory controller.
     *
     * @return the directory, or empty if the group cannot be seen
     */
    public Optional<Path> accountingDirectory() {
        return reader.accountingGroup().map(MemoryGroup::directory);
    }

    /**
     * The files of the group that memory is accounted in, in the kernel's own words.
     *
     * @return the group, or empty if it cannot be seen
     */
    public Optional<MemoryGroup> files() {
        return reader.accountingGroup();
    }

    /**
     * Does the group still exist?
     *
     * @return false if it was removed or cannot be seen
     */
    public boolean exists() {
        return group().filter(MemoryGroup::exists).isPresent();
    }

    /**
     * Reads everything once, opening each file for it (some 6 µs a file). {@link MemoryProbe#snapshot()} gives the same from
     * files that stay open.
     *
     * @return the account of this moment
     */
    public MemorySnapshot memory() {
        return reader.read();
    }

    /**
     * A probe of usage and working set.
     *
     * @return a new probe, to be closed by the caller
     */
    public MemoryProbe probe() {
        return probe(EnumSet.of(MemoryFigure.USAGE, MemoryFigure.WORKING_SET));
    }

    /**
     * A probe of chosen figures.
     *
     * @param figures the figures; a figure that the version does not tell is absent in every sample
     * @return a new probe, to be closed by the caller
     * @throws IllegalArgumentException if no figure is chosen
     */
    public MemoryProbe probe(Set<MemoryFigure> figures) {
        return new MemoryProbe(location, reader, figures);
    }

    /**
     * The processes of the group itself, without those of groups below.
     *
     * @return their numbers in ascending order, or why they cannot be listed
     */
    public Reading<List<Long>> pids() {
        return group().map(MemoryGroup::processes).orElseGet(() -> absent("cgroup.procs"));
    }

    /**
     * The processes of the group and of all groups below it, each as it is at this moment. A process that ends meanwhile is
     * left out. PSS and USS cost the kernel about 10 ms for each GiB that a process has mapped.
     *
     * @return the processes in ascending order of their numbers; empty if the group cannot be seen
     */
    public List<ContainerProcess> processes() {
        List<Long> pids = new ArrayList<>();
        collect(this, pids, new int[] {0});
        List<ContainerProcess> processes = new ArrayList<>();
        pids.stream()
                .distinct()
                .sorted()
                .forEach(
                        pid -> ContainerProcess.read(proc, Math.toIntExact(pid)).ifPresent(processes::add));
        return List.copyOf(processes);
    }

    private static void collect(Container container, List<Long> pids, int[] seen) {
        pids.addAll(container.pids().orElse(List.of()));
        for (Path child : container.group().map(MemoryGroup::children).orElse(List.of())) {
            if (seen[0]++ < MOST_GROUPS) {
                collect(container.moveTo(child), pids, seen);
            }
        }
    }

    /**
     * The groups directly below: the containers of a pod, the pods of a class, the children of a slice.
     *
     * @return the containers in the order of their names
     */
    public List<Container> children() {
        List<Container> children = new ArrayList<>();
        for (Path child : group().map(MemoryGroup::children).orElse(List.of())) {
            children.add(moveTo(child));
        }
        return List.copyOf(children);
    }

    /**
     * The group above, if it can be seen.
     *
     * @return the container, or empty at the root of the mount
     */
    public Optional<Container> parent() {
        List<Path> chain = location.chain();
        return chain.size() < 2 ? Optional.empty() : Optional.of(moveTo(chain.get(1)));
    }

    /**
     * What the name of the directory tells: pod, container, runtime, as Kubernetes and container engines build it.
     *
     * @return the name
     */
    public ContainerName name() {
        return ContainerName.of(location);
    }

    /** The last name of the directory; empty without one. */
    String directoryName() {
        return location.directory().map(Path::getFileName).map(Path::toString).orElse("");
    }

    Container moveTo(Path directory) {
        return new Container(location.moveTo(directory), proc);
    }

    private Optional<MemoryGroup> group() {
        Optional<CgroupVersion> version = location.version();
        return location.directory().flatMap(directory -> version.map(v -> MemoryGroup.at(directory, v)));
    }

    private <T> Reading<T> absent(String file) {
        return Reading.absent(Absence.Reason.NOT_APPLICABLE, file, location.explain());
    }

    /** Where it is. */
    @Override
    public String toString() {
        return OneLine.of("Container " + location);
    }
}
