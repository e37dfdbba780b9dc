package io.github.memfit.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.cgroup.CgroupLocation;
import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.cgroup.KeyedNumbers;
import io.github.memfit.cgroup.MemoryFile;
import io.github.memfit.cgroup.MemoryGroup;
import io.github.memfit.internal.BytePaths;
import io.github.memfit.procfs.MemInfo;
import io.github.memfit.testing.Json;
import io.github.memfit.testing.Vectors;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Ratio;
import io.github.memfit.unit.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every root tree with its expected values, read in three ways: by opening files, through a probe's open files, and figure by
 * figure. The folder is named by {@code memfit.fixtures}. A field of {@code expected.json} that is not known here fails.
 */
class FixtureTest {

    /** The kernel's names of the figures in {@code expected.json}. */
    private static final Map<String, MemoryFigure> FIGURES = Map.ofEntries(
            Map.entry("rss", MemoryFigure.RSS),
            Map.entry("cache", MemoryFigure.CACHE),
            Map.entry("shmem", MemoryFigure.SHMEM),
            Map.entry("fileMapped", MemoryFigure.FILE_MAPPED),
            Map.entry("fileDirty", MemoryFigure.DIRTY),
            Map.entry("fileWriteback", MemoryFigure.WRITEBACK),
            Map.entry("anonThp", MemoryFigure.ANON_HUGE),
            Map.entry("inactiveAnon", MemoryFigure.INACTIVE_ANON),
            Map.entry("activeAnon", MemoryFigure.ACTIVE_ANON),
            Map.entry("inactiveFile", MemoryFigure.INACTIVE_FILE),
            Map.entry("activeFile", MemoryFigure.ACTIVE_FILE),
            Map.entry("unevictable", MemoryFigure.UNEVICTABLE),
            Map.entry("pgfault", MemoryFigure.PAGE_FAULTS),
            Map.entry("pgmajfault", MemoryFigure.MAJOR_PAGE_FAULTS),
            Map.entry("workingsetRefaultAnon", MemoryFigure.REFAULTS_ANON),
            Map.entry("workingsetRefaultFile", MemoryFigure.REFAULTS_FILE),
            Map.entry("kernelStack", MemoryFigure.KERNEL_STACK),
            Map.entry("pageTables", MemoryFigure.PAGE_TABLES),
            Map.entry("percpu", MemoryFigure.PERCPU),
            Map.entry("sock", MemoryFigure.SOCK),
            Map.entry("slabReclaimable", MemoryFigure.SLAB_RECLAIMABLE),
            Map.entry("slabUnreclaimable", MemoryFigure.SLAB_UNRECLAIMABLE),
            Map.entry("slab", MemoryFigure.SLAB),
            Map.entry("pgscan", MemoryFigure.PAGES_SCANNED),
            Map.entry("pgsteal", MemoryFigure.PAGES_RECLAIMED),
            Map.entry("kernel", MemoryFigure.KERNEL),
            Map.entry("peak", MemoryFigure.PEAK),
            Map.entry("swap", MemoryFigure.SWAP),
            Map.entry("swapPeak", MemoryFigure.SWAP_PEAK),
            Map.entry("zswapCurrent", MemoryFigure.ZSWAP),
            Map.entry("memswUsage", MemoryFigure.MEMORY_AND_SWAP),
            Map.entry("usage", MemoryFigure.USAGE),
            Map.entry("oomKills", MemoryFigure.OOM_KILLS),
            Map.entry("oomKillsLocal", MemoryFigure.OOM_KILLS_LOCAL),
            Map.entry("oomGroupKills", MemoryFigure.OOM_GROUP_KILLS),
            Map.entry("oomGroup", MemoryFigure.OOM_GROUP),
            Map.entry("underOom", MemoryFigure.UNDER_OOM),
            Map.entry("oomKillDisable", MemoryFigure.OOM_KILL_DISABLED),
            Map.entry("limitHits", MemoryFigure.LIMIT_HITS),
            Map.entry("highHits", MemoryFigure.THROTTLES));

    @TestFactory
    Stream<DynamicTest> everyTree() throws IOException {
        List<Path> trees;
        try (Stream<Path> all = Files.list(Vectors.fixtures())) {
            trees = all.filter(dir -> Files.exists(dir.resolve("expected.json")))
                    .sorted()
                    .toList();
        }
        assertFalse(trees.isEmpty(), "no fixtures in " + Vectors.fixtures());
        return trees.stream().flatMap(FixtureTest::tests);
    }

    private static Stream<DynamicTest> tests(Path tree) {
        String name = tree.getFileName().toString();
        return Stream.of(
                DynamicTest.dynamicTest(name, () -> check(tree, Container::memory)),
                DynamicTest.dynamicTest(
                        name + " through a probe",
                        () -> check(tree, container -> {
                            try (MemoryProbe probe = container.probe()) {
                                probe.snapshot();
                                return probe.snapshot();
                            }
                        })),
                DynamicTest.dynamicTest(name + " figure by figure", () -> checkProbe(tree)));
    }

    private static void check(Path tree, Function<Container, MemorySnapshot> reading) {
        Json expected = Json.read(tree.resolve("expected.json"))
                .ignoring("origin", "kernel", "note", "basis", "groundTruth", "unreadable", "processes");
        Container container = Container.self(tree);
        MemorySnapshot now = reading.apply(container);
        assertEquals(tree.getFileName().toString(), expected.field("fixture").string());
        expected.field("pageSize");
        checkLocation(tree, container.location(), expected.field("detect"));
        checkHost(now.host(), expected.field("host"));
        checkPressure(now.hostPressure(), expected.field("hostPressure"));
        if (expected.field("memory").isNull()) {
            assertTrue(now.figures().values().stream().noneMatch(Reading::isPresent), now::toTable);
            assertTrue(now.levels().isEmpty());
            assertFalse(container.accountingDirectory().isPresent()
                    && container.location().version().isEmpty());
        } else {
            checkMemory(tree, container, now, expected.field("memory"));
        }
        for (String line : List.of(now.toString(), container.toString())) {
            assertTrue(line.length() <= 200 && line.indexOf('\n') < 0, line);
        }
        assertFalse(now.toTable().isEmpty());
        expected.assertAllRead();
    }

    private static void checkLocation(Path tree, CgroupLocation location, Json detect) {
        assertEquals(detect.field("layout").string(), location.layout().name().toLowerCase(Locale.ROOT));
        assertEquals(
                text(detect.field("memoryController")),
                location.version().map(v -> v.name().toLowerCase(Locale.ROOT)));
        assertEquals(text(detect.field("procCgroupPath")), location.path());
        assertEquals(text(detect.field("mountPoint")), location.mount().map(mount -> mount.mountPoint()));
        assertEquals(text(detect.field("mountRoot")), location.mount().map(mount -> mount.root()));
        assertEquals(text(detect.field("cgroupDir")), location.directory().map(location::shown));
        assertEquals(
                text(detect.field("cgroupDir")).map(dir -> bytes(tree) + latin(dir)),
                location.directory().map(BytePaths::bytes));
        Optional<String> outcome = location.version().isEmpty()
                ? Optional.empty()
                : Optional.of(camel(location.outcome().name()));
        assertEquals(text(detect.field("resolution")), outcome);
        detect.assertAllRead();
    }

    private static void checkHost(Reading<MemInfo> host, Json expected) {
        equal(expected.field("memTotal"), host.flatMap(MemInfo::memTotal));
        equal(expected.field("memFree"), host.flatMap(MemInfo::memFree));
        equal(expected.field("memAvailable"), host.flatMap(MemInfo::memAvailable));
        equal(expected.field("swapTotal"), host.flatMap(MemInfo::swapTotal));
        equal(expected.field("swapFree"), host.flatMap(MemInfo::swapFree));
        equal(expected.field("hugepageSize"), host.flatMap(MemInfo::hugePageSize));
        expected.assertAllRead();
    }

    private static void checkMemory(Path tree, Container container, MemorySnapshot now, Json expected) {
        assertEquals(
                text(expected.field("accountingDir")),
                container.accountingDirectory().map(container.location()::shown));
        for (String name : expected.names()) {
            MemoryFigure figure = FIGURES.get(name);
            if (figure != null) {
                assertEquals(number(expected.field(name)), now.value(figure).value(), name);
            }
        }
        checkWorkingSet(now, expected);
        checkLimits(container, now, expected);
        checkHeadroom(now, expected);
        checkLevels(now, expected.field("chain"));
        checkPressure(now.pressure(), expected.field("pressure"));
        assertEquals(
                expected.field("pids").items().stream().map(Json::longValue).toList(),
                container.pids().orElse(List.of()));
        checkRawFiles(container, expected);
        checkIdentity(tree, now);
        expected.assertAllRead();
    }

    private static void checkWorkingSet(MemorySnapshot now, Json expected) {
        boolean exact = expected.field("workingSetExact").bool();
        equal(expected.field("workingSet"), now.workingSetAtMost());
        assertEquals(
                exact && !expected.field("workingSet").isNull(),
                now.workingSet().isPresent());
        if (now.bytes(MemoryFigure.DOCKER_USAGE).isPresent()) {
            equal(expected.field("dockerStatsUsage"), now.bytes(MemoryFigure.DOCKER_USAGE));
        } else {
            // Without the statistics docker shows the usage; here that figure is absent.
            equal(expected.field("dockerStatsUsage"), now.usage());
            assertFalse(exact && now.usage().isPresent());
        }
    }

    private static void checkLimits(Container container, MemorySnapshot now, Json expected) {
        equalLimit(expected.field("hardLimit"), now.ownLimit());
        equalLimit(expected.field("cgroupLimit"), now.cgroupLimit());
        equalLimit(expected.field("effectiveLimit"), now.limit());
        assertEquals(text(expected.field("effectiveLimitSource")), source(Limits.known(now.limit())));
        // Only where the kernel does not tell may the answer be less than certain.
        assertEquals(isCertain(container), !(now.limit() instanceof Limit.Unknown), now.limit()::toString);
        for (String name : expected.names()) {
            switch (name) {
                case "min" -> equalLimit(expected.field(name), now.min());
                case "low" -> equalLimit(expected.field(name), now.low());
                case "high" -> equalLimit(expected.field(name), now.ownHigh());
                case "swapLimit", "memswLimit" -> equalLimit(expected.field(name), now.swapLimit());
                case "softLimit" -> equalLimit(expected.field(name), now.softLimit());
                case "effectiveHigh" -> equalLimit(expected.field(name), now.throttle());
                case "effectiveHighSource" -> assertEquals(text(expected.field(name)), source(now.throttle()));
                default -> {}
            }
        }
    }

    /** v1 without statistics hides the limits above the mount; groups without any memory file hide all of them. */
    private static boolean isCertain(Container container) {
        Path group = container.accountingDirectory().orElseThrow();
        boolean v1 = container.files().orElseThrow().version() == CgroupVersion.V1;
        return container.files().orElseThrow().isAccounted()
                && (!v1 || Files.exists(group.resolve("memory.stat")))
                && container.location().chain().stream()
                        .filter(dir -> Files.exists(dir.resolve(v1 ? "memory.usage_in_bytes" : "memory.current")))
                        .allMatch(dir -> Files.exists(dir.resolve(v1 ? "memory.limit_in_bytes" : "memory.max")));
    }

    private static void checkHeadroom(MemorySnapshot now, Json expected) {
        equal(expected.field("headroomUpperBound"), now.headroomAtMost());
        if (now.cgroupLimit() instanceof Limit.Unknown unknown) {
            // A limit may be hidden: the library does not promise the headroom, the script that wrote the file did.
            assertFalse(now.headroom().isPresent());
            equal(expected.field("headroom"), Headroom.of(unknown.atMost(), now.usage()));
            equal(expected.field("headroomWorkingSet"), Headroom.of(unknown.atMost(), now.workingSetAtMost()));
            return;
        }
        equal(expected.field("headroom"), now.headroom());
        equal(expected.field("headroomWorkingSet"), now.headroomWorkingSet());
    }

    private static void checkLevels(MemorySnapshot now, Json chain) {
        assertEquals(chain.items().size(), now.levels().size());
        for (int i = 0; i < now.levels().size(); i++) {
            Json expected = chain.items().get(i);
            MemoryLevel level = now.levels().get(i);
            assertEquals(expected.field("dir").string(), level.directory());
            equalLimit(expected.field("hardLimit"), level.hardLimit());
            equal(expected.field("usage"), level.usage());
            equal(expected.field("workingSet"), level.workingSetAtMost());
            expected.optional("high")
                    .ifPresentOrElse(
                            high -> equalLimit(high, level.high()), () -> assertEquals(Limit.UNBOUNDED, level.high()));
            expected.assertAllRead();
        }
    }

    private static void checkRawFiles(Container container, Json expected) {
        MemoryGroup files = container.files().orElseThrow();
        if (files.version() == CgroupVersion.V1) {
            assertEquals(
                    number(expected.field("useHierarchy")),
                    files.amount(MemoryFile.V1_USE_HIERARCHY).value());
            return;
        }
        checkEvents(files.keys(MemoryFile.EVENTS), expected.field("events"));
        checkEvents(files.keys(MemoryFile.EVENTS_LOCAL), expected.field("eventsLocal"));
    }

    private static void checkEvents(Reading<KeyedNumbers> events, Json expected) {
        if (expected.isNull()) {
            assertFalse(events.isPresent());
            return;
        }
        Map<String, Long> numbers = events.value().orElseThrow().numbers();
        Set<String> names = new HashSet<>(numbers.keySet());
        names.addAll(expected.names());
        for (String name : names) {
            assertEquals(expected.optional(name).map(Json::longValue), Optional.ofNullable(numbers.get(name)), name);
        }
        expected.names().forEach(expected::field);
    }

    /** usage = anon + file + kernel + sock + r, where r is what the counters of the CPUs hold back. */
    private static void checkIdentity(Path tree, MemorySnapshot now) {
        String name = tree.getFileName().toString();
        boolean machine = now.levels().get(0).directory().matches("/sys/fs/cgroup(/memory|/unified)?")
                && now.location().mount().filter(m -> m.root().equals("/")).isPresent()
                && now.limit() instanceof Limit.Bounded bounded
                && bounded.source().kind() == LimitSource.Kind.HOST;
        if (name.startsWith("hand-") || machine || now.location().hasOption("memory_hugetlb_accounting")) {
            return;
        }
        long batch = 64 * 4096 * 2;
        now.unexplained().ifPresent(rest -> {
            long most = batch
                    + now.bytes(MemoryFigure.SWAP_CACHED).orElse(Bytes.ZERO).value();
            assertTrue(rest.value() >= 0 && rest.value() <= most, () -> "unexplained " + rest + " " + now.toTable());
        });
    }

    /** A probe of all figures says what the snapshot says. */
    private static void checkProbe(Path tree) {
        Container container = Container.self(tree);
        MemorySnapshot now = container.memory();
        try (MemoryProbe probe = container.probe(Set.of(MemoryFigure.values()))) {
            for (int round = 0; round < 2; round++) {
                boolean complete = probe.sample();
                assertEquals(now.figures().values().stream().allMatch(Reading::isPresent), complete);
                for (MemoryFigure figure : MemoryFigure.values()) {
                    assertEquals(now.value(figure).orElse(MemoryProbe.ABSENT), probe.value(figure), figure::toString);
                    assertEquals(
                            probe.value(figure) == MemoryProbe.ABSENT,
                            probe.absence(figure).isPresent(),
                            figure::toString);
                }
                assertEquals(now.usage().map(Bytes::value).orElse(MemoryProbe.ABSENT), probe.usageBytes());
                assertEquals(now.workingSet().map(Bytes::value).orElse(MemoryProbe.ABSENT), probe.workingSetBytes());
            }
        }
    }

    private static void checkPressure(Reading<Pressure> pressure, Json expected) {
        if (expected.isNull()) {
            assertFalse(pressure.isPresent(), () -> expected.where() + " should be absent: " + pressure);
            return;
        }
        Pressure there = pressure.value().orElseThrow();
        checkStall(there.some(), expected.field("some"));
        checkStall(there.full(), expected.field("full"));
        expected.assertAllRead();
    }

    private static void checkStall(Reading<Pressure.Stall> stall, Json expected) {
        if (expected.isNull()) {
            assertFalse(stall.isPresent());
            return;
        }
        Pressure.Stall there = stall.value().orElseThrow();
        assertEquals(percent(expected.field("avg10")), there.avg10());
        assertEquals(percent(expected.field("avg60")), there.avg60());
        assertEquals(percent(expected.field("avg300")), there.avg300());
        assertEquals(expected.field("totalMicros").longValue(), there.total().toNanos() / 1000);
        expected.assertAllRead();
    }

    private static Ratio percent(Json number) {
        return Ratio.basisPoints(number.decimal().movePointRight(2).longValueExact());
    }

    private static void equal(Json expected, Reading<Bytes> reading) {
        assertEquals(number(expected), reading.value().map(Bytes::value), () -> expected.where() + ": " + reading);
    }

    private static void equalLimit(Json expected, Limit limit) {
        assertEquals(
                number(expected),
                Limits.known(limit).amount().map(Bytes::value),
                () -> expected.where() + ": " + limit);
    }

    private static Optional<String> source(Limit limit) {
        if (!(limit instanceof Limit.Bounded bounded)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (bounded.source().kind()) {
                    case HOST -> "host";
                    case HIDDEN_ANCESTOR -> "hierarchical_memory_limit";
                    default -> bounded.source().directory();
                });
    }

    private static Optional<Long> number(Json json) {
        return json.isNull() ? Optional.empty() : Optional.of(json.longValue());
    }

    private static Optional<String> text(Json json) {
        return json.isNull() ? Optional.empty() : Optional.of(json.string());
    }

    /** {@code PID_SCAN} as {@code pidScan}. */
    private static String camel(String constant) {
        StringBuilder out = new StringBuilder();
        for (String word : constant.toLowerCase(Locale.ROOT).split("_")) {
            out.append(out.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return out.toString();
    }

    private static String bytes(Path path) {
        return BytePaths.bytes(path);
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
