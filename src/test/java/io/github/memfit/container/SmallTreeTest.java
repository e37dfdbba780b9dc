package io.github.memfit.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees of a few files, each made for one rule. */
@Tag("bare")
class SmallTreeTest {

    private static final String UNLIMITED = "9223372036854771712\n";

    @TempDir
    Path root;

    private Path write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private Container at(String directory) {
        return Container.at(root.resolve(directory), root);
    }

    /** A v2 group with a root above it. */
    private Container v2() throws IOException {
        write("cg/cgroup.controllers", "memory\n");
        write("cg/memory.stat", "anon 10\n");
        write("cg/a/memory.current", "1048576\n");
        write("cg/a/memory.max", "2097152\n");
        write("cg/a/memory.high", "max\n");
        write("cg/a/memory.swap.max", "0\n");
        write("cg/a/memory.stat", "anon 524288\nfile 262144\nkernel 131072\nsock 4096\ninactive_file 65536\n");
        write("cg/a/memory.events", "max 3\noom_kill 5\noom_group_kill 2\n");
        write("cg/a/memory.pressure", "some avg10=0.50 avg60=0.00 avg300=0.00 total=77\n");
        write("proc/meminfo", "MemTotal: 1048576 kB\n");
        write("proc/pressure/memory", "some avg10=0.00 avg60=0.00 avg300=0.00 total=5\n");
        return at("cg/a");
    }

    private Container v1(String parentHierarchy, String hierarchical) throws IOException {
        write("cg/memory.usage_in_bytes", "900\n");
        write("cg/memory.limit_in_bytes", "1000\n");
        write("cg/memory.stat", "total_inactive_file 100\n");
        if (!parentHierarchy.isEmpty()) {
            write("cg/memory.use_hierarchy", parentHierarchy + "\n");
        }
        write("cg/a/memory.usage_in_bytes", "300\n");
        write("cg/a/memory.limit_in_bytes", "5000\n");
        write("cg/a/memory.soft_limit_in_bytes", UNLIMITED);
        write("cg/a/memory.memsw.limit_in_bytes", "6000\n");
        write(
                "cg/a/memory.stat",
                "inactive_file 40\ntotal_inactive_file 50\n"
                        + (hierarchical.isEmpty() ? "" : "hierarchical_memory_limit " + hierarchical + "\n"));
        write("proc/meminfo", "MemTotal: 1048576 kB\n");
        return at("cg/a");
    }

    @Test
    void tableOfAGroup() throws IOException {
        String table = v2().memory().toTable();
        String[] expected = {
            "container GIVEN /cg/a",
            "usage                           1.00 MiB  memory.current",
            "working set                    960.0 KiB  usage - inactive_file, at least 0",
            "docker usage                   960.0 KiB  usage - inactive_file if that is less than usage, else usage",
            "rss                            512.0 KiB  memory.stat: anon",
            "cache                          256.0 KiB  memory.stat: file",
            "inactive cache                 64.0 KiB  memory.stat: inactive_file",
            "kernel                         128.0 KiB  memory.stat: kernel",
            "sock                           4.00 KiB  memory.stat: sock",
            "unexplained                    124.0 KiB  usage - (anon + file + kernel + sock + hugetlb where it is printed)",
            "limit hits                             3  memory.events: max",
            "oom kills                              5  memory.events: oom_kill",
            "oom group kills                        2  memory.events: oom_group_kill",
            "killed processes                       3  oom_kill - oom_group_kill, at least 0",
            "stall some                         77 us  memory.pressure: some",
            "limit                           2.00 MiB  own /cg/a memory.max",
            "own limit                       2.00 MiB  own /cg/a memory.max",
            "throttle                               -  unlimited",
            "swap limit                           0 B  own /cg/a memory.swap.max",
            "headroom                        1.00 MiB",
            "headroom working set            1.06 MiB",
            "level                           1.00 MiB  /cg/a 1Mi of 2Mi (own /cg/a memory.max)",
        };
        List<String> lines =
                table.lines().map(line -> line.replaceAll(" +", " ")).toList();
        for (String line : expected) {
            String plain = line.replaceAll(" +", " ");
            assertTrue(lines.contains(plain), () -> line + " is not in\n" + table);
        }
        // Values end in one column, notes begin in one.
        for (String line : table.lines().skip(1).toList()) {
            if (line.length() > 42) {
                assertEquals("  ", line.substring(40, 42), line);
                assertNotEquals(' ', line.charAt(42), line);
            }
            assertEquals(line.stripTrailing(), line);
        }
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("pressure some 0.5%")), table);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("host pressure some 0%")), table);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("absent NO_FILE peak, ")), table);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("absent NOT_REPORTED shmem, ")), table);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("level - /cg ")), table);
        assertFalse(table.contains("headroom above floor"));
    }

    @Test
    void hugetlbIsExplainedWhereItIsPrinted() throws IOException {
        Container container = v2();
        assertEquals(Reading.of(Bytes.of(126_976)), container.memory().unexplained());
        write(
                "cg/a/memory.stat",
                "anon 524288\nfile 262144\nkernel 131072\nsock 4096\ninactive_file 65536\nhugetlb 100000\n");
        assertEquals(Reading.of(Bytes.of(26_976)), container.memory().unexplained());
        try (MemoryProbe probe = container.probe(Set.of(MemoryFigure.UNEXPLAINED))) {
            assertTrue(probe.sample());
            assertEquals(26_976, probe.value(MemoryFigure.UNEXPLAINED));
        }
    }

    @Test
    void dockerFallsBackToTheGroupAlone() throws IOException {
        Container container = v1("1", "1000");
        assertEquals(Reading.of(Bytes.of(250)), container.memory().bytes(MemoryFigure.DOCKER_USAGE));
        write("cg/a/memory.stat", "inactive_file 40\ntotal_inactive_file 300\n");
        assertEquals(Reading.of(Bytes.of(260)), container.memory().bytes(MemoryFigure.DOCKER_USAGE));
        assertEquals(Reading.of(Bytes.of(40)), container.memory().bytes(MemoryFigure.INACTIVE_FILE_LOCAL));
        try (MemoryProbe probe = container.probe(Set.of(MemoryFigure.DOCKER_USAGE))) {
            assertTrue(probe.sample());
            assertEquals(260, probe.value(MemoryFigure.DOCKER_USAGE));
        }
        assertEquals(Reading.of(Bytes.ZERO), container.memory().workingSet());
    }

    /** The parent's limit of 1000 binds unless its flag, or the kernel's own minimum, says otherwise. */
    @ParameterizedTest
    @CsvSource({
        "1, 1000, 1000, 100",
        "0, 5000, 5000, 4700",
        "'', 1000, 1000, 100",
        "'', 5000, 5000, 4700",
        "'', 9223372036854771712, 5000, 4700",
        "'', 999, 999, 100",
        "1, 800, 800, 100",
        "1, 350, 350, 50"
    })
    void parentsOfV1(String flag, String hierarchical, long limit, long headroom) throws IOException {
        MemorySnapshot now = v1(flag, hierarchical).memory();
        assertEquals(Optional.of(Bytes.of(limit)), now.cgroupLimit().amount());
        assertEquals(Reading.of(Bytes.of(headroom)), now.headroom());
        assertEquals(limit == 5000, !now.levels().get(1).binds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1"})
    void withoutTheKernelsMinimumALimitMayHide(String flag) throws IOException {
        MemorySnapshot now = v1(flag, "").memory();
        Limit.Unknown unknown = (Limit.Unknown) now.cgroupLimit();
        assertEquals(Optional.of(Bytes.of(1000)), unknown.atMost().amount());
        assertFalse(now.headroom().isPresent());
        assertEquals(Reading.of(Bytes.of(700)), now.headroomAtMost());
    }

    @Test
    void sandboxesNestNoGroups() throws IOException {
        write("cg/memory.usage_in_bytes", "300\n");
        write("cg/memory.limit_in_bytes", "1000\n");
        write("proc/meminfo", "MemTotal: 1048576 kB\n");
        MemorySnapshot now = at("cg").memory();
        assertEquals(Optional.of(Bytes.of(1000)), now.limit().amount());
        assertEquals(Reading.of(Bytes.of(700)), now.headroom());
        assertFalse(now.headroomWorkingSet().isPresent());
        write("cg/memory.oom_control", "oom_kill_disable 0\n");
        assertTrue(at("cg").memory().limit() instanceof Limit.Unknown);
    }

    @Test
    void limitsOfV1() throws IOException {
        MemorySnapshot now = v1("1", "1000").memory();
        assertEquals(Optional.of(Bytes.of(6000)), now.swapLimit().amount());
        assertEquals(Limit.UNBOUNDED, now.softLimit());
        assertEquals(Limit.UNBOUNDED, now.throttle());
        assertEquals(Optional.of(Bytes.ZERO), now.min().amount());
        assertEquals(Optional.of(Bytes.ZERO), now.low().amount());
        assertEquals(Reading.of(Bytes.of(800)), now.levels().get(1).workingSet());
        // 1000 less the parent's working set of 800, not less its usage of 900.
        assertEquals(Reading.of(Bytes.of(200)), now.headroomWorkingSet());
    }

    @Test
    void protectionsOfV2() throws IOException {
        Container container = v2();
        write("cg/a/memory.min", "4096\n");
        write("cg/a/memory.low", "max\n");
        MemorySnapshot now = container.memory();
        assertEquals(Optional.of(Bytes.of(4096)), now.min().amount());
        assertEquals(Limit.UNBOUNDED, now.low());
        assertEquals(Limit.UNBOUNDED, now.softLimit());
        assertEquals(LimitSource.Kind.OWN, ((Limit.Bounded) now.min()).source().kind());
    }

    @Test
    void groupsWithoutMemoryFilesHideTheirLimits() throws IOException {
        write("cg/a/cgroup.controllers", "cpu\n");
        write("cg/a/memory.pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=9\n");
        write("proc/meminfo", "MemTotal: 4 kB\n");
        MemorySnapshot now = at("cg/a").memory();
        assertTrue(now.cgroupLimit() instanceof Limit.Unknown);
        assertTrue(now.ownLimit() instanceof Limit.Unknown);
        assertEquals(
                Optional.of(Bytes.of(4096)),
                ((Limit.Unknown) now.limit()).atMost().amount());
        assertEquals(Reading.of(9L), now.value(MemoryFigure.STALL_SOME));
        assertEquals(Limit.UNBOUNDED, now.levels().get(0).hardLimit());
        assertFalse(now.levels().get(0).headroom().isPresent());
    }

    @Test
    void memoryIsAccountedInTheNearestGroupThatHasFiles() throws IOException {
        v2();
        write("cg/a/b/cgroup.controllers", "cpu\n");
        Container leaf = at("cg/a/b");
        assertEquals(Optional.of(root.resolve("cg/a")), leaf.accountingDirectory());
        MemorySnapshot now = leaf.memory();
        assertEquals(Reading.of(Bytes.mebi(1)), now.usage());
        assertEquals(
                LimitSource.Kind.OWN, ((Limit.Bounded) now.limit()).source().kind());
        assertEquals(3, now.levels().size());
        assertFalse(now.levels().get(0).usage().isPresent());
        assertTrue(leaf.exists());
        assertEquals(
                Optional.of(root.resolve("cg/a")),
                leaf.parent().flatMap(p -> p.location().directory()));
    }

    @Test
    void processesOfGroupsBelow() throws IOException {
        Container container = v2();
        write("cg/a/cgroup.procs", "");
        write("cg/a/b/cgroup.procs", "7\n");
        write("cg/a/c/d/cgroup.procs", "5\n7\n");
        for (int pid : new int[] {5, 7}) {
            write("proc/" + pid + "/status", "Name:\tx\u001by\nVmRSS:\t 8 kB\n");
        }
        List<ContainerProcess> processes = container.processes();
        assertEquals(
                List.of(5, 7), processes.stream().map(ContainerProcess::pid).toList());
        assertEquals(Reading.of(List.of()), container.pids());
        assertEquals("5 x\\u001by rss=8.00 KiB pss=- uss=-", processes.get(0).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "x\n", "12\n12\n", "99999999999999999999\n", "9223372036854775807\n", "\n"})
    void brokenNumberOfAProbe(String text) throws IOException {
        Container container = v2();
        write("cg/a/memory.current", text);
        try (MemoryProbe probe = container.probe()) {
            assertFalse(probe.sample());
            assertEquals(MemoryProbe.ABSENT, probe.value(MemoryFigure.USAGE));
            assertEquals(MemoryProbe.ABSENT, probe.value(MemoryFigure.WORKING_SET));
            assertEquals(MemoryProbe.ABSENT, probe.usageBytes());
            assertEquals(MemoryProbe.ABSENT, probe.workingSetBytes());
            assertTrue(probe.absence(MemoryFigure.WORKING_SET).isPresent());
        }
    }

    @Test
    void reasonsOfAProbe() throws IOException {
        Container container = v2();
        Set<MemoryFigure> figures = EnumSet.of(
                MemoryFigure.PEAK,
                MemoryFigure.SHMEM,
                MemoryFigure.MEMORY_AND_SWAP,
                MemoryFigure.STALL_SOME,
                MemoryFigure.STALL_FULL);
        try (MemoryProbe probe = container.probe(figures)) {
            for (int round = 0; round < 2; round++) {
                assertFalse(probe.sample());
                assertEquals(Absence.Reason.NO_FILE, reason(probe, MemoryFigure.PEAK));
                assertEquals(Absence.Reason.NOT_REPORTED, reason(probe, MemoryFigure.SHMEM));
                assertEquals(Absence.Reason.NOT_APPLICABLE, reason(probe, MemoryFigure.MEMORY_AND_SWAP));
                assertEquals(Absence.Reason.NOT_REPORTED, reason(probe, MemoryFigure.STALL_FULL));
                assertEquals(77, probe.value(MemoryFigure.STALL_SOME));
                assertEquals(Optional.empty(), probe.absence(MemoryFigure.STALL_SOME));
                // A file that this kernel does not have is not looked for again.
                write("cg/a/memory.peak", "5\n");
            }
        }
        try (MemoryProbe probe = container.probe(figures)) {
            probe.sample();
            assertEquals(5, probe.value(MemoryFigure.PEAK));
        }
    }

    private static Absence.Reason reason(MemoryProbe probe, MemoryFigure figure) {
        return probe.absence(figure).orElseThrow().reason();
    }

    @Test
    void aLineThatMovedIsFoundByTheProbe() throws IOException {
        Container container = v2();
        try (MemoryProbe probe = container.probe()) {
            assertEquals(983_040, probe.workingSetBytes());
            write("cg/a/memory.stat", "inactive_file 1\nanon 5\n");
            assertEquals(1_048_575, probe.workingSetBytes());
            write("cg/a/memory.stat", "a 1\n".repeat(100) + "inactive_file 2\n");
            assertEquals(1_048_574, probe.workingSetBytes());
            write("cg/a/memory.stat", "inactive_file 2 3\ninactive_file 4\n");
            assertEquals(1_048_572, probe.workingSetBytes());
            write("cg/a/memory.stat", "inactive_file 4");
            assertEquals(MemoryProbe.ABSENT, probe.workingSetBytes());
            assertTrue(probe.usageBytes() == 1_048_576);
        }
    }

    @Test
    void closedProbeHoldsNothingOpen() throws IOException {
        Container container = v2();
        MemoryProbe probe = container.probe();
        probe.sample();
        probe.workingSetBytes();
        probe.snapshot();
        assertTrue(open() >= 4, () -> "only " + open() + " files are open");
        probe.close();
        assertEquals(0, open());
    }

    /** How many files of this test's folder are open. */
    private long open() {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(fd -> {
                        try {
                            return Files.readSymbolicLink(fd).startsWith(root.toRealPath());
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void blindSpotsThatFilesTell() throws IOException {
        Container container = v2();
        write("cg/a/cgroup.controllers", "memory pids\n");
        assertTrue(spots(container, 25).contains(JvmBlindSpot.CPU_NOT_DELEGATED));
        write("cg/a/cgroup.controllers", "cpuset cpu io memory pids\n");
        assertFalse(spots(container, 25).contains(JvmBlindSpot.CPU_NOT_DELEGATED));
        write("cg/a/cgroup.controllers", "pids\n");
        assertFalse(spots(container, 25).contains(JvmBlindSpot.CPU_NOT_DELEGATED));
        write("cg/a/cgroup.controllers", "");
        assertFalse(spots(container, 25).contains(JvmBlindSpot.CPU_NOT_DELEGATED));
        assertFalse(spots(container, 17).contains(JvmBlindSpot.MISSING_ROWS));
        write("proc/cgroups", "#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t0\t5\t1\nmemory\t0\t5\t1\n");
        assertTrue(spots(container, 17).contains(JvmBlindSpot.MISSING_ROWS));
        assertFalse(spots(container, 25).contains(JvmBlindSpot.MISSING_ROWS));
        String rows = "cpu\t0\t5\t1\nmemory\t0\t5\t1\ncpuset\t0\t5\t1\ncpuacct\t0\t5\t1\n";
        write("proc/cgroups", rows);
        assertEquals(Set.of(), spots(container, 17));
        write("proc/cgroups", rows.replace("memory\t0\t5\t1", "memory\t0\t5\t0"));
        assertTrue(spots(container, 17).contains(JvmBlindSpot.MISSING_ROWS));
        write("cg/a/memory.high", "1500000\n");
        assertTrue(spots(container, 25).contains(JvmBlindSpot.THROTTLE_LINE));
        write("cg/a/memory.high", "2500000\n");
        assertFalse(spots(container, 25).contains(JvmBlindSpot.THROTTLE_LINE));
    }

    private static Set<JvmBlindSpot> spots(Container container, int feature) {
        return JvmBlindSpot.of(container.memory(), feature);
    }

    @Test
    void blindSpotsOfMounts() throws IOException {
        write("proc/self/cgroup", "4:memory:/docker/a b/c\n");
        write("proc/self/mountinfo", "30 20 0:28 /docker/a\\040b /cg rw - cgroup cgroup rw,memory\n");
        write("cg/c/memory.usage_in_bytes", "5\n");
        assertEquals(
                Set.of(JvmBlindSpot.GROUP_BELOW_MOUNT, JvmBlindSpot.ESCAPED_NAME), spots(Container.self(root), 17));
        assertEquals(Set.of(JvmBlindSpot.ESCAPED_NAME), spots(Container.self(root), 24));
        assertEquals(Set.of(), spots(Container.self(root), 25));
        write("proc/self/cgroup", "4:memory:/docker/a b\n");
        assertEquals(Set.of(JvmBlindSpot.ESCAPED_NAME), spots(Container.self(root), 17));
        // A hidden ancestor with the lower limit.
        write("proc/self/cgroup", "4:memory:/c\n");
        write("proc/self/mountinfo", "30 20 0:28 / /cg rw - cgroup cgroup rw,memory\n");
        write("cg/c/memory.limit_in_bytes", "100\n");
        write("cg/c/memory.stat", "hierarchical_memory_limit 50\n");
        assertEquals(Set.of(JvmBlindSpot.LIMIT_OF_ANCESTOR), spots(Container.self(root), 23));
    }

    @Test
    void podsOfTheCgroupfsDriver() throws IOException {
        String id = "0123456789abcdef".repeat(4);
        String uid = "5f0b1c2d-0d5e-4a6f-9f6b-0a1b2c3d4e5f";
        write("proc/self/cgroup", "0::/\n");
        write("proc/self/mountinfo", "30 20 0:28 / /cg rw - cgroup2 cgroup2 rw\n");
        write("cg/kubepods/pod" + uid + "/" + id + "/memory.current", "7\n");
        write("cg/kubepods/pod" + uid + "/other/memory.current", "9\n");
        write("cg/kubepods/besteffort/pod" + uid.replace('5', '6') + "/memory.current", "8\n");
        write("cg/elsewhere/pod" + uid + "/memory.current", "8\n");
        List<KubernetesNode.Pod> pods = KubernetesNode.under(root).pods();
        assertEquals(
                List.of("besteffort", "guaranteed"),
                pods.stream().map(KubernetesNode.Pod::podClass).toList());
        assertEquals(uid, pods.get(1).uid());
        assertEquals(1, pods.get(1).containers().size());
        assertEquals(Optional.of(id), pods.get(1).containers().get(0).name().containerId());
        assertEquals(List.of(), pods.get(0).containers());
    }

    @Test
    void valuesRefuseNonsense() {
        LimitSource source = new LimitSource(LimitSource.Kind.OWN, "/a\u0007", "memory.max");
        assertEquals("own /a\\u0007 memory.max", source.toString());
        assertThrows(IllegalArgumentException.class, () -> new Limit.Bounded(Bytes.of(-1), source));
        assertEquals("0 (own /a\\u0007 memory.max)", new Limit.Bounded(Bytes.ZERO, source).toString());
        Absence why = new Absence(Absence.Reason.DENIED, "/a", "no");
        Limit unknown = new Limit.Unknown(why, Limit.UNBOUNDED);
        assertThrows(IllegalArgumentException.class, () -> new Limit.Unknown(why, unknown));
        assertEquals(Optional.empty(), unknown.amount());
        assertTrue(unknown.toString().startsWith("unknown, at most unlimited [DENIED"));
        assertEquals(200, OneLine.of("x".repeat(201)).length());
        assertTrue(OneLine.of("x".repeat(201)).endsWith("x..."));
        assertEquals("x".repeat(200), OneLine.of("x".repeat(200)));
        assertEquals(Reading.of(Bytes.ZERO), Readings.minus(Reading.of(Bytes.of(1)), Reading.of(Bytes.of(2))));
        assertEquals(Reading.of(Bytes.of(3)), Readings.minus(Reading.of(Bytes.of(5)), Reading.of(Bytes.of(2))));
        assertFalse(ToolView.amount(Limit.UNBOUNDED).isPresent());
        assertFalse(ToolView.amount(unknown).isPresent());
        assertFalse(Headroom.of(unknown, Reading.of(Bytes.ZERO)).isPresent());
        assertEquals(
                Absence.Reason.NOT_APPLICABLE,
                Headroom.of(Limit.UNBOUNDED, Reading.of(Bytes.ZERO))
                        .absence()
                        .orElseThrow()
                        .reason());
    }

    @Test
    void usageThatCannotBeReadTakesTheHeadroomAway() throws IOException {
        Container container = v2();
        write("cg/a/memory.current", "x\n");
        MemorySnapshot now = container.memory();
        assertTrue(now.limit() instanceof Limit.Bounded);
        assertFalse(now.headroom().isPresent());
        assertFalse(now.isGone());
    }

    @Test
    void dockerShowsTheMachineWithoutALimit() throws IOException {
        Container container = v2();
        write("cg/a/memory.max", "max\n");
        assertEquals(
                Reading.of(Bytes.gibi(1)),
                container.memory().compareToDocker().rows().get(1).theirs());
        ToolView.Row jvm = container.memory().compareToJvm().rows().get(0);
        assertTrue(jvm.differs());
        assertTrue(jvm.reason().contains("set -Xmx or -XX:MaxRAM by hand"), jvm.reason());
    }
}
