package io.github.memfit.kubernetes.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.memfit.kubernetes.ContainerResources;
import io.github.memfit.kubernetes.KubernetesFeature;
import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.kubernetes.QosClass;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class NodeFilesTest {

    private static final String UID = "0d4f1e2a-6c3b-4a57-9d10-5b8e7f6a1c2d";
    private static final String ID = "3f9c".repeat(16);
    private static final PodResources POD = PodResources.of(
            ContainerResources.of("app", Map.of("cpu", "1", "memory", "1Gi"), Map.of("memory", "2Gi")),
            ContainerResources.of("log", Map.of("memory", "64Mi"), Map.of()));

    @Test
    void pathsOfKindLieInAnotherContainer() {
        PodCgroupPath path = PodCgroupPath.parse("/docker/" + "ab".repeat(32)
                + "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-besteffort.slice/"
                + "kubelet-kubepods-besteffort-pod" + UID.replace('-', '_') + ".slice/cri-containerd-" + ID + ".scope");
        assertEquals(Optional.of(QosClass.BEST_EFFORT), path.qosClass());
        assertEquals(Optional.of(UID), path.podUid());
        assertEquals(Optional.of(ID), path.containerId());
        assertEquals(Optional.of(PodCgroupPath.Driver.SYSTEMD), path.driver());
    }

    @Test
    void relativeAndForeignPathsTellWhatTheyCan() {
        PodCgroupPath sibling = PodCgroupPath.parse(
                "/../../kubepods-burstable-pod" + UID.replace('-', '_') + ".slice/cri-containerd-" + ID + ".scope");
        assertEquals(Optional.of(QosClass.BURSTABLE), sibling.qosClass());
        PodCgroupPath joined = PodCgroupPath.parse(
                "/system.slice/kubepods-burstable-pod" + UID.replace('-', '_') + ".slice:cri-containerd:" + ID);
        assertEquals(Optional.of(UID), joined.podUid());
        assertEquals(Optional.of(ID), joined.containerId());
        PodCgroupPath parent = PodCgroupPath.parse("/kubepods");
        assertEquals(Optional.empty(), parent.qosClass());
        PodCgroupPath monitor = PodCgroupPath.parse("/kubepods.slice/crio-conmon-" + ID + ".scope");
        assertEquals(Optional.empty(), monitor.containerId());
        PodCgroupPath odd = PodCgroupPath.parse("/kubepods/burstables/podest");
        assertEquals(Optional.empty(), odd.podUid());
        assertThrows(MalformedException.class, () -> PodCgroupPath.parse("kubepods"));
        assertThrows(MalformedException.class, () -> PodCgroupPath.parse("/" + "x".repeat(5000)));
    }

    @Test
    void pathsAreBuiltForBothDrivers() {
        assertEquals(
                "/kubepods/burstable/pod" + UID + "/" + ID,
                PodCgroupPath.of(PodCgroupPath.Driver.CGROUPFS, QosClass.BURSTABLE, UID)
                        .inContainer("", ID)
                        .path());
        assertEquals(
                "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod" + UID.replace('-', '_') + ".slice",
                PodCgroupPath.of("kubelet", PodCgroupPath.Driver.SYSTEMD, QosClass.GUARANTEED, UID)
                        .path());
        PodCgroupPath pod = PodCgroupPath.of(PodCgroupPath.Driver.SYSTEMD, QosClass.BURSTABLE, UID);
        assertThrows(IllegalArgumentException.class, () -> pod.inContainer("cri-containerd", "abc"));
        assertThrows(IllegalArgumentException.class, () -> pod.inContainer("../x", ID));
        assertThrows(
                IllegalStateException.class, () -> pod.inContainer("docker", ID).inContainer("docker", ID));
        assertThrows(
                IllegalArgumentException.class,
                () -> PodCgroupPath.of(PodCgroupPath.Driver.SYSTEMD, QosClass.BURSTABLE, "../../x"));
    }

    @Test
    void thePodLimitNamesTheContainerWithout() {
        PodMemoryLimit limit = PodMemoryLimit.of(POD, KubernetesVersion.V1_36);
        assertEquals("memory.max max: log has no memory limit", limit.toString());
        PodResources level =
                POD.toBuilder().podLevel(Map.of(), Map.of("memory", "4Gi")).build();
        assertEquals(
                "memory.max 4Gi: the pod level has a limit",
                PodMemoryLimit.of(level, KubernetesVersion.V1_36).toString());
        assertEquals(Optional.of(Bytes.gibi(4)), PodMemoryLimit.ofContainer(level, "log", KubernetesVersion.V1_36));
        assertEquals(Optional.of(Bytes.gibi(2)), PodMemoryLimit.ofContainer(level, "app", KubernetesVersion.V1_36));
        assertEquals(Optional.empty(), PodMemoryLimit.ofContainer(level, "log", KubernetesVersion.V1_31));
    }

    @Test
    void defaultsOfMemoryQosFollowTheVersion() {
        assertEquals(
                "MemoryQoS of 1.36: off", MemoryQos.of(KubernetesVersion.V1_36).toString());
        assertEquals(
                "MemoryQoS of 1.37: no throttling, None",
                MemoryQos.of(KubernetesVersion.V1_37).toString());
        MemoryQos old = MemoryQos.of(KubernetesVersion.of(1, 26).with(KubernetesFeature.MEMORY_QOS));
        assertEquals(0.8, old.throttlingFactor().orElseThrow());
        assertEquals(CgroupWrites.NONE, MemoryQos.of(KubernetesVersion.V1_36).pod(POD));
        assertThrows(IllegalArgumentException.class, () -> old.withThrottlingFactor(1.1));
        assertThrows(IllegalArgumentException.class, () -> old.withThrottlingFactor(Double.NaN));
    }

    @Test
    void classCgroupsSumTheirPods() {
        PodResources guaranteed = PodResources.of(
                ContainerResources.of("app", Map.of("cpu", "1", "memory", "1Gi"), Map.of("cpu", "1", "memory", "1Gi")));
        MemoryQos qos = MemoryQos.of(KubernetesVersion.V1_36.with(KubernetesFeature.MEMORY_QOS))
                .withReservation(MemoryQos.Reservation.TIERED);
        MemoryQos.ClassCgroups classes = qos.classCgroups(List.of(guaranteed, POD));
        assertEquals(
                "memory.min=" + Bytes.mebi(2112).value(), classes.kubepods().toString());
        assertEquals(
                "memory.low=" + Bytes.mebi(1088).value(), classes.burstable().toString());
        assertEquals(
                CgroupWrites.NONE,
                MemoryQos.of(KubernetesVersion.V1_31).classCgroups(List.of(POD)).kubepods());
    }

    @Test
    void swapBeforeOneThirtyWasUnlimitedUnlessSaidOtherwise() {
        SwapAllowance.Node node = new SwapAllowance.Node(Bytes.gibi(16), Bytes.gibi(4), true, true);
        KubernetesVersion old = KubernetesVersion.of(1, 29).with(KubernetesFeature.NODE_SWAP);
        SwapAllowance unset = SwapAllowance.of(POD, "app", node, SwapAllowance.Behavior.UNSET, old);
        assertEquals("UnlimitedSwap memory.swap.max=max: the kubelet allows unlimited swap", unset.toString());
        assertEquals(
                SwapAllowance.Decision.NONE,
                SwapAllowance.of(POD, "app", node, SwapAllowance.Behavior.UNSET, KubernetesVersion.V1_31)
                        .decision());
        assertEquals(
                SwapAllowance.Decision.GATE_OFF,
                SwapAllowance.of(POD, "app", node, SwapAllowance.Behavior.UNSET, KubernetesVersion.of(1, 29))
                        .decision());
        SwapAllowance.Node v1 = new SwapAllowance.Node(Bytes.gibi(16), Bytes.gibi(4), false, true);
        assertEquals(
                OptionalLong.of(-1),
                SwapAllowance.of(POD, "app", v1, SwapAllowance.Behavior.UNLIMITED_SWAP, old)
                        .memorySwapLimit());
        assertThrows(
                IllegalArgumentException.class,
                () -> SwapAllowance.of(
                        POD, "app", node, SwapAllowance.Behavior.UNLIMITED_SWAP, KubernetesVersion.V1_31));
    }

    @Test
    void unifiedWritesComeLast() {
        OciMemory.Translated translated = (OciMemory.Translated) new OciMemory(100 << 20, 100 << 20, 0).toCgroupV2();
        assertEquals("memory.max=104857600 memory.swap.max=0", translated.toString());
        CgroupWrites unified = CgroupWrites.of(Map.of("memory.swap.max", "4096"));
        assertEquals(
                "memory.max=104857600 memory.swap.max=4096",
                translated.writes().then(unified).toString());
        assertEquals(new OciMemory.Refused(OciMemory.Problem.SWAP_WITHOUT_LIMIT), new OciMemory(0, 1, 0).toCgroupV2());
        assertEquals(new OciMemory.Refused(OciMemory.Problem.SWAP_BELOW_LIMIT), new OciMemory(1, -5, 0).toCgroupV2());
        assertEquals(new OciMemory.Refused(OciMemory.Problem.INVALID_LIMIT), new OciMemory(-2, 5, 0).toCgroupV2());
    }
}
