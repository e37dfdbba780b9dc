package io.github.memfit.kubernetes.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.kubernetes.ContainerResources;
import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.kubernetes.schedule.HpaReplicas.Load;
import io.github.memfit.kubernetes.schedule.MemoryResize.Outcome;
import io.github.memfit.unit.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class ScheduleTest {

    private static PodResources pod(String request, String limit) {
        return PodResources.of(ContainerResources.of(
                "app",
                request.isEmpty() ? Map.of("cpu", "1") : Map.of("cpu", "1", "memory", request),
                limit.isEmpty() ? Map.of() : Map.of("memory", limit)));
    }

    private static Outcome resize(PodResources before, PodResources after, KubernetesVersion version) {
        return MemoryResize.of(before, after, "app", MemoryResize.Setting.DEFAULT, version)
                .outcome();
    }

    @Test
    void loweringALimitCameWithOneThirtyFour() {
        PodResources big = pod("512Mi", "2Gi");
        PodResources small = pod("512Mi", "1Gi");
        assertEquals(Outcome.REFUSED, resize(big, small, KubernetesVersion.V1_32));
        assertEquals(Outcome.REFUSED, resize(big, small, KubernetesVersion.V1_33));
        assertEquals(Outcome.APPLIED, resize(big, small, KubernetesVersion.V1_34));
        assertEquals(Outcome.APPLIED, resize(small, big, KubernetesVersion.V1_33));
        assertEquals(Outcome.UNCHANGED, resize(small, small, KubernetesVersion.V1_33));
        assertEquals(
                Outcome.RESTARTS,
                MemoryResize.of(big, small, "app", MemoryResize.Setting.DEFAULT.withRestart(), KubernetesVersion.V1_33)
                        .outcome());
    }

    @Test
    void whatIsChargedDecidesNotTheWorkingSet() {
        MemoryResize.Setting full = MemoryResize.Setting.DEFAULT.withUsage(Bytes.gibi(1));
        MemoryResize resize =
                MemoryResize.of(pod("512Mi", "2Gi"), pod("512Mi", "1Gi"), "app", full, KubernetesVersion.V1_36);
        assertEquals(Outcome.NOT_APPLIED, resize.outcome());
        assertTrue(MemoryResize.isSafeToLower(Bytes.gibi(1), Bytes.gibi(1).minus(Bytes.of(1))));
    }

    @Test
    void someResizesAreNeverApplied() {
        KubernetesVersion version = KubernetesVersion.V1_36;
        assertEquals(Outcome.REFUSED, resize(pod("512Mi", "1Gi"), pod("512Mi", ""), version));
        assertEquals(Outcome.REFUSED, resize(pod("512Mi", "1Gi"), pod("", "1Gi"), version));
        PodResources guaranteed = PodResources.of(
                ContainerResources.of("app", Map.of("cpu", "1", "memory", "1Gi"), Map.of("cpu", "1", "memory", "1Gi")));
        PodResources burstable = PodResources.of(
                ContainerResources.of("app", Map.of("cpu", "1", "memory", "1Gi"), Map.of("cpu", "1", "memory", "2Gi")));
        assertEquals(Outcome.REFUSED, resize(guaranteed, burstable, version));
        PodResources larger = PodResources.of(
                ContainerResources.of("app", Map.of("cpu", "1", "memory", "2Gi"), Map.of("cpu", "1", "memory", "2Gi")));
        MemoryResize.Setting managed = new MemoryResize.Setting(false, false, true, Optional.empty());
        assertEquals(
                Outcome.INFEASIBLE,
                MemoryResize.of(guaranteed, larger, "app", managed, version).outcome());
        MemoryResize.Setting swapping = new MemoryResize.Setting(false, true, false, Optional.empty());
        assertEquals(
                Outcome.INFEASIBLE,
                MemoryResize.of(pod("512Mi", "2Gi"), pod("1Gi", "2Gi"), "app", swapping, version)
                        .outcome());
        PodResources fixed = pod("512Mi", "1Gi").toBuilder()
                .annotations(Map.of("kubernetes.io/config.source", "file"))
                .build();
        assertEquals(Outcome.REFUSED, resize(fixed, pod("1Gi", "1Gi"), version));
    }

    @Test
    void initContainersCanBeResizedSinceOneThirtySix() {
        PodResources before = PodResources.of(
                ContainerResources.of("app", Map.of("memory", "1Gi"), Map.of()),
                ContainerResources.init("init", Map.of("memory", "1Gi"), Map.of()));
        PodResources after = PodResources.of(
                ContainerResources.of("app", Map.of("memory", "1Gi"), Map.of()),
                ContainerResources.init("init", Map.of("memory", "2Gi"), Map.of()));
        assertEquals(
                Outcome.REFUSED,
                MemoryResize.of(before, after, "init", MemoryResize.Setting.DEFAULT, KubernetesVersion.V1_35)
                        .outcome());
        assertEquals(
                Outcome.APPLIED,
                MemoryResize.of(before, after, "init", MemoryResize.Setting.DEFAULT, KubernetesVersion.V1_36)
                        .outcome());
    }

    @Test
    void replicasFollowUtilization() {
        Load busy = Load.of(Bytes.mebi(900), Bytes.mebi(1000));
        assertEquals(4, HpaReplicas.of(3, List.of(busy, busy, busy), 70, 0.1).replicas());
        assertEquals(3, HpaReplicas.of(3, List.of(busy, busy, busy), 85, 0.1).replicas());
        Load idle = Load.of(Bytes.mebi(100), Bytes.mebi(1000));
        assertEquals(1, HpaReplicas.of(3, List.of(idle, idle, idle), 50, 0.1).replicas());
        assertEquals(90, HpaReplicas.of(3, List.of(busy), 70, 0.1).utilizationPercent());
        assertEquals(3, HpaReplicas.of(3, List.of(), 70, 0.1).replicas());
        assertThrows(IllegalArgumentException.class, () -> HpaReplicas.of(3, List.of(), 0, 0.1));
    }

    @Test
    void podsWithoutFiguresDampBothDirections() {
        Load busy = Load.of(Bytes.mebi(900), Bytes.mebi(1000));
        Load idle = Load.of(Bytes.mebi(100), Bytes.mebi(1000));
        Load missing = new Load(Optional.empty(), Bytes.mebi(1000));
        // Up: missing counts as unused: (900 + 900 + 0) / 3000 = 60% of 50% over three pods.
        assertEquals(4, HpaReplicas.of(3, List.of(busy, busy, missing), 50, 0.1).replicas());
        // The direction would turn, so nothing happens.
        assertEquals(
                3, HpaReplicas.of(3, List.of(busy, missing, missing), 50, 0.1).replicas());
        // Down: missing counts as fully used: (100 + 100 + 1000) / 3000 = 40% of 80%.
        assertEquals(2, HpaReplicas.of(3, List.of(idle, idle, missing), 80, 0.1).replicas());
    }

    @Test
    void theAutoscalerNeedsEveryRequest() {
        KubernetesVersion version = KubernetesVersion.V1_36;
        PodResources pod = PodResources.of(
                ContainerResources.of("app", Map.of("memory", "1Gi"), Map.of()),
                ContainerResources.init("init", Map.of(), Map.of()),
                ContainerResources.sidecar("proxy", Map.of("memory", "64Mi"), Map.of()));
        assertEquals(Optional.of(Bytes.mebi(1088)), HpaReplicas.memoryRequest(pod, version));
        assertEquals(
                Optional.empty(),
                HpaReplicas.memoryRequest(
                        PodResources.of(ContainerResources.of("app", Map.of("cpu", "1"), Map.of())), version));
        PodResources level =
                pod.toBuilder().podLevel(Map.of("memory", "2Gi"), Map.of()).build();
        assertEquals(Optional.of(Bytes.gibi(2)), HpaReplicas.memoryRequest(level, version));
        assertEquals(Optional.of(Bytes.mebi(1088)), HpaReplicas.memoryRequest(level, KubernetesVersion.V1_33));
    }

    @Test
    void unresolvableMeansEvictingOthersWouldNotHelp() {
        NodeAmounts node = new NodeAmounts(Bytes.gibi(16), 4000, 110);
        NodeAmounts full = new NodeAmounts(Bytes.gibi(16), 0, 10);
        assertEquals(
                false,
                NodeFit.of(node, full, new NodeAmounts(Bytes.gibi(16), 0, 1)).isUnresolvable());
        NodeFit never = NodeFit.of(node, full, new NodeAmounts(Bytes.gibi(17), 0, 1));
        assertEquals(true, never.isUnresolvable());
        assertEquals(List.of(NodeFit.Reason.INSUFFICIENT_MEMORY), never.reasons());
        assertEquals(
                new NodeAmounts(Bytes.gibi(1), 1500, 1),
                NodeAmounts.of(
                        PodResources.of(ContainerResources.of("app", Map.of("cpu", "1.5", "memory", "1Gi"), Map.of())),
                        KubernetesVersion.V1_36));
        assertThrows(IllegalArgumentException.class, () -> new NodeAmounts(Bytes.of(-1), 0, 0));
    }

    @Test
    void withoutTheFeatureOnlyTheSpecificationCounts() {
        PodResources pod = pod("1Gi", "");
        ResizeFootprint.Running running = new ResizeFootprint.Running(
                Optional.of(pod("2Gi", "").container("app").requests()),
                Optional.of(pod("3Gi", "").container("app").resources()));
        Map<String, ResizeFootprint.Running> status = Map.of("app", running);
        assertEquals("1Gi", memory(pod, status, KubernetesVersion.V1_32));
        assertEquals("3Gi", memory(pod, status, KubernetesVersion.V1_36));
        assertEquals("1Gi", memory(pod, Map.of(), KubernetesVersion.V1_37));
    }

    private static String memory(
            PodResources pod, Map<String, ResizeFootprint.Running> status, KubernetesVersion version) {
        return ResizeFootprint.of(pod, status, ResizeFootprint.Condition.NONE, version)
                .requests()
                .memory()
                .toString();
    }
}
