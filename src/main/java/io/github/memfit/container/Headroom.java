package io.github.memfit.container;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.util.List;
import java.util.function.Function;

/** What is left up to limits: at every level the limit less what is used at that level. */
final class Headroom {

    private static final String SOURCE = "headroom";

    private Headroom() {}

    /** Limit less usage. */
    static Reading<Bytes> of(Limit limit, Reading<Bytes> usage) {
        if (limit instanceof Limit.Bounded bounded) {
            return usage.map(used -> bounded.bytes().minus(used));
        }
        if (limit instanceof Limit.Unknown unknown) {
            return Reading.absent(unknown.why());
        }
        return Reading.absent(Absence.Reason.NOT_APPLICABLE, SOURCE, "there is no limit");
    }

    /**
     * The least headroom of all levels that bind.
     *
     * @param cgroupLimit the effective limit of the groups: unknown makes the headroom unknown, none makes it absent
     * @param own what the container uses
     * @param levels the levels
     * @param used what counts at a level
     */
    static Reading<Bytes> least(
            Limit cgroupLimit,
            Reading<Bytes> own,
            List<MemoryLevel> levels,
            Function<MemoryLevel, Reading<Bytes>> used) {
        Reading<Bytes> least = of(cgroupLimit, own);
        if (!(cgroupLimit instanceof Limit.Bounded bounded)) {
            return least;
        }
        if (bounded.source().kind() != LimitSource.Kind.HIDDEN_ANCESTOR) {
            // What others use below that limit is told by its own level, not by the container's usage.
            least = Reading.absent(Absence.Reason.NOT_APPLICABLE, SOURCE, "there is no limit");
        }
        for (MemoryLevel level : levels) {
            if (level.binds() && level.hardLimit() instanceof Limit.Bounded) {
                Reading<Bytes> here = of(level.hardLimit(), used.apply(level));
                if (!here.isPresent()) {
                    return here;
                }
                least = least.isPresent()
                        ? Reading.of(
                                least.value().orElseThrow().min(here.value().orElseThrow()))
                        : here;
            }
        }
        return least;
    }
}
