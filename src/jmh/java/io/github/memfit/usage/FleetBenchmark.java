package io.github.memfit.usage;

import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A week of a fleet: 2,016 samples of each container, all containers at each moment as a poller sees them, one sketch each, and a
 * percentile of each at the end. The time should grow in proportion to the number of containers.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FleetBenchmark {

    private static final int POLLS = 2_016;
    private static final int SHAPES = 1 << 12;

    /** How many containers. */
    @Param({"1000", "10000", "100000"})
    private int containers;

    private final double[] noise = new Random(3).doubles(SHAPES).toArray();

    /** All sketches are alive at the end, as in a recommender. */
    @Benchmark
    public long week() {
        UsageSketch[] sketches = new UsageSketch[containers];
        for (int i = 0; i < containers; i++) {
            sketches[i] = UsageSketch.decaying(SketchLayout.FINE, Duration.ofDays(7));
        }
        for (int poll = 0; poll < POLLS; poll++) {
            long time = 1_717_200_000_000L + poll * 300_000L;
            for (int i = 0; i < containers; i++) {
                double varied = 1 + 0.4 * noise[i * 31 + poll * 7 & SHAPES - 1];
                sketches[i].add(time, (long) (varied * (50_000_000 + i % 1000 * 1_000_000L)));
            }
        }
        long sum = 0;
        for (UsageSketch sketch : sketches) {
            sum += sketch.percentile(Ratio.percent(95), PercentileRule.NEAREST_RANK)
                    .orElse(0);
        }
        return sum;
    }
}
