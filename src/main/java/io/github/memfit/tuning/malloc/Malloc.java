package io.github.memfit.tuning.malloc;

import io.github.memfit.tuning.Cut;
import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.MemoryPlan;
import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.tuning.Warning;
import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plans the allocator of a program with threads inside a memory budget: as many arenas as its threads can use in parallel, fewer
 * if that many would not fit.
 *
 * {@snippet :
 * Fit<MallocFlags> answer = Malloc.within(Bytes.mebi(256)).threads(16).burst(Bytes.mebi(32)).globalLock().fit();
 * answer.ifFits().ifPresent(flags -> System.out.println(flags.environment())); // MALLOC_ARENA_MAX=2
 * }
 *
 * <p>Each setter may be called once. Not thread-safe; confine to one thread.
 *
 * @since 0.1
 */
public final class Malloc {

    private final Bytes limit;
    private OptionalInt threads = OptionalInt.empty();
    private OptionalInt cpus = OptionalInt.empty();
    private Optional<Bytes> burst = Optional.empty();
    private Optional<Allocator> allocator = Optional.empty();
    private Optional<Bytes> trimThreshold = Optional.empty();
    private boolean globalLock;

    private Malloc(Bytes limit) {
        this.limit = limit;
    }

    /**
     * Starts a plan.
     *
     * @param limit what the native side of the program may take
     * @return a calculator with defaults
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static Malloc within(Bytes limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a memory limit is positive, got " + limit);
        }
        return new Malloc(limit);
    }

    /**
     * How many threads allocate; 1 if nothing is said.
     *
     * @param count how many
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Malloc threads(int count) {
        once("threads", threads.isPresent());
        threads = OptionalInt.of(positive("threads", count));
        return this;
    }

    /**
     * The CPUs of the container, rounded up; 1 if nothing is said.
     *
     * @param count how many
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Malloc cpus(int count) {
        once("cpus", cpus.isPresent());
        cpus = OptionalInt.of(positive("CPUs", count));
        return this;
    }

    /**
     * How much one thread allocates at its peak.
     *
     * @param value the peak; nothing if nothing is said
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Malloc burst(Bytes value) {
        once("burst", burst.isPresent());
        burst = Optional.of(notNegative("a burst", value));
        return this;
    }

    /**
     * The allocator; glibc's if nothing is said.
     *
     * @param value which
     * @return this
     */
    public Malloc allocator(Allocator value) {
        once("allocator", allocator.isPresent());
        allocator = Optional.of(value);
        return this;
    }

    /**
     * Only one thread runs at a time, as in Python and Ruby: more than two arenas are of no use.
     *
     * @return this
     */
    public Malloc globalLock() {
        once("globalLock", globalLock);
        globalLock = true;
        return this;
    }

    /**
     * Give free memory at the end of the heap back from that size on. It does nothing against many arenas, and setting it at all
     * switches off glibc's moving threshold for {@code mmap}, which makes big blocks about three times slower (measured).
     *
     * @param value the threshold
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Malloc trimThreshold(Bytes value) {
        once("trimThreshold", trimThreshold.isPresent());
        trimThreshold = Optional.of(notNegative("a threshold", value));
        return this;
    }

    /**
     * The answer.
     *
     * @return variables with their plan, or the smallest limit that would do
     */
    public Fit<MallocFlags> fit() {
        int count = threads.orElse(1);
        Bytes each = burst.orElse(Bytes.ZERO);
        int useful = globalLock ? 2 : Math.max(2, cpus.orElse(1));
        Bytes room = limit.minus(GlibcArenas.base(count));
        long affordable = room.isNegative() ? 0 : each.isZero() ? useful : room.value() / each.value();
        int arenas = (int) Math.min(useful, affordable);
        if (arenas < 1) {
            Bytes needed = GlibcArenas.afterBursts(count, each, 1);
            List<Cut> cuts =
                    each.isZero() ? List.of() : List.of(new Cut("arenas", each, "a smaller burst than " + each));
            return new Fit.TooSmall<>(limit, needed, rows(count, each, 1), cuts);
        }
        Allocator which = allocator.orElse(Allocator.GLIBC);
        MallocFlags flags = new MallocFlags(which, arenas, trimThreshold);
        return new Fit.Fits<>(flags, MemoryPlan.of(limit, rows(count, each, arenas)), warnings(which, arenas, useful));
    }

    private static List<PlanRow> rows(int threads, Bytes burst, int arenas) {
        return List.of(
                new PlanRow(
                        "process",
                        GlibcArenas.base(threads),
                        Provenance.RULE,
                        "the program and " + threads + " threads"),
                new PlanRow(
                        "arenas",
                        burst.times(Math.min(threads, arenas)),
                        Provenance.RULE,
                        Math.min(threads, arenas) + " x " + burst + ", each as large as its largest burst"));
    }

    private List<Warning> warnings(Allocator which, int arenas, int useful) {
        List<Warning> warnings = new ArrayList<>();
        if (arenas < useful) {
            warnings.add(new Warning("MALLOC_ARENA_MAX", arenas + " instead of " + useful + ": more would not fit"));
        }
        if (which == Allocator.OTHER) {
            warnings.add(new Warning("allocator", "glibc's variables do nothing here; nothing is emitted"));
        }
        if (which == Allocator.GLIBC && trimThreshold.isPresent()) {
            warnings.add(new Warning(
                    "MALLOC_TRIM_THRESHOLD_", "does nothing against many arenas, and big blocks become slower by it"));
        }
        return warnings;
    }

    private static int positive(String what, int count) {
        if (count < 1 || count > 1_000_000) {
            throw new IllegalArgumentException(what + " are 1 to 1000000, got " + count);
        }
        return count;
    }

    private static Bytes notNegative(String what, Bytes value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(what + " is not negative, got " + value);
        }
        return value;
    }

    private static void once(String what, boolean set) {
        if (set) {
            throw new IllegalStateException(what + " was already set");
        }
    }
}
