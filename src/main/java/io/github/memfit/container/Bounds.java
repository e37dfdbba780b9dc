package io.github.memfit.container;

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
        Reading<Bytes> headroomWorkingSet) {}
