package io.github.memfit.usage;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A copy allocates what a sketch retains: run with {@code -prof gc} and read the allocated bytes. A week of 5-minute samples that
 * vary by the given factor, after a start-up from a tenth.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SketchRetainedBenchmark {

    /** The layout. */
    @Param({"VPA", "FINE", "FINEST"})
    private SketchLayout layout = SketchLayout.FINE;

    /** The highest value in percent of the lowest. */
    @Param({"110", "200", "300"})
    private int percent;

    private UsageSketch sketch = UsageSketch.plain(SketchLayout.FINE);

    /** A week. */
    @Setup
    public void fill() {
        Random random = new Random(5);
        sketch = UsageSketch.decaying(layout, Duration.ofDays(7));
        sketch.add(1_717_200_000_000L, 40_000_000);
        for (int i = 1; i < 2016; i++) {
            double varied = 1 + (percent / 100.0 - 1) * random.nextDouble();
            sketch.add(1_717_200_000_000L + i * 300_000L, (long) (400_000_000 * varied));
        }
    }

    /** All bytes of a copy. */
    @Benchmark
    public UsageSketch copy() {
        return sketch.copy();
    }
}
