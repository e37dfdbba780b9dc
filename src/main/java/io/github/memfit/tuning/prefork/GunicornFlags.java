package io.github.memfit.tuning.prefork;

import io.github.memfit.tuning.EnvironmentVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of a Gunicorn server, as an argument list, as {@code GUNICORN_CMD_ARGS}, as a configuration file.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class GunicornFlags {

    private final GunicornOptions options;
    private final int workers;
    private final int threads;
    private final GunicornWorkerClass workerClass;
    private final boolean preload;
    private final int maxRequests;
    private final int jitter;
    private final String workerTmpDir;
    private final Optional<String> application;

    GunicornFlags(
            GunicornOptions options,
            int workers,
            int threads,
            GunicornWorkerClass workerClass,
            boolean preload,
            int maxRequests,
            int jitter,
            String workerTmpDir,
            Optional<String> application) {
        this.options = options;
        this.workers = workers;
        this.threads = threads;
        this.workerClass = workerClass;
        this.preload = preload;
        this.maxRequests = maxRequests;
        this.jitter = jitter;
        this.workerTmpDir = workerTmpDir;
        this.application = application;
    }

    /**
     * How many workers.
     *
     * @return 1 or more
     */
    public int workers() {
        return workers;
    }

    /**
     * How many threads each worker has.
     *
     * @return 1 or more
     */
    public int threads() {
        return threads;
    }

    /**
     * The kind of worker.
     *
     * @return the worker class
     */
    public GunicornWorkerClass workerClass() {
        return workerClass;
    }

    /**
     * Is the application loaded before the workers fork?
     *
     * @return true for {@code --preload}
     */
    public boolean preload() {
        return preload;
    }

    /**
     * After how many requests a worker is replaced at the earliest.
     *
     * @return 0 for never
     */
    public int maxRequests() {
        return maxRequests;
    }

    /**
     * How many requests are added at random, so that not all workers are replaced at once.
     *
     * @return 0 to {@link #maxRequests()}
     */
    public int maxRequestsJitter() {
        return jitter;
    }

    /**
     * Where the heartbeat files lie.
     *
     * @return a directory in memory, so that a slow disk does not stop the heartbeat
     */
    public String workerTmpDir() {
        return workerTmpDir;
    }

    /**
     * All options: those that were there and the planned ones.
     *
     * @return the options
     */
    public GunicornOptions options() {
        return options;
    }

    /**
     * The arguments behind {@code gunicorn}, the application last if one was named.
     *
     * @return the words, unquoted, unmodifiable
     */
    public List<String> toArguments() {
        List<String> words = new ArrayList<>(options.words());
        application.ifPresent(words::add);
        return List.copyOf(words);
    }

    /**
     * The value of {@code GUNICORN_CMD_ARGS}.
     *
     * @return the options, quoted as Gunicorn reads them
     */
    public String toCmdArgs() {
        return options.toCmdArgs();
    }

    /**
     * The variables to set where no command line can be changed; {@code MALLOC_ARENA_MAX} because Python's global lock leaves more
     * than two arenas without use.
     *
     * @return the variables, unmodifiable
     */
    public List<EnvironmentVariable> environment() {
        return List.of(
                EnvironmentVariable.of("GUNICORN_CMD_ARGS", toCmdArgs()),
                EnvironmentVariable.of("MALLOC_ARENA_MAX", "2"));
    }

    /**
     * The planned settings as {@code gunicorn.conf.py}. Options that are not about memory are not in it.
     *
     * @return Python text, lines end with {@code \n}
     */
    public String toConfigFile() {
        StringBuilder text = new StringBuilder();
        text.append("workers = ").append(workers).append('\n');
        text.append("threads = ").append(threads).append('\n');
        text.append("worker_class = ").append(python(workerClass.argument())).append('\n');
        text.append("preload_app = ").append(preload ? "True" : "False").append('\n');
        text.append("max_requests = ").append(maxRequests).append('\n');
        text.append("max_requests_jitter = ").append(jitter).append('\n');
        text.append("worker_tmp_dir = ").append(python(workerTmpDir)).append('\n');
        return text.toString();
    }

    /** A text literal that Python reads back, in ASCII. */
    static String python(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                literal.append('\\').append((char) c);
            } else if (c >= 0x20 && c < 0x7f) {
                literal.append((char) c);
            } else {
                literal.append(String.format("\\U%08x", c));
            }
        });
        return literal.append('"').toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GunicornFlags
                && options.equals(((GunicornFlags) other).options)
                && application.equals(((GunicornFlags) other).application);
    }

    @Override
    public int hashCode() {
        return Objects.hash(options, application);
    }

    /** The options, at most 200 characters. */
    @Override
    public String toString() {
        return options.toString();
    }
}
