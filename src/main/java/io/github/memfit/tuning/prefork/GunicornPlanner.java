package io.github.memfit.tuning.prefork;

import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.tuning.Warning;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The arithmetic behind {@link Gunicorn}; confined to one call. */
final class GunicornPlanner {

    /** Pages of the interpreter and its libraries: 12 to 14 MiB measured, once per container. */
    private static final Bytes PYTHON_FILES = Bytes.mebi(14);

    private static final String IN_MEMORY = "/dev/shm";

    /** A worker that leaks is replaced before it has grown by this part. */
    private static final Ratio LEAK = Ratio.percent(25);

    private final Gunicorn asked;
    private final GunicornOptions given;
    private final GunicornLaunch.Started start;
    private final GunicornWorkerClass workerClass;
    private final int threads;
    private final boolean preload;
    private final PreforkMemory memory;
    /** The requests after which a worker has grown by what the plan gives it; zero without a leak. */
    private final int leaking;

    private final int maxRequests;
    private final int jitter;
    private final PreforkBudget budget;
    private final List<Warning> warnings = new ArrayList<>();

    GunicornPlanner(Gunicorn asked) {
        this.asked = asked;
        this.given = asked.existing();
        this.start = started();
        this.threads = start.threads() > 1 || given.value("threads").isPresent()
                ? start.threads()
                : asked.threads().orElse(1);
        this.workerClass = chosenClass();
        this.preload = start.preload() || asked.isPreload();
        this.memory = asked.measured().orElseGet(() -> asked.framework().memory(workerClass, preload));
        Bytes leak = memory.perWorker()
                .timesRoundedUp(LEAK)
                .max(asked.leakPerRequest().orElse(Bytes.ZERO));
        this.leaking = asked.leakPerRequest()
                .map(perRequest -> (int) Math.min(10_000_000, leak.value() / perRequest.value()))
                .orElse(0);
        this.maxRequests = number("max-requests").orElse(Math.max(0, leaking - leaking / 10));
        this.jitter = number("max-requests-jitter").orElse(maxRequests == 0 ? 0 : leaking / 10);
        boolean replaces = maxRequests > 0;
        this.budget = new PreforkBudget(
                asked.limit(),
                memory,
                asked.measured().isPresent(),
                threads,
                asked.leakPerRequest().isPresent() ? leakOf(leak) : Bytes.ZERO,
                replaces,
                shared());
    }

    private GunicornLaunch.Started started() {
        GunicornLaunch launch = GunicornLaunch.of(Optional.empty(), Map.of(), GunicornOptions.none(), given);
        if (!(launch instanceof GunicornLaunch.Started)) {
            throw new IllegalArgumentException("Gunicorn does not start with " + given + ": " + launch);
        }
        GunicornLaunch.Started started = (GunicornLaunch.Started) launch;
        if (started.workers() < 1 || started.threads() < 1) {
            throw new IllegalArgumentException("Gunicorn serves nobody with " + given);
        }
        return started;
    }

    private GunicornWorkerClass chosenClass() {
        GunicornWorkerClass wanted = asked.workerClass().orElse(GunicornWorkerClass.SYNC);
        if (given.value("worker-class").isPresent()) {
            String name = start.workerClass();
            wanted = GunicornWorkerClass.of(name)
                    .orElseThrow(() -> new IllegalArgumentException("no rule is known for the worker class " + name));
        }
        if (threads > 1 && wanted == GunicornWorkerClass.SYNC) {
            return GunicornWorkerClass.GTHREAD;
        }
        if (threads > 1 && wanted != GunicornWorkerClass.GTHREAD) {
            throw new IllegalArgumentException(
                    "threads are for gthread only; " + wanted.argument() + " ignores " + threads + " threads");
        }
        return wanted;
    }

    private OptionalInt number(String option) {
        return given.value(option)
                .map(text -> OptionalInt.of(GunicornSettings.number(text)))
                .orElse(OptionalInt.empty());
    }

    /** With a number of requests that the user fixed, a worker grows by what they leave behind. */
    private Bytes leakOf(Bytes usual) {
        if (given.value("max-requests").isEmpty() || maxRequests == 0) {
            return usual;
        }
        long requests = Math.addExact((long) maxRequests, jitter);
        return asked.leakPerRequest().map(each -> each.times(requests)).orElse(usual);
    }

    private List<PlanRow> shared() {
        List<PlanRow> rows = new ArrayList<>();
        rows.add(asked.filePages()
                .map(bytes -> new PlanRow("file pages", bytes, Provenance.USER, "interpreter and libraries"))
                .orElseGet(() -> new PlanRow(
                        "file pages", PYTHON_FILES, Provenance.RULE, "interpreter and libraries, once per container")));
        if (!asked.tmpfs().isZero()) {
            rows.add(new PlanRow("tmpfs", asked.tmpfs(), Provenance.USER, "files in memory, " + IN_MEMORY));
        }
        return rows;
    }

    Fit<GunicornFlags> fit() {
        int most = budget.mostWorkers();
        OptionalInt fixed = given.value("workers").isPresent() ? OptionalInt.of(start.workers()) : asked.workers();
        int least = fixed.orElse(1);
        if (most < least) {
            Bytes needed = budget.needed(least);
            return new Fit.TooSmall<>(asked.limit(), needed, budget.rows(least, needed), budget.cuts(least));
        }
        int byCpu = asked.cpus()
                .map(quota -> workerClass.usualWorkers(ceiling(quota)))
                .orElse(Integer.MAX_VALUE);
        int workers = fixed.orElse(Math.min(most, Math.min(byCpu, asked.mostWorkers())));
        warn(workers, most, byCpu, fixed);
        return new Fit.Fits<>(flags(workers), budget.plan(workers), warnings);
    }

    private static int ceiling(Ratio quota) {
        return (int) Math.min(10_000, Math.floorDiv(quota.numerator() - 1, quota.denominator()) + 1);
    }

    private GunicornFlags flags(int workers) {
        GunicornOptions options = given;
        options = absent("workers") ? options.with("workers", Integer.toString(workers)) : options;
        if (absent("threads") && threads > 1) {
            options = options.with("threads", Integer.toString(threads));
        }
        if (absent("worker-class") && workerClass != GunicornWorkerClass.SYNC) {
            options = options.with("worker-class", workerClass.argument());
        }
        if (preload && absent("preload")) {
            options = options.withPreload();
        }
        if (maxRequests > 0 && absent("max-requests")) {
            options = options.with("max-requests", Integer.toString(maxRequests));
        }
        if (jitter > 0 && absent("max-requests-jitter")) {
            options = options.with("max-requests-jitter", Integer.toString(jitter));
        }
        String directory = given.value("worker-tmp-dir").orElse(IN_MEMORY);
        options = absent("worker-tmp-dir") ? options.with("worker-tmp-dir", directory) : options;
        return new GunicornFlags(
                options, workers, threads, workerClass, preload, maxRequests, jitter, directory, asked.application());
    }

    private boolean absent(String option) {
        return given.value(option).isEmpty();
    }

    private void warn(int workers, int most, int byCpu, OptionalInt fixed) {
        warnings.addAll(start.warnings());
        if (asked.measured().isEmpty()) {
            warnings.add(
                    new Warning(
                            "workers",
                            asked.knowsFramework()
                                    ? "nobody measured this application; a small one of " + asked.framework()
                                            + " is assumed"
                                    : "nobody measured this application and no framework is named; a small one of Django is assumed"));
        }
        if (asked.cpus().isEmpty()) {
            warnings.add(new Warning(
                    "cpus", "not given; only memory and " + asked.mostWorkers() + " workers bound the plan"));
        }
        if (fixed.isPresent() && workers > byCpu) {
            warnings.add(new Warning("workers", workers + " are more than " + byCpu + ", which keep the CPUs busy"));
        }
        if (fixed.isEmpty()) {
            String price = budget.perWorker().toHuman();
            warnings.add(new Warning(
                    "workers",
                    workers == most
                            ? "memory decides: one more needs a limit of " + budget.needed(workers + 1)
                            : (workers == byCpu ? "CPUs decide" : "the most that were asked for")
                                    + ": memory would carry " + most + " at " + price + " each"));
        }
        if (preload && asked.measured().isEmpty()) {
            warnings.add(new Warning(
                    "preload", "shared while idle, un-shared by requests: a worker is counted at 0.85 of a plain one"));
        }
        if (leaking > 0 && maxRequests == 0) {
            warnings.add(new Warning(
                    "max-requests",
                    "0 never replaces a worker: the plan holds for the first " + leaking + " requests of each"));
        } else if (asked.leakPerRequest().isPresent() && maxRequests < 50) {
            warnings.add(new Warning(
                    "max-requests",
                    maxRequests + " requests per worker: the leak is too big to be outrun by replacing workers"));
        }
        if (jitter > maxRequests) {
            warnings.add(new Warning(
                    "max-requests-jitter",
                    jitter + " is more than max-requests " + maxRequests + "; it is a tenth usually"));
        }
    }
}
