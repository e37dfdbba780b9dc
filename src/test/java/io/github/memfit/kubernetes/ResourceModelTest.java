package io.github.memfit.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class ResourceModelTest {

    private static final KubernetesVersion V = KubernetesVersion.V1_36;

    @Test
    void aPodIsFilledInOneExpression() {
        PodResources pod = PodResources.builder()
                .name("web")
                .container("app", Map.of("cpu", "1", "memory", "1Gi"), Map.of("cpu", "1", "memory", "1Gi"))
                .initContainer("migrate", Map.of(), Map.of("cpu", "1", "memory", "64Mi"))
                .sidecar("proxy", Map.of("memory", "64Mi"), Map.of())
                .priority(1000)
                .build();
        assertEquals(
                List.of("app"),
                pod.containers().stream().map(ContainerResources::name).toList());
        assertEquals(
                List.of("migrate", "proxy"),
                pod.initContainers().stream().map(ContainerResources::name).toList());
        assertEquals(QosClass.BURSTABLE, QosClass.of(pod, V));
        assertEquals(pod, pod.toBuilder().build());
        assertEquals("1088Mi", EffectiveResources.of(pod, V).requests().memory().toString());
    }

    @Test
    void storingCopiesLimitsButKeepsExplicitZeros() {
        PodResources template =
                PodResources.of(ContainerResources.of("app", Map.of(), Map.of("cpu", "1", "memory", "1Gi")));
        assertEquals(QosClass.BURSTABLE, QosClass.of(template, V));
        assertEquals(QosClass.GUARANTEED, QosClass.of(template.asStored(V), V));
        PodResources zero =
                PodResources.of(ContainerResources.of("app", Map.of("memory", "0"), Map.of("memory", "1Gi")));
        assertTrue(zero.asStored(V).container("app").requests().memory().isZero());
    }

    @Test
    void storingRoundsToThousandthsAndDropsWhatTheVersionDoesNotKnow() {
        PodResources pod = PodResources.builder()
                .container("app", Map.of("memory", "1n"), Map.of())
                .sidecar("proxy", Map.of("memory", "1Gi"), Map.of())
                .podLevel(Map.of(), Map.of())
                .build();
        PodResources old = pod.asStored(KubernetesVersion.of(1, 27));
        assertEquals("1m", old.container("app").requests().memory().toString());
        assertEquals(ContainerResources.Kind.INIT, old.container("proxy").kind());
        assertEquals(Optional.empty(), old.podLevel());
        assertTrue(pod.asStored(V).podLevel().isPresent());
    }

    @Test
    void podLevelHugePagesAreDefaultedFromContainers() {
        PodResources pod = PodResources.builder()
                .container("app", Map.of(), Map.of("cpu", "1", "memory", "1Gi", "hugepages-2Mi", "64Mi"))
                .podLevel(Map.of(), Map.of("memory", "2Gi"))
                .build()
                .asStored(V);
        ResourceRequirements level = pod.podLevel().orElseThrow();
        assertEquals("64Mi", level.limits().find("hugepages-2Mi").orElseThrow().toString());
        assertEquals(
                "64Mi", level.requests().find("hugepages-2Mi").orElseThrow().toString());
        assertEquals("1Gi", level.requests().memory().toString());
        assertEquals("1", level.requests().cpu().toString());
    }

    @Test
    void podLevelLimitsAreDefaultedSinceOneThirtySeven() {
        PodResources pod = PodResources.builder()
                .container("a", Map.of(), Map.of("cpu", "1", "memory", "1Gi"))
                .container("b", Map.of(), Map.of("cpu", "1"))
                .podLevel(Map.of("memory", "3Gi"), Map.of())
                .build();
        assertEquals(
                ResourceList.EMPTY, pod.asStored(V).podLevel().orElseThrow().limits());
        ResourceList limits =
                pod.asStored(KubernetesVersion.V1_37).podLevel().orElseThrow().limits();
        assertEquals(ResourceList.of("cpu", Quantity.parse("2")), limits);
    }

    @Test
    void aRecordedClassWins() {
        PodResources pod = PodResources.builder()
                .container("app", Map.of(), Map.of())
                .recordedClass(QosClass.GUARANTEED)
                .build();
        assertEquals(QosClass.GUARANTEED, QosClass.of(pod, V));
        assertEquals(QosClass.BEST_EFFORT, QosClass.computed(pod, V));
    }

    @Test
    void initContainersCountSinceOneSixteen() {
        PodResources pod = PodResources.of(
                ContainerResources.of("app", Map.of(), Map.of("cpu", "1", "memory", "1Gi")),
                ContainerResources.init("init", Map.of(), Map.of()));
        assertEquals(QosClass.GUARANTEED, QosClass.of(pod.asStored(V), KubernetesVersion.of(1, 15)));
        assertEquals(QosClass.BURSTABLE, QosClass.of(pod.asStored(V), KubernetesVersion.of(1, 16)));
    }

    @Test
    void badManifestsAreRefusedWithTheirPlace() {
        MalformedException bad = assertThrows(
                MalformedException.class, () -> ContainerResources.of("app", Map.of("memory", "1GB"), Map.of()));
        assertEquals("quantity of memory", bad.source());
        assertThrows(
                IllegalArgumentException.class, () -> PodResources.builder().build());
        assertThrows(
                IllegalArgumentException.class,
                () -> PodResources.of(
                        ContainerResources.of("a", Map.of(), Map.of()),
                        ContainerResources.init("a", Map.of(), Map.of())));
        PodResources pod = PodResources.of(ContainerResources.of("a", Map.of(), Map.of()));
        assertThrows(NoSuchElementException.class, () -> pod.container("b"));
        assertThrows(UnsupportedOperationException.class, () -> pod.containers().clear());
    }

    @Test
    void longNamesStayOutOfLongTexts() {
        String name = "x".repeat(500);
        PodResources pod = PodResources.of(ContainerResources.of(name, Map.of("memory", "1Gi"), Map.of()));
        assertTrue(pod.toString().length() <= 200);
        assertTrue(pod.container(name).toString().length() <= 200);
        assertTrue(QosExplanation.of(pod, V).toString().length() <= 200);
        assertTrue(OomScoreAdj.of(pod, Bytes.gibi(1), V).get(0).toString().length() <= 200);
    }

    @Test
    void versionsOfClustersAndToolsAreRead() {
        assertEquals(KubernetesVersion.V1_34, KubernetesVersion.parse("1.34"));
        assertEquals(KubernetesVersion.V1_36, KubernetesVersion.parse("v1.36.2"));
        assertEquals(KubernetesVersion.V1_34, KubernetesVersion.parse("v1.34.1-eks-abc"));
        assertEquals(KubernetesVersion.V1_34, KubernetesVersion.parse("1.34+"));
        assertEquals(KubernetesVersion.of(1, 27), KubernetesVersion.parse("v1.27.3-gke.100"));
        assertEquals(
                "1.36,PodLevelResources=false,MemoryQoS=true",
                KubernetesVersion.parse("1.36,MemoryQoS=true,AnythingElse=true,PodLevelResources=false")
                        .toString());
        for (String wrong : List.of(
                "", "v", "1", "1.", "1.x", "1.34 ", "latest", "0.9", "1.34.", "1.31,PodLevelResources=true", "1.34,")) {
            assertThrows(MalformedException.class, () -> KubernetesVersion.parse(wrong), wrong);
        }
    }

    @Test
    void unknownVersionsGetTheNearestRulesAndSaySo() {
        KubernetesVersion future = KubernetesVersion.of(1, 50);
        assertTrue(future.note().orElseThrow().startsWith("newer than 1.37"));
        assertTrue(future.has(KubernetesFeature.MEMORY_QOS));
        assertTrue(KubernetesVersion.of(2, 0).isAtLeast(37));
        assertTrue(KubernetesVersion.of(1, 9).note().orElseThrow().startsWith("older than 1.14"));
        assertEquals(Optional.empty(), KubernetesVersion.V1_37.note());
    }

    @Test
    void gatesFollowAnUpgradeWhereTheyAreKnown() {
        KubernetesVersion on = KubernetesVersion.V1_36.with(KubernetesFeature.MEMORY_QOS);
        assertTrue(on.has(KubernetesFeature.MEMORY_QOS));
        assertEquals(KubernetesVersion.V1_37, on.next());
        assertEquals(KubernetesVersion.of(1, 21), on.at(KubernetesVersion.of(1, 21)));
        assertFalse(on.equals(KubernetesVersion.V1_36));
        assertThrows(
                IllegalArgumentException.class,
                () -> KubernetesVersion.V1_31.with(KubernetesFeature.POD_LEVEL_RESOURCES));
    }

    @Test
    void dockerAndJvmSizesAreOtherGrammars() {
        assertEquals(Bytes.mebi(1536), DockerSize.parse("1.5g"));
        assertEquals(Bytes.mebi(512), DockerSize.parse("512M"));
        assertEquals(Bytes.gibi(2), DockerSize.parse("2 GiB"));
        assertEquals(Bytes.kibi(3), DockerSize.parse("3kb"));
        assertEquals(Bytes.of(1), DockerSize.parse("1.9"));
        assertEquals(Bytes.of(7), DockerSize.parse("7b"));
        assertEquals(Bytes.of(1181116006), DockerSize.parse("1.1g"));
        for (String wrong : List.of("", "m", "-1m", "1.2.3m", "1x", "1mm", "1kibb", "9999999p", "1  g", "1\u212a")) {
            assertThrows(MalformedException.class, () -> DockerSize.parse(wrong), wrong);
        }
        assertEquals(Bytes.mebi(512), JvmSize.parse("512m"));
        assertEquals(Bytes.gibi(2), JvmSize.parse("2G"));
        assertEquals(Bytes.of(1048576), JvmSize.parse("1048576"));
        assertEquals(Bytes.kibi(16), JvmSize.parse("0x10k"));
        for (String wrong : List.of("", "m", "1.5g", "512mb", "1p", "9223372036854775807k", "0x", "1\u212a")) {
            assertThrows(MalformedException.class, () -> JvmSize.parse(wrong), wrong);
        }
    }

    @Test
    void strictQuantitiesSayWhatTheyMean() {
        assertEquals(Quantity.parse("512Mi"), Quantity.parseStrict("512Mi"));
        for (String loose : List.of("Gi", "+1", "-1", ".", "9Ei", "0.0000000001")) {
            Quantity.parse(loose);
            assertThrows(MalformedException.class, () -> Quantity.parseStrict(loose), loose);
        }
        assertThrows(ArithmeticException.class, () -> Quantity.parse("10E").bytesRoundedUp());
    }

    @Test
    void textsThatHangUpstreamAreRefusedOrAnswered() {
        for (String hang : List.of(
                "1e2147483648", "1e2147483647", "1e-2147483648", "1e4294967299", "1".repeat(257), "1".repeat(201))) {
            QuantityReading.Refused refused = (QuantityReading.Refused) QuantityReading.of(hang);
            assertEquals(QuantityReading.Problem.BOUNDS, refused.problem());
        }
        assertEquals("10e999", Quantity.parse("1e1000").toString());
        assertEquals("10000e999", Quantity.parse("+1000E+1000").toString());
        assertEquals("1e-9", Quantity.parse("1e-1000").toString());
    }

    @Test
    void explanationsNameTheOrigin() {
        PodResources pod = PodResources.of(
                ContainerResources.of("app", Map.of("memory", "1Gi"), Map.of("cpu", "1", "memory", "1Gi")),
                ContainerResources.init("istio-init", Map.of("cpu", "10m"), Map.of("cpu", "2")));
        LimitRange range = LimitRange.builder()
                .defaults(Map.of("memory", "512Mi"))
                .defaultRequests(Map.of("memory", "256Mi"))
                .build();
        QosExplanation why = QosExplanation.of(pod, range, V);
        assertEquals(
                List.of(
                        "istio-init: cpu request-below-limit (injected)",
                        "istio-init: memory request-below-limit (injected)"),
                why.blockers().stream().map(Object::toString).toList());
        QosExplanation filled = QosExplanation.of(
                PodResources.of(ContainerResources.of("app", Map.of(), Map.of("cpu", "1"))), range, V);
        assertEquals(
                List.of("app: memory request-below-limit (limit-range)"),
                filled.blockers().stream().map(Object::toString).toList());
        assertEquals(
                "256Mi", filled.toGuaranteed().requestChange().orElseThrow().toString());
    }

    @Test
    void anEmptyPodLevelIsDroppedRatherThanFilled() {
        PodResources pod = PodResources.builder()
                .container("app", Map.of(), Map.of("cpu", "1", "memory", "1Gi"))
                .podLevel(Map.of(), Map.of())
                .build();
        QosExplanation why = QosExplanation.of(pod, V);
        assertEquals(QosClass.BEST_EFFORT, why.qosClass());
        assertEquals(List.of(new QosEdit.DropPodLevel()), why.toGuaranteed().edits());
        assertEquals(
                List.of(new QosEdit.DropPodLevel()),
                why.outOfBestEffort().orElseThrow().edits());
        assertEquals(
                QosExplanation.Origin.EMPTY_POD_LEVEL, why.blockers().get(0).origin());
        assertEquals(
                QosClass.GUARANTEED,
                QosExplanation.of(pod, KubernetesVersion.V1_37).qosClass());
    }

    @Test
    void limitRangesFillAndRefuse() {
        LimitRange range = LimitRange.builder()
                .max(Map.of("memory", "1Gi"))
                .min(Map.of("memory", "64Mi"))
                .maxLimitRequestRatio(Map.of("memory", "2"))
                .build();
        assertEquals("1Gi", range.defaults().memory().toString());
        assertEquals("1Gi", range.defaultRequests().memory().toString());
        PodResources pod = PodResources.of(
                ContainerResources.of("ok", Map.of(), Map.of()),
                ContainerResources.of("small", Map.of("memory", "1Mi"), Map.of("memory", "32Mi")),
                ContainerResources.of("large", Map.of("memory", "2Gi"), Map.of()));
        PodResources admitted = range.applyTo(pod.asStored(V));
        assertEquals("1Gi", admitted.container("ok").requests().memory().toString());
        assertEquals(
                List.of(
                        "small: memory is below the minimum 64Mi",
                        "small: memory limit may be at most 2 times the request",
                        "large: memory request 2Gi is above the limit 1Gi"),
                range.violations(admitted));
    }

    @Test
    void oomScoresSayWhatTheyCounted() {
        PodResources pod = PodResources.of(ContainerResources.of("app", Map.of("memory", "1Gi"), Map.of()));
        assertEquals(
                "[app: 938 (burstable, counts 1Gi)]",
                OomScoreAdj.of(pod, Bytes.gibi(16), V).toString());
        assertEquals(
                "750: burstable, request 4Gi..4312147165",
                OomScoreReading.of(750, Bytes.gibi(16)).toString());
        assertEquals(Bytes.of(34359739), OomScoreAdj.smallestUsefulRequest(Bytes.gibi(16)));
        assertThrows(IllegalArgumentException.class, () -> OomScoreAdj.of(pod, Bytes.ZERO, V));
        assertThrows(IllegalArgumentException.class, () -> OomScoreReading.of(1001, Bytes.gibi(1)));
        assertEquals(
                OomScoreReading.Meaning.NOT_KUBERNETES,
                OomScoreReading.of(0, Bytes.gibi(16)).meaning());
    }

    @Test
    void tiesOfTheKernelAreShown() {
        OomProcess a = new OomProcess("a", 0, Bytes.gibi(1), Bytes.ZERO, Bytes.ZERO);
        OomProcess b = new OomProcess("b", 0, Bytes.gibi(1), Bytes.ZERO, Bytes.ZERO);
        OomProcess c = new OomProcess("c", -1000, Bytes.gibi(9), Bytes.ZERO, Bytes.ZERO);
        OomVictims victims = OomVictims.of(List.of(a, b, c), Bytes.gibi(16), Bytes.kibi(4));
        assertEquals(List.of(a, b), victims.candidates());
        assertEquals(List.of(c), victims.exempt());
        assertEquals("a > b", victims.toString());
        assertThrows(IllegalArgumentException.class, () -> a.points(Bytes.ZERO, Bytes.kibi(4)));
    }
}
