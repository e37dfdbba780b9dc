package io.github.memfit.tuning.prefork;

import io.github.memfit.tuning.Fit;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Plans a Gunicorn server inside a memory limit: never more workers than fit, never more than the CPUs of the control group keep
 * busy.
 *
 * {@snippet :
 * Fit<GunicornFlags> answer = Gunicorn.within(Bytes.mebi(512))
 *     .cpus(2)
 *     .measured(PreforkMemory.of(Bytes.mebi(22), Bytes.mebi(64)))
 *     .fit();
 * answer.ifFits().ifPresent(flags -> System.out.println(flags.toArguments())); // [--workers=5, ...]
 * }
 *
 * <p>Gunicorn itself knows no memory and counts the CPUs of the host; too many workers look like flapping and not like a crash: the
 * kernel kills one after the other, the master starts them again, the container never restarts. The model held in 16 of 16
 * predictions under real limits.
 *
 * <p>Each setter may be called once; a second call is an {@link IllegalStateException}. Not thread-safe; confine to one thread.
 *
 * @since 0.1
 */
public final class Gunicorn {

    /** More workers than this are not planned unless asked for. */
    public static final int USUAL_MOST_WORKERS = 12;

    private static final int MOST = 10_000;

    private static final Pattern APPLICATION =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*(?::[A-Za-z_][A-Za-z0-9_.]*(?:\\(\\))?)?");

    private final Bytes limit;
    private Optional<Ratio> cpus = Optional.empty();
    private Optional<PreforkMemory> measured = Optional.empty();
    private Optional<PythonFramework> framework = Optional.empty();
    private Optional<GunicornWorkerClass> workerClass = Optional.empty();
    private OptionalInt threads = OptionalInt.empty();
    private OptionalInt workers = OptionalInt.empty();
    private OptionalInt mostWorkers = OptionalInt.empty();
    private Optional<Bytes> leakPerRequest = Optional.empty();
    private Optional<Bytes> tmpfs = Optional.empty();
    private Optional<Bytes> filePages = Optional.empty();
    private Optional<GunicornOptions> existing = Optional.empty();
    private Optional<String> application = Optional.empty();
    private boolean preload;

    private Gunicorn(Bytes limit) {
        this.limit = limit;
    }

    /**
     * Starts a plan.
     *
     * @param limit the memory limit of the container
     * @return a calculator with defaults
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static Gunicorn within(Bytes limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a memory limit is positive, got " + limit);
        }
        return new Gunicorn(limit);
    }

    /**
     * The CPUs of the container: quota by period, not the host's CPUs.
     *
     * @param quota the quota, such as 3/2
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Gunicorn cpus(Ratio quota) {
        requireUnset("cpus", cpus.isPresent());
        if (quota.compareTo(Ratio.ZERO) <= 0) {
            throw new IllegalArgumentException("a CPU quota is positive, got " + quota);
        }
        cpus = Optional.of(quota);
        return this;
    }

    /**
     * The CPUs of the container, as a whole number.
     *
     * @param count how many
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Gunicorn cpus(int count) {
        return cpus(Ratio.of(count, 1));
    }

    /**
     * What the application really costs.
     *
     * @param value a measurement under load, with the preloading that will be used
     * @return this
     */
    public Gunicorn measured(PreforkMemory value) {
        requireUnset("measured", measured.isPresent());
        measured = Optional.of(value);
        return this;
    }

    /**
     * The framework of an application that nobody measured; {@link PythonFramework#DJANGO}, the most expensive, if nothing is said.
     *
     * @param value the framework
     * @return this
     */
    public Gunicorn framework(PythonFramework value) {
        requireUnset("framework", framework.isPresent());
        framework = Optional.of(value);
        return this;
    }

    /**
     * The kind of worker; sync, or gthread if there is more than one thread, if nothing is said.
     *
     * @param value the worker class
     * @return this
     */
    public Gunicorn workerClass(GunicornWorkerClass value) {
        requireUnset("workerClass", workerClass.isPresent());
        workerClass = Optional.of(value);
        return this;
    }

    /**
     * The threads of each worker; 1 if nothing is said. Only gthread has them: more than one make sync gthread.
     *
     * @param count how many, 1 to 10 000
     * @return this
     * @throws IllegalArgumentException if the count is out of its range
     */
    public Gunicorn threads(int count) {
        requireUnset("threads", threads.isPresent());
        threads = OptionalInt.of(between(1, count, "threads"));
        return this;
    }

    /**
     * A fixed number of workers, to be checked and not chosen.
     *
     * @param count how many, 1 to 10 000
     * @return this
     * @throws IllegalArgumentException if the count is out of its range
     */
    public Gunicorn workers(int count) {
        requireUnset("workers", workers.isPresent());
        workers = OptionalInt.of(between(1, count, "workers"));
        return this;
    }

    /**
     * The most workers to choose; {@value #USUAL_MOST_WORKERS} if nothing is said.
     *
     * @param count how many, 1 to 10 000
     * @return this
     * @throws IllegalArgumentException if the count is out of its range
     */
    public Gunicorn atMostWorkers(int count) {
        requireUnset("atMostWorkers", mostWorkers.isPresent());
        mostWorkers = OptionalInt.of(between(1, count, "workers"));
        return this;
    }

    /**
     * Load the application before the workers fork. It saves memory only while nobody touches what was loaded: measured under load, a
     * preloaded worker costs 0.27 to 0.83 of a plain one, not the tenth that it costs idle.
     *
     * @return this
     */
    public Gunicorn preload() {
        requireUnset("preload", preload);
        preload = true;
        return this;
    }

    /**
     * The application leaks: workers are replaced before they have grown by a quarter.
     *
     * @param perRequest how much a request leaves behind
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Gunicorn leakPerRequest(Bytes perRequest) {
        requireUnset("leakPerRequest", leakPerRequest.isPresent());
        if (perRequest.isNegative() || perRequest.isZero()) {
            throw new IllegalArgumentException("a leak is positive, got " + perRequest);
        }
        leakPerRequest = Optional.of(perRequest);
        return this;
    }

    /**
     * What the application itself keeps in {@code /dev/shm} or another tmpfs; it is charged to the container.
     *
     * @param value the peak
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Gunicorn tmpfs(Bytes value) {
        requireUnset("tmpfs", tmpfs.isPresent());
        tmpfs = Optional.of(notNegative("tmpfs", value));
        return this;
    }

    /**
     * Pages of files that the container cannot do without: the interpreter, its libraries; 14 MiB, as measured for Python 3.11, if
     * nothing is said.
     *
     * @param value the working set of files
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Gunicorn filePages(Bytes value) {
        requireUnset("filePages", filePages.isPresent());
        filePages = Optional.of(notNegative("file pages", value));
        return this;
    }

    /**
     * The options that are there already, from {@code GUNICORN_CMD_ARGS} or the command line. Workers, threads, class, preload and
     * max-requests in them are respected, all others kept.
     *
     * @param options the options
     * @return this
     */
    public Gunicorn existing(GunicornOptions options) {
        requireUnset("existing", existing.isPresent());
        existing = Optional.of(options);
        return this;
    }

    /**
     * The application, last in the argument list.
     *
     * @param name {@code module}, {@code package.module:object} or {@code package.module:factory()}
     * @return this
     * @throws IllegalArgumentException if it is not such a name
     */
    public Gunicorn application(String name) {
        requireUnset("application", application.isPresent());
        if (!APPLICATION.matcher(name).matches()) {
            throw new IllegalArgumentException("an application is named package.module:object, got \"" + name + "\"");
        }
        application = Optional.of(name);
        return this;
    }

    /**
     * The answer.
     *
     * @return flags with their plan, or the smallest limit that would do
     * @throws IllegalArgumentException if Gunicorn does not start with the options that are there, or serves nobody with them; the
     *     message says why
     */
    public Fit<GunicornFlags> fit() {
        return new GunicornPlanner(this).fit();
    }

    Bytes limit() {
        return limit;
    }

    Optional<Ratio> cpus() {
        return cpus;
    }

    Optional<PreforkMemory> measured() {
        return measured;
    }

    PythonFramework framework() {
        return framework.orElse(PythonFramework.DJANGO);
    }

    boolean knowsFramework() {
        return framework.isPresent();
    }

    Optional<GunicornWorkerClass> workerClass() {
        return workerClass;
    }

    OptionalInt threads() {
        return threads;
    }

    OptionalInt workers() {
        return workers;
    }

    int mostWorkers() {
        return mostWorkers.orElse(USUAL_MOST_WORKERS);
    }

    boolean isPreload() {
        return preload;
    }

    Optional<Bytes> leakPerRequest() {
        return leakPerRequest;
    }

    Bytes tmpfs() {
        return tmpfs.orElse(Bytes.ZERO);
    }

    Optional<Bytes> filePages() {
        return filePages;
    }

    GunicornOptions existing() {
        return existing.orElseGet(GunicornOptions::none);
    }

    Optional<String> application() {
        return application;
    }

    private static Bytes notNegative(String what, Bytes value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(what + " cannot be negative, got " + value);
        }
        return value;
    }

    private static int between(int least, int count, String what) {
        if (count < least || count > MOST) {
            throw new IllegalArgumentException(what + " are " + least + " to " + MOST + ", got " + count);
        }
        return count;
    }

    private static void requireUnset(String what, boolean set) {
        if (set) {
            throw new IllegalStateException(what + " was already set");
        }
    }
}
