package io.github.memfit.container;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;

/** Arithmetic of readings: absent if one of them is. */
final class Readings {

    private Readings() {}

    /** The difference, never below 0. */
    static Reading<Bytes> minus(Reading<Bytes> whole, Reading<Bytes> part) {
        return whole.flatMap(w -> part.map(p -> w.minus(p).max(Bytes.ZERO)));
    }
}
