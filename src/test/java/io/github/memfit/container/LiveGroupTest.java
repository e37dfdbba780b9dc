package io.github.memfit.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.cgroup.CgroupLocation;
import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real group of the running kernel, made and removed by the test. Skipped where groups cannot be made. */
@Tag("bare")
class LiveGroupTest {

    private Path group;
    private CgroupVersion version;

    @BeforeEach
    void make() {
        Optional<Path> top = Container.self().location().topDirectory();
        Assumptions.assumeTrue(top.isPresent(), "no memory hierarchy is mounted here");
        version = Container.self().location().version().orElseThrow();
        group = top.orElseThrow().resolve("memfit-test-" + UUID.randomUUID());
        try {
            Files.createDirectory(group);
        } catch (IOException e) {
            Assumptions.abort("control groups cannot be made here: " + e);
        }
        Assumptions.assumeTrue(
                Files.exists(group.resolve(usage())), "the memory controller is not delegated to new groups here");
    }

    @AfterEach
    void remove() throws IOException {
        if (group != null) {
            Files.deleteIfExists(group);
        }
    }

    private String usage() {
        return version == CgroupVersion.V1 ? "memory.usage_in_bytes" : "memory.current";
    }

    private String limit() {
        return version == CgroupVersion.V1 ? "memory.limit_in_bytes" : "memory.max";
    }

    @Test
    void limitOfNewGroup() throws IOException {
        Container container = Container.at(group);
        assertEquals(CgroupLocation.Outcome.GIVEN, container.location().outcome());
        assertEquals(Optional.of(version), container.location().version());
        assertEquals(Limit.UNBOUNDED, container.memory().ownLimit());
        // Not a multiple of the page: the kernel rounds down.
        Files.writeString(group.resolve(limit()), "67108865");
        MemorySnapshot now = container.memory();
        Limit.Bounded own = (Limit.Bounded) now.ownLimit();
        assertEquals(Bytes.mebi(64), own.bytes());
        assertEquals(LimitSource.Kind.OWN, own.source().kind());
        assertEquals(own, now.limit());
        assertTrue(now.headroom().isPresent());
        assertEquals(List.of(), container.pids().orElse(List.of(1L)));
        assertEquals(List.of(), container.processes());
        assertTrue(container.parent().orElseThrow().children().stream()
                .anyMatch(child -> child.location().directory().equals(Optional.of(group))));
    }

    @Test
    void tighterAncestorBinds() throws IOException {
        Files.writeString(group.resolve(limit()), "67108864");
        if (version == CgroupVersion.V2) {
            Files.writeString(group.resolve("cgroup.subtree_control"), "+memory");
        }
        Path child = Files.createDirectory(group.resolve("child"));
        try {
            Files.writeString(child.resolve(limit()), "134217728");
            Limit.Bounded limit = (Limit.Bounded) Container.at(child).memory().limit();
            assertEquals(Bytes.mebi(64), limit.bytes());
            assertEquals(LimitSource.Kind.ANCESTOR, limit.source().kind());
            assertEquals(group.toString(), limit.source().directory());
        } finally {
            Files.delete(child);
        }
    }

    @Test
    void removedGroupIsGoneAndFoundAgain() throws IOException {
        Container container = Container.at(group);
        try (MemoryProbe probe =
                container.probe(EnumSet.of(MemoryFigure.USAGE, MemoryFigure.RSS, MemoryFigure.ZSWAP))) {
            probe.sample();
            assertTrue(probe.value(MemoryFigure.USAGE) >= 0);
            assertTrue(probe.value(MemoryFigure.RSS) >= 0);
            assertTrue(probe.workingSetBytes() >= 0);
            assertTrue(probe.snapshot().usage().isPresent());
            Files.delete(group);
            assertFalse(probe.sample());
            assertEquals(MemoryProbe.ABSENT, probe.value(MemoryFigure.USAGE));
            assertEquals(MemoryProbe.ABSENT, probe.workingSetBytes());
            assertEquals(MemoryProbe.ABSENT, probe.usageBytes());
            assertEquals(
                    Absence.Reason.GONE,
                    probe.absence(MemoryFigure.USAGE).orElseThrow().reason());
            assertTrue(probe.snapshot().isGone());
            assertTrue(container.memory().isGone());
            assertFalse(container.exists());
            Files.createDirectory(group);
            Files.writeString(group.resolve(limit()), "33554432");
            probe.sample();
            assertTrue(probe.value(MemoryFigure.USAGE) >= 0);
            assertTrue(probe.workingSetBytes() >= 0);
            assertEquals(
                    Optional.of(Bytes.mebi(32)), probe.snapshot().ownLimit().amount());
            assertTrue(container.exists());
        }
    }

    @Test
    void firstSnapshotAfterTheRemovalIsNotOfTheParent() throws IOException {
        Container container = Container.at(group);
        try (MemoryProbe probe = container.probe()) {
            assertTrue(probe.sample());
            Files.delete(group);
            assertTrue(probe.snapshot().isGone(), probe.snapshot()::toTable);
            assertTrue(Container.at(group).memory().isGone());
            Files.createDirectory(group);
            Files.writeString(group.resolve(limit()), "33554432");
            assertTrue(probe.sample());
            assertEquals(
                    Optional.of(Bytes.mebi(32)), probe.snapshot().ownLimit().amount());
        }
    }

    @Test
    void interruptsCloseNothing() {
        try (MemoryProbe probe = Container.at(group).probe()) {
            long before = probe.workingSetBytes();
            Thread.currentThread().interrupt();
            assertEquals(before, probe.workingSetBytes());
            assertTrue(probe.snapshot().usage().isPresent());
            assertTrue(Container.at(group).memory().usage().isPresent());
            assertTrue(Thread.interrupted(), "the flag stays set");
            assertEquals(before, probe.workingSetBytes());
        }
    }
}
