package io.github.memfit.tuning;

import io.github.memfit.tuning.dotnet.DotNet;
import io.github.memfit.tuning.dotnet.DotNetFlags;
import io.github.memfit.tuning.go.Go;
import io.github.memfit.tuning.go.GoFlags;
import io.github.memfit.tuning.malloc.Malloc;
import io.github.memfit.tuning.malloc.MallocFlags;
import io.github.memfit.tuning.node.Node;
import io.github.memfit.tuning.node.NodeFlags;
import io.github.memfit.tuning.node.NodeOptions;
import io.github.memfit.tuning.node.NodeVersion;
import io.github.memfit.tuning.prefork.Gunicorn;
import io.github.memfit.tuning.prefork.GunicornFlags;
import io.github.memfit.tuning.prefork.PhpFpm;
import io.github.memfit.tuning.prefork.PhpFpmPool;
import io.github.memfit.tuning.prefork.PreforkMemory;
import io.github.memfit.tuning.prefork.Puma;
import io.github.memfit.tuning.prefork.PumaFlags;
import io.github.memfit.tuning.prefork.Uwsgi;
import io.github.memfit.tuning.prefork.UwsgiFlags;
import io.github.memfit.unit.Bytes;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One plan of each runtime, from question to flags. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RuntimePlanBenchmark {

    private Bytes limit = Bytes.mebi(512);
    private Bytes tiny = Bytes.mebi(48);
    private NodeVersion version = NodeVersion.of(24, 21, 0);
    private NodeOptions options = NodeOptions.parse("--require ./trace.js --title=\"my app\"");
    private PreforkMemory memory = PreforkMemory.of(Bytes.mebi(22), Bytes.mebi(40));

    @Benchmark
    public Fit<NodeFlags> node() {
        return Node.within(limit).version(version).existing(options).fit();
    }

    @Benchmark
    public Fit<NodeFlags> nodeTooSmall() {
        return Node.within(tiny).version(version).clusterWorkers(4).fit();
    }

    @Benchmark
    public Fit<GunicornFlags> gunicorn() {
        return Gunicorn.within(limit).cpus(2).measured(memory).fit();
    }

    @Benchmark
    public Fit<UwsgiFlags> uwsgi() {
        return Uwsgi.within(limit).cpus(2).measured(memory).fit();
    }

    @Benchmark
    public Fit<PumaFlags> puma() {
        return Puma.within(limit).cpus(2).measured(memory).fit();
    }

    @Benchmark
    public Fit<PhpFpmPool> phpFpm() {
        return PhpFpm.within(limit).perChild(Bytes.mebi(12)).fit();
    }

    @Benchmark
    public Fit<GoFlags> go() {
        return Go.within(limit).liveHeap(tiny).fit();
    }

    @Benchmark
    public Fit<MallocFlags> malloc() {
        return Malloc.within(limit).threads(16).burst(tiny).cpus(2).fit();
    }

    @Benchmark
    public Fit<DotNetFlags> dotNet() {
        return DotNet.within(limit).cpus(2).fit();
    }
}
