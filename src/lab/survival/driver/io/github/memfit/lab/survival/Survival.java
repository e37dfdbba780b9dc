package io.github.memfit.lab.survival;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The survival lab: real programs under real memory limits, with the flags of several policies. See README.md.
 *
 * <pre>
 *   --programs h2,web  --runtimes jdk25  --limits 128,256  --policies default,memfit   only these
 *   --attempts 2       how often each cell is run (usual 1)
 *   --minutes 30       stop after that long; another run goes on from there
 * </pre>
 */
public final class Survival {

    /** The limit in steps of growth. */
    static final int STEPS = 50;

    /** Divided by the limit in MiB: a step takes 4 s of processor time in 128 MiB, and a launch about a minute in all. */
    private static final Duration WORK = Duration.ofSeconds(512);

    static final int CPUS = java.lang.Runtime.getRuntime().availableProcessors();

    private final Results results;
    private final Profiles profiles;
    private final Path logs;
    private final Choice choice;

    private Survival(Results results, Profiles profiles, Path logs, Choice choice) {
        this.results = results;
        this.profiles = profiles;
        this.logs = logs;
        this.choice = choice;
    }

    public static void main(String[] arguments) throws IOException {
        Choice choice = Choice.parse(arguments);
        Survival lab = new Survival(
                new Results(choice.results),
                new Profiles(choice.results.resolveSibling("profiles.tsv"), choice.home),
                choice.home.resolve("logs"),
                choice);
        Catalogue catalogue = new Catalogue(choice.home);
        boolean done = lab.run(catalogue);
        Report report = new Report(lab.results.all());
        if (choice.document != null) {
            report.write(choice.document);
        }
        System.out.print(report.verdicts());
        System.out.println(
                done ? "--- survival lab: all cells done" : "--- survival lab: time is up, more cells to do");
        if (!report.holds()) {
            System.exit(1);
        }
    }

    private boolean run(Catalogue catalogue) throws IOException {
        long until = System.nanoTime() + choice.minutes * 60_000_000_000L;
        List<LaunchPolicy> policies = Policies.all();
        for (int attempt = 1; attempt <= choice.attempts; attempt++) {
            for (int limit : Catalogue.LIMITS_MIB) {
                for (Program program : catalogue.programs()) {
                    for (Runtime runtime : catalogue.runtimes()) {
                        for (LaunchPolicy policy : policies) {
                            if (program.kind() != runtime.kind()
                                    || !policy.knows(runtime)
                                    || !choice.wants(program, runtime, limit, policy)) {
                                continue;
                            }
                            if (System.nanoTime() > until) {
                                return false;
                            }
                            cell(program, runtime, limit, policy, attempt);
                        }
                    }
                }
            }
        }
        return true;
    }

    private void cell(Program program, Runtime runtime, int limitMiB, LaunchPolicy policy, int attempt)
            throws IOException {
        long limit = (long) limitMiB << 20;
        Row.Cell cell =
                new Row.Cell(MemoryGroup.version(), program.name(), runtime.name(), limitMiB, policy.name(), attempt);
        LaunchPolicy.Answer answer = policy.answer(new LaunchPolicy.Situation(
                program,
                runtime,
                limit,
                CPUS,
                policy.wantsProfile() ? profiles.of(program, runtime, policy.touchesHeap()) : null));
        if (answer instanceof LaunchPolicy.Answer.Refused refused) {
            results.put(new Row(cell, Row.REFUSED, 0, 0, 0, 0, 0, refused.reason()));
            return;
        }
        LaunchPolicy.Answer.Launch launch = (LaunchPolicy.Answer.Launch) answer;
        String flags = flags(launch);
        if (results.find(cell, flags).isPresent()) {
            return;
        }
        Path log = logs.resolve(
                String.join("-", program.name(), runtime.name(), "" + limitMiB, policy.name(), "" + attempt));
        // The resolution of the data held.
        long step = limit / STEPS;
        Trial trial = new Trial(
                program.command(runtime, launch.flags()),
                launch.environment(),
                limit,
                step,
                limit,
                log,
                (pid, group) -> {});
        if (runtime.kind() == Runtime.Kind.JVM) {
            trial.pace(WORK.multipliedBy(program.workFactor()).dividedBy(limitMiB));
        }
        if (runtime.kind() == Runtime.Kind.NODE) {
            trial.patience(90, Duration.ofSeconds(30));
        }
        Trial.Outcome seen = trial.run();
        Row row = new Row(
                cell,
                seen.end().name(),
                seen.held(),
                launch.predictedPeak().orElse(0),
                seen.peak(),
                seen.working(),
                seen.seconds(),
                flags);
        results.put(row);
        System.out.printf(
                "%-7s %-6s %4d MiB %-16s %-8s held %4d, peak %4d (%d without files), predicted %d MiB, %d s (%s)%n",
                program.name(),
                runtime.name(),
                limitMiB,
                policy.name(),
                row.end(),
                row.held() >> 20,
                row.peak() >> 20,
                row.working() >> 20,
                row.predicted() >> 20,
                row.seconds(),
                seen.text());
    }

    private static String flags(LaunchPolicy.Answer.Launch launch) {
        List<String> all = new ArrayList<>();
        launch.environment().forEach((name, value) -> all.add(name + '=' + value));
        all.addAll(launch.flags());
        return String.join(" ", all);
    }

    /** What the command line asks for. */
    private static final class Choice {
        private Path home = Path.of("target");
        private Path results = Path.of("target/results.tsv");
        private Path document;
        private List<String> programs = List.of();
        private List<String> runtimes = List.of();
        private List<String> limits = List.of();
        private List<String> policies = List.of();
        private int attempts = 1;
        private int minutes = 60;

        static Choice parse(String[] arguments) {
            Choice choice = new Choice();
            for (int i = 0; i < arguments.length; i += 2) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException(arguments[i] + " needs a value");
                }
                String value = arguments[i + 1];
                List<String> values = Arrays.asList(value.split(","));
                switch (arguments[i]) {
                    case "--home" -> choice.home = Path.of(value);
                    case "--results" -> choice.results = Path.of(value);
                    case "--document" -> choice.document = Path.of(value);
                    case "--programs" -> choice.programs = values;
                    case "--runtimes" -> choice.runtimes = values;
                    case "--limits" -> choice.limits = values;
                    case "--policies" -> choice.policies = values;
                    case "--attempts" -> choice.attempts = Integer.parseInt(value);
                    case "--minutes" -> choice.minutes = Integer.parseInt(value);
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
                }
            }
            return choice;
        }

        boolean wants(Program program, Runtime runtime, int limit, LaunchPolicy policy) {
            return in(programs, program.name())
                    && in(runtimes, runtime.name())
                    && in(limits, Integer.toString(limit))
                    && in(policies, policy.name());
        }

        private static boolean in(List<String> wanted, String name) {
            return wanted.isEmpty() || wanted.contains(name);
        }
    }
}
