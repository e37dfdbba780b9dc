package io.github.memfit.kubernetes.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.kubernetes.ContainerResources;
import io.github.memfit.kubernetes.KubernetesFeature;
import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.LimitRange;
import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.kubernetes.advice.KubernetesFinding.Code;
import io.github.memfit.kubernetes.eviction.EvictionCandidate;
import io.github.memfit.kubernetes.node.MemoryQos;
import io.github.memfit.kubernetes.node.SwapAllowance;
import io.github.memfit.kubernetes.schedule.MemoryResize;
import io.github.memfit.kubernetes.schedule.NodeAmounts;
import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class AdviceTest {

    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> FULL = Map.of("cpu", "1", "memory", "1Gi");

    private static PodResources pod(Map<String, String> requests, Map<String, String> limits) {
        return PodResources.of(ContainerResources.of("app", requests, limits));
    }

    private static Set<Code> codes(PodResources pod, KubernetesVersion version) {
        return codes(PodScenario.of(pod, Bytes.gibi(16), version));
    }

    private static Set<Code> codes(PodScenario scenario) {
        return KubernetesFinding.of(scenario).stream()
                .map(KubernetesFinding::code)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Code.class)));
    }

    @Test
    void aRequestChangesScoreAndPositionAndNothingElse() {
        EvictionCandidate other = EvictionCandidate.of(pod(Map.of("memory", "1Gi"), NOTHING), Bytes.mebi(1100));
        PodScenario now = PodScenario.of(
                        pod(Map.of("memory", "512Mi"), NOTHING), Bytes.gibi(16), KubernetesVersion.V1_36)
                .withWorkingSet(Bytes.mebi(700))
                .withNeighbours(List.of(other));
        WhatIf diff = WhatIf.of(now, now.withPod(pod(Map.of("memory", "2Gi"), NOTHING)));
        assertEquals(
                List.of(
                        "oom_score_adj of app: 969 -> 875",
                        "scheduled memory request: 512Mi -> 2Gi",
                        "eviction memory request: 512Mi -> 2Gi",
                        "eviction position: 1 of 2, exceeds its request by 188Mi -> 2 of 2, within its request"),
                diff.changes().stream().map(Object::toString).toList());
        assertEquals("class: Burstable", diff.rows().get(0).toString());
        assertEquals("nothing changes", WhatIf.of(now, now).toString());
    }

    @Test
    void largerNodesMoveScoresAndAllocatable() {
        PodScenario now = PodScenario.of(pod(Map.of("memory", "1Gi"), NOTHING), Bytes.gibi(16), KubernetesVersion.V1_36)
                .withAllocatable(Bytes.gibi(15));
        WhatIf diff = WhatIf.of(now, now.withNodeMemory(Bytes.gibi(32)));
        assertEquals(
                List.of("oom_score_adj of app: 938 -> 969"),
                diff.changes().stream().map(Object::toString).toList());
    }

    @Test
    void driftNamesTheVersionThatFlips() {
        PodResources pod =
                pod(FULL, FULL).toBuilder().podLevel(NOTHING, NOTHING).build();
        Map<KubernetesVersion, WhatIf> drift =
                WhatIf.drift(PodScenario.of(pod, Bytes.gibi(16), KubernetesVersion.V1_33), KubernetesVersion.of(1, 99));
        assertEquals(
                List.of("1.34", "1.37"),
                drift.keySet().stream().map(Object::toString).toList());
        assertEquals(
                "class: Guaranteed -> BestEffort",
                drift.get(KubernetesVersion.V1_34).changes().get(0).toString());
        assertEquals(
                "class: BestEffort -> Guaranteed",
                drift.get(KubernetesVersion.V1_37).changes().get(0).toString());
    }

    @Test
    void filesSwapAndFitAreAmongTheFacts() {
        PodScenario scenario = PodScenario.of(
                        pod(Map.of("cpu", "1", "memory", "1Gi"), Map.of("memory", "2Gi")),
                        Bytes.gibi(16),
                        KubernetesVersion.V1_36.with(KubernetesFeature.MEMORY_QOS))
                .withMemoryQos(OptionalDouble.of(0.9), MemoryQos.Reservation.TIERED)
                .withSwap(Bytes.gibi(4), SwapAllowance.Behavior.LIMITED_SWAP)
                .withBookings(new NodeAmounts(Bytes.gibi(15), 4000, 110), new NodeAmounts(Bytes.gibi(8), 1000, 10));
        Map<String, String> facts = scenario.facts();
        assertEquals("memory.high=2040107008 memory.low=1073741824", facts.get("files of app"));
        assertEquals("memory.low=1073741824", facts.get("pod files"));
        assertEquals("LimitedSwap memory.swap.max=268435456", facts.get("swap of app"));
        assertEquals("2Gi", facts.get("pod memory.max"));
        assertTrue(facts.get("fit").startsWith("fits, least allocated"), facts.get("fit"));
    }

    @Test
    void aPlainPodHasNoFindings() {
        assertEquals(
                List.of(),
                KubernetesFinding.of(PodScenario.of(pod(FULL, FULL), Bytes.gibi(16), KubernetesVersion.V1_36)));
    }

    @Test
    void podLevelTraps() {
        PodResources empty =
                pod(FULL, FULL).toBuilder().podLevel(NOTHING, NOTHING).build();
        assertEquals(Set.of(Code.EMPTY_POD_LEVEL), codes(empty, KubernetesVersion.V1_35));
        assertEquals(Set.of(), codes(empty, KubernetesVersion.V1_37));
        PodResources cpuOnly = pod(FULL, FULL).toBuilder()
                .podLevel(Map.of("cpu", "2"), NOTHING)
                .build();
        assertTrue(codes(cpuOnly, KubernetesVersion.V1_35).contains(Code.POD_LEVEL_CPU_ONLY_EVICTION_ZERO));
        assertEquals(Set.of(), codes(cpuOnly, KubernetesVersion.V1_33));
        PodResources small = pod(FULL, FULL).toBuilder()
                .podLevel(Map.of("memory", "512Mi"), Map.of("memory", "512Mi"))
                .build();
        List<KubernetesFinding> findings =
                KubernetesFinding.of(PodScenario.of(small, Bytes.gibi(16), KubernetesVersion.V1_36));
        assertEquals(
                List.of("pod", "app"),
                findings.stream().map(KubernetesFinding::where).toList());
        assertEquals(KubernetesFinding.Severity.ERROR, findings.get(0).severity());
    }

    @Test
    void sidecarAndInitTraps() {
        PodResources mesh = PodResources.of(
                ContainerResources.of("app", FULL, FULL),
                ContainerResources.init("proxy-init", Map.of("memory", "10Mi"), NOTHING),
                ContainerResources.sidecar("proxy", FULL, FULL));
        assertTrue(codes(mesh, KubernetesVersion.V1_33)
                .containsAll(Set.of(Code.SIDECAR_NOT_IN_EVICTION_REQUEST, Code.INIT_CONTAINER_BREAKS_GUARANTEED)));
        Set<Code> later = codes(mesh, KubernetesVersion.V1_36);
        assertTrue(later.contains(Code.INIT_CONTAINER_BREAKS_GUARANTEED));
        assertTrue(!later.contains(Code.SIDECAR_NOT_IN_EVICTION_REQUEST));
    }

    @Test
    void limitTraps() {
        PodResources two = PodResources.of(
                ContainerResources.of("app", Map.of("memory", "1Gi"), Map.of("memory", "1Gi")),
                ContainerResources.of("log", Map.of("memory", "64Mi"), NOTHING));
        assertEquals(
                Set.of(Code.NO_POD_CGROUP_LIMIT, Code.UNLIMITED_DOWNWARD_API), codes(two, KubernetesVersion.V1_36));
        LimitRange range =
                LimitRange.builder().defaults(Map.of("memory", "512Mi")).build();
        PodScenario filled = PodScenario.of(
                        pod(Map.of("memory", "1Gi"), NOTHING), Bytes.gibi(16), KubernetesVersion.V1_36)
                .withLimitRange(range);
        assertEquals(Set.of(Code.LIMIT_BELOW_LIMITRANGE_DEFAULT), codes(filled));
    }

    @Test
    void amountTraps() {
        assertTrue(codes(pod(NOTHING, Map.of("memory", "100m")), KubernetesVersion.V1_36)
                .contains(Code.MEMORY_LIMIT_IN_MILLI));
        assertTrue(codes(pod(NOTHING, Map.of("memory", "500M")), KubernetesVersion.V1_36)
                .contains(Code.DECIMAL_VS_BINARY));
        assertTrue(codes(pod(NOTHING, Map.of("memory", "1.1Gi")), KubernetesVersion.V1_36)
                .contains(Code.QUANTITY_PRINTS_DIFFERENT));
        assertTrue(codes(pod(Map.of("memory", "0"), Map.of("memory", "1Gi")), KubernetesVersion.V1_36)
                .contains(Code.REQUEST_ZERO_EXPLICIT));
        assertTrue(codes(pod(Map.of("memory", "2Gi"), Map.of("memory", "1Gi")), KubernetesVersion.V1_36)
                .contains(Code.REQUEST_ABOVE_LIMIT));
        assertTrue(codes(pod(Map.of("memory", "-1Gi"), NOTHING), KubernetesVersion.V1_36)
                .contains(Code.NEGATIVE_AMOUNT));
        assertTrue(codes(pod(Map.of("memory", "16Mi"), NOTHING), KubernetesVersion.V1_36)
                .contains(Code.REQUEST_BUYS_NO_OOM_PROTECTION));
        List<KubernetesFinding> texts = KubernetesFinding.ofTexts("app", Map.of("memory", "1.5Gi"));
        assertEquals(
                "QUANTITY_PRINTS_DIFFERENT app: memory is shown as 1536Mi",
                texts.get(0).toString());
        assertEquals(List.of(), KubernetesFinding.ofTexts("app", Map.of("memory", "1Gi", "cpu", "many")));
    }

    @Test
    void priorityVersionAndReservationTraps() {
        PodResources critical = pod(FULL, FULL).toBuilder()
                .priority(PodResources.CRITICAL_PRIORITY)
                .priorityClassName("system-cluster-critical")
                .build();
        assertEquals(Set.of(Code.CRITICAL_NOT_NODE_CRITICAL), codes(critical, KubernetesVersion.V1_36));
        assertEquals(Set.of(Code.VERSION_NOT_KNOWN), codes(pod(FULL, FULL), KubernetesVersion.of(1, 60)));
        PodScenario tiered = PodScenario.of(
                        pod(FULL, FULL), Bytes.gibi(16), KubernetesVersion.V1_36.with(KubernetesFeature.MEMORY_QOS))
                .withMemoryQos(OptionalDouble.empty(), MemoryQos.Reservation.TIERED);
        assertEquals(Set.of(Code.TIERED_GUARANTEED_CACHE), codes(tiered));
    }

    @Test
    void shrinkingBelowUsageIsAFinding() {
        PodResources small = pod(Map.of("cpu", "1", "memory", "512Mi"), Map.of("memory", "1Gi"));
        PodResources big = pod(Map.of("cpu", "1", "memory", "512Mi"), Map.of("memory", "2Gi"));
        MemoryResize resize = MemoryResize.of(
                big, small, "app", MemoryResize.Setting.DEFAULT.withUsage(Bytes.mebi(1500)), KubernetesVersion.V1_36);
        List<KubernetesFinding> findings = new ArrayList<>(KubernetesFinding.ofResize("app", resize));
        assertEquals(
                List.of(Code.SHRINK_BELOW_USAGE),
                findings.stream().map(KubernetesFinding::code).toList());
    }
}
