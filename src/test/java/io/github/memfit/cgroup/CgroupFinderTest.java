package io.github.memfit.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.cgroup.CgroupLocation.Outcome;
import io.github.memfit.testing.Json;
import io.github.memfit.testing.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where groups are found, in the captured trees and in small ones that are made to mislead. */
class CgroupFinderTest {

    @TempDir
    Path root;

    private void proc(String process, String groups, String mounts) throws IOException {
        Path proc = Files.createDirectories(root.resolve("proc").resolve(process));
        Files.writeString(proc.resolve("cgroup"), groups);
        Files.writeString(proc.resolve("mountinfo"), mounts);
        Files.writeString(proc.resolve("stat"), "77 (x y) S 1\n");
    }

    private Path group(String directory) throws IOException {
        return Files.createDirectories(root.resolve(directory));
    }

    private CgroupLocation self() {
        return CgroupFinder.under(root).self();
    }

    private static String mount(int id, String mountRoot, String mountPoint, String rest) {
        return id + " 20 0:" + id + " " + mountRoot + " " + mountPoint + " rw - " + rest + "\n";
    }

    @Test
    void everyTreeIsLocated() throws IOException {
        try (Stream<Path> all = Files.list(Vectors.fixtures())) {
            for (Path tree : (Iterable<Path>) all::iterator) {
                if (Files.exists(tree.resolve("expected.json"))) {
                    Json detect = Json.read(tree.resolve("expected.json")).field("detect");
                    CgroupLocation location = CgroupFinder.under(tree).self();
                    String name = tree.getFileName().toString();
                    assertEquals(
                            detect.field("layout").string(),
                            location.layout().name().toLowerCase(Locale.ROOT),
                            name);
                    assertEquals(
                            detect.optional("cgroupDir").map(Json::string),
                            location.directory().map(location::shown),
                            name);
                    assertEquals(
                            detect.optional("mountRoot").map(Json::string),
                            location.mount().map(MountInfo::root),
                            name);
                    assertEquals(detect.optional("procCgroupPath").map(Json::string), location.path(), name);
                    assertEquals(tree.toAbsolutePath().normalize(), location.root());
                    assertEquals(
                            detect.optional("resolution")
                                    .map(Json::string)
                                    .filter("pidScan"::equals)
                                    .isPresent(),
                            location.outcome() == Outcome.PID_SCAN,
                            name);
                }
            }
        }
    }

    @Test
    void theLongestMatchingRootWins() throws IOException {
        group("host/docker/a/b");
        group("own/b");
        proc(
                "self",
                "4:memory:/docker/a/b\n",
                mount(31, "/docker/a", "/own", "cgroup cgroup rw,memory")
                        + mount(30, "/", "/host", "cgroup cgroup rw,memory"));
        CgroupLocation location = self();
        assertEquals(Optional.of(root.resolve("own/b")), location.directory());
        assertEquals(Optional.of(root.resolve("own")), location.topDirectory());
        assertEquals(List.of(root.resolve("own/b"), root.resolve("own")), location.chain());
        assertEquals(Outcome.EXACT, location.outcome());
        assertTrue(location.explain().contains("/own"));
        // Where the better match has no such directory, the other one is taken.
        Files.delete(root.resolve("own/b"));
        assertEquals(Optional.of(root.resolve("host/docker/a/b")), self().directory());
    }

    @Test
    void theUsualPlaceThenTheLaterLineWins() throws IOException {
        group("mnt/a");
        group("sys/fs/cgroup/memory/a");
        group("other/a");
        String usual = mount(30, "/", "/sys/fs/cgroup/memory", "cgroup cgroup rw,memory");
        String first = mount(31, "/", "/mnt", "cgroup cgroup rw,memory");
        String second = mount(32, "/", "/other", "cgroup cgroup rw,memory");
        proc("self", "4:memory:/a\n", usual + first + second);
        assertEquals(Optional.of(root.resolve("sys/fs/cgroup/memory/a")), self().directory());
        proc("self", "4:memory:/a\n", first + second);
        assertEquals(Optional.of(root.resolve("other/a")), self().directory());
        proc("self", "4:memory:/a\n", second + first);
        assertEquals(Optional.of(root.resolve("mnt/a")), self().directory());
    }

    @Test
    void memoryIsOnV1OnlyWithLineAndMount() throws IOException {
        group("one/a");
        group("two/b");
        String v1 = mount(30, "/", "/one", "cgroup cgroup rw,memory");
        String other = mount(31, "/", "/one", "cgroup cgroup rw,cpu");
        String v2 = mount(32, "/", "/two", "cgroup2 cgroup2 rw,memory_localevents");
        proc("self", "4:memory:/a\n0::/b\n", v1 + v2);
        CgroupLocation hybrid = self();
        assertEquals(Optional.of(CgroupVersion.V1), hybrid.version());
        assertEquals(Optional.of(root.resolve("two/b")), hybrid.unifiedDirectory());
        assertEquals(CgroupLayout.HYBRID, hybrid.layout());
        assertFalse(hybrid.hasOption("memory_localevents"));
        assertTrue(hybrid.hasOption("memory"));
        proc("self", "4:memory:/a\n0::/b\n", other + v2);
        CgroupLocation unified = self();
        assertEquals(Optional.of(CgroupVersion.V2), unified.version());
        assertEquals(Optional.empty(), unified.unifiedDirectory());
        assertTrue(unified.hasOption("memory_localevents"));
        proc("self", "3:cpu:/a\n0::/b\n", v1 + v2);
        assertEquals(Optional.of(CgroupVersion.V2), self().version());
        proc("self", "4:memory:/a\n", v1);
        assertEquals(CgroupLayout.V1, self().layout());
        assertEquals(Optional.empty(), self().unifiedDirectory());
        proc("self", "4:memory:/a\n0::/gone\n", v1 + v2);
        assertEquals(Optional.empty(), self().unifiedDirectory());
        assertFalse(self().hasOption("nsdelegate"));
    }

    @Test
    void groupsWithoutMountsAndMountsWithoutGroups() throws IOException {
        String v2 = mount(32, "/", "/two", "cgroup2 cgroup2 rw");
        for (String[] texts : new String[][] {{"4:memory:/a\n", ""}, {"0::/a\n", ""}, {"", v2}, {"3:cpu:/\n", v2}}) {
            proc("self", texts[0], texts[1]);
            assertEquals(Outcome.NOT_VISIBLE, self().outcome());
            assertEquals(Optional.empty(), self().version());
            assertTrue(self().explain().startsWith("the group of memory is not below any mount"));
        }
        proc("self", "", "");
        assertEquals(Outcome.NO_CONTROLLER, self().outcome());
        assertEquals(CgroupLayout.NONE, self().layout());
        assertEquals(List.of(), self().chain());
        assertEquals(Optional.empty(), self().topDirectory());
        assertFalse(self().hasOption("rw"));
        assertTrue(self().toString().startsWith("NO_CONTROLLER: "));
    }

    @Test
    void outsideTheNamespaceAndInheritedMounts() throws IOException {
        Path inner = group("cg/pod/c1");
        Files.writeString(inner.resolve("cgroup.procs"), "5\n77\n");
        String plain = mount(30, "/", "/cg", "cgroup2 cgroup2 rw");
        String inherited = mount(30, "/../..", "/cg", "cgroup2 cgroup2 rw");
        proc("self", "0::/../c2\n", plain);
        assertEquals(Outcome.OUTSIDE_NAMESPACE, self().outcome());
        assertTrue(self().explain().contains("/../c2"));
        assertEquals(Optional.of(root.resolve("cg")), self().topDirectory());
        proc("self", "0::/..\n", plain);
        assertEquals(Outcome.OUTSIDE_NAMESPACE, self().outcome());
        proc("self", "0::/..odd\n", plain);
        group("cg/..odd");
        assertEquals(Outcome.EXACT, self().outcome());
        proc("self", "0::/\n", inherited);
        assertEquals(Outcome.PID_SCAN, self().outcome());
        assertEquals(Optional.of(inner), self().directory());
        assertTrue(self().explain().contains("made outside the namespace"));
        proc("self", "0::/../c2\n", inherited);
        assertEquals(Outcome.PID_SCAN, self().outcome());
        Files.writeString(inner.resolve("cgroup.procs"), "5\n77");
        proc("self", "0::/\n", inherited);
        assertEquals(Outcome.NOT_VISIBLE, self().outcome());
        Files.delete(root.resolve("proc/self/stat"));
        Files.writeString(inner.resolve("cgroup.procs"), "77\n");
        assertEquals(Outcome.NOT_VISIBLE, self().outcome());
    }

    @Test
    void deletedGroups() throws IOException {
        group("cg");
        String v2 = mount(30, "/", "/cg", "cgroup2 cgroup2 rw");
        proc("self", "0::/a (deleted)\n", v2);
        assertEquals(Outcome.REMOVED, self().outcome());
        assertEquals("group /a (deleted) was removed", self().explain());
        assertEquals(Optional.empty(), self().directory());
        group("cg/a (deleted)");
        assertEquals(Outcome.EXACT, self().outcome());
        group("one");
        proc("self", "4:memory:/a (deleted)\n", mount(31, "/", "/one", "cgroup cgroup rw,memory"));
        assertEquals(Outcome.NOT_VISIBLE, self().outcome());
        assertTrue(self().explain().contains("group /a (deleted) is not below any mount at /one"));
    }

    @Test
    void byNumber() throws IOException {
        group("cg/a");
        proc("12", "0::/a\n", mount(30, "/", "/cg", "cgroup2 cgroup2 rw"));
        assertEquals(
                Optional.of(root.resolve("cg/a")),
                CgroupFinder.under(root).ofPid(12).directory());
        CgroupLocation nobody = CgroupFinder.under(root).ofPid(13);
        assertEquals(Outcome.REMOVED, nobody.outcome(), "a process that is not there says nothing of the machine");
        assertEquals("there is no such process", nobody.explain());
        assertThrows(
                IllegalArgumentException.class, () -> CgroupFinder.under(root).ofPid(0));
        assertEquals(
                Path.of("/"), CgroupFinder.ofMachine().ofPid(Integer.MAX_VALUE).root());
    }

    @Test
    void givenDirectories() throws IOException {
        Path top = group("cg");
        Path pod = group("cg/pod");
        Path leaf = group("cg/pod/c");
        for (Path dir : List.of(top, pod, leaf)) {
            Files.writeString(dir.resolve("cgroup.controllers"), "memory\n");
        }
        CgroupLocation given = CgroupLocation.at(leaf, root);
        assertEquals(Outcome.GIVEN, given.outcome());
        assertEquals(CgroupLayout.V2, given.layout());
        assertEquals(Optional.of(CgroupVersion.V2), given.version());
        assertEquals(List.of(leaf, pod, top), given.chain());
        assertEquals("/cg/pod/c", given.shown(leaf));
        assertEquals("GIVEN /cg/pod/c", given.toString());
        assertEquals("the directory was given", given.explain());
        assertEquals(Optional.empty(), given.path());
        CgroupLocation above = given.moveTo(pod);
        assertEquals(List.of(pod, top), above.chain());
        assertEquals(Outcome.GIVEN, above.outcome());
        Path aside = group("elsewhere");
        assertEquals(List.of(aside), given.moveTo(aside).chain());
        CgroupLocation none = CgroupLocation.at(aside, root);
        assertEquals(Outcome.NO_CONTROLLER, none.outcome());
        assertEquals(CgroupLayout.NONE, none.layout());
        CgroupLocation gone = CgroupLocation.at(root.resolve("cg/gone"), root);
        assertEquals(Outcome.REMOVED, gone.outcome());
        assertEquals("group /cg/gone was removed", gone.explain());
        Path v1 = group("one/a");
        Files.writeString(v1.resolve("memory.failcnt"), "0\n");
        Files.writeString(v1.resolveSibling("memory.failcnt"), "0\n");
        CgroupLocation first = CgroupLocation.at(v1, root);
        assertEquals(CgroupLayout.V1, first.layout());
        assertEquals(List.of(v1, v1.getParent()), first.chain());
        assertEquals("/", CgroupLocation.at(root, Path.of("/")).shown(Path.of("/")));
    }
}
