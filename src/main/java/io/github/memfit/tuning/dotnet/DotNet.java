package io.github.memfit.tuning.dotnet;

import io.github.memfit.tuning.Cut;
import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.MemoryPlan;
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
 * Plans a .NET program inside a memory limit. Left alone it commits up to 75 % of the limit to the collected heap, and at least 20
 * MB, and knows nothing of native memory; here the native side comes off first.
 *
 * {@snippet :
 * Fit<DotNetFlags> answer = DotNet.within(Bytes.mebi(512)).cpus(1).fit();
 * answer.ifFits().ifPresent(flags -> System.out.println(flags.environment())); // DOTNET_GCHeapHardLimit=19999999 ...
 * }
 *
 * <p>Each setter may be called once. Not thread-safe; confine to one thread.
 *
 * @since 0.1
 */
public final class DotNet {

    /** The least that the runtime commits to its heap by itself, 20 MiB (gc.cpp, {@code compute_hard_limit}). */
    public static final Bytes LEAST_HEAP = Bytes.mebi(20);

    private static final Ratio USUAL_NATIVE = Ratio.percent(20);
    private static final Bytes LEAST_NATIVE = Bytes.mebi(48);

    private final Bytes limit;
    private OptionalInt cpus = OptionalInt.empty();
    private OptionalInt major = OptionalInt.empty();
    private Optional<Bytes> nativeMemory = Optional.empty();

    private DotNet(Bytes limit) {
        this.limit = limit;
    }

    /**
     * Starts a plan.
     *
     * @param limit the memory limit of the container
     * @return a calculator with defaults
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static DotNet within(Bytes limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a memory limit is positive, got " + limit);
        }
        return new DotNet(limit);
    }

    /**
     * What the runtime takes by itself in a container: 75 % of the limit, at least 20 MiB.
     *
     * @param limit the memory limit
     * @return the hard limit of the heap
     */
    public static Bytes defaultHeapLimit(Bytes limit) {
        return limit.timesRoundedDown(Ratio.percent(75)).max(LEAST_HEAP);
    }

    /**
     * The CPUs of the container, rounded up; 1 if nothing is said.
     *
     * @param count how many
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public DotNet cpus(int count) {
        once("cpus", cpus.isPresent());
        if (count < 1) {
            throw new IllegalArgumentException("CPUs are positive, got " + count);
        }
        cpus = OptionalInt.of(count);
        return this;
    }

    /**
     * The first number of the .NET version; 8 if nothing is said.
     *
     * @param version 3 or more
     * @return this
     * @throws IllegalArgumentException if it is less than 3
     */
    public DotNet major(int version) {
        once("major", major.isPresent());
        if (version < 3) {
            throw new IllegalArgumentException("the hard limit exists from .NET 3 on, got " + version);
        }
        major = OptionalInt.of(version);
        return this;
    }

    /**
     * What the program holds outside of the collected heap: runtime, JIT, stacks, native libraries; 20 % of the limit and 48 MiB at
     * least if nothing is said.
     *
     * @param value the peak
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public DotNet nativeMemory(Bytes value) {
        once("nativeMemory", nativeMemory.isPresent());
        if (value.isNegative()) {
            throw new IllegalArgumentException("native memory is not negative, got " + value);
        }
        nativeMemory = Optional.of(value);
        return this;
    }

    /**
     * The answer.
     *
     * @return settings with their plan, or the smallest limit that would do
     */
    public Fit<DotNetFlags> fit() {
        Bytes heap = heap(limit);
        if (heap.isLessThan(LEAST_HEAP)) {
            Bytes needed = nativeOf(limit).plus(LEAST_HEAP).roundUpTo(Bytes.mebi(1));
            while (heap(needed).isLessThan(LEAST_HEAP)) {
                needed = needed.plus(Bytes.mebi(1));
            }
            List<Cut> cuts = nativeMemory
                    .filter(bytes -> !bytes.isZero())
                    .map(bytes -> List.of(new Cut("native memory", bytes, "less than " + bytes)))
                    .orElse(List.of());
            return new Fit.TooSmall<>(limit, needed, rows(needed), cuts);
        }
        int count = cpus.orElse(1);
        boolean server = count >= 2 && !limit.isLessThan(Bytes.gibi(1));
        int conserve = limit.isLessThan(Bytes.mebi(512)) ? 5 : 0;
        DotNetFlags flags = new DotNetFlags(heap, server, conserve, major.orElse(8));
        return new Fit.Fits<>(flags, MemoryPlan.of(limit, rows(limit)), warnings());
    }

    private Bytes nativeOf(Bytes ofLimit) {
        return nativeMemory.orElseGet(() -> ofLimit.timesRoundedUp(USUAL_NATIVE).max(LEAST_NATIVE));
    }

    private Bytes heap(Bytes ofLimit) {
        return ofLimit.minus(nativeOf(ofLimit)).min(ofLimit.timesRoundedDown(Ratio.percent(80)));
    }

    private List<PlanRow> rows(Bytes ofLimit) {
        return List.of(
                new PlanRow("collected heap", heap(ofLimit), Provenance.RULE, "what is left, at most 80 %"),
                new PlanRow(
                        "native memory",
                        nativeOf(ofLimit),
                        nativeMemory.isPresent() ? Provenance.USER : Provenance.RULE,
                        "runtime, JIT, stacks, libraries"));
    }

    private List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        warnings.add(new Warning(
                "DOTNET_GCHeapHardLimit",
                "hexadecimal in the environment, decimal in runtimeconfig.json; 64-bit only"));
        if (defaultHeapLimit(limit).plus(nativeOf(limit)).isMoreThan(limit)) {
            warnings.add(new Warning(
                    "limit",
                    "left alone the runtime would take "
                            + defaultHeapLimit(limit).toHuman() + " for its heap"));
        }
        return warnings;
    }

    private static void once(String what, boolean set) {
        if (set) {
            throw new IllegalStateException(what + " was already set");
        }
    }
}
