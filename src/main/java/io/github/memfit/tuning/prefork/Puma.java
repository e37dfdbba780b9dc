package io.github.memfit.tuning.prefork;

import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.Warning;
import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plans a Puma server inside a memory limit: a cluster of workers where two fit, one process where only one does.
 *
 * <p>Without a measurement a worker is taken at 512 MiB, the lower end of what Puma's deployment guide says of Rails; glibc's arenas
 * are bounded, which took a process of 16 threads from 28.3 to 20.5 MiB (measured, Puma 5.6.5, Ruby 3.1).
 *
 * <p>Each setter may be called once. Not thread-safe; confine to one thread.
 *
 * @since 0.1
 */
public final class Puma {

    /** What a worker takes if nobody measured it. */
    public static final Bytes RAILS_WORKER = Bytes.mebi(512);

    /** The interpreter with Puma and nothing else: 18 to 22 MiB measured. */
    public static final Bytes BARE_PROCESS = Bytes.mebi(22);

    private static final Bytes RUBY_THREAD = Bytes.kibi(512);

    private final Bytes limit;
    private OptionalInt cpus = OptionalInt.empty();
    private OptionalInt threads = OptionalInt.empty();
    private Optional<PreforkMemory> measured = Optional.empty();

    private Puma(Bytes limit) {
        this.limit = limit;
    }

    /**
     * Starts a plan.
     *
     * @param limit the memory limit of the container
     * @return a calculator with defaults
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static Puma within(Bytes limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a memory limit is positive, got " + limit);
        }
        return new Puma(limit);
    }

    /**
     * The CPUs of the container: one worker each.
     *
     * @param count how many
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Puma cpus(int count) {
        once("cpus", cpus.isPresent());
        cpus = OptionalInt.of(positive(count, "CPUs"));
        return this;
    }

    /**
     * The threads of each worker; 5, Puma's own default on MRI, if nothing is said.
     *
     * @param count how many
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Puma threads(int count) {
        once("threads", threads.isPresent());
        threads = OptionalInt.of(positive(count, "threads"));
        return this;
    }

    /**
     * What the application really costs.
     *
     * @param value a measurement under load
     * @return this
     */
    public Puma measured(PreforkMemory value) {
        once("measured", measured.isPresent());
        measured = Optional.of(value);
        return this;
    }

    /**
     * The answer.
     *
     * @return settings with their plan, or the smallest limit that would do
     */
    public Fit<PumaFlags> fit() {
        PreforkMemory memory = measured.orElseGet(
                () -> new PreforkMemory(BARE_PROCESS, RAILS_WORKER, RUBY_THREAD, PreforkMemory.KERNEL_PER_PROCESS));
        int each = threads.orElse(5);
        PreforkBudget budget =
                new PreforkBudget(limit, memory, measured.isPresent(), each, Bytes.ZERO, false, List.of());
        int most = budget.mostWorkers();
        if (most < 1) {
            Bytes needed = budget.needed(1);
            return new Fit.TooSmall<>(limit, needed, budget.rows(1, needed), budget.cuts(1));
        }
        int serving = Math.min(most, cpus.orElse(1));
        List<Warning> warnings = new ArrayList<>();
        if (measured.isEmpty()) {
            warnings.add(new Warning("workers", "nobody measured this application; 512Mi a worker are assumed"));
        }
        if (cpus.isEmpty()) {
            warnings.add(new Warning("cpus", "not given; one process is planned"));
        }
        return new Fit.Fits<>(new PumaFlags(serving > 1 ? serving : 0, each), budget.plan(serving), warnings);
    }

    private static int positive(int count, String what) {
        if (count < 1 || count > 10_000) {
            throw new IllegalArgumentException(what + " are 1 to 10000, got " + count);
        }
        return count;
    }

    private static void once(String what, boolean set) {
        if (set) {
            throw new IllegalStateException(what + " was already set");
        }
    }
}
