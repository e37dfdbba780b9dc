package io.github.memfit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.procfs.MemInfo;
import io.github.memfit.procfs.ProcFs;
import io.github.memfit.procfs.ProcessFiles;
import io.github.memfit.procfs.ProcessStatus;
import io.github.memfit.procfs.Statm;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** OSHI and our own reader look at the same machine: each is the other's oracle. */
class HostTest {

    private static final ProcFs PROC = ProcFs.live();

    @Test
    @EnabledOnOs(OS.LINUX)
    void bothSeeTheSameMemory() {
        HostMemory oshi = Host.here().memory().value().orElseThrow();
        MemInfo own = PROC.memInfo().value().orElseThrow();
        assertEquals(own.memTotal(), Reading.of(oshi.total()));
        assertEquals(own.swapTotal(), Reading.of(oshi.swapTotal()));
        assertEquals(PROC.pageSize(), Reading.of(oshi.pageSize()));
        assertEquals(
                own.swapTotal()
                        .value()
                        .orElseThrow()
                        .minus(own.swapFree().value().orElseThrow())
                        .value(),
                oshi.swapUsed().value(),
                (double) Bytes.mebi(256).value());
        assertTrue(oshi.available().compareTo(oshi.total()) <= 0);
        assertTrue(
                own.memAvailable().value().orElseThrow().minus(oshi.available()).compareTo(Bytes.gibi(4)) < 0);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void bothSeeTheSameProcess() {
        int pid = (int) ProcessHandle.current().pid();
        long before = resident(PROC.self());
        HostProcess oshi = Host.here().process(pid).value().orElseThrow();
        long after = resident(PROC.self());
        // A collector may give memory back between two reads; a wrong unit or field would be off by far more.
        long slack = Bytes.mebi(64).value();
        assertTrue(oshi.resident().value() > Math.min(before, after) - slack, oshi + " after " + before);
        assertTrue(oshi.resident().value() < Math.max(before, after) + slack, oshi + " before " + after);
        ProcessStatus status = PROC.process(pid).status().value().orElseThrow();
        assertEquals(status.name(), Reading.of(oshi.name()));
        assertEquals(PROC.process(pid).stat().value().orElseThrow().parent(), oshi.parent());
        assertEquals(
                0,
                oshi.virtual().value()
                        - PROC.self().statm().value().orElseThrow().size().value(),
                (double) Bytes.gibi(1).value());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void bothListTheSameProcesses() {
        List<Integer> before = PROC.pids().value().orElseThrow();
        Map<Integer, HostProcess> oshi = Host.here().processes().value().orElseThrow().stream()
                .collect(Collectors.toMap(HostProcess::pid, Function.identity()));
        List<Integer> after = PROC.pids().value().orElseThrow();
        int compared = 0;
        for (Integer pid : before) {
            if (after.contains(pid)) {
                HostProcess process = oshi.get(pid);
                assertTrue(process != null, "OSHI lacks " + pid);
                Reading<String> comm = PROC.process(pid).comm();
                if (comm.isPresent() && comm.value().orElseThrow().equals(process.name())) {
                    compared++;
                }
            }
        }
        assertTrue(compared > before.size() / 2, compared + " names of " + before.size() + " agree");
    }

    @Test
    void saysThatAProcessIsGone() {
        assertEquals(
                Optional.of(Absence.Reason.GONE),
                Host.here().process(Integer.MAX_VALUE).absence().map(Absence::reason));
    }

    @Test
    void printsInOneLine() {
        Host host = Host.here();
        assertTrue(host.toString().contains("total="), host.toString());
        HostProcess odd = new HostProcess(1, 0, "a\nb", Bytes.ZERO, Bytes.ZERO, 1);
        assertEquals("1 a\\u000ab resident=0", odd.toString());
    }

    @Test
    void aFailureInOshiIsAnAbsence() {
        Host broken = new Host(new HostSource() {
            @Override
            public HostMemory memory() {
                throw new IllegalStateException("no memory");
            }

            @Override
            public List<HostProcess> processes() {
                throw new ArithmeticException("no processes");
            }

            @Override
            public Optional<HostProcess> process(int pid) {
                throw new IndexOutOfBoundsException("no process");
            }

            @Override
            public String operatingSystem() {
                return null;
            }
        });
        for (Reading<?> reading :
                List.of(broken.memory(), broken.processes(), broken.process(1), broken.operatingSystem())) {
            assertEquals(Absence.Reason.REFUSED, reading.absence().orElseThrow().reason());
        }
        assertTrue(broken.memory().toString().contains("no memory"));
    }

    private static long resident(ProcessFiles files) {
        return files.statm().map(Statm::resident).map(Bytes::value).value().orElseThrow();
    }
}
