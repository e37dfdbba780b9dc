package io.github.memfit;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** The command line of {@link Main}. */
record MainOptions(Output output, OptionalLong pid, Path root, Duration span, boolean strict) {

    static final String USAGE = """
            Reports the memory of a container: what is used, what the limits are and who sets them, what happened.

            usage: memfit [options]
              --pid N        the container of process N (default: the one this program runs in)
              --root DIR     read proc and sys below DIR (default: /)
              --seconds S    sample for S seconds, 0 to 3600 (default: 3)
              --json         one JSON object instead of text (needs tools.jackson.core:jackson-core)
              --html         one HTML element instead of text
              --strict       exit with 1 if there is a warning or a problem
              --help         this text

            exit codes: 0 reported, 1 reported with warnings under --strict, 2 wrong usage,
                        3 nothing to report: no such process, or none of its memory figures can be read
            """;

    private static final Duration DEFAULT_SPAN = Duration.ofSeconds(3);
    private static final long LONGEST_SPAN = 3600;

    /** What is printed. */
    enum Output {
        TEXT,
        JSON,
        HTML,
        HELP
    }

    /** A command line that says what nobody can do; the message is for its user. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static MainOptions parse(List<String> arguments) throws UsageException {
        Output output = Output.TEXT;
        OptionalLong pid = OptionalLong.empty();
        Path root = Path.of("/");
        Duration span = DEFAULT_SPAN;
        boolean strict = false;
        for (int i = 0; i < arguments.size(); i++) {
            String option = arguments.get(i);
            String value = null;
            int equals = option.indexOf('=');
            if (option.startsWith("--") && equals > 0) {
                value = option.substring(equals + 1);
                option = option.substring(0, equals);
            } else if (List.of("--pid", "--root", "--seconds").contains(option)) {
                if (++i == arguments.size()) {
                    throw new UsageException(option + " needs a value");
                }
                value = arguments.get(i);
            }
            boolean isFlag = !List.of("--pid", "--root", "--seconds").contains(option);
            if (isFlag && value != null) {
                throw new UsageException(option + " takes no value");
            }
            switch (option) {
                case "--pid" -> pid = OptionalLong.of(number(option, value, 1, Integer.MAX_VALUE));
                case "--root" -> root = folder(value);
                case "--seconds" -> span = Duration.ofSeconds(number(option, value, 0, LONGEST_SPAN));
                case "--json" -> output = Output.JSON;
                case "--html" -> output = Output.HTML;
                case "--strict" -> strict = true;
                case "--help", "-h" -> output = Output.HELP;
                default -> throw new UsageException("unknown option " + option);
            }
        }
        return new MainOptions(output, pid, root, span, strict);
    }

    private static long number(String option, String value, long least, long most) throws UsageException {
        if (value.matches("[0-9]{1,10}")) {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new UsageException(option + " takes a whole number from " + least + " to " + most + ", got " + value);
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
        throw new UsageException("--root takes an existing directory, got " + value);
    }
}
