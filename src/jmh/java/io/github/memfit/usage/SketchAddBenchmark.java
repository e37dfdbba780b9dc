package io.github.memfit.usage;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One sample into a decaying histogram: each call another time and another value, as in life. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SketchAddBenchmark {

    private static final int VALUES = 1 << 12;
    private static final Duration HALF_LIFE = Duration.ofDays(1);

    private final long[] bytes = new long[VALUES];
    private int next;
    private long time = 1_717_200_000_000L;
    private UsageSketch fine = UsageSketch.plain(SketchLayout.FINE);
    private UsageSketch finest = fine;
    private UsageSketch vpa = fine;
    private PlainVpaHistogram plain = new PlainVpaHistogram(1);

    /** Log-normal use around 400 MB. */
    @Setup
    public void fill() {
        Random random = new Random(4);
        for (int i = 0; i < VALUES; i++) {
            bytes[i] = (long) (4e8 * Math.exp(0.25 * random.nextGaussian()));
        }
        fine = UsageSketch.decaying(SketchLayout.FINE, HALF_LIFE);
        finest = UsageSketch.decaying(SketchLayout.FINEST, HALF_LIFE);
        vpa = UsageSketch.decaying(SketchLayout.VPA, HALF_LIFE);
        plain = new PlainVpaHistogram(HALF_LIFE.toMillis());
    }

    private long bytes() {
        time += 60_000;
        next = next + 1 & VALUES - 1;
        return bytes[next];
    }

    /** Our sketch, 1.9 % buckets. */
    @Benchmark
    public void sketchFine() {
        long value = bytes();
        fine.add(time, value);
    }

    /** Our sketch, 1 % buckets. */
    @Benchmark
    public void sketchFinest() {
        long value = bytes();
        finest.add(time, value);
    }

    /** Our sketch, VPA's buckets. */
    @Benchmark
    public void sketchVpa() {
        long value = bytes();
        vpa.add(time, value);
    }

    /** The algorithm of VPA, written down in Java. */
    @Benchmark
    public void plainVpa() {
        long value = bytes();
        plain.add(time, value);
    }
}
