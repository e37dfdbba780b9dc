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
 * A week of a fleet: 2,016 samples of each container, one sketch each, and a percentile of each at the end. The time should grow in proportion to the number of containers.
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

    private UsageSketch[] sketches() {
        UsageSketch[] sketches = new UsageSketch[containers];
        for (int i = 0; i < containers; i++) {
            sketches[i] = UsageSketch.decaying(SketchLayout.FINE, Duration.ofDays(7));
        }
        return sketches;
    }

    private void add(UsageSketch[] sketches, int container, int poll) {
        double varied = 1 + 0.4 * noise[container * 31 + poll * 7 & SHAPES - 1];
        long bytes = (long) (varied * (50_000_000 + container % 1000 * 1_000_000L));
        sketches[container].add(1_717_200_000_000L + poll * 300_000L, bytes);
    }

    /** All sketches stay alive until here, as in a recommender. */
    private static long sumOfPercentiles(UsageSketch[] sketches) {
        long sum = 0;
        for (UsageSketch sketch : sketches) {
            sum += sketch.percentile(Ratio.percent(95), PercentileRule.NEAREST_RANK)
                    .orElse(0);
        }
        return sum;
    }

    /** One history after the other, as from a store. */
    @Benchmark
    public long byContainer() {
        UsageSketch[] sketches = sketches();
        for (int container = 0; container < containers; container++) {
            for (int poll = 0; poll < POLLS; poll++) {
                add(sketches, container, poll);
            }
        }
        return sumOfPercentiles(sketches);
    }

    /** All containers at each moment, as a poller sees them: beyond some thousand containers every sample misses the caches. */
    @Benchmark
    public long byPoll() {
        UsageSketch[] sketches = sketches();
        for (int poll = 0; poll < POLLS; poll++) {
            for (int container = 0; container < containers; container++) {
                add(sketches, container, poll);
            }
        }
        return sumOfPercentiles(sketches);
    }
}
