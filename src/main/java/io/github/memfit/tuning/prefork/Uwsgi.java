package io.github.memfit.tuning.prefork;

import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.tuning.Warning;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plans a uWSGI server with Python inside a memory limit. uWSGI loads the application once and forks, unless {@code lazy-apps} is
 * on; the model is that of {@link Gunicorn}.
 *
 * {@snippet :
 * Fit<UwsgiFlags> answer = Uwsgi.within(Bytes.mebi(256)).cpus(2).framework(PythonFramework.FLASK).fit();
 * answer.ifFits().ifPresent(flags -> System.out.println(flags.toIni()));
 * }
 *
 * <p>Source: uWSGI {@code core/uwsgi.c} and {@code core/master_checks.c}, 2.0.21, run. Each setter may be called once. Not
 * thread-safe; confine to one thread.
 *
 * @since 0.1
 */
public final class Uwsgi {

    private static final Ratio GROWTH = Ratio.percent(50);

    private final Bytes limit;
    private Optional<Ratio> cpus = Optional.empty();
    private Optional<PreforkMemory> measured = Optional.empty();
    private Optional<PythonFramework> framework = Optional.empty();
    private OptionalInt threads = OptionalInt.empty();
    private OptionalInt processes = OptionalInt.empty();
    private OptionalInt maxRequests = OptionalInt.empty();
    private boolean lazyApps;
    private boolean cheaper;

    private Uwsgi(Bytes limit) {
        this.limit = limit;
    }

    /**
     * Starts a plan.
     *
     * @param limit the memory limit of the container
     * @return a calculator with defaults
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static Uwsgi within(Bytes limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a memory limit is positive, got " + limit);
        }
        return new Uwsgi(limit);
    }

    /**
     * The CPUs of the container.
     *
     * @param count how many
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Uwsgi cpus(int count) {
        once("cpus", cpus.isPresent());
        cpus = Optional.of(Ratio.of(atLeast(1, count, "CPUs"), 1));
        return this;
    }

    /**
     * What the application really costs.
     *
     * @param value a measurement under load
     * @return this
     */
    public Uwsgi measured(PreforkMemory value) {
        once("measured", measured.isPresent());
        measured = Optional.of(value);
        return this;
    }

    /**
     * The framework of an application that nobody measured; Django if nothing is said.
     *
     * @param value the framework
     * @return this
     */
    public Uwsgi framework(PythonFramework value) {
        once("framework", framework.isPresent());
        framework = Optional.of(value);
        return this;
    }

    /**
     * The threads of each process; 1 if nothing is said.
     *
     * @param count how many
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Uwsgi threads(int count) {
        once("threads", threads.isPresent());
        threads = OptionalInt.of(atLeast(1, count, "threads"));
        return this;
    }

    /**
     * A fixed number of processes, to be checked and not chosen. uWSGI starts with 0 or a text as well, and serves nobody.
     *
     * @param count how many
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Uwsgi processes(int count) {
        once("processes", processes.isPresent());
        processes = OptionalInt.of(atLeast(1, count, "processes"));
        return this;
    }

    /**
     * Replace a process after that many requests; a delta per process keeps them from being replaced all at once.
     *
     * @param requests how many
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Uwsgi maxRequests(int requests) {
        once("maxRequests", maxRequests.isPresent());
        maxRequests = OptionalInt.of(atLeast(1, requests, "requests"));
        return this;
    }

    /**
     * Load the application in every process and not before the fork.
     *
     * @return this
     */
    public Uwsgi lazyApps() {
        once("lazyApps", lazyApps);
        lazyApps = true;
        return this;
    }

    /**
     * Let idle processes go, down to a quarter.
     *
     * @return this
     */
    public Uwsgi cheaper() {
        once("cheaper", cheaper);
        cheaper = true;
        return this;
    }

    /**
     * The answer.
     *
     * @return settings with their plan, or the smallest limit that would do
     */
    public Fit<UwsgiFlags> fit() {
        int perProcess = threads.orElse(1);
        GunicornWorkerClass like = perProcess > 1 ? GunicornWorkerClass.GTHREAD : GunicornWorkerClass.SYNC;
        PreforkMemory memory = measured.orElseGet(
                () -> framework.orElse(PythonFramework.DJANGO).memory(like, !lazyApps));
        PreforkBudget budget = new PreforkBudget(
                limit,
                memory,
                measured.isPresent(),
                perProcess,
                Bytes.ZERO,
                maxRequests.isPresent(),
                List.of(new PlanRow(
                        "file pages",
                        Bytes.mebi(14),
                        Provenance.RULE,
                        "interpreter and libraries, once per container")));
        int most = budget.mostWorkers();
        int least = processes.orElse(1);
        if (most < least) {
            Bytes needed = budget.needed(least);
            return new Fit.TooSmall<>(limit, needed, budget.rows(least, needed), budget.cuts(least));
        }
        int byCpu =
                cpus.map(quota -> like.usualWorkers((int) quota.numerator())).orElse(Integer.MAX_VALUE);
        int count = processes.orElse(Math.min(most, Math.min(byCpu, Gunicorn.USUAL_MOST_WORKERS)));
        Bytes reload = memory.master()
                .plus(memory.perWorker())
                .plus(memory.perWorker().timesRoundedUp(GROWTH))
                .roundUpTo(Bytes.mebi(1));
        UwsgiFlags flags = new UwsgiFlags(
                count,
                perProcess,
                cheaper && count > 1 ? OptionalInt.of((count + 3) / 4) : OptionalInt.empty(),
                reload,
                maxRequests,
                lazyApps);
        return new Fit.Fits<>(flags, budget.plan(count), warnings(count, most));
    }

    private List<Warning> warnings(int count, int most) {
        List<Warning> warnings = new ArrayList<>();
        if (measured.isEmpty()) {
            warnings.add(new Warning("processes", "nobody measured this application; a small one is assumed"));
        }
        if (cheaper && count == 1) {
            warnings.add(new Warning("cheaper", "it must be lower than processes, of which there is one; left out"));
        }
        warnings.add(
                new Warning(
                        "reload-on-rss",
                        "it looks at the RSS of one process, shared pages included, after a request and not before 10 s of life"));
        if (processes.isEmpty()) {
            warnings.add(new Warning("processes", "memory would carry " + most));
        }
        return warnings;
    }

    private static int atLeast(int least, int count, String what) {
        if (count < least || count > 10_000) {
            throw new IllegalArgumentException(what + " are " + least + " to 10000, got " + count);
        }
        return count;
    }

    private static void once(String what, boolean set) {
        if (set) {
            throw new IllegalStateException(what + " was already set");
        }
    }
}
