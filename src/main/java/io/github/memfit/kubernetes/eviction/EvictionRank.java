package io.github.memfit.kubernetes.eviction;

import io.github.memfit.kubernetes.EffectiveResources;
import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.Quantity;
import io.github.memfit.unit.Bytes;
import java.util.Comparator;
import java.util.Optional;

/**
 * One pod's keys in the order of eviction. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class EvictionRank {

    /** Without figures, then above the request, then lower priority, then the larger excess. */
    static final Comparator<EvictionRank> ORDER = EvictionRank::compare;

    private final EvictionCandidate candidate;
    private final Quantity request;
    private final boolean measured;
    private final boolean exceeds;
    private final int priority;

    /** Usage minus request: a number of bytes where both are whole, which they nearly always are. */
    private final Quantity excess;

    private EvictionRank(EvictionCandidate candidate, Quantity request) {
        this.candidate = candidate;
        this.request = request;
        this.measured = candidate.workingSet().isPresent();
        this.excess = Quantity.of(candidate.workingSet().orElse(Bytes.ZERO)).minus(request);
        this.exceeds = measured && excess.isPositive();
        this.priority = candidate.pod().priority().orElse(0);
    }

    static EvictionRank of(EvictionCandidate candidate, KubernetesVersion version) {
        return new EvictionRank(
                candidate, EffectiveResources.of(candidate.pod(), version).evictionMemoryRequest());
    }

    private static int compare(EvictionRank a, EvictionRank b) {
        if (a.measured != b.measured) {
            return a.measured ? 1 : -1;
        }
        if (a.exceeds != b.exceeds) {
            return a.exceeds ? -1 : 1;
        }
        if (a.priority != b.priority) {
            return Integer.compare(a.priority, b.priority);
        }
        return a.measured ? b.excess.compareTo(a.excess) : 0;
    }

    /**
     * The pod.
     *
     * @return the candidate
     */
    public EvictionCandidate candidate() {
        return candidate;
    }

    /**
     * The pod's name.
     *
     * @return the name
     */
    public String name() {
        return candidate.pod().name();
    }

    /**
     * The memory request that usage is compared with.
     *
     * @return the request of the version's rule
     */
    public Quantity request() {
        return request;
    }

    /**
     * How far usage is above the request; below zero when it is within.
     *
     * @return the excess, empty without figures
     */
    public Optional<Quantity> excess() {
        return measured ? Optional.of(excess) : Optional.empty();
    }

    /**
     * Is usage above the request? Exactly at the request is not.
     *
     * @return true if above
     */
    public boolean isExceeding() {
        return exceeds;
    }

    /**
     * Can this pod be evicted at all? Critical pods are ranked and then passed over.
     *
     * @return false for a critical pod
     */
    public boolean isEvictable() {
        return !candidate.pod().isCritical();
    }

    /**
     * Why the pod stands where it stands.
     *
     * @return the keys in words
     */
    public String reason() {
        if (!measured) {
            return "no figures, so it goes first";
        }
        return (exceeds ? "uses " + excess + " more than" : "stays within") + " its request of " + request
                + ", priority " + priority + (isEvictable() ? "" : ", critical: never evicted");
    }

    /** The name and the reason. */
    @Override
    public String toString() {
        String name = name().length() <= 100 ? name() : name().substring(0, 100) + "...";
        return name + ": " + reason();
    }
}
