package io.github.memfit.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.testing.Vectors;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("bare")
class MemoryGroupTest {

    @TempDir
    Path directory;

    private MemoryGroup group(CgroupVersion version) {
        return MemoryGroup.at(directory, version);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    @Test
    void everyFormOfFile() throws IOException {
        write("memory.current", "4096\n");
        write("memory.max", "max\n");
        write("memory.high", "8192\n");
        write("memory.events", "oom_kill 3\n");
        write("memory.stat", "anon 7\n");
        write("memory.numa_stat", "anon N0=7\n");
        write("memory.pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=5\n");
        write("cgroup.procs", "12\n7\n0\n12\n");
        MemoryGroup group = group(CgroupVersion.V2);
        assertEquals(Reading.of(4096L), group.amount(MemoryFile.CURRENT));
        assertEquals(Reading.of(new CgroupLimit.None()), group.limit(MemoryFile.MAX));
        assertEquals(Reading.of(new CgroupLimit.Amount(Bytes.of(8192))), group.limit(MemoryFile.HIGH));
        assertEquals(Reading.of(3L), group.keys(MemoryFile.EVENTS).flatMap(events -> events.value("oom_kill")));
        assertEquals(Reading.of(7L), group.stat().flatMap(stat -> stat.total(StatKey.ANON)));
        assertEquals(Reading.of(Map.of("anon", Map.of(0, 7L))), group.byNode());
        assertTrue(group.pressure().isPresent());
        assertEquals(Reading.of(List.of(7L, 12L)), group.processes());
        assertEquals(Reading.of("max\n"), group.text(MemoryFile.MAX));
        assertEquals(
                Absence.Reason.REFUSED,
                group.text(MemoryFile.RECLAIM).absence().orElseThrow().reason());
        assertTrue(group.isAccounted());
        assertFalse(group.isUnlimitable());
        assertTrue(group.exists());
        assertEquals("v2 " + directory, group.toString());
        assertEquals(directory, group.directory());
        assertEquals(CgroupVersion.V2, group.version());
    }

    @Test
    void formsOfV1() throws IOException {
        write("memory.usage_in_bytes", "4096\n");
        write("memory.limit_in_bytes", "9223372036854771712\n");
        write("memory.stat", "total_rss 9\n");
        write("memory.numa_stat", "total=9 N0=9\n");
        MemoryGroup group = group(CgroupVersion.V1);
        assertEquals(Reading.of(4096L), group.amount(MemoryFile.V1_USAGE));
        assertEquals(Reading.of(new CgroupLimit.None()), group.limit(MemoryFile.V1_LIMIT));
        assertEquals(Reading.of(9L), group.stat().flatMap(stat -> stat.total(StatKey.ANON)));
        assertEquals(Reading.of(Map.of("total", Map.of(0, 9L))), group.byNode());
        assertTrue(group.isAccounted());
        assertFalse(group.isUnlimitable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "12", "12\n\n", "\n12\n", "12 \n", "12\r\n", "x\n", "9999999999999999999999\n", "max\n"})
    void noAmount(String text) throws IOException {
        write("memory.current", text);
        assertEquals(
                Absence.Reason.MALFORMED,
                group(CgroupVersion.V2)
                        .amount(MemoryFile.CURRENT)
                        .absence()
                        .orElseThrow()
                        .reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "12\n\n", "max", "max\r\n", "\n", "none\n"})
    void noLimit(String text) throws IOException {
        write("memory.max", text);
        assertEquals(
                Absence.Reason.MALFORMED,
                group(CgroupVersion.V2)
                        .limit(MemoryFile.MAX)
                        .absence()
                        .orElseThrow()
                        .reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "12\nx\n", "-1\n", "12\n\n", "99999999999\n", "1 2\n"})
    void noProcesses(String text) throws IOException {
        write("cgroup.procs", text);
        assertEquals(
                Absence.Reason.MALFORMED,
                group(CgroupVersion.V2).processes().absence().orElseThrow().reason());
    }

    @Test
    void missingFileAndRemovedGroupDiffer() throws IOException {
        assertEquals(
                Absence.Reason.NO_FILE,
                group(CgroupVersion.V2)
                        .amount(MemoryFile.PEAK)
                        .absence()
                        .orElseThrow()
                        .reason());
        MemoryGroup gone = MemoryGroup.at(directory.resolve("gone"), CgroupVersion.V2);
        assertEquals(
                Absence.Reason.GONE,
                gone.amount(MemoryFile.PEAK).absence().orElseThrow().reason());
        assertEquals(
                Absence.Reason.GONE,
                gone.limit(MemoryFile.MAX).absence().orElseThrow().reason());
        assertEquals(
                Absence.Reason.GONE,
                gone.keys(MemoryFile.EVENTS).absence().orElseThrow().reason());
        assertEquals(Absence.Reason.GONE, gone.stat().absence().orElseThrow().reason());
        assertEquals(
                Absence.Reason.GONE, gone.pressure().absence().orElseThrow().reason());
        assertEquals(Absence.Reason.GONE, gone.byNode().absence().orElseThrow().reason());
        assertEquals(
                Absence.Reason.GONE, gone.processes().absence().orElseThrow().reason());
        assertEquals(
                Absence.Reason.GONE,
                gone.text(MemoryFile.MAX).absence().orElseThrow().reason());
        assertEquals(List.of(), gone.children());
        assertFalse(gone.exists());
        assertFalse(gone.isAccounted());
    }

    @Test
    void wrongFileIsTheCallersError() {
        MemoryGroup group = group(CgroupVersion.V2);
        assertThrows(IllegalArgumentException.class, () -> group.amount(MemoryFile.V1_USAGE));
        assertThrows(IllegalArgumentException.class, () -> group.amount(MemoryFile.MAX));
        assertThrows(IllegalArgumentException.class, () -> group.limit(MemoryFile.CURRENT));
        assertThrows(IllegalArgumentException.class, () -> group.keys(MemoryFile.CURRENT));
        assertThrows(
                IllegalArgumentException.class, () -> group(CgroupVersion.V1).pressure());
        assertThrows(IllegalArgumentException.class, () -> group.text(MemoryFile.V1_KMEM_SLABINFO));
    }

    @Test
    void rootGroupOfV2CannotBeLimited() throws IOException {
        assertTrue(group(CgroupVersion.V2).isUnlimitable());
        write("memory.stat", "anon 1\n");
        assertTrue(group(CgroupVersion.V2).isAccounted());
        assertTrue(group(CgroupVersion.V2).isUnlimitable());
        for (String file : List.of("memory.max", "memory.low", "memory.peak")) {
            write(file, "0\n");
            assertFalse(group(CgroupVersion.V2).isUnlimitable());
            Files.delete(directory.resolve(file));
        }
    }

    @Test
    void childrenAreDirectoriesOnly() throws IOException {
        Files.createDirectory(directory.resolve("b"));
        Files.createDirectory(directory.resolve("a"));
        Files.createSymbolicLink(directory.resolve("c"), directory.resolve("a"));
        write("memory.stat", "anon 1\n");
        assertEquals(
                List.of(directory.resolve("a"), directory.resolve("b")),
                group(CgroupVersion.V2).children());
    }

    @Test
    void keptFilesAreFoundAgain() throws IOException {
        Path child = Files.createDirectory(directory.resolve("child"));
        Files.writeString(child.resolve("memory.current"), "1\n");
        try (FileAccess access = FileAccess.keptOpen()) {
            MemoryGroup group = MemoryGroup.at(child, CgroupVersion.V2, access);
            assertEquals(Reading.of(1L), group.amount(MemoryFile.CURRENT));
            Files.writeString(child.resolve("memory.current"), "2\n");
            assertEquals(Reading.of(2L), group.amount(MemoryFile.CURRENT));
            // A file that is not there is not asked for again as long as the group is the same.
            assertEquals(
                    Absence.Reason.NO_FILE,
                    group.amount(MemoryFile.PEAK).absence().orElseThrow().reason());
            Files.writeString(child.resolve("memory.peak"), "3\n");
            assertEquals(
                    Absence.Reason.NO_FILE,
                    group.amount(MemoryFile.PEAK).absence().orElseThrow().reason());
        }
    }

    @Test
    void closedAccessIsTheCallersError() throws IOException {
        write("memory.current", "1\n");
        FileAccess access = FileAccess.keptOpen();
        MemoryGroup group = MemoryGroup.at(directory, CgroupVersion.V2, access);
        group.amount(MemoryFile.CURRENT);
        access.close();
        access.close();
        assertThrows(IllegalStateException.class, () -> group.amount(MemoryFile.CURRENT));
        FileAccess.fresh().close();
        assertTrue(group(CgroupVersion.V2).amount(MemoryFile.CURRENT).isPresent());
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void everyCapturedFileAndLineIsKnown(CgroupVersion version) throws IOException {
        Set<String> known = new TreeSet<>();
        for (MemoryFile file : MemoryFile.values()) {
            known.add(file.fileName());
        }
        try (Stream<Path> all = Files.walk(Vectors.fixtures())) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                String name = file.getFileName().toString();
                if (name.startsWith("memory.")) {
                    assertTrue(known.contains(name), () -> "unknown file " + file);
                }
                boolean v1 = Files.exists(file.resolveSibling("memory.usage_in_bytes"));
                if (name.equals("memory.stat") && v1 == (version == CgroupVersion.V1) && !isInvented(file)) {
                    MemoryStat stat = MemoryGroup.at(file.getParent(), version)
                            .stat()
                            .value()
                            .orElseThrow();
                    assertEquals(Map.of(), stat.others(), file::toString);
                }
            }
        }
    }

    private static boolean isInvented(Path file) {
        return file.toString().contains("strange");
    }

    @Test
    void everyCapturedFileReads() throws IOException {
        try (Stream<Path> all = Files.walk(Vectors.fixtures())) {
            for (Path dir : (Iterable<Path>) all.filter(Files::isDirectory)::iterator) {
                CgroupVersion version = GroupFiles.versionOf(dir);
                if (version != null) {
                    for (MemoryFile file : MemoryFile.values()) {
                        if (file.version() == version && Files.exists(dir.resolve(file.fileName()))) {
                            assertTrue(isRead(MemoryGroup.at(dir, version), file), () -> dir + " " + file);
                        }
                    }
                }
            }
        }
    }

    private static boolean isRead(MemoryGroup group, MemoryFile file) {
        return switch (file.form()) {
            case AMOUNT -> group.amount(file).isPresent();
            case LIMIT -> group.limit(file).isPresent();
            case KEYS -> group.keys(file).isPresent();
            case NUMA -> !group.byNode().value().orElseThrow().isEmpty();
            case PRESSURE -> group.pressure().isPresent();
            case TABLE -> group.text(file).isPresent();
            case WRITE_ONLY -> group.text(file).value().equals(Optional.empty());
        };
    }
}
