package io.github.memfit.sizing;

import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageHistoryBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A week at five minutes (2,016 samples) of each container of a fleet: one recommendation each, in one run on one thread. A
 * thousand different histories take turns, so that the heap stays small.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 2)
@Fork(1)
public class FleetBenchmark {

    @Param({"1000", "10000", "100000"})
    private int containers;

    private final List<UsageHistory> histories = new ArrayList<>();
    private final SizingPolicy policy = SizingPolicy.parse("request=p95+15%, limit=priceTail(8), hold=15%|3%");

    @Setup
    public void setUp() {
        Random random = new Random(1);
        for (int n = 0; n < 1000; n++) {
            UsageHistoryBuilder builder = UsageHistory.builder();
            double level = 1e7 * Math.pow(1000, random.nextDouble());
            for (int i = 0; i < 2016; i++) {
                double spike = random.nextInt(200) == 0 ? 1.5 : 1 + 0.05 * random.nextDouble();
                builder.add(1_717_200_000_000L + i * 300_000L, (long) (level * spike));
            }
            histories.add(builder.build());
        }
    }

    @Benchmark
    public long recommend() {
        long sum = 0;
        for (int i = 0; i < containers; i++) {
            sum += policy.recommend(histories.get(i % 1000))
                    .sized()
                    .orElseThrow()
                    .limit()
                    .value();
        }
        return sum;
    }
}
