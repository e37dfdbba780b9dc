package io.github.memfit.tuning.go;

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
 * Plans a Go program inside a memory limit. {@code GOMEMLIMIT} is a soft bound: a program whose live data comes near it does not
 * end with an error, it spends its time in the collector and is killed after all. So what is expected to live is asked for, and
 * more than 70 % of the bound is refused.
 *
 * {@snippet :
 * Fit<GoFlags> answer = Go.within(Bytes.mebi(256)).liveHeap(Bytes.mebi(100)).fit();
 * answer.ifFits().ifPresent(flags -> System.out.println(flags.environment())); // GOMEMLIMIT=230MiB
 * }
 *
 * <p>Measured under a 256 MiB limit on Go 1.19: 100 MiB of live objects are killed without it and stay at 228 MiB with it. Each
 * setter may be called once. Not thread-safe; confine to one thread.
 *
 * @since 0.1
 */
public final class Go {

    private static final Ratio HEADROOM = Ratio.percent(10);
    private static final Bytes LEAST_HEADROOM = Bytes.mebi(16);
    private static final Ratio LIVE = Ratio.percent(70);
    private static final Bytes LEAST_RUNTIME = Bytes.mebi(8);

    private final Bytes limit;
    private Optional<Bytes> liveHeap = Optional.empty();
    private Optional<Bytes> outside = Optional.empty();
    private Optional<GoMemoryLimit> existing = Optional.empty();
    private OptionalInt gogc = OptionalInt.empty();

    private Go(Bytes limit) {
        this.limit = limit;
    }

    /**
     * Starts a plan.
     *
     * @param limit the memory limit of the container
     * @return a calculator with defaults
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static Go within(Bytes limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a memory limit is positive, got " + limit);
        }
        return new Go(limit);
    }

    /**
     * What is expected to live in the heap at most.
     *
     * @param value the live heap after a collection
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Go liveHeap(Bytes value) {
        once("liveHeap", liveHeap.isPresent());
        liveHeap = Optional.of(notNegative("a live heap", value));
        return this;
    }

    /**
     * What the runtime does not count: cgo's malloc, mapped files, hot page cache; nothing if nothing is said.
     *
     * @param value the peak
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Go outside(Bytes value) {
        once("outside", outside.isPresent());
        outside = Optional.of(notNegative("memory outside of the runtime", value));
        return this;
    }

    /**
     * {@code GOMEMLIMIT} as it is set already; it is checked and kept. {@link GoMemoryLimit#OFF} counts as not set.
     *
     * @param value the limit
     * @return this
     */
    public Go existing(GoMemoryLimit value) {
        once("existing", existing.isPresent());
        existing = Optional.of(value);
        return this;
    }

    /**
     * {@code GOGC}; 100 if nothing is said.
     *
     * @param percent how much garbage before a collection
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Go gogc(int percent) {
        once("gogc", gogc.isPresent());
        if (percent < 1) {
            throw new IllegalArgumentException("GOGC is positive, got " + percent);
        }
        gogc = OptionalInt.of(percent);
        return this;
    }

    /**
     * The answer.
     *
     * @return settings with their plan, or the smallest limit that would do
     */
    public Fit<GoFlags> fit() {
        Bytes runtime = runtime(limit);
        if (given().isPresent() ? exceeds(limit) : runtime.isLessThan(leastRuntime())) {
            Bytes needed = needed();
            List<Cut> cuts = new ArrayList<>();
            liveHeap.filter(live -> !live.isZero())
                    .ifPresent(live -> cuts.add(new Cut("go runtime", live, "hold less live data than " + live)));
            outside.filter(bytes -> !bytes.isZero())
                    .ifPresent(bytes -> cuts.add(new Cut("outside of the runtime", bytes, "less than " + bytes)));
            given().filter(given -> exceeds(limit))
                    .ifPresent(given -> cuts.add(new Cut("go runtime", LEAST_HEADROOM, "drop GOMEMLIMIT=" + given)));
            return new Fit.TooSmall<>(limit, needed, rows(needed), cuts);
        }
        return new Fit.Fits<>(
                new GoFlags(new GoMemoryLimit(runtime), gogc.orElse(100)),
                MemoryPlan.of(limit, rows(limit)),
                warnings());
    }

    private Optional<GoMemoryLimit> given() {
        return existing.filter(value -> !value.equals(GoMemoryLimit.OFF));
    }

    private boolean exceeds(Bytes ofLimit) {
        return given().filter(given -> given.bytes().isMoreThan(room(ofLimit))).isPresent();
    }

    private Bytes headroom(Bytes ofLimit) {
        return ofLimit.timesRoundedUp(HEADROOM).max(LEAST_HEADROOM);
    }

    private Bytes room(Bytes ofLimit) {
        return ofLimit.minus(headroom(ofLimit)).minus(outside.orElse(Bytes.ZERO));
    }

    private Bytes runtime(Bytes ofLimit) {
        return given().map(GoMemoryLimit::bytes).orElseGet(() -> room(ofLimit).roundDownTo(Bytes.mebi(1)));
    }

    private Bytes leastRuntime() {
        return liveHeap.orElse(Bytes.ZERO).timesRoundedUp(LIVE.inverse()).max(LEAST_RUNTIME);
    }

    private Bytes needed() {
        Bytes wanted = given().map(GoMemoryLimit::bytes).orElseGet(this::leastRuntime);
        Bytes used = wanted.roundUpTo(Bytes.mebi(1)).plus(outside.orElse(Bytes.ZERO));
        Bytes byShare = used.timesRoundedUp(Ratio.ONE.minus(HEADROOM).inverse()).plus(Bytes.of(2));
        return byShare.max(used.plus(LEAST_HEADROOM)).roundUpTo(Bytes.mebi(1)).max(limit.plus(Bytes.of(1)));
    }

    private List<PlanRow> rows(Bytes ofLimit) {
        List<PlanRow> rows = new ArrayList<>();
        Bytes runtime = runtime(ofLimit);
        rows.add(new PlanRow(
                "go runtime",
                runtime,
                given().isPresent() ? Provenance.USER : Provenance.RULE,
                "heap, stacks and runtime structures: GOMEMLIMIT"));
        outside.ifPresent(bytes -> rows.add(
                new PlanRow("outside of the runtime", bytes, Provenance.USER, "cgo, mapped files, page cache")));
        rows.add(new PlanRow(
                "headroom", headroom(ofLimit), Provenance.RULE, "10 % and 16Mi at least: the bound is a soft one"));
        return rows;
    }

    private List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        if (liveHeap.isEmpty()) {
            warnings.add(new Warning(
                    "live heap",
                    "not given; near GOMEMLIMIT a program collects garbage all the time and is killed after all"));
        }
        if (given().filter(value -> value.bytes().isLessThan(leastRuntime())).isPresent()) {
            warnings.add(new Warning(
                    "GOMEMLIMIT", "the live heap is more than 70 % of it: the collector will run back to back"));
        }
        if (existing.isPresent() && given().isEmpty()) {
            warnings.add(new Warning("GOMEMLIMIT", "it was off; nothing but GOGC bounded the heap"));
        }
        if (gogc.isPresent() && gogc.getAsInt() < 50) {
            warnings.add(new Warning("GOGC", gogc.getAsInt() + " costs CPU; GOMEMLIMIT alone bounds the heap at less"));
        }
        return warnings;
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
