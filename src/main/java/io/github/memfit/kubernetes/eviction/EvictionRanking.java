package io.github.memfit.kubernetes.eviction;

import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The order in which a kubelet evicts pods when memory runs short. The QoS class is never consulted: pods without figures go
 * first, then those above their request, then lower priority, then the larger excess. Pods that agree in all of it are tied, and
 * which of them goes first is not defined. Immutable and thread-safe.
 *
 * <p>Rule: Kubernetes 1.31 and 1.36, pkg/kubelet/eviction/helpers.go (rankMemoryPressure); the request that counts changed with
 * 1.34, see {@link io.github.memfit.kubernetes.EffectiveResources#evictionMemoryRequest()}.
 *
 * {@snippet :
 * EvictionRanking ranking = EvictionRanking.of(candidates, KubernetesVersion.V1_34);
 * ranking.firstVictims();                                   // who can be evicted first
 * ranking.untilResolved(node, EvictionThreshold.DEFAULT_HARD).victims();
 * }
 *
 * @since 0.1
 */
public final class EvictionRanking {

    private final List<List<EvictionRank>> groups;
    private final KubernetesVersion version;

    private EvictionRanking(List<List<EvictionRank>> groups, KubernetesVersion version) {
        this.groups = groups;
        this.version = version;
    }

    /**
     * Ranks the pods of a node.
     *
     * @param candidates the running pods
     * @param version the kubelet's version
     * @return the order
     */
    public static EvictionRanking of(List<EvictionCandidate> candidates, KubernetesVersion version) {
        EvictionRank[] ranks = new EvictionRank[candidates.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = EvictionRank.of(candidates.get(i), version);
        }
        Arrays.sort(ranks, EvictionRank.ORDER);
        List<List<EvictionRank>> groups = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= ranks.length; i++) {
            if (i == ranks.length || EvictionRank.ORDER.compare(ranks[from], ranks[i]) != 0) {
                groups.add(List.of(Arrays.copyOfRange(ranks, from, i)));
                from = i;
            }
        }
        return new EvictionRanking(Collections.unmodifiableList(groups), version);
    }

    /**
     * The order in groups of pods that are tied.
     *
     * @return the groups, evicted first stands first
     */
    public List<List<EvictionRank>> groups() {
        return groups;
    }

    /**
     * The order without groups; among tied pods in the order of input.
     *
     * @return all pods
     */
    public List<EvictionRank> order() {
        return groups.stream().flatMap(List::stream).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Who can be evicted in the first round: the evictable members of the first group that has any.
     *
     * @return the pods, several when tied, none when all are critical
     */
    public List<EvictionRank> firstVictims() {
        for (List<EvictionRank> group : groups) {
            List<EvictionRank> evictable =
                    group.stream().filter(EvictionRank::isEvictable).collect(Collectors.toList());
            if (!evictable.isEmpty()) {
                return Collections.unmodifiableList(evictable);
            }
        }
        return List.of();
    }

    /**
     * Whom the kubelet would evict until the threshold is resolved, one pod per round, if each gives back its whole working set
     * and nobody else grows.
     *
     * @param node the node's memory now
     * @param threshold the threshold
     * @return the plan; no victims when the threshold is not met
     */
    public EvictionPlan untilResolved(NodeMemorySignal node, EvictionThreshold threshold) {
        List<EvictionRank> victims = new ArrayList<>();
        Bytes available = node.available();
        if (!threshold.isMet(available, node.capacity())) {
            return new EvictionPlan(victims, Bytes.ZERO, true);
        }
        Bytes freed = Bytes.ZERO;
        for (EvictionRank rank : order()) {
            if (!threshold.isUnresolved(available.plus(freed), node.capacity())) {
                break;
            }
            if (rank.isEvictable()) {
                victims.add(rank);
                freed = freed.plus(rank.candidate().workingSet().orElse(Bytes.ZERO));
            }
        }
        return new EvictionPlan(victims, freed, !threshold.isUnresolved(available.plus(freed), node.capacity()));
    }

    /**
     * How much a pod may grow before it could be the first to be evicted, while nobody else changes.
     *
     * @param pod the pod's name
     * @return the growth that is still safe; zero if it is already among the first victims; empty if no growth makes it one
     * @throws NoSuchElementException if there is no such pod
     */
    public Optional<Bytes> safeGrowth(String pod) {
        EvictionRank mine = find(pod);
        if (!mine.isEvictable()) {
            return Optional.empty();
        }
        if (isAmongFirst(pod, firstVictims())) {
            return Optional.of(Bytes.ZERO);
        }
        Bytes used = mine.candidate().workingSet().orElse(Bytes.ZERO);
        long most = Long.MAX_VALUE - used.value();
        if (!isFirstAfter(mine, used, most)) {
            return Optional.empty();
        }
        long safe = 0;
        long unsafe = most;
        while (unsafe - safe > 1) {
            long middle = safe + (unsafe - safe) / 2;
            if (isFirstAfter(mine, used, middle)) {
                unsafe = middle;
            } else {
                safe = middle;
            }
        }
        return Optional.of(Bytes.of(safe));
    }

    private boolean isFirstAfter(EvictionRank mine, Bytes used, long growth) {
        EvictionRank grown =
                EvictionRank.of(EvictionCandidate.of(mine.candidate().pod(), used.plus(Bytes.of(growth))), version);
        for (List<EvictionRank> group : groups) {
            for (EvictionRank other : group) {
                if (other != mine && other.isEvictable() && EvictionRank.ORDER.compare(other, grown) < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isAmongFirst(String pod, List<EvictionRank> victims) {
        return victims.stream().anyMatch(rank -> rank.name().equals(pod));
    }

    private EvictionRank find(String pod) {
        return order().stream()
                .filter(rank -> rank.name().equals(pod))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no pod " + pod + " in " + this));
    }

    /** The names in order, tied ones joined by =, cut to 200 characters. */
    @Override
    public String toString() {
        String text = groups.stream()
                .map(group -> group.stream().map(EvictionRank::name).collect(Collectors.joining(" = ")))
                .collect(Collectors.joining(" > "));
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
