package io.github.memfit.kubernetes.eviction;

import io.github.memfit.unit.Bytes;
import java.util.List;
import java.util.Objects;

/**
 * Whom a kubelet evicts until memory is no longer short, as far as it can be known beforehand. Immutable and thread-safe.
 *
 * @param victims the pods in the order of eviction, one per round
 * @param freed the working sets that they give back
 * @param resolved is the threshold resolved afterwards; false when only critical pods are left
 * @since 0.1
 */
public record EvictionPlan(List<EvictionRank> victims, Bytes freed, boolean resolved) {

    /**
     * Copies the list.
     *
     * @param victims the pods in the order of eviction
     * @param freed the working sets that they give back
     * @param resolved is the threshold resolved afterwards
     */
    public EvictionPlan {
        victims = List.copyOf(victims);
        Objects.requireNonNull(freed, "freed");
    }

    /** {@code 3 pods, 2Gi freed, resolved}. */
    @Override
    public String toString() {
        return victims.size() + " pods, " + freed + " freed, " + (resolved ? "resolved" : "not resolved");
    }
}
