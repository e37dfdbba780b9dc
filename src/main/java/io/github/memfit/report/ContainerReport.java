package io.github.memfit.report;

import io.github.memfit.container.ContainerName;
import io.github.memfit.container.ContainerProcess;
import io.github.memfit.container.Limit;
import io.github.memfit.container.LimitSource;
import io.github.memfit.container.MemoryFigure;
import io.github.memfit.container.MemoryLevel;
import io.github.memfit.container.MemorySnapshot;
import io.github.memfit.container.ToolView;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The report of one container, from samples that somebody took. Computes and arranges; reads nothing. Stateless and
 * thread-safe.
 *
 * <p>Sections, by key: {@code container}, {@code memory}, {@code limits}, {@code pressure}, {@code events}, {@code processes},
 * {@code jvm} (only where this JVM is in the container), {@code tools}, {@code warnings}. {@link OtherSections} has those of the three other questions.
 *
 * @since 0.1
 */
public final class ContainerReport {

    private static final int MOST_PROCESSES = 25;

    private final List<MemorySnapshot> samples;
    private final MemorySnapshot first;
    private final MemorySnapshot last;

    private ContainerReport(List<MemorySnapshot> samples) {
        this.samples = samples;
        this.first = samples.get(0);
        this.last = samples.get(samples.size() - 1);
    }

    /**
     * Arranges what was read.
     *
     * @param samples one or more samples of the same container, oldest first
     * @param name what the names of its directories tell
     * @param processes the processes of the container
     * @param jvm what the running JVM believes, if it runs in the container
     * @param others further sections, shown before {@code warnings}
     * @return the report
     * @throws IllegalArgumentException if there is no sample, or two sections have the same key
     */
    public static Report of(
            List<MemorySnapshot> samples,
            ContainerName name,
            List<ContainerProcess> processes,
            Optional<ToolView> jvm,
            List<ReportSection> others) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a report needs at least one sample");
        }
        ContainerReport report = new ContainerReport(List.copyOf(samples));
        List<ReportSection> sections = new ArrayList<>();
        sections.add(report.container(name));
        sections.add(report.memory());
        sections.add(report.limits());
        sections.add(report.pressure());
        sections.add(report.events());
        sections.add(processes(processes));
        jvm.ifPresent(view -> sections.add(tool("jvm", "What this JVM believes", view)));
        sections.add(tools(report.last));
        sections.addAll(others);
        sections.add(warnings(ContainerFindings.of(samples, jvm)));
        return Report.of("Memory of " + report.title(name), report.last.takenAt(), sections);
    }

    /**
     * What the reader should know, by the same rules as the section {@code warnings}.
     *
     * @param samples one or more samples of the same container, oldest first
     * @param jvm what the running JVM believes, if it runs in the container
     * @return the findings; empty if all is well
     */
    public static List<ContainerFinding> findings(List<MemorySnapshot> samples, Optional<ToolView> jvm) {
        return ContainerFindings.of(samples, jvm);
    }

    /** The shortest name that tells this container from others: its number as engines print it, else its group. */
    private String title(ContainerName name) {
        return name.containerId()
                .map(id -> "container " + id.substring(0, Math.min(12, id.length())))
                .or(() -> last.location().path().map(path -> "group " + path))
                .orElse("this machine");
    }

    private ReportSection container(ContainerName name) {
        ReportSection.Builder section = ReportSection.builder("container", "Container");
        name.containerId()
                .ifPresent(id -> section.figure(
                        "containerId", "container", Cell.of(id), name.runtime().orElse("")));
        name.podUid()
                .ifPresent(uid -> section.figure(
                        "podUid",
                        "pod",
                        Cell.of(uid),
                        name.podClass()
                                .map(c -> "QoS class " + c + " by its path")
                                .orElse("")));
        return section.figure(
                        "controller",
                        "memory controller",
                        last.location()
                                .version()
                                .map(v -> Cell.of("cgroup " + lower(v)))
                                .orElse(Cell.nothing("no controller")),
                        "layout " + lower(last.location().layout()))
                .figure(
                        "path",
                        "group",
                        last.location().path().map(Cell::of).orElse(Cell.nothing("not told by the kernel")),
                        "")
                .figure(
                        "directory",
                        "directory",
                        last.location()
                                .directory()
                                .map(d -> Cell.of(last.location().shown(d)))
                                .orElse(Cell.nothing("not visible")),
                        "found: " + lower(last.location().outcome()))
                .figure("samples", "samples", Cell.of(samples.size()), "over " + span())
                .build();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private String span() {
        Duration span = Duration.between(first.takenAt(), last.takenAt());
        return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
    }

    private ReportSection memory() {
        ReportSection.Builder memory = ReportSection.builder("memory", "What is used");
        add(memory, "usage", "usage", MemoryFigure.USAGE, "charged to the group: what the limit is compared with");
        add(
                memory,
                "workingSet",
                "working set",
                MemoryFigure.WORKING_SET,
                "usage less inactive page cache (kubelet, cAdvisor)");
        if (samples.size() > 1) {
            range(memory);
        }
        add(memory, "peak", "peak", MemoryFigure.PEAK, "highest usage so far");
        add(memory, "rss", "  anonymous", MemoryFigure.RSS, "heaps, stacks, private pages");
        add(memory, "cache", "  page cache", MemoryFigure.CACHE, "files, tmpfs and shared memory");
        add(memory, "inactiveFile", "    inactive", MemoryFigure.INACTIVE_FILE, "reclaimed first");
        add(memory, "activeFile", "    active", MemoryFigure.ACTIVE_FILE, "used again lately");
        add(memory, "shmem", "    tmpfs, shared", MemoryFigure.SHMEM, "leaves only by swap");
        add(memory, "fileMapped", "    mapped", MemoryFigure.FILE_MAPPED, "program code, mapped files");
        add(memory, "kernel", "  kernel", MemoryFigure.KERNEL, "stacks, page tables, slab and more");
        add(memory, "kernelStack", "    stacks", MemoryFigure.KERNEL_STACK, "");
        add(memory, "pageTables", "    page tables", MemoryFigure.PAGE_TABLES, "");
        add(memory, "slab", "    slab", MemoryFigure.SLAB, "");
        add(memory, "sock", "  network buffers", MemoryFigure.SOCK, "");
        add(
                memory,
                "unexplained",
                "  unexplained",
                MemoryFigure.UNEXPLAINED,
                "usage less its parts; counters move in steps");
        add(memory, "swap", "swapped out", MemoryFigure.SWAP, "");
        add(memory, "unreclaimable", "floor", MemoryFigure.UNRECLAIMABLE, "what no reclaim can free without swap");
        add(memory, "reclaimable", "reclaimable", MemoryFigure.RECLAIMABLE, "what reclaim can free at once");
        return memory.build();
    }

    private void range(ReportSection.Builder memory) {
        Reading<Bytes> low = extreme(Comparator.naturalOrder());
        Reading<Bytes> high = extreme(Comparator.reverseOrder());
        memory.bytes("workingSetLowest", "  lowest seen", low, "working set, over the samples");
        memory.bytes("workingSetHighest", "  highest seen", high, "working set, over the samples");
    }

    private Reading<Bytes> extreme(Comparator<Bytes> order) {
        return samples.stream()
                .map(MemorySnapshot::workingSet)
                .filter(Reading::isPresent)
                .min((a, b) -> order.compare(a.value().orElseThrow(), b.value().orElseThrow()))
                .orElse(last.workingSet());
    }

    private void add(ReportSection.Builder section, String key, String label, MemoryFigure figure, String note) {
        section.bytes(key, label, last.bytes(figure), note);
    }

    private ReportSection limits() {
        ReportSection.Builder limits = ReportSection.builder("limits", "Limits, and who sets them");
        limit(limits, "limit", "limit that binds", last.limit());
        limit(limits, "ownLimit", "own limit", last.ownLimit());
        limit(limits, "throttle", "throttle line", last.throttle());
        limit(limits, "swapLimit", "swap limit", last.swapLimit());
        limits.bytes("headroom", "headroom", last.headroom(), "least of limit less usage, of the same level");
        limits.bytes(
                "headroomWorkingSet",
                "  of working set",
                last.headroomWorkingSet(),
                "if inactive page cache is given up");
        limits.bytes(
                "headroomAboveFloor", "  above the floor", last.headroomAboveFloor(), "if all that can is reclaimed");
        Grid levels = Grid.of(
                "levels",
                "directory",
                "level",
                "limit",
                "limit",
                "high",
                "high",
                "usage",
                "usage",
                "headroom",
                "headroom");
        for (MemoryLevel level : last.levels()) {
            levels = levels.row(
                    Cell.of(level.directory()),
                    cell(level.hardLimit()),
                    cell(level.high()),
                    Cell.ofBytes(level.usage()),
                    Cell.ofBytes(level.headroom()));
        }
        return limits.grid(levels).build();
    }

    private static void limit(ReportSection.Builder section, String key, String label, Limit limit) {
        String note = limit instanceof Limit.Bounded bounded ? setBy(bounded.source()) : "";
        section.figure(key, label, cell(limit), note);
    }

    /** Who sets a limit, by the last name of its directory: the table of levels has the whole paths. */
    static String setBy(LimitSource source) {
        return switch (source.kind()) {
            case OWN -> "own, " + source.name();
            case HOST -> "the machine, " + source.name();
            default ->
                lower(source.kind()) + " "
                        + source.directory().substring(source.directory().lastIndexOf('/') + 1) + ", " + source.name();
        };
    }

    private static Cell cell(Limit limit) {
        if (limit instanceof Limit.Bounded bounded) {
            return Cell.of(bounded.bytes());
        }
        if (limit instanceof Limit.Unknown unknown) {
            return Cell.of(unknown.why());
        }
        return Cell.of("none");
    }

    private ReportSection pressure() {
        ReportSection.Builder section =
                ReportSection.builder("pressure", "Pressure: time that tasks waited for memory");
        Grid grid = Grid.of(
                "stalls",
                "whose",
                "whose",
                "kind",
                "kind",
                "avg10",
                "10 s",
                "avg60",
                "60 s",
                "avg300",
                "300 s",
                "totalMicros",
                "total us",
                "sampledMicros",
                "sampled us");
        grid = stalls(grid, "container", first.pressure(), last.pressure());
        grid = stalls(grid, "machine", first.hostPressure(), last.hostPressure());
        last.pressure()
                .absence()
                .ifPresent(why -> section.note("container: " + why.detail() + " (" + why.source() + ")"));
        return section.grid(grid).build();
    }

    private static Grid stalls(Grid grid, String whose, Reading<Pressure> before, Reading<Pressure> after) {
        Grid longer = grid;
        if (after.isPresent()) {
            Pressure now = after.value().orElseThrow();
            longer = stall(longer, whose, "some", before.flatMap(Pressure::some), now.some());
            longer = stall(longer, whose, "full", before.flatMap(Pressure::full), now.full());
        }
        return longer;
    }

    private static Grid stall(
            Grid grid, String whose, String kind, Reading<Pressure.Stall> before, Reading<Pressure.Stall> after) {
        return after.value()
                .map(now -> grid.row(
                        Cell.of(whose),
                        Cell.of(kind),
                        Cell.of(now.avg10()),
                        Cell.of(now.avg60()),
                        Cell.of(now.avg300()),
                        Cell.of(micros(now.total())),
                        before.value()
                                .map(then -> Cell.of(micros(now.total()) - micros(then.total())))
                                .orElse(Cell.nothing("not sampled twice"))))
                .orElse(grid);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private ReportSection events() {
        ReportSection.Builder section = ReportSection.builder("events", "Events since the group was made");
        event(section, "limitHits", "limit reached", MemoryFigure.LIMIT_HITS);
        event(section, "throttles", "throttled", MemoryFigure.THROTTLES);
        event(section, "ooms", "out of memory", MemoryFigure.OOMS);
        event(section, "oomKills", "OOM kills", MemoryFigure.OOM_KILLS);
        event(section, "oomKillsLocal", "  in the group itself", MemoryFigure.OOM_KILLS_LOCAL);
        event(section, "killedProcesses", "processes killed", MemoryFigure.KILLED_PROCESSES);
        event(section, "pageFaults", "page faults", MemoryFigure.PAGE_FAULTS);
        event(section, "majorPageFaults", "  that read a disk", MemoryFigure.MAJOR_PAGE_FAULTS);
        event(section, "refaultsFile", "cache refaults", MemoryFigure.REFAULTS_FILE);
        return section.build();
    }

    private void event(ReportSection.Builder section, String key, String label, MemoryFigure figure) {
        Reading<Long> now = last.value(figure);
        Reading<Long> before = first.value(figure);
        String note = "";
        if (samples.size() > 1 && now.isPresent() && before.isPresent()) {
            long more = now.value().orElseThrow() - before.value().orElseThrow();
            note = more == 0 ? "" : String.format(Locale.ROOT, "%+,d in %s", more, span());
        }
        section.count(key, label, now, note);
    }

    private static ReportSection processes(List<ContainerProcess> processes) {
        Grid grid = Grid.of(
                "processes",
                "pid",
                "PID",
                "name",
                "name",
                "rss",
                "RSS",
                "pss",
                "PSS",
                "uss",
                "USS",
                "swap",
                "swap",
                "oomScore",
                "OOM score",
                "oomScoreAdj",
                "adj");
        List<ContainerProcess> largest = processes.stream()
                .sorted(Comparator.comparing((ContainerProcess p) -> p.rss().orElse(Bytes.ZERO))
                        .reversed()
                        .thenComparing(ContainerProcess::pid))
                .limit(MOST_PROCESSES)
                .toList();
        for (ContainerProcess process : largest) {
            grid = grid.row(
                    Cell.id(process.pid()),
                    process.name().map(Cell::of).orElse(Cell.nothing("gone")),
                    Cell.ofBytes(process.rss()),
                    Cell.ofBytes(process.pss()),
                    Cell.ofBytes(process.uss()),
                    Cell.ofBytes(process.swap()),
                    number(process.oomScore()),
                    number(process.oomScoreAdj()));
        }
        ReportSection.Builder section = ReportSection.builder("processes", "Processes: " + processes.size())
                .grid(grid);
        if (processes.size() > largest.size()) {
            section.note("Only the " + largest.size() + " largest are shown.");
        }
        return section.build();
    }

    private static Cell number(Reading<Integer> reading) {
        return Cell.ofCount(reading.map(Integer::longValue));
    }

    private static ReportSection tool(String key, String title, ToolView view) {
        return ReportSection.builder(key, title)
                .grid(views(
                        List.of(view),
                        Grid.of("rows", "what", "what", "theirs", view.tool(), "ours", "kernel", "reason", "why")))
                .build();
    }

    private static ReportSection tools(MemorySnapshot now) {
        Grid grid =
                Grid.of("rows", "tool", "tool", "what", "what", "theirs", "shows", "ours", "kernel", "reason", "why");
        for (ToolView view : List.of(now.compareToDocker(), now.compareToCadvisor())) {
            for (ToolView.Row row : view.rows()) {
                grid = grid.row(
                        Cell.of(view.tool()),
                        Cell.of(row.what()),
                        Cell.ofBytes(row.theirs()),
                        Cell.ofBytes(row.ours()),
                        Cell.of(row.reason()));
            }
        }
        return ReportSection.builder("tools", "What other tools show for it")
                .grid(grid)
                .build();
    }

    private static Grid views(List<ToolView> views, Grid empty) {
        Grid grid = empty;
        for (ToolView view : views) {
            for (ToolView.Row row : view.rows()) {
                grid = grid.row(
                        Cell.of(row.what()),
                        Cell.ofBytes(row.theirs()),
                        Cell.ofBytes(row.ours()),
                        Cell.of(row.reason()));
            }
        }
        return grid;
    }

    private static ReportSection warnings(List<ContainerFinding> findings) {
        Grid grid = Grid.of("findings", "code", "code", "severity", "weight", "text", "finding");
        for (ContainerFinding finding : findings) {
            grid = grid.row(Cell.of(finding.code()), Cell.of(lower(finding.severity())), Cell.of(finding.text()));
        }
        ReportSection.Builder section = ReportSection.builder("warnings", "What to look at");
        return findings.isEmpty()
                ? section.grid(grid).note("Nothing.").build()
                : section.grid(grid).build();
    }
}
