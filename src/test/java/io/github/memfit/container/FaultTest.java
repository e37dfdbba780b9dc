package io.github.memfit.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.procfs.MemInfo;
import io.github.memfit.testing.Vectors;
import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every tree with one file broken at a time, in every way of {@link Damage}: nothing throws, and every figure, limit and level
 * is what the whole tree says, or absent. The files are taken in turns, so that over all trees each file meets each damage.
 */
class FaultTest {

    private static final int TURNS = 12;

    @TempDir
    Path temporary;

    @TestFactory
    Stream<DynamicTest> everyTreeBroken() throws IOException {
        List<Path> trees;
        try (Stream<Path> all = Files.list(Vectors.fixtures())) {
            trees = all.filter(dir -> Files.exists(dir.resolve("expected.json")))
                    .sorted()
                    .toList();
        }
        assertFalse(trees.isEmpty());
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < trees.size(); i++) {
            Path original = trees.get(i);
            // Copied once, when its first test runs; every damage is made good again.
            Path tree = temporary.resolve(original.getFileName());
            int turn = i;
            for (Damage damage : Damage.values()) {
                tests.add(DynamicTest.dynamicTest(original.getFileName() + " " + damage, () -> {
                    copy(original, tree);
                    check(tree, damage, turn + damage.ordinal());
                }));
            }
        }
        return tests.stream();
    }

    @Test
    void everyFileMeetsEveryDamage() throws IOException {
        // What the turns leave out in one tree is done here for one tree of each version.
        for (String name : List.of("v1-618-parent-tighter", "v2-61smp-parent-tighter", "hybrid-61smp-limited")) {
            Path original = Vectors.fixtures().resolve(name);
            if (Files.exists(original)) {
                Path tree = temporary.resolve(name);
                copy(original, tree);
                for (Damage damage : Damage.values()) {
                    for (int turn = 0; turn < TURNS; turn++) {
                        check(tree, damage, turn);
                    }
                }
            }
        }
    }

    private static void check(Path tree, Damage damage, int turn) throws IOException {
        MemorySnapshot whole = Container.self(tree).memory();
        List<Path> files = files(tree);
        for (int i = 0; i < files.size(); i++) {
            if ((i + turn) % TURNS == 0) {
                Path file = files.get(i);
                byte[] before = Files.readAllBytes(file);
                damage.apply(file);
                try {
                    compare(whole, tree, tree.relativize(file) + " " + damage);
                } finally {
                    Files.deleteIfExists(file);
                    Files.write(file, before);
                }
            }
        }
    }

    private static void compare(MemorySnapshot whole, Path tree, String what) {
        Container container = Container.self(tree);
        MemorySnapshot broken = container.memory();
        compare(whole, broken, what);
        assertFalse(broken.toTable().isEmpty());
        container.processes();
        container.pids();
        broken.compareToDocker();
        broken.compareToCadvisor();
        try (MemoryProbe probe = container.probe(Set.of(MemoryFigure.values()))) {
            compare(whole, probe.snapshot(), what + ", kept open");
            probe.sample();
            for (MemoryFigure figure : MemoryFigure.values()) {
                long value = probe.value(figure);
                assertTrue(
                        value == MemoryProbe.ABSENT
                                || value == whole.value(figure).orElse(MemoryProbe.ABSENT),
                        () -> what + ": probe of " + figure + " is " + value + ", not " + whole.value(figure));
                assertEquals(value == MemoryProbe.ABSENT, probe.absence(figure).isPresent());
            }
            long workingSet = probe.workingSetBytes();
            assertTrue(workingSet == MemoryProbe.ABSENT
                    || workingSet == whole.value(MemoryFigure.WORKING_SET).orElse(MemoryProbe.ABSENT));
        }
    }

    private static void compare(MemorySnapshot whole, MemorySnapshot broken, String what) {
        for (MemoryFigure figure : MemoryFigure.values()) {
            same(what + ": " + figure, whole.value(figure), broken.value(figure));
        }
        sameLimit(what + ": limit", whole.limit(), broken.limit());
        sameLimit(what + ": cgroup limit", whole.cgroupLimit(), broken.cgroupLimit());
        sameLimit(what + ": own limit", whole.ownLimit(), broken.ownLimit());
        sameLimit(what + ": throttle", whole.throttle(), broken.throttle());
        sameLimit(what + ": swap limit", whole.swapLimit(), broken.swapLimit());
        sameLimit(what + ": min", whole.min(), broken.min());
        sameLimit(what + ": low", whole.low(), broken.low());
        same(what + ": headroom", whole.headroom(), broken.headroom());
        same(what + ": headroom of working set", whole.headroomWorkingSet(), broken.headroomWorkingSet());
        same(what + ": headroom above floor", whole.headroomAboveFloor(), broken.headroomAboveFloor());
        Map<String, MemoryLevel> levels =
                whole.levels().stream().collect(Collectors.toMap(MemoryLevel::directory, Function.identity()));
        for (MemoryLevel level : broken.levels()) {
            MemoryLevel before = levels.get(level.directory());
            if (before != null) {
                same(what + ": " + level, before.usage(), level.usage());
                same(what + ": " + level, before.workingSet(), level.workingSet());
                sameLimit(what + ": " + level, before.hardLimit(), level.hardLimit());
                sameLimit(what + ": " + level, before.high(), level.high());
            }
        }
        samePressure(what + ": pressure", whole.pressure(), broken.pressure());
        samePressure(what + ": host pressure", whole.hostPressure(), broken.hostPressure());
        same(
                what + ": memory of the machine",
                whole.host().flatMap(MemInfo::memTotal),
                broken.host().flatMap(MemInfo::memTotal));
        same(
                what + ": available memory",
                whole.host().flatMap(MemInfo::memAvailable),
                broken.host().flatMap(MemInfo::memAvailable));
    }

    private static void samePressure(String what, Reading<Pressure> whole, Reading<Pressure> broken) {
        same(what, whole.flatMap(Pressure::some), broken.flatMap(Pressure::some));
        same(what, whole.flatMap(Pressure::full), broken.flatMap(Pressure::full));
    }

    private static void same(String what, Reading<?> whole, Reading<?> broken) {
        if (broken.isPresent()) {
            assertEquals(whole, broken, what);
        } else {
            assertFalse(broken.absence().orElseThrow().detail().isEmpty());
        }
    }

    private static void sameLimit(String what, Limit whole, Limit broken) {
        if (!(broken instanceof Limit.Unknown unknown)) {
            assertEquals(whole, broken, what);
        } else if (whole instanceof Limit.Bounded before && unknown.atMost() instanceof Limit.Bounded most) {
            assertFalse(most.bytes().isLessThan(before.bytes()), () -> what + ": " + broken + " against " + whole);
        }
    }

    /** The files that a snapshot reads. */
    private static List<Path> files(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void copy(Path original, Path tree) throws IOException {
        if (Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(original)) {
            for (Path from : (Iterable<Path>) all::iterator) {
                String name = original.relativize(from).toString();
                if (Files.isDirectory(from)) {
                    Files.createDirectories(tree.resolve(name));
                } else if (isRead(name)) {
                    Files.copy(from, tree.resolve(name));
                }
            }
        }
    }

    private static boolean isRead(String name) {
        return name.startsWith("sys/")
                || Arrays.asList("proc/meminfo", "proc/pressure/memory").contains(name)
                || name.startsWith("proc/self/") && !name.contains("smaps") && !name.contains("limits");
    }
}
