package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageHistoryBuilder;
import java.time.Duration;
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
 * Eight days of a sample a minute (11,520 samples) of one container: a recommendation with reasons and bounds, and a replay
 * with a decision a day.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SizingBenchmark {

    @Param({"peak+20%", "p95+15%", "priceTail(8)", "vpa(90%)+15%"})
    private String estimator = "";

    private UsageHistory history = UsageHistory.empty();
    private SizingPolicy policy = SizingPolicy.equal(Estimator.peak());

    @Setup
    public void setUp() {
        policy = SizingPolicy.parse("request=" + estimator + ", limit=request");
        Random random = new Random(1);
        UsageHistoryBuilder builder = UsageHistory.builder();
        double level = 300e6;
        for (int minute = 0; minute < 8 * 1440; minute++) {
            level = Math.max(100e6, level * (1 + 0.002 * random.nextGaussian()));
            double spike = random.nextInt(500) == 0 ? 1.8 : 1 + 0.02 * random.nextDouble();
            builder.add(1_717_200_000_000L + minute * 60_000L, (long) (level * spike));
        }
        history = builder.build();
    }

    @Benchmark
    public Recommendation recommend() {
        return policy.recommend(history, Deployed.of(Bytes.mebi(512), Bytes.gibi(1)));
    }

    @Benchmark
    public BacktestScore backtest() {
        return policy.backtest(history, Duration.ofDays(1));
    }

    @Benchmark
    public SizingPolicy parse() {
        return SizingPolicy.parse("request=p95+15%, limit=max(peak(14d), priceTail(8))+64Mi, halfLife=1d, hold=15%|3%");
    }
}
