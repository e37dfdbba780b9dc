package io.github.memfit.procfs;

import io.github.memfit.internal.KeptFile;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import oshi.software.os.OSProcess;
import oshi.spi.SystemInfoFactory;

/** Process figures: ours, the raw reads below them, and OSHI, of the same quiet process in one run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProcfsBenchmark {

    private final byte[] text = new byte[4096];

    private Process child;
    private ProcFs proc;
    private ProcessFiles files;
    private StatmMeter meter;
    private KeptFile raw;
    private Path statm;
    private OSProcess oshi;

    /** A process that waits for ever. */
    @Setup
    public void start() throws IOException {
        child = new ProcessBuilder("cat").start();
        proc = ProcFs.live();
        files = proc.process((int) child.pid());
        meter = files.statmMeter();
        statm = files.directory().resolve("statm");
        raw = new KeptFile(statm, ByteBuffer.allocateDirect(256));
        oshi = SystemInfoFactory.create().getOperatingSystem().getProcess((int) child.pid());
    }

    @TearDown
    public void stop() {
        meter.close();
        raw.close();
        child.destroyForcibly();
    }

    /** The floor of the meter: one positional read of an open file. */
    @Benchmark
    public int statmRawKeptOpen() {
        return raw.read(text);
    }

    @Benchmark
    public long statmMeter() {
        if (!meter.sample()) {
            throw new IllegalStateException(meter.toString());
        }
        return meter.residentBytes();
    }

    @Benchmark
    public Reading<Statm> statmOpenedAnew() {
        return files.statm();
    }

    @Benchmark
    public String statmReadString() throws IOException {
        return Files.readString(statm);
    }

    @Benchmark
    public Reading<Bytes> status() {
        return files.status().flatMap(ProcessStatus::vmRss);
    }

    @Benchmark
    public Reading<ProcessStat> stat() {
        return files.stat();
    }

    @Benchmark
    public long oshiUpdateAttributes() {
        if (!oshi.updateAttributes()) {
            throw new IllegalStateException("gone");
        }
        return oshi.getResidentMemory();
    }

    @Benchmark
    public Reading<Bytes> smapsRollup() {
        return files.smapsRollup().flatMap(Smaps::pss);
    }

    @Benchmark
    public Reading<Bytes> smapsSummed() {
        return files.smaps().flatMap(Smaps::pss);
    }

    @Benchmark
    public Reading<MemInfo> memInfo() {
        return proc.memInfo();
    }
}
