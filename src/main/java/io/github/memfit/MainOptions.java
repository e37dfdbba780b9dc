package io.github.memfit;

import io.github.memfit.sizing.Estimator;
import io.github.memfit.sizing.PriceTail;
import io.github.memfit.sizing.SizingPolicy;
import io.github.memfit.unit.MalformedException;
import io.github.memfit.unit.Printable;
import io.github.memfit.unit.Ratio;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The command line of {@link Main}. */
record MainOptions(
        Output output,
        OptionalLong pid,
        Path root,
        Duration span,
        boolean strict,
        Optional<Path> history,
        SizingPolicy policy,
        List<Runtimes> plans) {

    static final String USAGE = """
            Reports the memory of a container: what is used, the limits and who sets them, what happened, how Kubernetes
            treats it, which flags fit the running JVM, and how much memory it should get.

            usage: memfit [options]
              --pid N        the container of process N (default: the one this program runs in)
              --root DIR     read proc and sys below DIR (default: /)
              --seconds S    sample for S seconds, 0 to 3600 (default: 3)
              --history FILE recommend a request and a limit from a recorded history: epoch_s,bytes a line,
                             or id,epoch_s,bytes
              --policy TEXT  the policy to recommend by (default: %s)
              --plan RUNTIME gunicorn or node: a plan for it in the same limit; give it once for each
              --json         one JSON object instead of text (needs tools.jackson.core:jackson-core)
              --html         one HTML element instead of text
              --strict       exit with 1 if there is a warning or a problem
              --help         this text

            exit codes: 0 reported, 1 reported with warnings under --strict, 2 wrong usage,
                        3 nothing to report: no such process, or none of its memory figures can be read
            """.formatted(DefaultPolicy.POLICY);

    private static final Set<String> WITH_VALUE =
            Set.of("--pid", "--root", "--seconds", "--history", "--policy", "--plan");
    private static final Duration DEFAULT_SPAN = Duration.ofSeconds(3);
    private static final long LONGEST_SPAN = 3600;

    /** What is printed. */
    enum Output {
        TEXT,
        JSON,
        HTML,
        HELP
    }

    /** What a plan can be asked for. */
    enum Runtimes {
        GUNICORN,
        NODE
    }

    /** In a class of its own: the help needs it before this one has been initialized. */
    private static final class DefaultPolicy {
        static final SizingPolicy POLICY = SizingPolicy.builder()
                .request(Estimator.percentile(95).plus(Ratio.percent(15)))
                .limit(PriceTail.balanced(8))
                .build();
    }

    /** A command line that says what nobody can do; the message is for its user, one line of printable ASCII. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }

        /** What an option takes, and what it got, which may hold anything. */
        static UsageException got(String rule, String value) {
            return new UsageException(rule + ", got " + Printable.escaped(value));
        }
    }

    static MainOptions parse(List<String> arguments) throws UsageException {
        Output output = Output.TEXT;
        OptionalLong pid = OptionalLong.empty();
        Path root = Path.of("/");
        Duration span = DEFAULT_SPAN;
        boolean strict = false;
        Optional<Path> history = Optional.empty();
        SizingPolicy policy = DefaultPolicy.POLICY;
        List<Runtimes> plans = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String option = arguments.get(i);
            String value = "";
            boolean joined = false;
            int equals = option.indexOf('=');
            if (option.startsWith("--") && equals > 0) {
                value = option.substring(equals + 1);
                joined = true;
                option = option.substring(0, equals);
            } else if (WITH_VALUE.contains(option)) {
                if (++i == arguments.size()) {
                    throw new UsageException(option + " needs a value");
                }
                value = arguments.get(i);
            }
            if (joined && !WITH_VALUE.contains(option)) {
                throw new UsageException(Printable.escaped(option) + " takes no value");
            }
            switch (option) {
                case "--pid" -> pid = OptionalLong.of(number(option, value, 1, Integer.MAX_VALUE));
                case "--root" -> root = folder(value);
                case "--seconds" -> span = Duration.ofSeconds(number(option, value, 0, LONGEST_SPAN));
                case "--history" -> history = Optional.of(file(value));
                case "--policy" -> policy = policy(value);
                case "--plan" -> plan(plans, runtime(value));
                case "--json" -> output = Output.JSON;
                case "--html" -> output = Output.HTML;
                case "--strict" -> strict = true;
                case "--help", "-h" -> output = Output.HELP;
                default -> throw new UsageException("unknown option " + Printable.escaped(option));
            }
        }
        return new MainOptions(output, pid, root, span, strict, history, policy, List.copyOf(plans));
    }

    private static long number(String option, String value, long least, long most) throws UsageException {
        if (value.matches("[0-9]{1,10}")) {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw UsageException.got(option + " takes a whole number from " + least + " to " + most, value);
    }

    private static Path folder(String value) throws UsageException {
        try {
            Path folder = Path.of(value);
            if (!value.isEmpty() && Files.isDirectory(folder)) {
                return folder;
            }
        } catch (InvalidPathException e) {
            // As good as one that is not there.
        }
        throw UsageException.got("--root takes an existing directory", value);
    }

    private static Path file(String value) throws UsageException {
        try {
            Path file = Path.of(value);
            if (Files.isReadable(file) && !Files.isDirectory(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // As good as one that is not there.
        }
        throw UsageException.got("--history takes a file that can be read", value);
    }

    private static SizingPolicy policy(String value) throws UsageException {
        try {
            return SizingPolicy.parse(value);
        } catch (MalformedException e) {
            throw new UsageException("--policy: " + e.getMessage());
        }
    }

    /** Asked for twice is planned once. */
    private static void plan(List<Runtimes> plans, Runtimes runtime) {
        if (!plans.contains(runtime)) {
            plans.add(runtime);
        }
    }

    private static Runtimes runtime(String value) throws UsageException {
        return switch (value) {
            case "gunicorn" -> Runtimes.GUNICORN;
            case "node" -> Runtimes.NODE;
            default -> throw UsageException.got("--plan takes gunicorn or node", value);
        };
    }
}
