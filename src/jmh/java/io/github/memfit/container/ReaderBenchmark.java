package io.github.memfit.container;

import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.cgroup.MemoryGroup;
import io.github.memfit.cgroup.MemoryStat;
import io.github.memfit.unit.Reading;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import oshi.software.os.OperatingSystem;
import oshi.spi.SystemInfoFactory;

/** The memory of a container: ours, the raw reads below it, and what else there is, of the same group in one run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReaderBenchmark {

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16 * 1024);

    private Container container;
    private MemoryProbe probe;
    private MemoryProbe stat;
    private Path usageFile;
    private FileChannel rawUsage;
    private FileChannel rawStat;
    private MBeanServer beans;
    private ObjectName bean;
    private OperatingSystem oshi;

    @Setup
    public void open() throws Exception {
        container = Container.self();
        probe = container.probe();
        stat = container.probe(EnumSet.of(
                MemoryFigure.RSS,
                MemoryFigure.CACHE,
                MemoryFigure.SHMEM,
                MemoryFigure.INACTIVE_FILE,
                MemoryFigure.ACTIVE_FILE,
                MemoryFigure.PAGE_FAULTS,
                MemoryFigure.MAJOR_PAGE_FAULTS,
                MemoryFigure.SWAP_CACHED,
                MemoryFigure.UNEVICTABLE));
        MemoryGroup group = container.files().orElseThrow();
        boolean v1 = group.version() == CgroupVersion.V1;
        usageFile = group.directory().resolve(v1 ? "memory.usage_in_bytes" : "memory.current");
        rawUsage = FileChannel.open(usageFile, StandardOpenOption.READ);
        rawStat = FileChannel.open(group.directory().resolve("memory.stat"), StandardOpenOption.READ);
        beans = ManagementFactory.getPlatformMBeanServer();
        bean = new ObjectName("java.lang:type=OperatingSystem");
        oshi = SystemInfoFactory.create().getOperatingSystem();
    }

    @TearDown
    public void close() throws IOException {
        probe.close();
        stat.close();
        rawUsage.close();
        rawStat.close();
    }

    private static int read(FileChannel channel, ByteBuffer into) throws IOException {
        into.clear();
        return channel.read(into, 0);
    }

    @Benchmark
    public long usageProbe() {
        return probe.usageBytes();
    }

    /** The floor of usageProbe: one positional read of an open file. */
    @Benchmark
    public int usageRaw() throws IOException {
        return read(rawUsage, buffer);
    }

    @Benchmark
    public String usageReadString() throws IOException {
        return Files.readString(usageFile);
    }

    @Benchmark
    public Object usageOshi() {
        return oshi.getCgroupInfo().getMemoryUsage();
    }

    @Benchmark
    public Object freeMemoryBean() throws Exception {
        return beans.getAttribute(bean, "FreeMemorySize");
    }

    @Benchmark
    public long workingSetProbe() {
        return probe.workingSetBytes();
    }

    @Benchmark
    public boolean usageAndWorkingSetSample() {
        return probe.sample();
    }

    /** The floor of a sample of usage and working set: two positional reads of open files. */
    @Benchmark
    public int usageAndStatRaw() throws IOException {
        return read(rawUsage, buffer) + read(rawStat, buffer);
    }

    /** Nine lines of the statistics and the usage. */
    @Benchmark
    public boolean statNineLinesSample() {
        return stat.sample();
    }

    @Benchmark
    public int statRaw() throws IOException {
        return read(rawStat, buffer);
    }

    @Benchmark
    public Reading<MemoryStat> statOpenedAnew() {
        return container.files().orElseThrow().stat();
    }

    @Benchmark
    public MemorySnapshot snapshotKeptOpen() {
        return probe.snapshot();
    }

    @Benchmark
    public MemorySnapshot snapshotOpenedAnew() {
        return container.memory();
    }
}
