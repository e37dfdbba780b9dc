package io.github.memfit.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Absence.Reason;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree made by hand: which file is read, and what is said when it is not as it should be. */
@Tag("bare")
class ProcFsTreeTest {

    @TempDir
    Path root;

    private ProcFs proc;
    private ProcessFiles seven;

    @BeforeEach
    void tree() throws IOException {
        for (String name : List.of("self", "7")) {
            write(name + "/stat", stat(7, 100));
            write(name + "/statm", "2 1 0 0 0 1 0\n");
            write(name + "/status", "Name:\ta\nVmSize:\t8 kB\nVmRSS:\t4 kB\nThreads:\t1\n");
        }
        proc = ProcFs.at(root, Bytes.of(4096));
        seven = proc.process(7);
    }

    private static String stat(int pid, long start) {
        return pid + " (a) S 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 " + start + " 8192 1\n";
    }

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve("proc").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void pagemap(String name, long... pages) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(pages.length * Long.BYTES).order(ByteOrder.nativeOrder());
        for (long page : pages) {
            bytes.putLong(page);
        }
        Files.write(write(name, ""), bytes.array());
    }

    @Test
    void residentPagesOfARangeAreCounted() throws IOException {
        long present = 1L << 63;
        long swapped = 1L << 62;
        pagemap("7/pagemap", 0, present, present | 4711, swapped, present | 1L << 61, 0);
        assertEquals(Reading.of(Bytes.of(3 * 4096)), seven.residentIn(0, 6 * 4096));
        assertEquals(Reading.of(Bytes.of(4096)), seven.residentIn(2 * 4096, 4 * 4096));
        // Pages at the ends count whole.
        assertEquals(Reading.of(Bytes.of(2 * 4096)), seven.residentIn(2 * 4096 - 1, 2 * 4096 + 1));
        assertEquals(Reading.of(Bytes.ZERO), seven.residentIn(4096, 4096));
        assertThrows(IllegalArgumentException.class, () -> seven.residentIn(-4096, 0));
        assertThrows(IllegalArgumentException.class, () -> seven.residentIn(8192, 4096));
        Thread.currentThread().interrupt();
        assertEquals(Reading.of(Bytes.of(3 * 4096)), seven.residentIn(0, 6 * 4096));
        assertTrue(Thread.interrupted());
    }

    @Test
    void aPageMapThatEndsTooSoonOrIsNotThereIsAnAbsence() throws IOException {
        assertEquals(Reason.NO_FILE, reason(seven.residentIn(0, 4096)));
        pagemap("7/pagemap", 1L << 63);
        assertEquals(Reason.MALFORMED, reason(seven.residentIn(0, 2 * 4096)));
        assertEquals(Reason.MALFORMED, reason(seven.residentIn(Long.MAX_VALUE - 1, Long.MAX_VALUE)));
        Files.delete(root.resolve("proc/7/pagemap"));
        Files.createDirectory(root.resolve("proc/7/pagemap"));
        assertEquals(Reason.REFUSED, reason(seven.residentIn(0, 4096)));
        // The number has gone to another process.
        Files.delete(root.resolve("proc/7/pagemap"));
        pagemap("7/pagemap", 1L << 63);
        ProcessFiles pinned = seven.pinned().value().orElseThrow();
        assertEquals(Reading.of(Bytes.of(4096)), pinned.residentIn(0, 4096));
        write("7/stat", stat(7, 200));
        assertEquals(Reason.GONE, reason(pinned.residentIn(0, 4096)));
        assertEquals(Reason.GONE, reason(proc.process(8).residentIn(0, 4096)));
        // A zombie has no address space.
        write("7/status", "Name:\ta\nState:\tZ (zombie)\nThreads:\t1\n");
        assertEquals(Reason.NOT_APPLICABLE, reason(seven.residentIn(0, 2 * 4096)));
    }

    @Test
    void machineFilesAreWhereTheKernelPutsThem() throws IOException {
        write("meminfo", "MemTotal: 8 kB\n");
        write("vmstat", "oom_kill 3\n");
        write("pressure/memory", "some avg10=0.00 avg60=0.00 avg300=0.00 total=5\n");
        write("sys/kernel/osrelease", "6.12.41\n");
        assertEquals(Reading.of(Bytes.kibi(8)), proc.memInfo().flatMap(MemInfo::memTotal));
        assertEquals(Reading.of(3L), proc.vmStat().flatMap(stat -> stat.count(VmStatField.OOM_KILL)));
        assertEquals(
                Reading.of(5000),
                proc.memoryPressure()
                        .flatMap(p -> p.some())
                        .map(stall -> stall.total().getNano()));
        assertEquals(Reading.of("6.12.41"), proc.kernelRelease());
        assertEquals(root.resolve("proc"), proc.directory());
        assertEquals(root.resolve("proc").toString(), proc.toString());
        assertEquals(Path.of("/proc"), ProcFs.live().directory());
        ProcFs empty = ProcFs.at(root.resolve("none"));
        for (Reading<?> reading : List.of(
                empty.memInfo(),
                empty.vmStat(),
                empty.memoryPressure(),
                empty.kernelRelease(),
                empty.pids(),
                empty.processes())) {
            assertEquals(Reason.NO_FILE, reason(reading));
        }
    }

    @Test
    void processFilesAreWhereTheKernelPutsThem() throws IOException {
        write("7/oom_score", "666\n");
        write("7/oom_score_adj", "-998\n");
        write("7/limits", "Limit \nMax processes 1 2 processes\n");
        write("7/comm", "a\n");
        write("7/cmdline", "a\0b\0");
        write("7/smaps_rollup", "0-1 x\nRss: 4 kB\nLocked: 0 kB\n");
        write("7/smaps", "0-1 x\nSize: 8 kB\nRss: 4 kB\nLocked: 0 kB\n");
        assertEquals(Reading.of(666), seven.oomScore());
        assertEquals(Reading.of(-998), seven.oomScoreAdj());
        assertTrue(seven.limits().flatMap(l -> l.of(LimitedResource.PROCESSES)).isPresent());
        assertEquals(Reading.of("a"), seven.comm());
        assertEquals(Reading.of(List.of("a", "b")), seven.commandLine().map(CommandLine::arguments));
        assertEquals(Reading.of(Bytes.kibi(4)), seven.smapsRollup().flatMap(Smaps::rss));
        assertEquals(Reading.of(Bytes.kibi(4)), seven.smaps().flatMap(Smaps::rss));
        assertEquals(Reading.of(Bytes.kibi(4)), seven.statm().map(Statm::resident));
        assertEquals(Reading.of(Bytes.kibi(4)), seven.status().flatMap(ProcessStatus::vmRss));
        assertEquals(Reading.of(100L), seven.stat().map(ProcessStat::startTicks));
        assertEquals(Reading.of(new ProcessId(7, 100)), seven.id());
        assertEquals(Reading.of(Bytes.kibi(4)), proc.self().statm().map(Statm::resident));
        assertEquals(root.resolve("proc/7"), seven.directory());
        assertEquals(root.resolve("proc/7").toString(), seven.toString());
    }

    @Test
    void scoresHaveTheirRanges() throws IOException {
        write("7/oom_score", "-1\n");
        assertEquals(Reason.MALFORMED, reason(seven.oomScore()));
        write("7/oom_score", "0\n");
        assertEquals(Reading.of(0), seven.oomScore());
        write("7/oom_score", "2147483647\n");
        assertEquals(Reading.of(Integer.MAX_VALUE), seven.oomScore());
        for (int adj : new int[] {-1000, 1000}) {
            write("7/oom_score_adj", adj + "\n");
            assertEquals(Reading.of(adj), seven.oomScoreAdj());
            write("7/oom_score_adj", adj + Integer.signum(adj) + "\n");
            assertEquals(Reason.MALFORMED, reason(seven.oomScoreAdj()));
        }
    }

    @Test
    void pidsAreNumbersAsTheKernelWritesThem() throws IOException {
        for (String name : List.of(
                "10",
                "9",
                "2147483647",
                "2147483648",
                "99999999999",
                "0",
                "007",
                "-1",
                "1a",
                "a1",
                "+1",
                "irq",
                "1 ")) {
            Files.createDirectories(root.resolve("proc").resolve(name));
        }
        assertEquals(Reading.of(List.of(7, 9, 10, 2147483647)), proc.pids());
        assertEquals(
                Reading.of(List.of("7", "9", "10", "2147483647")),
                proc.processes()
                        .map(all -> all.stream()
                                .map(files -> files.directory().getFileName().toString())
                                .toList()));
        assertThrows(IllegalArgumentException.class, () -> proc.process(0));
        assertThrows(IllegalArgumentException.class, () -> proc.process(-1));
        assertEquals(root.resolve("proc/1"), proc.process(1).directory());
        Files.writeString(root.resolve("file"), "");
        Path odd = root.resolve("odd");
        Files.createDirectory(odd);
        Files.writeString(odd.resolve("proc"), "no directory");
        assertEquals(Reason.REFUSED, reason(ProcFs.at(odd).pids()));
    }

    @Test
    void thePageSizeIsGivenOrFound() throws IOException {
        assertEquals(Reading.of(Bytes.of(4096)), ProcFs.at(root).pageSize(), "8192 bytes are 2 pages");
        assertEquals(Reading.of(Bytes.kibi(64)), ProcFs.at(root, Bytes.kibi(64)).pageSize());
        assertThrows(IllegalArgumentException.class, () -> ProcFs.at(root, Bytes.of(5000)));
        for (String statm : List.of("3 1 0 0 0 1 0\n", "0 0 0 0 0 0 0\n", "2 1 0 0 0 1 0", "1 1 0 0 0 1 1\n")) {
            write("self/statm", statm);
            Reading<Bytes> found = ProcFs.at(root).pageSize();
            assertEquals(statm.startsWith("1 ") ? Reading.of(Bytes.of(8192)) : found, found);
            assertEquals(statm.startsWith("1 "), found.isPresent(), statm);
        }
        ProcFs unknown = ProcFs.at(root.resolve("none"));
        assertEquals(Reason.NOT_REPORTED, reason(unknown.pageSize()));
        assertEquals(Reason.NOT_REPORTED, reason(unknown.self().statm()));
        try (StatmMeter meter = unknown.self().statmMeter()) {
            assertFalse(meter.sample());
            assertEquals(Reason.NOT_REPORTED, meter.absence().orElseThrow().reason());
        }
        ProcFs late = ProcFs.at(root.resolve("late"));
        assertFalse(late.pageSize().isPresent());
        Files.createDirectories(root.resolve("late/proc/self"));
        Files.writeString(root.resolve("late/proc/self/stat"), stat(1, 1));
        Files.writeString(root.resolve("late/proc/self/statm"), "2 1 0 0 0 1 0\n");
        assertTrue(late.pageSize().isPresent(), "an absence is not kept");
        Files.delete(root.resolve("late/proc/self/statm"));
        assertTrue(late.pageSize().isPresent(), "a page size is");
    }

    @Test
    void aReusedPidIsAnotherProcess() throws IOException {
        ProcessFiles pinned = seven.pinned().value().orElseThrow();
        assertEquals(seven.statm(), pinned.statm());
        assertEquals(seven.directory() + "@100", pinned.toString());
        assertEquals(Reading.of(new ProcessId(7, 100)), pinned.id());
        write("7/stat", stat(7, 101));
        write("7/oom_score", "1\n");
        write("7/cmdline", "x");
        assertTrue(seven.statm().isPresent());
        for (Reading<?> reading : List.of(
                pinned.stat(), pinned.statm(), pinned.status(), pinned.oomScore(), pinned.commandLine(), pinned.id())) {
            assertEquals(Reason.GONE, reason(reading));
            assertTrue(reading.toString().contains("7@100 has ended, the number belongs to 7@101"), reading.toString());
        }
        assertEquals(Reading.of(new ProcessId(7, 101)), seven.id());
        assertEquals(Reason.GONE, reason(proc.process(new ProcessId(7, 100)).statm()));
        assertTrue(proc.process(new ProcessId(7, 101)).statm().isPresent());
    }

    @Test
    void anEndedProcessIsGoneAndAMissingFileIsNot() throws IOException {
        assertEquals(Reason.NO_FILE, reason(seven.oomScore()));
        assertEquals(Reason.NO_FILE, reason(seven.commandLine()));
        assertEquals(Reason.NO_FILE, reason(seven.smapsRollup()));
        ProcessFiles nobody = proc.process(8);
        for (Reading<?> reading : List.of(
                nobody.stat(),
                nobody.statm(),
                nobody.status(),
                nobody.smaps(),
                nobody.smapsRollup(),
                nobody.oomScore(),
                nobody.oomScoreAdj(),
                nobody.limits(),
                nobody.comm(),
                nobody.commandLine(),
                nobody.id(),
                nobody.pinned())) {
            assertEquals(Reason.GONE, reason(reading));
        }
    }

    @Test
    void memoryMapsOfAZombieDoNotApply() throws IOException {
        write("7/status", "Name:\ta\nState:\tZ (zombie)\nThreads:\t1\n");
        write("7/smaps", "");
        assertEquals(Reason.NOT_APPLICABLE, reason(seven.smaps()));
        assertEquals(Reason.NOT_APPLICABLE, reason(seven.smapsRollup()));
    }

    @Test
    void aSumThatDoesNotFillTheAddressSpaceIsRefused() throws IOException {
        String mapping = "0-1 x\nSize: 4 kB\nRss: 4 kB\nLocked: 0 kB\n";
        write("7/smaps", mapping);
        assertEquals(Reason.MALFORMED, reason(seven.smaps()));
        write("7/smaps", mapping + mapping);
        assertTrue(seven.smaps().isPresent());
        write("7/smaps", mapping + mapping + "0-1 x\nSi");
        assertEquals(Reason.MALFORMED, reason(seven.smaps().flatMap(Smaps::rss)));
        write("7/status", "Name:\ta\nThreads:");
        assertEquals(Reason.MALFORMED, reason(seven.smaps()), "nothing to compare with");
    }

    @Test
    void aRollupOfNothingIsRefusedIfThereIsMemory() throws IOException {
        write("7/smaps_rollup", "0-1 x\nRss: 0 kB\nLocked: 0 kB\n");
        assertEquals(Reason.MALFORMED, reason(seven.smapsRollup()));
        write("7/statm", "2 0 0 0 0 1 0\n");
        assertEquals(Reading.of(Bytes.ZERO), seven.smapsRollup().flatMap(Smaps::rss));
        Files.delete(root.resolve("proc/7/statm"));
        assertTrue(seven.smapsRollup().isPresent());
    }

    @Test
    void meterReadsTheFile() throws IOException {
        try (StatmMeter meter = seven.statmMeter()) {
            assertEquals(Optional.empty(), meter.absence());
            assertTrue(assertThrows(IllegalStateException.class, meter::residentBytes)
                    .getMessage()
                    .contains("none was taken"));
            assertTrue(meter.sample());
            assertEquals(4096, meter.residentBytes());
            assertEquals(8192, meter.sizeBytes());
            assertEquals(0, meter.sharedBytes());
            assertTrue(meter.toString().endsWith("7 resident=4Ki"), meter.toString());
            write("7/statm", "9 8 7 6 5 4 3\n");
            assertTrue(meter.sample());
            assertEquals(8 * 4096, meter.residentBytes());
            assertEquals(9 * 4096, meter.sizeBytes());
            assertEquals(7 * 4096, meter.sharedBytes());
            for (String odd :
                    List.of("", "x", "9 8 7 6 5 4 3", "2251799813685248 8 7 6 5 4 3\n", "9".repeat(300) + "\n")) {
                write("7/statm", odd);
                assertFalse(meter.sample(), odd);
                assertTrue(meter.absence().isPresent());
                assertThrows(IllegalStateException.class, meter::residentBytes);
            }
            write("7/statm", "2251799813685247 8 7 6 5 4 3\n");
            assertTrue(meter.sample());
            assertEquals(Optional.empty(), meter.absence());
            meter.close();
            assertThrows(IllegalStateException.class, meter::residentBytes);
            assertThrows(IllegalStateException.class, meter::sample);
        }
    }

    @Test
    void meterOfNobodyIsGone() {
        try (StatmMeter meter = proc.process(8).statmMeter()) {
            assertFalse(meter.sample());
            assertEquals(Reason.GONE, meter.absence().orElseThrow().reason());
            assertFalse(meter.sample());
            assertTrue(meter.toString().contains("GONE"), meter.toString());
        }
    }

    @Test
    void meterNeedsToKnowWhoseFileItReads() throws IOException {
        Files.delete(root.resolve("proc/7/stat"));
        try (StatmMeter meter = seven.statmMeter()) {
            assertFalse(meter.sample());
            assertEquals(Reason.NO_FILE, meter.absence().orElseThrow().reason());
            write("7/stat", stat(7, 100));
            assertTrue(meter.sample());
        }
    }

    private static Reason reason(Reading<?> reading) {
        return reading.absence().map(Absence::reason).orElseThrow(() -> new AssertionError(reading.toString()));
    }
}
