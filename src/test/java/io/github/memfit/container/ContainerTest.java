package io.github.memfit.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.cgroup.CgroupLayout;
import io.github.memfit.cgroup.CgroupLocation;
import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.cgroup.MemoryFile;
import io.github.memfit.procfs.ProcessState;
import io.github.memfit.testing.Vectors;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("bare")
class ContainerTest {

    private static final String POD = "5f0b1c2d-0d5e-4a6f-9f6b-0a1b2c3d4e5f";

    @TempDir
    Path directory;

    private static Path tree(String name) {
        return Vectors.fixtures().resolve(name);
    }

    private static Container container(String name) {
        return Container.self(tree(name));
    }

    @Test
    void everyDoorLeadsToTheSameGroup() {
        Path tree = tree("v2-612-multi-process");
        Container self = Container.self(tree);
        Path group = self.location().directory().orElseThrow();
        Container ofPid = Container.ofPid(235, tree);
        Container at = Container.at(group, tree);
        assertEquals(Optional.of(group), ofPid.location().directory());
        assertEquals(Optional.of(group), at.location().directory());
        assertEquals(self.memory().figures(), at.memory().figures());
        assertEquals(self.memory().levels(), at.memory().levels());
        assertEquals(self.memory().limit(), ofPid.memory().limit());
        assertEquals(CgroupLocation.Outcome.GIVEN, at.location().outcome());
        assertEquals(CgroupLayout.V2, at.location().layout());
        assertThrows(IllegalArgumentException.class, () -> Container.ofPid(0, tree));
        assertThrows(IllegalArgumentException.class, () -> Container.ofPid(-1));
    }

    @Test
    void selfIsReadWithoutThrowing() {
        MemorySnapshot now = Container.self().memory();
        assertTrue(now.host().isPresent());
        assertFalse(now.toTable().isEmpty());
        assertFalse(now.toString().isEmpty());
        assertTrue(Container.ofPid(ProcessHandle.current().pid()).toString().startsWith("Container "));
    }

    @Test
    void processesOfTheGroupAndBelow() {
        Container container = container("v2-612-multi-process");
        List<ContainerProcess> processes = container.processes();
        assertEquals(
                List.of(235, 236, 237),
                processes.stream().map(ContainerProcess::pid).toList());
        ContainerProcess first = processes.get(0);
        assertEquals(Reading.of("hog"), first.name().map(name -> name.substring(0, 3)));
        assertTrue(first.rss().isPresent());
        assertTrue(first.pss().isPresent());
        assertTrue(first.uss().isPresent());
        assertTrue(first.rssAnon().isPresent());
        assertTrue(first.peakRss().isPresent());
        assertTrue(first.swap().isPresent());
        assertTrue(first.oomScore().isPresent());
        assertEquals(Reading.of(0), first.oomScoreAdj());
        assertEquals(Reading.of(ProcessState.SLEEPING), first.state());
        assertTrue(first.status().isPresent());
        assertTrue(first.toString().startsWith("235 "));
        assertTrue(
                first.uss().value().orElseThrow().compareTo(first.rss().value().orElseThrow()) <= 0);
        Container above = container.parent().orElseThrow();
        assertEquals(3, above.processes().size());
        assertEquals(List.of(), above.pids().orElse(List.of(1L)));
    }

    @Test
    void endedProcessIsLeftOut() throws IOException {
        Path group = Files.createDirectories(directory.resolve("sys/fs/cgroup/a"));
        Files.writeString(group.resolve("memory.current"), "1\n");
        Files.writeString(group.resolve("cgroup.procs"), "4711\n");
        Container container = Container.at(group, directory);
        assertEquals(Reading.of(List.of(4711L)), container.pids());
        assertEquals(List.of(), container.processes());
    }

    @Test
    void outsideTheNamespaceNothingIsTold() {
        Container container = container("v2-612-cgroupns-moved-out");
        MemorySnapshot now = container.memory();
        assertTrue(now.limit() instanceof Limit.Unknown);
        assertTrue(now.ownLimit() instanceof Limit.Unknown);
        assertFalse(now.isGone());
        assertFalse(container.exists());
        assertEquals(Optional.empty(), container.parent());
        assertEquals(List.of(), container.children());
        assertEquals(List.of(), container.processes());
        assertEquals(Optional.empty(), container.files());
        assertFalse(container.pids().isPresent());
        assertTrue(now.location().explain().contains("outside the control group namespace"));
        assertTrue(now.toTable().contains("NOT_APPLICABLE"));
        assertFalse(now.headroom().isPresent());
        assertFalse(now.drift().isPresent());
    }

    @Test
    void removedGroupIsGone() throws IOException {
        Path tree = directory.resolve("removed");
        Path proc = Files.createDirectories(tree.resolve("proc/self"));
        Files.writeString(proc.resolve("cgroup"), "0::/a (deleted)\n");
        Files.writeString(
                proc.resolve("mountinfo"), "30 20 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n");
        Files.createDirectories(tree.resolve("sys/fs/cgroup"));
        Container container = Container.self(tree);
        assertEquals(CgroupLocation.Outcome.REMOVED, container.location().outcome());
        assertTrue(container.memory().isGone());
        assertTrue(container.location().explain().contains("removed"));
        // A group of that literal name is not removed.
        Files.createDirectories(tree.resolve("sys/fs/cgroup/a (deleted)"));
        assertEquals(
                CgroupLocation.Outcome.EXACT, Container.self(tree).location().outcome());
    }

    @Test
    void mountWithoutGroupHidesLimits() throws IOException {
        Path proc = Files.createDirectories(directory.resolve("proc/self"));
        Files.writeString(proc.resolve("cgroup"), "");
        Files.writeString(proc.resolve("mountinfo"), "30 20 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        Files.writeString(directory.resolve("proc/meminfo"), "MemTotal: 1024 kB\n");
        Container container = Container.self(directory);
        assertEquals(CgroupLocation.Outcome.NOT_VISIBLE, container.location().outcome());
        assertTrue(container.memory().limit() instanceof Limit.Unknown);
        assertTrue(container.location().explain().contains("not below any mount"));
        Files.writeString(proc.resolve("mountinfo"), "30 20 0:28 / / rw - ext4 x rw\n");
        Container none = Container.self(directory);
        assertEquals(CgroupLocation.Outcome.NO_CONTROLLER, none.location().outcome());
        assertEquals(Limit.UNBOUNDED, none.memory().cgroupLimit());
        assertEquals(
                LimitSource.Kind.HOST,
                ((Limit.Bounded) none.memory().limit()).source().kind());
        assertTrue(none.location().explain().contains("only the figures of the machine"));
        assertEquals(CgroupVersion.V2, none.memory().version());
    }

    @Test
    void groupBelowAnUnknownPathIsNotVisible() throws IOException {
        Path proc = Files.createDirectories(directory.resolve("proc/self"));
        Files.writeString(proc.resolve("cgroup"), "4:memory:/elsewhere\n");
        Files.writeString(proc.resolve("stat"), "12 (x) S 1\n");
        Files.writeString(
                proc.resolve("mountinfo"),
                "30 20 0:28 /docker/x /mnt rw - cgroup cgroup rw,memory\n31 20 0:28 / /sys/fs/cgroup/memory rw - cgroup"
                        + " cgroup rw,memory\n");
        Path mounted = Files.createDirectories(directory.resolve("sys/fs/cgroup/memory/deep/er"));
        Files.createDirectories(directory.resolve("mnt"));
        CgroupLocation lost = Container.self(directory).location();
        assertEquals(CgroupLocation.Outcome.NOT_VISIBLE, lost.outcome());
        assertEquals(Optional.of("/sys/fs/cgroup/memory"), lost.mount().map(mount -> mount.mountPoint()));
        Files.writeString(mounted.resolve("cgroup.procs"), "7\n12\n");
        CgroupLocation found = Container.self(directory).location();
        assertEquals(CgroupLocation.Outcome.PID_SCAN, found.outcome());
        assertEquals(Optional.of(mounted), found.directory());
        assertTrue(found.explain().contains("listed in this group"));
        assertEquals(3, found.chain().size());
    }

    @Test
    void definitionsExplainEveryFigure() {
        MemorySnapshot now = container("v2-612-pagecache").memory();
        for (MemoryFigure figure : MemoryFigure.values()) {
            assertFalse(figure.definition().isEmpty());
            assertFalse(figure.title().isEmpty());
            assertTrue(now.explain(figure).contains(figure.definition()));
        }
        assertEquals(Optional.of("memory.current"), MemoryFigure.USAGE.source(CgroupVersion.V2));
        assertEquals(Optional.of("memory.stat: total_rss"), MemoryFigure.RSS.source(CgroupVersion.V1));
        assertEquals(
                Optional.of("memory.stat: inactive_file"), MemoryFigure.INACTIVE_FILE_LOCAL.source(CgroupVersion.V1));
        assertEquals(Optional.empty(), MemoryFigure.SLAB.source(CgroupVersion.V1));
        assertThrows(IllegalArgumentException.class, () -> now.bytes(MemoryFigure.OOM_KILLS));
        assertSame(now.figures().get(MemoryFigure.RSS), now.value(MemoryFigure.RSS));
    }

    @Test
    void accessorsNameTheirFigures() {
        MemorySnapshot now = container("v2-612-memory-high").memory();
        assertEquals(now.bytes(MemoryFigure.USAGE), now.usage());
        assertEquals(now.bytes(MemoryFigure.PEAK), now.peak());
        assertEquals(now.bytes(MemoryFigure.WORKING_SET), now.workingSet());
        assertEquals(now.bytes(MemoryFigure.RSS), now.rss());
        assertEquals(now.bytes(MemoryFigure.SHMEM), now.shmem());
        assertEquals(now.bytes(MemoryFigure.FILE_MAPPED), now.fileMapped());
        assertEquals(now.bytes(MemoryFigure.CACHE), now.cache());
        assertEquals(now.bytes(MemoryFigure.ACTIVE_FILE), now.activeCache());
        assertEquals(now.bytes(MemoryFigure.INACTIVE_FILE), now.inactiveCache());
        assertEquals(now.bytes(MemoryFigure.KERNEL), now.kernel());
        assertEquals(now.bytes(MemoryFigure.SWAP), now.swap());
        assertEquals(now.bytes(MemoryFigure.UNRECLAIMABLE), now.unreclaimable());
        assertEquals(now.bytes(MemoryFigure.RECLAIMABLE), now.reclaimable());
        assertEquals(now.bytes(MemoryFigure.UNEXPLAINED), now.unexplained());
        assertEquals(now.value(MemoryFigure.PAGE_FAULTS), now.pageFaults());
        assertEquals(now.value(MemoryFigure.MAJOR_PAGE_FAULTS), now.majorPageFaults());
        assertEquals(now.value(MemoryFigure.LIMIT_HITS), now.limitHits());
        assertEquals(now.value(MemoryFigure.THROTTLES), now.throttles());
        assertEquals(now.value(MemoryFigure.OOM_KILLS), now.oomKills());
        assertEquals(now.value(MemoryFigure.OOM_KILLS_LOCAL), now.oomKillsLocal());
        assertEquals(now.value(MemoryFigure.KILLED_PROCESSES), now.killedProcesses());
        assertEquals(Reading.of(Bytes.ZERO), now.drift());
        assertFalse(now.takenAt().isAfter(java.time.Instant.now()));
    }

    @Test
    void throttleLineStopsFirst() {
        MemorySnapshot now = container("v2-612-memory-high").memory();
        Limit.Bounded first = (Limit.Bounded) now.firstLimit();
        assertEquals(LimitSource.Kind.OWN_HIGH, first.source().kind());
        assertEquals(now.throttle(), first);
        assertEquals(now.ownHigh(), first);
        MemorySnapshot above = container("hand-v2-systemd-service").memory();
        assertEquals(
                LimitSource.Kind.ANCESTOR_HIGH,
                ((Limit.Bounded) above.throttle()).source().kind());
    }

    @Test
    void groupKillsCountTheirFirstVictimTwice() {
        MemorySnapshot now = container("v2-612-oom-group").memory();
        assertEquals(Reading.of(3L), now.oomKills());
        assertEquals(Reading.of(2L), now.killedProcesses());
    }

    @Test
    void formulasOfComputedFigures() {
        MemorySnapshot v2 = container("hand-v2-dind-init").memory();
        // 0 active + 104857600 inactive + 0 unevictable + 2097152 kernel + 4096 sock - 524288 slab_reclaimable
        assertEquals(Reading.of(Bytes.of(106_434_560)), v2.unreclaimable());
        assertEquals(Reading.of(Bytes.of(83_886_080 + 524_288)), v2.reclaimable());
        assertEquals(
                Reading.of(Bytes.of(209_715_200 - 104_857_600 - 83_886_080 - 2_097_152 - 4_096)), v2.unexplained());
        assertEquals(Reading.of(Bytes.of(1_073_741_824 - 106_434_560)), v2.headroomAboveFloor());
        MemorySnapshot v1 = container("hand-v1-no-hierarchy").memory();
        assertEquals(Reading.of(Bytes.of(94_371_840 + 1_048_576)), v1.unreclaimable());
        assertEquals(Reading.of(Bytes.of(20_971_520)), v1.reclaimable());
        assertEquals(Reading.of(Bytes.of(125_829_120 - 94_371_840 - 20_971_520 - 1_048_576)), v1.unexplained());
        assertEquals(Reading.of(0L), v1.killedProcesses());
    }

    @Test
    void dockerRuleWhereCacheExceedsUsage() {
        assertEquals(60, Formulas.dockerUsage(100, 40, 10));
        assertEquals(90, Formulas.dockerUsage(100, 100, 10));
        assertEquals(100, Formulas.dockerUsage(100, 120, 100));
        assertEquals(100, Formulas.dockerUsage(100, 120, Long.MAX_VALUE));
        assertEquals(0, Formulas.difference(100, 120));
        assertEquals(60, Formulas.difference(100, 40));
    }

    @Test
    void viewsOfOtherTools() {
        MemorySnapshot now = container("v1-618-parent-tighter").memory();
        ToolView docker = now.compareToDocker();
        assertEquals("docker stats", docker.tool());
        ToolView.Row limit = docker.rows().get(1);
        assertTrue(limit.differs(), limit.toString());
        assertEquals(now.ownLimit().amount().map(Reading::of).orElseThrow(), limit.theirs());
        assertTrue(docker.differences().contains(limit));
        assertTrue(docker.toString().contains("of 2 figures differ"));
        ToolView cadvisor = now.compareToCadvisor();
        assertEquals(5, cadvisor.rows().size());
        assertEquals(now.workingSet(), cadvisor.rows().get(0).theirs());
        assertFalse(cadvisor.rows().get(1).differs());
        ToolView free = container("v2-uml61-nolimit").memory().compareToDocker();
        assertFalse(free.rows().get(1).differs());
        ToolView freeOfCadvisor = container("v2-uml61-nolimit").memory().compareToCadvisor();
        assertEquals(Reading.of(Bytes.ZERO), freeOfCadvisor.rows().get(4).theirs());
        MemorySnapshot unknown = container("v2-612-cgroupns-moved-out").memory();
        assertFalse(unknown.compareToDocker().rows().get(1).theirs().isPresent());
    }

    @Test
    void viewOfTheRunningJvm() {
        ToolView jvm = Container.self().memory().compareToJvm();
        assertEquals("JVM", jvm.tool());
        assertEquals(5, jvm.rows().size());
        assertTrue(jvm.rows().get(0).theirs().isPresent());
        assertTrue(jvm.rows().get(2).theirs().isPresent());
        assertFalse(jvm.rows().get(2).toString().isEmpty());
    }

    @Test
    void blindSpotsOfHotSpot() {
        assertSpots("v1-618-limited", 17);
        assertSpots("v1-618-parent-tighter", 17, JvmBlindSpot.LIMIT_OF_ANCESTOR);
        assertSpots("v1-618-parent-tighter", 25);
        assertSpots("v1-618-docker-hostns-subgroup", 17, JvmBlindSpot.GROUP_BELOW_MOUNT);
        assertSpots("v1-618-docker-hostns-subgroup", 25);
        assertSpots("v1-618-cgroupns-inherited-mount", 25, JvmBlindSpot.INHERITED_MOUNT);
        assertTrue(JvmBlindSpot.of(container("v2-612-memory-high").memory(), 25).contains(JvmBlindSpot.THROTTLE_LINE));
        assertTrue(JvmBlindSpot.of(container("v2-uml61-limited").memory(), 17).contains(JvmBlindSpot.MISSING_ROWS));
        assertFalse(JvmBlindSpot.of(container("v2-uml61-limited").memory(), 25).contains(JvmBlindSpot.MISSING_ROWS));
        assertTrue(JvmBlindSpot.of(container("hybrid-mem-on-v2-uml61-limited").memory(), 25)
                .contains(JvmBlindSpot.MEMORY_ON_UNIFIED_OF_HYBRID));
        assertTrue(JvmBlindSpot.of(container("v2-612-k8s-hostns-bind").memory(), 17)
                .contains(JvmBlindSpot.BOUND_GROUP));
        for (JvmBlindSpot spot : JvmBlindSpot.values()) {
            assertFalse(spot.explanation().isEmpty());
        }
    }

    private static void assertSpots(String tree, int feature, JvmBlindSpot... spots) {
        Set<JvmBlindSpot> expected = EnumSet.noneOf(JvmBlindSpot.class);
        expected.addAll(List.of(spots));
        assertEquals(expected, JvmBlindSpot.of(container(tree).memory(), feature), tree);
    }

    @Test
    void podsOfANode() {
        List<KubernetesNode.Pod> pods =
                KubernetesNode.under(tree("v2-612-k8s-containerd-host-view")).pods();
        assertEquals(1, pods.size());
        KubernetesNode.Pod pod = pods.get(0);
        assertEquals(POD, pod.uid());
        assertEquals("burstable", pod.podClass());
        assertEquals(1, pod.containers().size());
        assertEquals(
                Optional.of("cri-containerd"), pod.containers().get(0).name().runtime());
        assertTrue(pod.containers().get(0).memory().usage().isPresent());
        assertEquals("pod " + POD + " burstable 1 containers", pod.toString());
        List<KubernetesNode.Pod> crio =
                KubernetesNode.under(tree("hand-v2-crio-host-view")).pods();
        assertEquals(
                List.of("besteffort"),
                crio.stream().map(KubernetesNode.Pod::podClass).toList());
        assertEquals(Optional.of("crio"), crio.get(0).containers().get(0).name().runtime());
        assertEquals(List.of(), KubernetesNode.under(tree("v2-uml61-limited")).pods());
        assertEquals(
                List.of(),
                KubernetesNode.under(tree("hand-none-empty-proc-cgroup")).pods());
        assertTrue(KubernetesNode.self().toString().startsWith("KubernetesNode "));
    }

    @Test
    void namesOfGroups() {
        String id = "2c48913c".repeat(8);
        String underscored = POD.replace('-', '_');
        assertName("/kubepods/burstable/pod" + POD + "/" + id, Optional.empty(), id, POD, "burstable");
        assertName("/kubepods/pod" + POD + "/" + id, Optional.empty(), id, POD, "guaranteed");
        assertName(
                "/kubepods.slice/kubepods-pod" + underscored + ".slice/docker-" + id + ".scope",
                Optional.of("docker"),
                id,
                POD,
                "guaranteed");
        assertName(
                "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod" + underscored
                        + ".slice:cri-containerd:" + id,
                Optional.of("cri-containerd"),
                id,
                POD,
                "besteffort");
        assertName("/machine.slice/libpod-" + id + ".scope/container", Optional.of("libpod"), id, null, null);
        assertName("/docker/" + id, Optional.empty(), id, null, null);
        assertName("/system.slice/x.service", Optional.empty(), null, null, null);
        assertName("", Optional.empty(), null, null, null);
        assertName("/burstable/x", Optional.empty(), null, null, null);
    }

    private static void assertName(String path, Optional<String> runtime, String id, String pod, String podClass) {
        assertEquals(
                new ContainerName(
                        runtime, Optional.ofNullable(id), Optional.ofNullable(pod), Optional.ofNullable(podClass)),
                ContainerName.parse(path),
                path);
    }

    @Test
    void sixtyFourThreadsShareOneContainer() throws InterruptedException {
        Container container = container("v2-61smp-parent-tighter");
        MemorySnapshot expected = container.memory();
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                    for (int round = 0; round < 10; round++) {
                        MemorySnapshot now = container.memory();
                        if (!now.figures().equals(expected.figures())
                                || !now.levels().equals(expected.levels())
                                || !now.limit().equals(expected.limit())) {
                            wrong.add(now.toTable());
                        }
                        container.processes();
                    }
                } catch (InterruptedException | RuntimeException e) {
                    wrong.add(e.toString());
                }
            });
            threads.add(thread);
            thread.start();
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(wrong));
    }

    @Test
    void probeRefusesWhatWasNotChosen() {
        Container container = container("v2-612-pagecache");
        assertThrows(IllegalArgumentException.class, () -> container.probe(Set.of()));
        MemoryProbe probe = container.probe(Set.of(MemoryFigure.UNEXPLAINED));
        assertEquals(MemoryProbe.ABSENT, probe.value(MemoryFigure.UNEXPLAINED));
        assertEquals(
                Absence.Reason.NOT_REPORTED,
                probe.absence(MemoryFigure.UNEXPLAINED).orElseThrow().reason());
        assertTrue(probe.sample());
        assertThrows(IllegalArgumentException.class, () -> probe.value(MemoryFigure.USAGE));
        assertEquals(Set.of(MemoryFigure.UNEXPLAINED), probe.figures());
        assertTrue(probe.toString().startsWith("MemoryProbe of 1 figures"));
        probe.close();
        probe.close();
        assertThrows(IllegalStateException.class, probe::sample);
        assertThrows(IllegalStateException.class, probe::usageBytes);
        assertThrows(IllegalStateException.class, probe::workingSetBytes);
        assertThrows(IllegalStateException.class, probe::snapshot);
    }

    @Test
    void probeWithoutAGroup() {
        try (MemoryProbe probe = container("v2-612-cgroupns-moved-out").probe()) {
            assertFalse(probe.sample());
            assertEquals(MemoryProbe.ABSENT, probe.usageBytes());
            assertEquals(MemoryProbe.ABSENT, probe.workingSetBytes());
            assertEquals(
                    Absence.Reason.NOT_APPLICABLE,
                    probe.absence(MemoryFigure.USAGE).orElseThrow().reason());
            assertFalse(probe.snapshot().usage().isPresent());
        }
    }

    @Test
    void probeSeesNewNumbers() throws IOException {
        Path group = Files.createDirectories(directory.resolve("sys/fs/cgroup/a"));
        Files.writeString(group.resolve("memory.current"), "100\n");
        Files.writeString(group.resolve("memory.stat"), "anon 5\ninactive_file 30\n");
        try (MemoryProbe probe = Container.at(group, directory).probe()) {
            assertTrue(probe.sample());
            assertEquals(100, probe.value(MemoryFigure.USAGE));
            assertEquals(70, probe.value(MemoryFigure.WORKING_SET));
            Files.writeString(group.resolve("memory.current"), "200\n");
            Files.writeString(group.resolve("memory.stat"), "anon 5\ninactive_file 250\n");
            assertEquals(200, probe.usageBytes());
            assertEquals(0, probe.workingSetBytes());
            Files.writeString(group.resolve("memory.stat"), "anon 5\ninactive_file x\n");
            assertFalse(probe.sample());
            assertEquals(MemoryProbe.ABSENT, probe.workingSetBytes());
        }
        assertEquals(
                MemoryFile.CURRENT.fileName(),
                MemoryFigure.USAGE.source(CgroupVersion.V2).orElseThrow());
    }

    @Test
    void tenThousandProbesLeaveNothingOpen() throws IOException {
        Container container = container("v2-612-pagecache");
        for (int i = 0; i < 100; i++) {
            cycle(container);
        }
        long files = descriptors();
        int threads = Thread.activeCount();
        for (int i = 0; i < 10_000; i++) {
            cycle(container);
        }
        assertTrue(descriptors() <= files + 2, () -> "descriptors grew from " + files);
        assertTrue(Thread.activeCount() <= threads + 1, () -> "threads grew from " + threads);
    }

    private static void cycle(Container container) {
        MemoryProbe probe = container.probe();
        probe.workingSetBytes();
        probe.close();
        probe.close();
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
