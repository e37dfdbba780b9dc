package io.github.memfit.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.kubernetes.eviction.EvictionCandidate;
import io.github.memfit.kubernetes.eviction.EvictionPlan;
import io.github.memfit.kubernetes.eviction.EvictionRank;
import io.github.memfit.kubernetes.eviction.EvictionRanking;
import io.github.memfit.kubernetes.eviction.EvictionThreshold;
import io.github.memfit.kubernetes.eviction.NodeAllocatable;
import io.github.memfit.kubernetes.eviction.NodeMemorySignal;
import io.github.memfit.kubernetes.node.CgroupWrites;
import io.github.memfit.kubernetes.node.MemoryQos;
import io.github.memfit.kubernetes.node.PodCgroupPath;
import io.github.memfit.kubernetes.node.SwapAllowance;
import io.github.memfit.kubernetes.schedule.NodeAmounts;
import io.github.memfit.kubernetes.schedule.NodeFit;
import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

@Tag("bare")
class NodeProperties {

    @Provide
    Arbitrary<PodResources> pods() {
        return Pods.any();
    }

    @Provide
    Arbitrary<KubernetesVersion> versions() {
        return Pods.versions();
    }

    @Provide
    Arbitrary<List<EvictionCandidate>> candidates() {
        Arbitrary<Optional<Bytes>> usages = Arbitraries.of(0L, 1L, 512L << 20, (512L << 20) + 1, 1L << 30, 3L << 30)
                .map(Bytes::of)
                .optional(0.9);
        return Combinators.combine(Pods.node(), usages.list().ofSize(8)).as((pods, used) -> {
            List<EvictionCandidate> candidates = new ArrayList<>();
            for (int i = 0; i < pods.size(); i++) {
                candidates.add(new EvictionCandidate(pods.get(i), used.get(i)));
            }
            return candidates;
        });
    }

    @Property
    void scoreDoesNotRiseWithTheRequest(
            @ForAll @LongRange(min = 0, max = 1L << 45) long small,
            @ForAll @LongRange(min = 0, max = 1L << 45) long more,
            @ForAll @LongRange(min = 1 << 20, max = 1L << 44) long capacity,
            @ForAll("versions") KubernetesVersion version) {
        int low = score(small, capacity, version);
        int high = score(small + more, capacity, version);
        assertTrue(high <= low, () -> low + " then " + high);
        assertTrue(high >= 2 && low <= 999);
    }

    private static int score(long request, long capacity, KubernetesVersion version) {
        PodResources pod = PodResources.of(
                ContainerResources.of("app", Map.of("cpu", "1", "memory", String.valueOf(request)), Map.of()));
        return OomScoreAdj.of(pod, Bytes.of(capacity), version).get(0).value();
    }

    @Property
    void inverseContainsTheRequest(
            @ForAll @LongRange(min = 0, max = 1L << 45) long request,
            @ForAll @LongRange(min = 1 << 20, max = 1L << 44) long capacity) {
        int score = score(request, capacity, KubernetesVersion.V1_31);
        OomScoreReading reading = OomScoreReading.of(score, Bytes.of(capacity));
        assertTrue(reading.contains(Bytes.of(request)), reading::toString);
        assertEquals(Optional.of(QosClass.BURSTABLE), reading.qosClass());
    }

    @Property
    void boundsOfTheInverseAreTight(
            @ForAll @IntRange(min = 3, max = 999) int score,
            @ForAll @LongRange(min = 1 << 20, max = 1L << 44) long capacity) {
        OomScoreReading reading = OomScoreReading.of(score, Bytes.of(capacity));
        long least = reading.requestAtLeast().orElseThrow().value();
        assertEquals(score, score(least, capacity, KubernetesVersion.V1_31));
        assertTrue(least == 0 || score(least - 1, capacity, KubernetesVersion.V1_31) > score);
        reading.requestAtMost().ifPresent(most -> {
            assertEquals(score, score(most.value(), capacity, KubernetesVersion.V1_31));
            assertTrue(score(most.value() + 1, capacity, KubernetesVersion.V1_31) < score);
        });
    }

    @Property
    void everyContainerOfAnyPodHasAScore(
            @ForAll("pods") PodResources pod,
            @ForAll @LongRange(min = 1 << 20, max = 1L << 44) long capacity,
            @ForAll("versions") KubernetesVersion version) {
        List<OomScoreAdj> scores = OomScoreAdj.of(pod, Bytes.of(capacity), version);
        assertEquals(pod.allContainers().size(), scores.size());
        boolean guaranteed = QosClass.of(pod, version) == QosClass.GUARANTEED;
        scores.forEach(score -> assertTrue(!guaranteed || score.value() <= -997));
    }

    @Property
    void evictionIsAWeakOrderWithTies(
            @ForAll("candidates") List<EvictionCandidate> candidates,
            @ForAll("versions") KubernetesVersion version,
            @ForAll long seed) {
        List<EvictionCandidate> shuffled = new ArrayList<>(candidates);
        Collections.shuffle(shuffled, new Random(seed));
        assertEquals(groups(candidates, version), groups(shuffled, version));
    }

    private static List<Set<String>> groups(List<EvictionCandidate> candidates, KubernetesVersion version) {
        return EvictionRanking.of(candidates, version).groups().stream()
                .map(group -> group.stream().map(EvictionRank::name).collect(Collectors.toSet()))
                .collect(Collectors.toList());
    }

    @Property
    void theOrderAgreesWithItsKeys(
            @ForAll("candidates") List<EvictionCandidate> candidates, @ForAll("versions") KubernetesVersion version) {
        List<EvictionRank> order = EvictionRanking.of(candidates, version).order();
        Set<EvictionCandidate> all = new HashSet<>(candidates);
        assertEquals(all, order.stream().map(EvictionRank::candidate).collect(Collectors.toSet()));
        for (int i = 1; i < order.size(); i++) {
            EvictionRank first = order.get(i - 1);
            EvictionRank second = order.get(i);
            boolean measured = first.excess().isPresent();
            assertFalse(measured && second.excess().isEmpty());
            if (measured) {
                assertFalse(!first.isExceeding() && second.isExceeding());
            }
            if (measured == second.excess().isPresent() && first.isExceeding() == second.isExceeding()) {
                int low = first.candidate().pod().priority().orElse(0);
                int high = second.candidate().pod().priority().orElse(0);
                assertTrue(low <= high);
                if (low == high && measured) {
                    assertTrue(first.excess().get().compareTo(second.excess().get()) >= 0);
                }
            }
        }
    }

    @Property
    void planFreesWhatItSaysAndSparesTheCritical(
            @ForAll("candidates") List<EvictionCandidate> candidates,
            @ForAll @LongRange(min = 0, max = 8L << 30) long used) {
        NodeMemorySignal node = new NodeMemorySignal(Bytes.gibi(8), Bytes.of(used));
        EvictionThreshold threshold = EvictionThreshold.parse("1Gi").withMinimumReclaim("10%");
        EvictionPlan plan =
                EvictionRanking.of(candidates, KubernetesVersion.V1_36).untilResolved(node, threshold);
        Bytes freed = Bytes.ZERO;
        for (EvictionRank victim : plan.victims()) {
            assertTrue(victim.isEvictable());
            assertTrue(threshold.isUnresolved(node.available().plus(freed), node.capacity()));
            freed = freed.plus(victim.candidate().workingSet().orElse(Bytes.ZERO));
        }
        assertEquals(freed, plan.freed());
        if (!threshold.isMet(node.available(), node.capacity())) {
            assertEquals(List.of(), plan.victims());
        }
    }

    @Property(tries = 200)
    void safeGrowthIsSafeAndOneByteMoreIsNot(
            @ForAll("candidates") List<EvictionCandidate> candidates, @ForAll("versions") KubernetesVersion version) {
        EvictionRanking ranking = EvictionRanking.of(candidates, version);
        for (EvictionCandidate candidate : candidates) {
            String name = candidate.pod().name();
            ranking.safeGrowth(name).ifPresent(growth -> {
                assertTrue(isFirst(candidates, candidate, growth.plus(Bytes.of(1)), version), name);
                assertTrue(growth.isZero() || !isFirst(candidates, candidate, growth, version), name);
            });
        }
    }

    private static boolean isFirst(
            List<EvictionCandidate> all, EvictionCandidate one, Bytes growth, KubernetesVersion version) {
        if (one.workingSet().isEmpty()) {
            return true;
        }
        List<EvictionCandidate> grown = new ArrayList<>(all);
        grown.set(
                all.indexOf(one),
                EvictionCandidate.of(one.pod(), one.workingSet().get().plus(growth)));
        return EvictionRanking.of(grown, version).firstVictims().stream()
                .anyMatch(rank -> rank.name().equals(one.pod().name()));
    }

    @Property
    void thresholdsGrowWithThePercentage(
            @ForAll @IntRange(min = 1, max = 98) int percent,
            @ForAll @LongRange(min = 0, max = 1L << 50) long capacity) {
        Bytes whole = Bytes.of(capacity);
        Bytes small = EvictionThreshold.parse(percent + "%").bytes(whole);
        Bytes large = EvictionThreshold.parse((percent + 1) + "%").bytes(whole);
        assertTrue(small.compareTo(large) <= 0);
        long exact = capacity / 100 * percent;
        assertTrue(Math.abs(small.value() - exact) <= capacity / 1_000_000 + 100);
    }

    @Property
    void allocatableNeverExceedsWhatPodsMayUse(
            @ForAll @LongRange(min = 0, max = 1L << 40) long capacity,
            @ForAll @LongRange(min = 0, max = 1L << 38) long reserved,
            @ForAll @LongRange(min = 1, max = 1L << 38) long margin) {
        NodeAllocatable node = NodeAllocatable.of(
                Bytes.of(capacity),
                Bytes.of(reserved),
                Bytes.of(reserved),
                EvictionThreshold.parse(String.valueOf(margin)),
                List.of());
        assertTrue(node.allocatable().compareTo(node.podsLimit()) <= 0);
        assertFalse(node.allocatable().isNegative());
        assertTrue(node.podsLimit().minus(node.allocatable()).compareTo(node.evictionMargin()) <= 0);
    }

    @Property
    void memoryHighLiesBetweenRequestAndLimit(
            @ForAll @LongRange(min = 0, max = 1L << 40) long request,
            @ForAll @LongRange(min = 1, max = 1L << 40) long more,
            @ForAll @IntRange(min = 1, max = 10) int tenths,
            @ForAll("versions") KubernetesVersion version) {
        if (!version.isAtLeast(22)) {
            return;
        }
        PodResources pod = PodResources.of(ContainerResources.of(
                "app",
                Map.of("cpu", "1", "memory", String.valueOf(request)),
                Map.of("memory", String.valueOf(request + more))));
        MemoryQos qos = MemoryQos.of(version.with(KubernetesFeature.MEMORY_QOS)).withThrottlingFactor(tenths / 10.0);
        CgroupWrites writes = qos.container(pod, "app", Bytes.ZERO);
        writes.find("memory.high").map(Long::parseLong).ifPresent(high -> {
            assertTrue(high > request && high <= request + more, writes::toString);
            assertTrue(!version.isAtLeast(27) || high % 4096 == 0);
        });
        assertEquals(
                Map.of(),
                MemoryQos.of(version.without(KubernetesFeature.MEMORY_QOS))
                        .container(pod, "app", Bytes.ZERO)
                        .asMap());
    }

    @Property
    void swapSharesOfFittingRequestsFitTheSwap(
            @ForAll @LongRange(min = 1, max = 1L << 40) long first,
            @ForAll @LongRange(min = 1, max = 1L << 40) long second,
            @ForAll @LongRange(min = 0, max = 1L << 40) long swap) {
        SwapAllowance.Node node = new SwapAllowance.Node(Bytes.of(first + second), Bytes.of(swap), true, true);
        long sum = share(first, node) + share(second, node);
        assertTrue(sum <= swap + swap / (1L << 40) + 1, () -> sum + " of " + swap);
    }

    private static long share(long request, SwapAllowance.Node node) {
        PodResources pod =
                PodResources.of(ContainerResources.of("app", Map.of("memory", String.valueOf(request)), Map.of()));
        SwapAllowance swap =
                SwapAllowance.of(pod, "app", node, SwapAllowance.Behavior.LIMITED_SWAP, KubernetesVersion.V1_36);
        return Long.parseLong(swap.writes().find("memory.swap.max").orElseThrow());
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);
    }

    @Provide
    Arbitrary<String> uids() {
        return Arbitraries.strings()
                .withChars("0123456789abcdef-")
                .ofMinLength(1)
                .ofMaxLength(36);
    }

    @Property
    void builtPathsReadBack(
            @ForAll("ids") String id,
            @ForAll("uids") String uid,
            @ForAll QosClass qos,
            @ForAll PodCgroupPath.Driver driver,
            @ForAll boolean rooted) {
        PodCgroupPath pod = PodCgroupPath.of(rooted ? "kubelet" : "", driver, qos, uid);
        assertEquals(pod, PodCgroupPath.parse(pod.path()));
        PodCgroupPath container = pod.inContainer("cri-containerd", id);
        assertEquals(container, PodCgroupPath.parse(container.path()));
    }

    @Property
    void aPodThatFitsStillFitsWithLess(
            @ForAll @LongRange(min = 0, max = 1L << 40) long allocatable,
            @ForAll @LongRange(min = 0, max = 1L << 40) long requested,
            @ForAll @LongRange(min = 0, max = 1L << 40) long pod) {
        NodeAmounts offered = new NodeAmounts(Bytes.of(allocatable), 1000, 10);
        NodeAmounts booked = new NodeAmounts(Bytes.of(requested), 0, 0);
        NodeFit fit = NodeFit.of(offered, booked, new NodeAmounts(Bytes.of(pod), 0, 1));
        NodeFit smaller = NodeFit.of(offered, booked, new NodeAmounts(Bytes.of(pod / 2), 0, 1));
        assertTrue(!fit.fits() || smaller.fits());
        assertTrue(fit.leastAllocated() >= 0 && fit.leastAllocated() <= 100);
        assertTrue(fit.mostAllocated() >= 0 && fit.mostAllocated() <= 100);
        assertTrue(fit.balanced() >= 0 && fit.balanced() <= 100);
        assertTrue(fit.leastAllocated() <= smaller.leastAllocated());
    }

    @Property
    void theVictimHasTheMostPoints(@ForAll List<@IntRange(min = -1000, max = 1000) Integer> scores, @ForAll long seed) {
        Random random = new Random(seed);
        List<OomProcess> processes = new ArrayList<>();
        Map<OomProcess, Long> points = new HashMap<>();
        for (int i = 0; i < scores.size(); i++) {
            OomProcess process =
                    new OomProcess("p" + i, scores.get(i), Bytes.of(random.nextInt(1 << 30)), Bytes.ZERO, Bytes.ZERO);
            processes.add(process);
            process.points(Bytes.gibi(16), Bytes.kibi(4)).ifPresent(value -> points.put(process, value));
        }
        OomVictims victims = OomVictims.of(processes, Bytes.gibi(16), Bytes.kibi(4));
        assertEquals(points.keySet(), new HashSet<>(victims.order()));
        victims.first().ifPresent(first -> points.values().forEach(value -> assertTrue(value <= points.get(first))));
    }
}
