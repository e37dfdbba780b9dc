package io.github.memfit.kubernetes.advice;

import io.github.memfit.kubernetes.ContainerResources;
import io.github.memfit.kubernetes.EffectiveResources;
import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.LimitRange;
import io.github.memfit.kubernetes.OomScoreAdj;
import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.kubernetes.QosClass;
import io.github.memfit.kubernetes.Quantity;
import io.github.memfit.kubernetes.eviction.EvictionCandidate;
import io.github.memfit.kubernetes.eviction.EvictionRanking;
import io.github.memfit.kubernetes.node.MemoryQos;
import io.github.memfit.kubernetes.node.PodMemoryLimit;
import io.github.memfit.kubernetes.node.SwapAllowance;
import io.github.memfit.kubernetes.schedule.NodeAmounts;
import io.github.memfit.kubernetes.schedule.NodeFit;
import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A pod in its surroundings: the node's memory, the cluster's version and, as far as they are known, the neighbours and the
 * kubelet's settings. Change one part and {@link WhatIf} tells what follows. Immutable and thread-safe.
 *
 * {@snippet :
 * PodScenario now = PodScenario.of(pod, Bytes.gibi(16), KubernetesVersion.V1_33).withWorkingSet(Bytes.mebi(700));
 * WhatIf.of(now, now.withVersion(KubernetesVersion.V1_34)).changes();
 * }
 *
 * @since 0.1
 */
public final class PodScenario {

    private PodResources pod;
    private Bytes nodeMemory;
    private KubernetesVersion version;
    private Bytes allocatable;
    private @Nullable LimitRange limitRange;
    private @Nullable Bytes workingSet;
    private List<EvictionCandidate> neighbours = List.of();
    private @Nullable NodeAmounts offered;
    private NodeAmounts requested = new NodeAmounts(Bytes.ZERO, 0, 0);
    private @Nullable OptionalDouble throttlingFactor;
    private MemoryQos.Reservation reservation = MemoryQos.Reservation.NONE;
    private SwapAllowance.@Nullable Behavior swapBehavior;
    private Bytes nodeSwap = Bytes.ZERO;

    private PodScenario(PodResources pod, Bytes nodeMemory, KubernetesVersion version) {
        this.pod = Objects.requireNonNull(pod, "pod");
        this.nodeMemory = positive(nodeMemory);
        this.version = Objects.requireNonNull(version, "version");
        this.allocatable = nodeMemory;
    }

    private PodScenario(PodScenario from) {
        pod = from.pod;
        nodeMemory = from.nodeMemory;
        version = from.version;
        allocatable = from.allocatable;
        limitRange = from.limitRange;
        workingSet = from.workingSet;
        neighbours = from.neighbours;
        offered = from.offered;
        requested = from.requested;
        throttlingFactor = from.throttlingFactor;
        reservation = from.reservation;
        swapBehavior = from.swapBehavior;
        nodeSwap = from.nodeSwap;
    }

    /**
     * A pod on a node.
     *
     * @param written the pod as its manifest has it
     * @param nodeMemory the machine's memory, taken for allocatable too until that is known
     * @param version the cluster's version
     * @return the scenario
     * @throws IllegalArgumentException if the memory is not positive
     */
    public static PodScenario of(PodResources written, Bytes nodeMemory, KubernetesVersion version) {
        return new PodScenario(written, nodeMemory, version);
    }

    /**
     * The same with another pod.
     *
     * @param written the pod as its manifest has it
     * @return the scenario
     */
    public PodScenario withPod(PodResources written) {
        PodScenario changed = new PodScenario(this);
        changed.pod = Objects.requireNonNull(written, "written");
        return changed;
    }

    /**
     * The same on a node of another size; allocatable follows, in the same distance.
     *
     * @param memory the machine's memory
     * @return the scenario
     * @throws IllegalArgumentException if the memory is not positive
     */
    public PodScenario withNodeMemory(Bytes memory) {
        PodScenario changed = new PodScenario(this);
        changed.nodeMemory = positive(memory);
        Bytes reserved = nodeMemory.minus(allocatable);
        changed.allocatable = memory.minus(reserved).max(Bytes.ZERO);
        return changed;
    }

    /**
     * The same in another version; moved gates stay where that version knows them.
     *
     * @param other the version
     * @return the scenario
     */
    public PodScenario withVersion(KubernetesVersion other) {
        PodScenario changed = new PodScenario(this);
        changed.version = Objects.requireNonNull(other, "other");
        return changed;
    }

    /**
     * The same with known allocatable memory.
     *
     * @param memory what the node offers to pods
     * @return the scenario
     */
    public PodScenario withAllocatable(Bytes memory) {
        PodScenario changed = new PodScenario(this);
        changed.allocatable = Objects.requireNonNull(memory, "memory");
        return changed;
    }

    /**
     * The same in a namespace with a LimitRange.
     *
     * @param range the range for containers
     * @return the scenario
     */
    public PodScenario withLimitRange(LimitRange range) {
        PodScenario changed = new PodScenario(this);
        changed.limitRange = Objects.requireNonNull(range, "range");
        return changed;
    }

    /**
     * The same with known usage.
     *
     * @param bytes the working set of the pod's cgroup
     * @return the scenario
     */
    public PodScenario withWorkingSet(Bytes bytes) {
        PodScenario changed = new PodScenario(this);
        changed.workingSet = Objects.requireNonNull(bytes, "bytes");
        return changed;
    }

    /**
     * The same beside other pods.
     *
     * @param others the other pods of the node
     * @return the scenario
     */
    public PodScenario withNeighbours(List<EvictionCandidate> others) {
        PodScenario changed = new PodScenario(this);
        changed.neighbours = List.copyOf(others);
        return changed;
    }

    /**
     * The same on a node whose bookings are known.
     *
     * @param offers what is allocatable
     * @param booked what other pods have requested
     * @return the scenario
     */
    public PodScenario withBookings(NodeAmounts offers, NodeAmounts booked) {
        PodScenario changed = new PodScenario(this);
        changed.offered = Objects.requireNonNull(offers, "offers");
        changed.requested = Objects.requireNonNull(booked, "booked");
        changed.allocatable = offers.memory();
        return changed;
    }

    /**
     * The same with other settings of Memory QoS; the feature itself is a gate of the version.
     *
     * @param factor the throttling factor, empty for none
     * @param policy the reservation policy
     * @return the scenario
     */
    public PodScenario withMemoryQos(OptionalDouble factor, MemoryQos.Reservation policy) {
        PodScenario changed = new PodScenario(this);
        changed.throttlingFactor = factor;
        changed.reservation = Objects.requireNonNull(policy, "policy");
        return changed;
    }

    /**
     * The same on a cgroup v2 node with swap.
     *
     * @param swap the machine's swap
     * @param behavior the kubelet's setting
     * @return the scenario
     */
    public PodScenario withSwap(Bytes swap, SwapAllowance.Behavior behavior) {
        PodScenario changed = new PodScenario(this);
        changed.nodeSwap = Objects.requireNonNull(swap, "swap");
        changed.swapBehavior = Objects.requireNonNull(behavior, "behavior");
        return changed;
    }

    /**
     * The pod as its manifest has it.
     *
     * @return the pod
     */
    public PodResources written() {
        return pod;
    }

    /**
     * The pod as the cluster stores it, LimitRange included.
     *
     * @return the pod
     */
    public PodResources stored() {
        PodResources stored = pod.asStored(version);
        return limitRange == null ? stored : limitRange.applyTo(stored);
    }

    /**
     * The version.
     *
     * @return the cluster's version
     */
    public KubernetesVersion version() {
        return version;
    }

    /**
     * The machine's memory.
     *
     * @return the memory
     */
    public Bytes nodeMemory() {
        return nodeMemory;
    }

    /**
     * The namespace's LimitRange.
     *
     * @return the range, empty if there is none
     */
    public Optional<LimitRange> limitRange() {
        return Optional.ofNullable(limitRange);
    }

    /**
     * The settings of Memory QoS in this version.
     *
     * @return the settings
     */
    public MemoryQos memoryQos() {
        MemoryQos defaults = MemoryQos.of(version).withReservation(reservation);
        if (throttlingFactor == null) {
            return defaults;
        }
        return throttlingFactor.isPresent()
                ? defaults.withThrottlingFactor(throttlingFactor.getAsDouble())
                : defaults.withoutThrottling();
    }

    /**
     * Everything that the rules say, by name: class, scores, requests, cgroup files, swap, position in the order of eviction,
     * and whether it fits.
     *
     * @return name to text, in a fixed order
     */
    public Map<String, String> facts() {
        PodResources stored = stored();
        EffectiveResources effective = EffectiveResources.of(stored, version);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("class", QosClass.of(stored, version).toString());
        for (OomScoreAdj score : OomScoreAdj.of(stored, nodeMemory, version)) {
            facts.put("oom_score_adj of " + score.container(), Integer.toString(score.value()));
        }
        facts.put("scheduled memory request", effective.requests().memory().toString());
        facts.put("eviction memory request", effective.evictionMemoryRequest().toString());
        facts.put(
                "pod memory.max",
                PodMemoryLimit.of(stored, version)
                        .memoryMax()
                        .map(Bytes::toString)
                        .orElse("max"));
        facts.put("pod files", memoryQos().pod(stored).toString());
        for (ContainerResources container : stored.allContainers()) {
            String name = container.name();
            facts.put(
                    "memory.max of " + name,
                    PodMemoryLimit.ofContainer(stored, name, version)
                            .map(Bytes::toString)
                            .orElse("max"));
            facts.put(
                    "files of " + name,
                    memoryQos().container(stored, name, allocatable).toString());
            if (swapBehavior != null) {
                SwapAllowance.Node node = new SwapAllowance.Node(nodeMemory, nodeSwap, true, true);
                SwapAllowance swap = SwapAllowance.of(stored, name, node, swapBehavior, version);
                facts.put("swap of " + name, swap.decision() + " " + swap.writes());
            }
        }
        ranked(stored).ifPresent(position -> facts.put("eviction position", position));
        if (offered != null) {
            facts.put(
                    "fit",
                    NodeFit.of(offered, requested, NodeAmounts.of(stored, version))
                            .toString());
        }
        return Collections.unmodifiableMap(facts);
    }

    private Optional<String> ranked(PodResources stored) {
        if (workingSet == null) {
            return Optional.empty();
        }
        Quantity used = Quantity.of(workingSet);
        Quantity request = EffectiveResources.of(stored, version).evictionMemoryRequest();
        String key =
                used.compareTo(request) > 0 ? "exceeds its request by " + used.minus(request) : "within its request";
        if (neighbours.isEmpty()) {
            return Optional.of(key);
        }
        EvictionCandidate mine = EvictionCandidate.of(stored, workingSet);
        List<EvictionCandidate> all = new ArrayList<>(neighbours);
        all.add(mine);
        int before = 0;
        for (var group : EvictionRanking.of(all, version).groups()) {
            if (group.stream().anyMatch(rank -> rank.candidate().equals(mine))) {
                String tied = group.size() > 1 ? ", tied with " + (group.size() - 1) : "";
                return Optional.of((before + 1) + " of " + all.size() + tied + ", " + key);
            }
            before += group.size();
        }
        throw new AssertionError("a ranking has all its pods");
    }

    private static Bytes positive(Bytes memory) {
        if (memory.value() <= 0) {
            throw new IllegalArgumentException("a machine has memory, got " + memory);
        }
        return memory;
    }

    /** The pod, the node and the version. */
    @Override
    public String toString() {
        String name = pod.name().length() <= 100 ? pod.name() : pod.name().substring(0, 100) + "...";
        return name + " on " + nodeMemory + " with " + version;
    }
}
