package io.github.memfit.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.testing.Json;
import io.github.memfit.testing.Vectors;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Ratio;
import io.github.memfit.unit.Reading;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every root tree in the folder of fixtures: its processes, its host and the pressure on it. */
class ProcfsFixtureTest {

    private static final String[] ELSEWHERE = {
        "fixture", "origin", "kernel", "note", "basis", "groundTruth", "unreadable", "detect", "memory"
    };

    @TestFactory
    Stream<DynamicTest> trees() throws IOException {
        List<Path> trees;
        try (Stream<Path> all = Files.list(Vectors.fixtures())) {
            trees = all.filter(tree -> Files.exists(tree.resolve("expected.json")))
                    .sorted()
                    .toList();
        }
        assertFalse(trees.isEmpty(), "no fixtures in " + Vectors.fixtures().toAbsolutePath());
        return trees.stream()
                .map(tree -> DynamicTest.dynamicTest(tree.getFileName().toString(), () -> check(tree)));
    }

    private static void check(Path tree) {
        Json expected = Json.read(tree.resolve("expected.json")).ignoring(ELSEWHERE);
        ProcFs found = ProcFs.at(tree);
        ProcFs proc = found;
        Optional<Json> pageSize = expected.optional("pageSize");
        if (pageSize.isPresent()) {
            Bytes size = Bytes.of(pageSize.get().longValue());
            proc = ProcFs.at(tree, size);
            if (found.pageSize().isPresent()) {
                assertEquals(Reading.of(size), found.pageSize());
            }
        }
        assertTrue(proc.kernelRelease().isPresent(), proc.kernelRelease().toString());
        host(expected.field("host"), proc);
        pressure(expected.optional("hostPressure"), proc);
        Json processes = expected.field("processes");
        for (String pid : processes.names()) {
            process(processes.field(pid), proc.process(Integer.parseInt(pid)), proc.pageSize());
        }
        List<Integer> pids = proc.pids().orElse(List.of());
        processes.names().forEach(pid -> assertTrue(pids.contains(Integer.valueOf(pid)), pid + " in " + pids));
        expected.assertAllRead();
    }

    private static void host(Json host, ProcFs proc) {
        Reading<MemInfo> info = proc.memInfo();
        bytes(host, "memTotal", info.flatMap(MemInfo::memTotal));
        bytes(host, "memFree", info.flatMap(MemInfo::memFree));
        bytes(host, "memAvailable", info.flatMap(MemInfo::memAvailable));
        bytes(host, "swapTotal", info.flatMap(MemInfo::swapTotal));
        bytes(host, "swapFree", info.flatMap(MemInfo::swapFree));
        bytes(host, "hugepageSize", info.flatMap(MemInfo::hugePageSize));
        host.assertAllRead();
    }

    private static void pressure(Optional<Json> expected, ProcFs proc) {
        Reading<Pressure> pressure = proc.memoryPressure();
        assertEquals(expected.isPresent(), pressure.isPresent(), pressure.toString());
        expected.ifPresent(json -> {
            stall(json.optional("some"), pressure.flatMap(Pressure::some));
            stall(json.optional("full"), pressure.flatMap(Pressure::full));
            json.assertAllRead();
        });
    }

    private static void stall(Optional<Json> expected, Reading<Pressure.Stall> stall) {
        assertEquals(expected.isPresent(), stall.isPresent());
        expected.ifPresent(json -> {
            Pressure.Stall found = stall.value().orElseThrow();
            assertEquals(percent(json.field("avg10")), found.avg10());
            assertEquals(percent(json.field("avg60")), found.avg60());
            assertEquals(percent(json.field("avg300")), found.avg300());
            assertEquals(
                    json.field("totalMicros").longValue() * 1000, found.total().toNanos());
            json.assertAllRead();
        });
    }

    private static Ratio percent(Json json) {
        return Ratio.basisPoints(
                json.decimal().multiply(BigDecimal.valueOf(100)).longValueExact());
    }

    private static void process(Json expected, ProcessFiles files, Reading<Bytes> pageSize) {
        ProcessStat stat = files.stat().value().orElseThrow(() -> new AssertionError(files.stat()));
        ProcessStatus status = files.status().value().orElseThrow(() -> new AssertionError(files.status()));
        String state = expected.field("state").string();
        assertEquals(state, stat.state().map(s -> String.valueOf(s.letter())).orElseThrow());
        assertEquals(state, status.state().map(s -> String.valueOf(s.letter())).orElse("?"));
        String comm = expected.field("comm").string();
        assertEquals(comm, stat.comm());
        assertEquals(comm, status.name().orElse("?"));
        assertEquals(comm, files.comm().orElse("?"));
        assertEquals(expected.field("vszStat").longValue(), stat.size().value());
        assertEquals(expected.field("rssPagesStat").longValue(), stat.residentPages());
        assertEquals(expected.field("ppid").intValue(), stat.parent());
        assertEquals(
                expected.field("ppid").longValue(),
                status.count(StatusField.PPID).orElse(-1L));
        assertEquals(expected.field("threads").longValue(), stat.threads());
        assertEquals(expected.field("threads").longValue(), status.threads().orElse(-1L));
        assertEquals(expected.field("startTicks").longValue(), stat.startTicks());
        bytes(expected, "vsz", status.vmSize());
        bytes(expected, "rss", status.vmRss());
        bytes(expected, "rssPeak", status.vmHwm());
        bytes(expected, "rssAnon", status.rssAnon());
        bytes(expected, "rssFile", status.rssFile());
        bytes(expected, "rssShmem", status.rssShmem());
        bytes(expected, "swap", status.vmSwap());
        bytes(expected, "locked", status.vmLck());
        bytes(expected, "pageTables", status.vmPte());
        Json statm = expected.field("statm");
        Reading<Statm> found = files.statm();
        bytes(statm, "size", found.map(Statm::size));
        bytes(statm, "resident", found.map(Statm::resident));
        bytes(statm, "shared", found.map(Statm::shared));
        bytes(statm, "data", found.map(Statm::data));
        statm.assertAllRead();
        rollup(expected.optional("rollup"), files, stat.threads() == 1);
        assertEquals(Reading.of(expected.field("oomScoreAdj").intValue()), files.oomScoreAdj());
        assertEquals(Reading.of(expected.field("oomScore").intValue()), files.oomScore());
        expected.assertAllRead();
    }

    private static void rollup(Optional<Json> expected, ProcessFiles files, boolean stoodStill) {
        Reading<Smaps> rollup = files.smapsRollup();
        assertEquals(expected.isPresent(), rollup.isPresent(), rollup.toString());
        expected.ifPresent(json -> {
            bytes(json, "rss", rollup.flatMap(Smaps::rss));
            bytes(json, "pss", rollup.flatMap(Smaps::pss));
            bytes(json, "pssAnon", rollup.flatMap(r -> r.bytes(SmapsField.PSS_ANON)));
            bytes(json, "pssFile", rollup.flatMap(r -> r.bytes(SmapsField.PSS_FILE)));
            bytes(json, "pssShmem", rollup.flatMap(r -> r.bytes(SmapsField.PSS_SHMEM)));
            bytes(json, "uss", rollup.flatMap(Smaps::uss));
            bytes(json, "swap", rollup.flatMap(Smaps::swap));
            bytes(json, "swapPss", rollup.flatMap(Smaps::swapPss));
            bytes(json, "referenced", rollup.flatMap(Smaps::referenced));
            bytes(json, "anonHuge", rollup.flatMap(r -> r.bytes(SmapsField.ANON_HUGE_PAGES)));
            bytes(json, "locked", rollup.flatMap(r -> r.bytes(SmapsField.LOCKED)));
            json.assertAllRead();
        });
        Path smaps = files.directory().resolve("smaps");
        if (expected.isPresent() && Files.exists(smaps) && stoodStill) {
            Smaps sum = files.smaps().value().orElseThrow(() -> new AssertionError(files.smaps()));
            assertEquals(rollup.flatMap(Smaps::rss), sum.rss());
            assertEquals(rollup.flatMap(Smaps::uss), sum.uss());
            long difference = rollup.flatMap(Smaps::pss).map(Bytes::value).orElse(0L)
                    - sum.pss().map(Bytes::value).orElse(0L);
            assertTrue(difference >= 0 && difference <= 1024L * sum.mappings(), "Pss differs by " + difference);
        } else if (!Files.exists(smaps)) {
            assertEquals(
                    Optional.of(Absence.Reason.NO_FILE), files.smaps().absence().map(Absence::reason));
        }
    }

    private static void bytes(Json expected, String field, Reading<Bytes> found) {
        Optional<Json> wanted = expected.optional(field);
        assertEquals(
                wanted.map(Json::longValue),
                found.value().map(Bytes::value),
                () -> expected.where() + "." + field + ": " + found);
    }
}
