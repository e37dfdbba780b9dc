package io.github.memfit.tuning.prefork;

import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.tuning.Warning;
import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plans a PHP-FPM pool inside a memory limit: {@code pm.max_children} by what a child holds for itself, never by its RSS, which
 * counts the shared opcode cache once per child (8 idle children: 4.6 MiB of memory, 70 MiB of RSS, measured on 8.2).
 *
 * <p>Each setter may be called once. Not thread-safe; confine to one thread.
 *
 * @since 0.1
 */
public final class PhpFpm {

    /** {@code memory_limit} without a php.ini. */
    public static final Bytes DEFAULT_MEMORY_LIMIT = Bytes.mebi(128);

    private static final Bytes MASTER = Bytes.mebi(8);
    private static final Bytes LIBRARIES = Bytes.mebi(16);

    private final Bytes limit;
    private Optional<Bytes> perChild = Optional.empty();
    private Optional<Bytes> memoryLimit = Optional.empty();
    private Optional<Bytes> opcache = Optional.empty();
    private Optional<Bytes> apcu = Optional.empty();
    private OptionalInt maxChildren = OptionalInt.empty();
    private Optional<PhpFpmManager> manager = Optional.empty();

    private PhpFpm(Bytes limit) {
        this.limit = limit;
    }

    /**
     * Starts a plan.
     *
     * @param limit the memory limit of the container
     * @return a calculator with defaults
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static PhpFpm within(Bytes limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a memory limit is positive, got " + limit);
        }
        return new PhpFpm(limit);
    }

    /**
     * What one child holds for itself under load: {@code Private_Dirty} of its smaps_rollup. Without it, {@code memory_limit}.
     *
     * @param value the private memory
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public PhpFpm perChild(Bytes value) {
        once("perChild", perChild.isPresent());
        perChild = Optional.of(positive("a child", value));
        return this;
    }

    /**
     * PHP's {@code memory_limit}, the most that one request takes; 128 MiB if nothing is said.
     *
     * @param value the limit per request
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public PhpFpm memoryLimit(Bytes value) {
        once("memoryLimit", memoryLimit.isPresent());
        memoryLimit = Optional.of(positive("memory_limit", value));
        return this;
    }

    /**
     * {@code opcache.memory_consumption}, shared by all children; nothing if nothing is said.
     *
     * @param value the size of the cache
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public PhpFpm opcache(Bytes value) {
        once("opcache", opcache.isPresent());
        opcache = Optional.of(positive("opcache", value));
        return this;
    }

    /**
     * {@code apc.shm_size}, shared by all children; nothing if nothing is said.
     *
     * @param value the size of the cache
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public PhpFpm apcu(Bytes value) {
        once("apcu", apcu.isPresent());
        apcu = Optional.of(positive("apcu", value));
        return this;
    }

    /**
     * A fixed number of children, to be checked and not chosen.
     *
     * @param count how many
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public PhpFpm maxChildren(int count) {
        once("maxChildren", maxChildren.isPresent());
        if (count < 1 || count > 100_000) {
            throw new IllegalArgumentException("pm.max_children is 1 to 100000, got " + count);
        }
        maxChildren = OptionalInt.of(count);
        return this;
    }

    /**
     * When children start and end; {@link PhpFpmManager#STATIC} if nothing is said: a limit that holds for all of them needs no
     * guessing.
     *
     * @param value the process manager
     * @return this
     */
    public PhpFpm manager(PhpFpmManager value) {
        once("manager", manager.isPresent());
        manager = Optional.of(value);
        return this;
    }

    /**
     * The answer.
     *
     * @return the pool with its plan, or the smallest limit that would do
     */
    public Fit<PhpFpmPool> fit() {
        Bytes request = memoryLimit.orElse(DEFAULT_MEMORY_LIMIT);
        PreforkMemory memory =
                new PreforkMemory(MASTER, perChild.orElse(request), Bytes.ZERO, PreforkMemory.KERNEL_PER_PROCESS);
        List<PlanRow> shared = new ArrayList<>();
        shared.add(new PlanRow(
                "file pages", LIBRARIES, Provenance.RULE, "interpreter and extensions, once per container"));
        opcache.ifPresent(size -> shared.add(
                new PlanRow("opcache", size, Provenance.USER, "opcache.memory_consumption, shared by all children")));
        apcu.ifPresent(
                size -> shared.add(new PlanRow("apcu", size, Provenance.USER, "apc.shm_size, shared by all children")));
        PreforkBudget budget = new PreforkBudget(limit, memory, perChild.isPresent(), 1, Bytes.ZERO, false, shared);
        int most = budget.mostWorkers();
        int least = maxChildren.orElse(1);
        if (most < least) {
            Bytes needed = budget.needed(least);
            return new Fit.TooSmall<>(limit, needed, budget.rows(least, needed), budget.cuts(least));
        }
        int children = maxChildren.orElse(most);
        List<Warning> warnings = new ArrayList<>();
        if (perChild.isEmpty()) {
            warnings.add(new Warning(
                    "pm.max_children", "nobody measured a child; each is counted at memory_limit, " + request));
        } else if (request.times(children).isMoreThan(limit)) {
            warnings.add(new Warning(
                    "memory_limit",
                    "if all " + children + " children reached " + request + " at once, they would not fit"));
        }
        return new Fit.Fits<>(
                PhpFpmPool.of(manager.orElse(PhpFpmManager.STATIC), children), budget.plan(children), warnings);
    }

    private static Bytes positive(String what, Bytes value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " must be positive, got " + value);
        }
        return value;
    }

    private static void once(String what, boolean set) {
        if (set) {
            throw new IllegalStateException(what + " was already set");
        }
    }
}
