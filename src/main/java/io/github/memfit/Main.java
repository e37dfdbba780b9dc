package io.github.memfit;

import io.github.memfit.MainOptions.Output;
import io.github.memfit.MainOptions.UsageException;
import io.github.memfit.container.Container;
import io.github.memfit.container.ContainerProcess;
import io.github.memfit.container.Limit;
import io.github.memfit.container.MemoryProbe;
import io.github.memfit.container.MemorySnapshot;
import io.github.memfit.container.ToolView;
import io.github.memfit.format.ReportJson;
import io.github.memfit.report.ContainerFinding;
import io.github.memfit.report.ContainerFinding.Severity;
import io.github.memfit.report.ContainerReport;
import io.github.memfit.report.OtherSections;
import io.github.memfit.report.Report;
import io.github.memfit.report.ReportSection;
import io.github.memfit.tuning.node.Node;
import io.github.memfit.tuning.node.NodeFlags;
import io.github.memfit.tuning.prefork.Gunicorn;
import io.github.memfit.tuning.prefork.GunicornFlags;
import io.github.memfit.unit.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The main job: samples a container for a few seconds and prints its report.
 *
 * <p>Usage and exit codes: {@code --help}. The report goes to standard output; progress goes to standard error, and only if
 * that is a terminal. Stateless.
 *
 * @since 0.1
 */
public final class Main {

    /** Reported. */
    static final int OK = 0;

    /** Reported, and there is something to look at. */
    static final int FOUND = 1;

    /** The command line cannot be carried out. */
    static final int USAGE = 2;

    /** There is no container or none of its figures can be read. */
    static final int NOTHING = 3;

    private static final Duration PAUSE = Duration.ofMillis(250);

    private Main() {}

    /**
     * Runs the main job and ends the JVM with its exit code, if that is not 0.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        int code = run(List.of(arguments), System.out, System.err);
        System.out.flush();
        if (code != OK) {
            System.exit(code);
        }
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        MainOptions options;
        try {
            options = MainOptions.parse(arguments);
        } catch (UsageException e) {
            return wrong(e, err);
        }
        if (options.output() == Output.HELP) {
            out.print(MainOptions.USAGE);
            return OK;
        }
        if (options.pid().isPresent()
                && !Files.isDirectory(
                        options.root().resolve("proc/" + options.pid().getAsLong()))) {
            err.println("memfit: there is no process " + options.pid().getAsLong());
            return NOTHING;
        }
        Container container = options.pid().isPresent()
                ? Container.ofPid(options.pid().getAsLong(), options.root())
                : Container.self(options.root());
        boolean own = options.pid().isEmpty() && options.root().equals(Path.of("/"));
        List<MemorySnapshot> samples = sample(container, options.span(), err);
        MemorySnapshot last = samples.get(samples.size() - 1);
        if (samples.stream().noneMatch(Main::saysSomething)) {
            err.println("memfit: no memory figure of this container can be read: "
                    + Printable.escaped(last.location().explain()));
            return NOTHING;
        }
        Optional<ToolView> jvm = own ? Optional.of(last.compareToJvm()) : Optional.empty();
        List<ContainerProcess> processes = container.processes();
        Report report;
        try {
            report = ContainerReport.of(
                    samples, container.name(), processes, jvm, otherSections(options, container, processes, last, own));
        } catch (UsageException e) {
            return wrong(e, err);
        }
        try {
            out.print(
                    switch (options.output()) {
                        case JSON -> ReportJson.write(report);
                        case HTML -> report.toHtml();
                        default -> report.toText();
                    });
        } catch (IllegalStateException e) {
            // The one optional library that is asked for here; its absence is named.
            return wrong(new UsageException(String.valueOf(e.getMessage())), err);
        }
        List<ContainerFinding> findings = ContainerReport.findings(samples, jvm);
        boolean found = findings.stream().anyMatch(f -> f.severity() != Severity.NOTE);
        return options.strict() && found ? FOUND : OK;
    }

    private static int wrong(UsageException e, PrintStream err) {
        err.println("memfit: " + e.getMessage() + " (--help shows the options)");
        return USAGE;
    }

    /** What the other three questions have to say about this container: Kubernetes, flags, recommendation. */
    private static List<ReportSection> otherSections(
            MainOptions options, Container container, List<ContainerProcess> processes, MemorySnapshot now, boolean own)
            throws UsageException {
        List<ReportSection> sections = new ArrayList<>();
        long main = options.pid().orElse(ProcessHandle.current().pid());
        Optional<ContainerProcess> process = processes.stream()
                .filter(p -> p.pid() == main || !own && options.pid().isEmpty())
                .findFirst();
        sections.add(OwnSections.kubernetes(container.name(), process, now));
        int cpus = Runtime.getRuntime().availableProcessors();
        if (own) {
            sections.add(OwnSections.jvmPlan(now));
        }
        for (MainOptions.Runtimes runtime : options.plans()) {
            sections.add(plan(runtime, now.limit(), cpus));
        }
        sections.add(
                options.history().isPresent()
                        ? OtherSections.sizing(
                                options.policy(),
                                HistoryFile.read(options.history().get()))
                        : OtherSections.sizingWithoutHistory(options.span()));
        return sections;
    }

    private static ReportSection plan(MainOptions.Runtimes runtime, Limit limit, int cpus) {
        return switch (runtime) {
            case GUNICORN ->
                OtherSections.runtimePlan(
                        "gunicornPlan",
                        "Gunicorn on " + cpus + (cpus == 1 ? " CPU" : " CPUs"),
                        limit,
                        bytes -> Gunicorn.within(bytes).cpus(cpus).fit(),
                        GunicornFlags::environment);
            case NODE ->
                OtherSections.runtimePlan(
                        "nodePlan", "Node", limit, bytes -> Node.within(bytes).fit(), NodeFlags::environment);
        };
    }

    private static boolean saysSomething(MemorySnapshot sample) {
        return sample.usage().isPresent()
                || sample.rss().isPresent()
                || sample.host().isPresent() && sample.location().directory().isEmpty();
    }

    private static List<MemorySnapshot> sample(Container container, Duration span, PrintStream err) {
        List<MemorySnapshot> samples = new ArrayList<>();
        boolean terminal = isTerminal();
        long end = System.nanoTime() + span.toNanos();
        try (MemoryProbe probe = container.probe()) {
            samples.add(probe.snapshot());
            long left = end - System.nanoTime();
            while (left > 0) {
                if (terminal) {
                    err.print("\rsampling for " + (left + 999_999_999) / 1_000_000_000 + " s ");
                    err.flush();
                }
                try {
                    Thread.sleep(Math.min(PAUSE.toMillis(), left / 1_000_000 + 1));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
                samples.add(probe.snapshot());
                left = end - System.nanoTime();
            }
        }
        if (terminal && samples.size() > 1) {
            err.print("\r                       \r");
            err.flush();
        }
        return samples;
    }

    /** Is standard error a terminal? {@code System.console()} asks for all three streams and says yes to pipes since JDK 22. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
