package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import java.util.List;

/** Always the same. */
final class FixedTracker extends Tracker {

    private final Bytes bytes;

    FixedTracker(Bytes bytes) {
        this.bytes = bytes;
    }

    @Override
    void sample(long millis, long used) {
        // Usage does not matter.
    }

    @Override
    long estimate(long now) {
        return bytes.value();
    }

    @Override
    void explain(long now, List<String> reasons) {
        reasons.add("fixed by the policy: " + bytes.toHuman());
    }
}
