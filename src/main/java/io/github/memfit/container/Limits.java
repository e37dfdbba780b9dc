package io.github.memfit.container;

import io.github.memfit.cgroup.CgroupLimit;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which of many limits binds. Pure: levels and numbers in, a limit out. */
final class Limits {

    private Limits() {}

    /** A limit that was read, with who sets it. */
    static Limit of(Reading<CgroupLimit> read, LimitSource source) {
        return read.absence()
                .<Limit>map(why -> new Limit.Unknown(why, Limit.UNBOUNDED))
                .orElseGet(() -> read.value()
                        .flatMap(CgroupLimit::amount)
                        .<Limit>map(bytes -> new Limit.Bounded(bytes, source))
                        .orElse(Limit.UNBOUNDED));
    }

    /**
     * The lowest limit of the levels that bind, the first of equal ones. A level that cannot be read makes the answer unknown.
     */
    static Limit lowest(List<MemoryLevel> levels, Function<MemoryLevel, Limit> which) {
        Limit lowest = Limit.UNBOUNDED;
        for (MemoryLevel level : levels) {
            if (level.binds()) {
                lowest = lower(lowest, which.apply(level));
            }
        }
        return lowest;
    }

    /**
     * The lower of the two, the first if they are equal. Unknown if one of them is, with the lower of what is known.
     */
    static Limit lower(Limit a, Limit b) {
        if (a instanceof Limit.Unknown first) {
            return new Limit.Unknown(first.why(), lower(first.atMost(), known(b)));
        }
        if (b instanceof Limit.Unknown second) {
            return new Limit.Unknown(second.why(), lower(a, second.atMost()));
        }
        if (!(b instanceof Limit.Bounded other)) {
            return a;
        }
        return a instanceof Limit.Bounded one && !other.bytes().isLessThan(one.bytes()) ? a : b;
    }

    /** The limit itself, or what is known of it. */
    static Limit known(Limit limit) {
        return limit instanceof Limit.Unknown unknown ? unknown.atMost() : limit;
    }

    /**
     * What v1 says of the lowest limit above, also above what a mount shows.
     *
     * @param told {@code hierarchical_memory_limit}
     * @param directory the group that tells it
     */
    static Limit hidden(Reading<CgroupLimit> told, String directory) {
        return of(told, new LimitSource(LimitSource.Kind.HIDDEN_ANCESTOR, directory, "hierarchical_memory_limit"));
    }

    /** The limit of the machine. */
    static Limit host(Reading<Bytes> memTotal) {
        Optional<Absence> why = memTotal.absence();
        return why.isPresent()
                ? new Limit.Unknown(why.orElseThrow(), Limit.UNBOUNDED)
                : new Limit.Bounded(
                        memTotal.value().orElseThrow(),
                        new LimitSource(LimitSource.Kind.HOST, "/proc/meminfo", "MemTotal"));
    }
}
