package io.github.memfit.live;

import io.github.memfit.tuning.prefork.GunicornFlags;
import io.github.memfit.tuning.prefork.GunicornOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Launches Gunicorn with settings, only to see how it reads them: {@code gunicorn SETTINGS --print-config --check-config} with
 * Python's own demonstration application, so that no code of the user is loaded and no socket is opened. {@code
 * GUNICORN_CMD_ARGS} and {@code WEB_CONCURRENCY} are taken out of the environment first, and it runs in an
 * empty directory: in any other it would run a {@code gunicorn.conf.py} that lies there. Options that name a configuration file or
 * Python path themselves are taken at their word and launched in the current directory: such a file is run.
 *
 * {@snippet :
 * GunicornVerification answer = GunicornVerifier.of(Path.of("/usr/bin/gunicorn")).verify(flags);
 * answer.agrees();
 * }
 *
 * <p>Thread-safe. Starts a process and waits for it.
 *
 * @since 0.1
 */
public final class GunicornVerifier {

    private static final String APPLICATION = "wsgiref.simple_server:demo_app";
    private static final Set<String> VARIABLES = Set.of("GUNICORN_CMD_ARGS", "WEB_CONCURRENCY");
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

    private final Path gunicorn;
    private final Duration limit;

    private GunicornVerifier(Path gunicorn, Duration limit) {
        this.gunicorn = gunicorn;
        this.limit = limit;
    }

    /**
     * A verifier for an installed Gunicorn, 20.0 or later.
     *
     * @param gunicorn the executable
     * @return a verifier with a time limit of 30 seconds
     */
    public static GunicornVerifier of(Path gunicorn) {
        return new GunicornVerifier(Objects.requireNonNull(gunicorn, "gunicorn"), DEFAULT_LIMIT);
    }

    /**
     * Another time limit.
     *
     * @param duration after which the launched Gunicorn is killed, positive
     * @return a verifier with that limit
     * @throws IllegalArgumentException if it is not positive
     */
    public GunicornVerifier within(Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("a time limit is positive, got " + duration);
        }
        return new GunicornVerifier(gunicorn, duration);
    }

    /**
     * Launches with the settings of a plan in {@code GUNICORN_CMD_ARGS}.
     *
     * @param flags the settings
     * @return what Gunicorn made of them
     */
    public GunicornVerification verify(GunicornFlags flags) {
        Map<String, String> intended = new LinkedHashMap<>();
        intended.put("workers", Integer.toString(flags.workers()));
        intended.put("threads", Integer.toString(flags.threads()));
        intended.put("worker_class", flags.workerClass().argument());
        intended.put("preload_app", flags.preload() ? "True" : "False");
        intended.put("max_requests", Integer.toString(flags.maxRequests()));
        intended.put("max_requests_jitter", Integer.toString(flags.maxRequestsJitter()));
        intended.put("worker_tmp_dir", flags.workerTmpDir());
        return launch(
                Map.of("GUNICORN_CMD_ARGS", flags.toCmdArgs()),
                List.of(),
                intended,
                flags.options().namesConfigFile());
    }

    /**
     * Launches with options on the command line, and says how they are read.
     *
     * @param options the options, without an application
     * @return what Gunicorn made of them, without differences since nothing was meant
     */
    public GunicornVerification verify(GunicornOptions options) {
        return launch(Map.of(), options.words(), Map.of(), options.namesConfigFile());
    }

    private GunicornVerification launch(
            Map<String, String> environment, List<String> options, Map<String, String> intended, boolean namesAFile) {
        List<String> command = new ArrayList<>();
        // A path with folders is relative to this directory, and not to the one it will run in; a bare name is looked
        // up.
        command.add((gunicorn.getParent() == null ? gunicorn : gunicorn.toAbsolutePath()).toString());
        command.addAll(options);
        command.addAll(List.of("--print-config", "--check-config", APPLICATION));
        Launch launch;
        try {
            launch = namesAFile
                    ? Launch.run(command, environment, VARIABLES, limit)
                    : Launch.runApart(command, environment, VARIABLES, limit);
        } catch (IOException e) {
            return new GunicornVerification.Unverified(
                    NodeVerifier.oneLine("cannot launch " + gunicorn + ": " + e.getMessage()));
        }
        if (launch.exitCode().isEmpty()) {
            return new GunicornVerification.Unverified("Gunicorn did not answer within " + limit);
        }
        if (!launch.succeeded()) {
            String last = launch.errors()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .reduce((first, second) -> second)
                    .orElse("no message");
            return new GunicornVerification.Refused(launch.exitCode().getAsInt(), NodeVerifier.oneLine(last.strip()));
        }
        Map<String, String> settings = settings(launch.output());
        if (!settings.containsKey("workers")) {
            return new GunicornVerification.Unverified("the program did not answer like Gunicorn");
        }
        List<FlagDifference> differences = new ArrayList<>();
        intended.forEach((name, value) -> {
            String actual = settings.getOrDefault(name, "absent");
            if (!actual.equals(value)) {
                differences.add(new FlagDifference(name, value, actual));
            }
        });
        return new GunicornVerification.Launched(settings, differences);
    }

    private static Map<String, String> settings(String output) {
        Map<String, String> settings = new LinkedHashMap<>();
        output.lines().forEach(line -> {
            int equals = line.indexOf(" = ");
            if (equals > 0) {
                settings.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 3).strip());
            }
        });
        return settings;
    }
}
