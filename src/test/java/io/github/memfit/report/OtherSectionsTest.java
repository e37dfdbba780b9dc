package io.github.memfit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.container.Container;
import io.github.memfit.container.ContainerName;
import io.github.memfit.container.Limit;
import io.github.memfit.container.MemorySnapshot;
import io.github.memfit.testing.Vectors;
import io.github.memfit.tuning.jvm.GarbageCollector;
import io.github.memfit.tuning.jvm.JdkVersion;
import io.github.memfit.tuning.jvm.JvmOptions;
import io.github.memfit.tuning.jvm.JvmSample;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The sections of the three other questions, from values that nobody had to launch. */
class OtherSectionsTest {

    /** A group with a limit of its own of 64 MiB. */
    private static final MemorySnapshot NOW =
            Container.self(Vectors.fixtures().resolve("v1-618-limited")).memory();

    private static final Reading<Integer> SCORE = Reading.of(700);

    private static ContainerName pod(String podClass) {
        return new ContainerName(Optional.empty(), Optional.empty(), Optional.of("uid"), Optional.of(podClass));
    }

    private static ContainerName nobody() {
        return new ContainerName(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Cell value(ReportSection section, String key) {
        return section.figure(key).orElseThrow().value();
    }

    // Kubernetes

    @Test
    void aGuaranteedContainerRequestsItsLimit() {
        ReportSection section = OtherSections.kubernetes(pod("guaranteed"), Reading.of(-997), SCORE, NOW);
        Bytes limit = ((Limit.Bounded) NOW.ownLimit()).bytes();
        assertEquals(Cell.of(limit), value(section, "requestAtLeast"));
        assertEquals(Cell.of(limit), value(section, "requestAtMost"));
        assertTrue(section.notes().get(0).contains("cannot use more than it requested"), section.notes()::toString);
    }

    @Test
    void theScoreTellsTheClassWhereThePathDoesNot() {
        ReportSection section = OtherSections.kubernetes(nobody(), Reading.of(1000), SCORE, NOW);
        assertEquals(Cell.of("besteffort"), value(section, "qosClass"));
        assertTrue(section.notes().get(0).startsWith("No request"), section.notes()::toString);
    }

    @Test
    void aClassInThePathIsNotDeniedByAnotherAdjustment() {
        ReportSection section = OtherSections.kubernetes(pod("burstable"), Reading.of(0), SCORE, NOW);
        assertEquals(Cell.of("burstable"), value(section, "qosClass"));
        assertFalse(section.notes().get(0).contains("Not set by a kubelet"), section.notes()::toString);
    }

    @Test
    void anAdjustmentThatCannotBeReadIsNotCalledForeign() {
        Reading<Integer> gone = Reading.absent(Absence.Reason.GONE, "oom_score_adj", "it ended");
        ReportSection section = OtherSections.kubernetes(nobody(), gone, gone, NOW);
        assertTrue(section.notes().get(0).contains("it ended"), section.notes()::toString);
        assertFalse(section.notes().get(0).contains("Not set by a kubelet"), section.notes()::toString);
    }

    // The JVM

    private static JvmSample sample(long anonymous) {
        return new JvmSample(
                JdkVersion.V17,
                GarbageCollector.SERIAL,
                Bytes.mebi(anonymous),
                Bytes.mebi(64),
                false,
                Bytes.mebi(20),
                Bytes.mebi(4),
                Bytes.mebi(30),
                Bytes.mebi(12),
                Bytes.ZERO,
                6000,
                25,
                Duration.ofSeconds(90));
    }

    private static ReportSection plan(JvmSample sample, JvmOptions options, long maxHeap) {
        return OtherSections.jvmPlan(
                Reading.of(sample), options, Reading.of(Bytes.mebi(maxHeap)), limit(Bytes.mebi(512)), 2);
    }

    private static Limit limit(Bytes bytes) {
        return new Limit.Bounded(bytes, ((Limit.Bounded) NOW.ownLimit()).source());
    }

    private static List<Cell> row(ReportSection section, String grid, int column, String cell) {
        return section.grids().stream()
                .filter(g -> g.key().equals(grid))
                .flatMap(g -> g.rows().stream())
                .filter(row -> row.get(column).equals(Cell.of(cell)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(cell + " is not in " + section.grids()));
    }

    @Test
    void switchesAndOtherSpellingsOfTheRunningJvmAreRecognised() {
        ReportSection section = plan(
                sample(140),
                JvmOptions.of("-XX:MaxHeapSize=128m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Xss2m"),
                128);
        assertEquals(
                Cell.of("replace"),
                row(section, "settings", 0, "-XX:MaxHeapSize=128m").get(2));
        assertEquals(
                Cell.of("none"), row(section, "settings", 0, "-XX:+UseSerialGC").get(2));
        assertEquals(
                Cell.of("none"),
                row(section, "settings", 0, "-XX:+ExitOnOutOfMemoryError").get(2));
        assertEquals(
                Cell.of("not in the plan"),
                row(section, "settings", 0, "-Xss2m").get(1));
        assertEquals(
                Cell.of("add"),
                row(section, "settings", 1, "-XX:MaxMetaspaceSize=64m").get(2));
    }

    @Test
    void everyRegionShowsWhatTheRunningFlagsCost() {
        ReportSection section = plan(sample(140), JvmOptions.of("-Xmx128m"), 128);
        assertEquals(Cell.of(Bytes.mebi(128)), row(section, "plan", 0, "heap").get(1));
        assertTrue(((Cell.Size) row(section, "plan", 0, "heap").get(2)).bytes().isMoreThan(Bytes.mebi(300)));
    }

    @Test
    void aHeapThatNobodySetIsTheOneThatTheJvmChose() {
        ReportSection section = plan(sample(140), JvmOptions.none(), 600);
        assertEquals(Cell.of(Bytes.mebi(600)), row(section, "plan", 0, "heap").get(1));
        Cell.Size running = (Cell.Size) value(section, "running");
        assertTrue(running.bytes().isMoreThan(Bytes.mebi(600)), running::toString);
        assertTrue(section.figure("running").orElseThrow().note().startsWith("more than the limit"));
        assertTrue(
                row(section, "settings", 0, "not set: 600.0 MiB").get(1).human().startsWith("-Xmx"));
    }

    @Test
    void anInitialHeapBeyondThePlanIsToBeRemoved() {
        ReportSection section = plan(sample(140), JvmOptions.of("-Xms500m"), 600);
        assertEquals(Cell.of("remove"), row(section, "settings", 0, "-Xms500m").get(2));
    }

    /** Resident memory below the committed heap: the rest of the JVM would be planned with nothing. */
    @Test
    void untouchedHeapIsNoProofThatTheRestOfTheJvmIsSmall() {
        ReportSection section = plan(sample(70), JvmOptions.none(), 128);
        assertTrue(
                section.notes().stream().anyMatch(note -> note.contains("not yet touched")), section.notes()::toString);
        assertTrue(((Cell.Size) row(section, "plan", 0, "the JVM itself").get(2))
                .bytes()
                .isMoreThan(Bytes.mebi(20)));
    }

    @Test
    void nothingIsPlannedIntoALimitOfZero() {
        ReportSection section = OtherSections.jvmPlan(
                Reading.of(sample(140)), JvmOptions.none(), Reading.of(Bytes.mebi(64)), limit(Bytes.ZERO), 2);
        assertEquals(List.of("The limit is 0: nothing fits into it."), section.notes());
    }
}
