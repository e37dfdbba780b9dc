package io.github.memfit.kubernetes.eviction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.kubernetes.ContainerResources;
import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.kubernetes.eviction.PressureAdmission.Pressure;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class EvictionTest {

    private static EvictionCandidate candidate(String name, String request, long mebi, int priority) {
        PodResources pod = PodResources.builder()
                .name(name)
                .container("app", Map.of("memory", request), Map.of())
                .priority(priority)
                .build();
        return EvictionCandidate.of(pod, Bytes.mebi(mebi));
    }

    private static final EvictionRanking NODE = EvictionRanking.of(
            List.of(
                    candidate("db", "4Gi", 3000, 0),
                    candidate("batch", "512Mi", 900, 0),
                    candidate("agent", "64Mi", 600, PodResources.CRITICAL_PRIORITY),
                    candidate("web", "512Mi", 700, 1000)),
            KubernetesVersion.V1_36);

    @Test
    void theOrderExplainsItself() {
        assertEquals("batch > web > agent > db", NODE.toString());
        assertEquals(
                List.of("batch: uses 388Mi more than its request of 512Mi, priority 0"),
                NODE.firstVictims().stream().map(Object::toString).toList());
        assertTrue(NODE.order().get(2).reason().endsWith("critical: never evicted"));
        assertTrue(NODE.order().get(3).reason().startsWith("stays within its request of 4Gi"));
    }

    @Test
    void thePlanStopsWhenResolvedAndPassesTheCriticalOver() {
        EvictionThreshold threshold = EvictionThreshold.parse("500Mi").withMinimumReclaim("1Gi");
        NodeMemorySignal node =
                new NodeMemorySignal(Bytes.gibi(8), Bytes.gibi(8).minus(Bytes.mebi(100)));
        EvictionPlan plan = NODE.untilResolved(node, threshold);
        assertEquals("2 pods, 1600Mi freed, resolved", plan.toString());
        EvictionPlan hopeless = NODE.untilResolved(
                new NodeMemorySignal(Bytes.gibi(100), Bytes.gibi(100)), EvictionThreshold.parse("90Gi"));
        assertEquals(3, hopeless.victims().size());
        assertFalse(hopeless.resolved());
        assertEquals(
                List.of(),
                NODE.untilResolved(new NodeMemorySignal(Bytes.gibi(8), Bytes.gibi(1)), threshold)
                        .victims());
    }

    @Test
    void growthThatIsStillSafe() {
        assertEquals(Optional.of(Bytes.ZERO), NODE.safeGrowth("batch"));
        assertEquals(Optional.empty(), NODE.safeGrowth("web"));
        assertEquals(Optional.empty(), NODE.safeGrowth("agent"));
        // It may exceed by just less than what batch exceeds.
        assertEquals(Optional.of(Bytes.mebi(1096 + 388).minus(Bytes.of(1))), NODE.safeGrowth("db"));
        assertThrows(NoSuchElementException.class, () -> NODE.safeGrowth("nobody"));
    }

    @Test
    void theNodeOmitsKernelMemoryOnVersionTwo() {
        NodeMemorySignal node = NodeMemorySignal.v2(Bytes.gibi(16), Bytes.gibi(4), Bytes.gibi(6), Bytes.gibi(5));
        assertEquals(Bytes.gibi(11), node.available());
        assertEquals("5Gi of 16Gi used, 11Gi available", node.toString());
        assertEquals(
                Bytes.gibi(21).minus(Bytes.mebi(100)),
                node.notifiedAtUsage(EvictionThreshold.DEFAULT_HARD, Bytes.gibi(5)));
        assertEquals(
                Bytes.ZERO,
                NodeMemorySignal.v1(Bytes.gibi(1), Bytes.mebi(1), Bytes.mebi(2)).workingSet());
    }

    @Test
    void thresholdsAreValuesAndRefuseNonsense() {
        assertEquals(EvictionThreshold.parse("100Mi"), EvictionThreshold.DEFAULT_HARD);
        assertEquals(
                Optional.of("10%"),
                EvictionThreshold.parse("5%").withMinimumReclaim("10%").minimumReclaim());
        assertTrue(EvictionThreshold.NONE.isIgnored());
        // Only these two texts switch the signal off, other spellings of the same number do not.
        assertFalse(EvictionThreshold.parse("100.0%").isIgnored());
        for (String wrong : List.of("", "%", "101%", "-1%", "NaN%", "1f%", "0", "-1", "1GB", "5 %", "10E", "5%%")) {
            assertThrows(MalformedException.class, () -> EvictionThreshold.parse(wrong), wrong);
        }
    }

    @Test
    void admissionSaysWhy() {
        PodResources pod = candidate("web", "0", 1, 0).pod();
        PressureAdmission refused = PressureAdmission.of(pod, KubernetesVersion.V1_36, false, Set.of(Pressure.MEMORY));
        assertEquals("refused: the node is under memory pressure and the pod is BestEffort", refused.toString());
        assertTrue(PressureAdmission.of(pod, KubernetesVersion.V1_36, true, Set.of(Pressure.of("MemoryPressure")))
                .admitted());
        assertFalse(PressureAdmission.of(pod, KubernetesVersion.V1_36, true, Set.of(Pressure.MEMORY, Pressure.PID))
                .admitted());
        assertThrows(IllegalArgumentException.class, () -> Pressure.of("Ready"));
    }

    @Test
    void candidatesWithoutFiguresSaySo() {
        PodResources pod = PodResources.of(ContainerResources.of("app", Map.of(), Map.of()));
        EvictionRanking ranking =
                EvictionRanking.of(List.of(new EvictionCandidate(pod, Optional.empty())), KubernetesVersion.V1_36);
        assertEquals("pod: no figures, so it goes first", ranking.order().get(0).toString());
        assertEquals(Optional.empty(), ranking.order().get(0).excess());
    }
}
