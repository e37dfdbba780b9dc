package io.github.memfit.container;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;

/** The limits of a snapshot and what is left below them. */
record Bounds(
        Limit own,
        Limit cgroup,
        Limit limit,
        Limit high,
        Limit throttle,
        Limit min,
        Limit low,
        Limit swap,
        Limit soft,
        Reading<Bytes> headroom,
        Reading<Bytes> headroomWorkingSet) {

    /** The protection of a group that cannot be protected. */
    static final Limit NO_PROTECTION =
            new Limit.Bounded(Bytes.ZERO, new LimitSource(LimitSource.Kind.OWN, "", "not offered"));

    /** There are no groups: only the machine limits. */
    static Bounds none(Absence why, Reading<Bytes> memTotal) {
        return same(Limit.UNBOUNDED, why, memTotal);
    }

    /** There are limits that cannot be seen. */
    static Bounds unknown(Absence why, Reading<Bytes> memTotal) {
        return same(new Limit.Unknown(why, Limit.UNBOUNDED), why, memTotal);
    }

    private static Bounds same(Limit limit, Absence why, Reading<Bytes> memTotal) {
        return new Bounds(
                limit,
                limit,
                Limits.lower(limit, Limits.host(memTotal)),
                limit,
                limit,
                limit,
                limit,
                limit,
                limit,
                Reading.absent(why),
                Reading.absent(why));
    }
}
