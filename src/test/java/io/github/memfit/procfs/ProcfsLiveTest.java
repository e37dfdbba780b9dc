package io.github.memfit.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Absence.Reason;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The kernel that the tests run on. */
@Tag("bare")
@EnabledOnOs(OS.LINUX)
class ProcfsLiveTest {

    /** Kernels before 6.2 let each thread hold back up to 64 page events, those up to 6.12.38 each CPU a batch. */
    private static final long HELD_BACK_PAGES =
            64L * Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ProcFs PROC = ProcFs.live();

    @TempDir
    Path folder;

    /** A file that is mapped and read from: its first half is resident, of the other half nothing that was read. */
    @Test
    void aMappedRangeIsCountedPageByPage() throws Exception {
        Path file = Files.write(folder.resolve("mapped"), new byte[2 << 20]);
        try (FileChannel channel = FileChannel.open(file)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, 2 << 20);
            long[] range = rangeOf(file.toRealPath().toString());
            assertEquals(2 << 20, range[1] - range[0]);
            long page = PROC.pageSize().value().orElseThrow().value();
            long before = resident(range[0], range[1]);
            for (int at = 0; at < 1 << 20; at += (int) page) {
                assertEquals(0, mapped.get(at));
            }
            assertEquals(1 << 20, resident(range[0], range[0] + (1 << 20)));
            assertTrue(before < 1 << 20 && resident(range[0], range[1]) >= 1 << 20, before + " before");
            assertEquals(0, resident(0, page), "the first page of an address space is never mapped");
            assertEquals(0, mapped.get(mapped.capacity() - 1));
        }
    }

    private static long resident(long from, long to) {
        return PROC.self().residentIn(from, to).value().orElseThrow().value();
    }

    private static long[] rangeOf(String file) throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(mapping -> mapping.endsWith(file))
                .findFirst()
                .orElseThrow();
        String[] addresses = line.substring(0, line.indexOf(' ')).split("-");
        return new long[] {Long.parseLong(addresses[0], 16), Long.parseLong(addresses[1], 16)};
    }

    @Test
    void everyFileOfThisProcessIsRead() throws Exception {
        ProcessFiles self = PROC.self();
        long pid = ProcessHandle.current().pid();
        assertEquals(Reading.of((int) pid), self.stat().map(ProcessStat::pid));
        assertEquals(Reading.of(pid), self.status().flatMap(status -> status.count(StatusField.PID)));
        assertEquals(self.comm(), self.stat().map(ProcessStat::comm));
        assertEquals(self.comm(), self.status().flatMap(ProcessStatus::name));
        assertTrue(self.commandLine().value().orElseThrow().arguments().size() > 1);
        assertTrue(self.oomScore().isPresent(), self.oomScore().toString());
        assertTrue(self.oomScoreAdj().isPresent(), self.oomScoreAdj().toString());
        assertEquals(
                ProcessHandle.current()
                        .parent()
                        .map(ProcessHandle::pid)
                        .orElse(0L)
                        .intValue(),
                self.stat().value().orElseThrow().parent());
        for (LimitedResource resource : LimitedResource.values()) {
            assertTrue(self.limits().flatMap(limits -> limits.of(resource)).isPresent(), resource.toString());
        }
        for (StatusField field : StatusField.values()) {
            Reading<?> reading = self.status()
                    .flatMap(status -> field.unit() == ProcUnit.KIBIBYTES
                            ? status.bytes(field).map(Bytes::value)
                            : status.count(field));
            assertTrue(
                    reading.isPresent() || reading.absence().orElseThrow().reason() == Reason.NOT_REPORTED,
                    reading.toString());
        }
    }

    @Test
    void theMachineIsRead() throws Exception {
        MemInfo info = PROC.memInfo().value().orElseThrow();
        for (Reading<Bytes> figure : List.of(info.memTotal(), info.memFree(), info.swapTotal(), info.swapFree())) {
            assertTrue(figure.isPresent(), figure.toString());
        }
        assertTrue(info.memFree()
                        .value()
                        .orElseThrow()
                        .compareTo(info.memTotal().value().orElseThrow())
                <= 0);
        VmStat stat = PROC.vmStat().value().orElseThrow();
        assertTrue(stat.keys().size() > 50, stat.keys().toString());
        for (String key : stat.keys()) {
            assertTrue(stat.count(key).isPresent(), key);
        }
        assertEquals(
                Reading.of(
                        Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip()),
                PROC.kernelRelease());
        assertTrue(PageSize.isPossible(PROC.pageSize().value().orElseThrow().value()));
    }

    @Test
    void allFilesOfAQuietProcessTellTheSame() throws Exception {
        try (Child child = new Child("cat")) {
            ProcessFiles files = child.files();
            child.settle();
            Statm statm = files.statm().value().orElseThrow();
            ProcessStatus status = files.status().value().orElseThrow();
            ProcessStat stat = files.stat().value().orElseThrow();
            assertEquals(Reading.of(statm.size()), status.vmSize());
            assertEquals(statm.size(), stat.size());
            long page = PROC.pageSize().value().orElseThrow().value();
            long pages = Long.parseLong(
                    Files.readString(files.directory().resolve("statm")).split(" ")[0]);
            assertEquals(page, stat.size().value() / pages, "the auxiliary vector and the address space agree");
            near(statm.resident(), status.vmRss(), page);
            near(statm.resident(), Reading.of(Bytes.of(stat.residentPages() * page)), page);
            near(
                    status.vmRss().value().orElseThrow(),
                    status.rssAnon()
                            .flatMap(anon -> status.rssFile()
                                    .flatMap(file -> status.rssShmem()
                                            .map(shmem -> anon.plus(file).plus(shmem)))),
                    page);
            Reading<Smaps> rollup = files.smapsRollup();
            Reading<Smaps> sum = files.smaps();
            if (!rollup.absence().map(a -> a.reason() == Reason.DENIED).orElse(false)) {
                near(statm.resident(), rollup.flatMap(Smaps::rss), page);
                assertEquals(rollup.flatMap(Smaps::rss), sum.flatMap(Smaps::rss));
                assertEquals(rollup.flatMap(Smaps::uss), sum.flatMap(Smaps::uss));
                assertTrue(sum.value().orElseThrow().mappings() > 5);
            }
            try (StatmMeter meter = files.statmMeter()) {
                assertTrue(meter.sample());
                assertEquals(statm.resident().value(), meter.residentBytes());
                assertEquals(statm.size().value(), meter.sizeBytes());
                assertEquals(statm.shared().value(), meter.sharedBytes());
            }
        }
    }

    private static void near(Bytes expected, Reading<Bytes> found, long page) {
        long difference = Math.abs(expected.value()
                - found.value().orElseThrow(() -> new AssertionError(found)).value());
        assertTrue(difference <= HELD_BACK_PAGES * page, expected + " and " + found);
    }

    @Test
    void anEndedProcessIsGone() throws Exception {
        try (Child child = new Child("cat")) {
            ProcessFiles files = child.files();
            ProcessFiles pinned = files.pinned().value().orElseThrow();
            try (StatmMeter meter = files.statmMeter()) {
                assertTrue(meter.sample());
                child.end();
                await(() -> !Files.exists(files.directory()));
                assertFalse(meter.sample());
                assertEquals(Reason.GONE, meter.absence().orElseThrow().reason());
                assertFalse(meter.sample(), "and stays gone");
            }
            for (Reading<?> reading : List.of(
                    files.stat(),
                    files.statm(),
                    files.status(),
                    files.smaps(),
                    files.smapsRollup(),
                    files.oomScore(),
                    files.limits(),
                    files.comm(),
                    files.commandLine(),
                    pinned.statm(),
                    pinned.status())) {
                assertEquals(Optional.of(Reason.GONE), reading.absence().map(Absence::reason), reading.toString());
            }
        }
    }

    @Test
    void readsOfADyingProcessAreWholeOrAbsent() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (Child child = new Child("cat")) {
                ProcessFiles files = child.files();
                child.settle();
                Reading<Bytes> rss = files.status().flatMap(ProcessStatus::vmRss);
                child.process.destroyForcibly();
                boolean there = true;
                while (there) {
                    Reading<Bytes> status = files.status().flatMap(ProcessStatus::vmRss);
                    Reading<Bytes> map = files.smaps().flatMap(Smaps::rss);
                    status.ifPresent(value -> near(
                            value, rss, PROC.pageSize().value().orElseThrow().value()));
                    map.ifPresent(value -> near(
                            value, rss, PROC.pageSize().value().orElseThrow().value()));
                    there = Files.exists(files.directory());
                }
            }
        }
    }

    @Test
    void aZombieHasNoMemory() throws Exception {
        // The child ends once its parent has become cat, which never waits for children; a shell might have.
        String script = "(until grep -q cat /proc/$$/comm; do :; done) & echo $!; exec cat";
        try (Child child = new Child("sh", "-c", script)) {
            int pid = Integer.parseInt(child.line());
            ProcessFiles zombie = PROC.process(pid);
            await(() -> zombie.stat()
                    .map(stat -> stat.state().equals(Optional.of(ProcessState.ZOMBIE)))
                    .orElse(false));
            ProcessStatus status = zombie.status().value().orElseThrow();
            assertEquals(Reading.of(ProcessState.ZOMBIE), status.state());
            assertEquals(
                    Optional.of(Reason.NOT_APPLICABLE), status.vmRss().absence().map(Absence::reason));
            assertEquals(
                    Reading.of(new Statm(Bytes.ZERO, Bytes.ZERO, Bytes.ZERO, Bytes.ZERO, Bytes.ZERO)), zombie.statm());
            assertEquals(
                    Optional.of(Reason.NOT_APPLICABLE), zombie.smaps().absence().map(Absence::reason));
            assertEquals(
                    Optional.of(Reason.NOT_APPLICABLE),
                    zombie.smapsRollup().absence().map(Absence::reason));
            assertEquals(Reading.of(List.of()), zombie.commandLine().map(CommandLine::arguments));
            try (StatmMeter meter = zombie.statmMeter()) {
                assertTrue(meter.sample());
                assertEquals(0, meter.residentBytes());
            }
        }
    }

    @Test
    void aKernelThreadHasNoMemory() {
        ProcessFiles two = PROC.process(2);
        Assumptions.assumeTrue(
                two.stat().map(ProcessStat::isKernelThread).orElse(false),
                "kernel threads are in the root pid namespace");
        assertFalse(two.status().value().orElseThrow().hasMemory());
        assertEquals(Optional.of(Reason.NOT_APPLICABLE), two.smaps().absence().map(Absence::reason));
        assertEquals(
                Optional.of(Reason.NOT_APPLICABLE), two.smapsRollup().absence().map(Absence::reason));
    }

    @Test
    void aProgramThatReplacesItselfIsTheSameProcess() throws Exception {
        try (Child child = new Child("sh", "-c", "echo; read x; exec cat")) {
            child.line();
            ProcessFiles files = child.files();
            ProcessId before = files.id().value().orElseThrow();
            try (StatmMeter meter = files.statmMeter()) {
                assertTrue(meter.sample());
                child.write("\n");
                child.settle();
                assertEquals(Reading.of("cat"), files.comm());
                assertTrue(meter.sample());
                assertEquals(
                        Reading.of(Bytes.of(meter.sizeBytes())), files.statm().map(Statm::size));
                assertEquals(Reading.of(before), files.id());
            }
        }
    }

    @Test
    void aMeterIsNotTakenInByAnotherProcessOfTheSameNumber() throws Exception {
        try (Child child = new Child("cat")) {
            Path tree = Files.createDirectories(folder.resolve("proc/7"));
            for (String name : List.of("stat", "statm")) {
                Files.createSymbolicLink(
                        tree.resolve(name), child.files().directory().resolve(name));
            }
            ProcessFiles files =
                    ProcFs.at(folder, PROC.pageSize().value().orElseThrow()).process(7);
            try (StatmMeter meter = files.statmMeter()) {
                assertTrue(meter.sample());
                Thread.currentThread().interrupt();
                assertTrue(meter.sample(), "an interrupt does not disturb");
                assertTrue(Thread.interrupted());
                child.end();
                await(() -> !Files.exists(child.files().directory()));
                // The number now belongs to the process that runs this test.
                for (String name : List.of("stat", "statm")) {
                    Files.delete(tree.resolve(name));
                    Files.createSymbolicLink(
                            tree.resolve(name), PROC.self().directory().resolve(name));
                }
                assertTrue(files.statm().isPresent());
                assertFalse(meter.sample());
                assertEquals(Reason.GONE, meter.absence().orElseThrow().reason());
                assertTrue(meter.absence().orElseThrow().detail().contains("has ended"));
                assertFalse(meter.sample());
                Files.delete(tree.resolve("stat"));
                Files.delete(tree.resolve("statm"));
            }
        }
    }

    @Test
    void manyThreadsMayReadAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            ProcFs proc = ProcFs.live();
            ProcessFiles self = proc.self();
            Callable<Boolean> reads = () -> self.statm().isPresent()
                    && self.status().flatMap(ProcessStatus::vmRss).isPresent()
                    && proc.memInfo().flatMap(MemInfo::memTotal).isPresent();
            for (Future<Boolean> read : threads.invokeAll(Collections.nCopies(320, reads))) {
                assertTrue(read.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void metersLeaveNoFileOpen() throws IOException {
        long before = openFiles();
        for (int i = 0; i < 10_000; i++) {
            try (StatmMeter meter = PROC.self().statmMeter()) {
                assertTrue(meter.sample());
            }
        }
        assertTrue(openFiles() <= before + 50, before + " open files became " + openFiles());
    }

    private static long openFiles() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    @Test
    void everyProcessOfTheMachineIsReadOrSaysWhy() {
        List<ProcessFiles> all = PROC.processes().value().orElseThrow();
        assertTrue(all.size() > 0);
        for (ProcessFiles files : all) {
            for (Reading<?> reading : List.of(files.stat(), files.statm(), files.status(), files.smapsRollup())) {
                Reason reason = reading.absence().map(Absence::reason).orElse(null);
                assertTrue(
                        reason == null
                                || reason == Reason.GONE
                                || reason == Reason.DENIED
                                || reason == Reason.NOT_APPLICABLE,
                        reading.toString());
            }
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited for " + PATIENCE);
            Thread.yield();
        }
    }

    /** A process that waits for its standard input, and ends with it. */
    private static final class Child implements AutoCloseable {

        private final Process process;
        private final BufferedReader output;

        Child(String... command) throws IOException {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        ProcessFiles files() {
            return PROC.process((int) process.pid());
        }

        String line() throws IOException {
            return output.readLine();
        }

        void write(String text) throws IOException {
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }

        /** Waits until the program has started and reads its input: it answers. */
        void settle() throws IOException {
            write("x\n");
            assertEquals("x", line());
            await(() -> files().stat().map(ProcessStat::state).equals(Reading.of(Optional.of(ProcessState.SLEEPING))));
        }

        void end() throws InterruptedException {
            process.destroyForcibly();
            process.waitFor();
        }

        @Override
        public void close() throws InterruptedException {
            end();
        }
    }
}
