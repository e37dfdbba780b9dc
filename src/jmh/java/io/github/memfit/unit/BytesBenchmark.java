package io.github.memfit.unit;

import java.math.BigDecimal;
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

/** Texts and products of {@link Bytes}, beside what the JDK does for the digits alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BytesBenchmark {

    private String text = "512Mi";
    private String digits = "536870912";
    private Bytes bytes = Bytes.mebi(512);
    private Ratio ratio = Ratio.percent(115);

    @Benchmark
    public Bytes parse() {
        return Bytes.parse(text);
    }

    @Benchmark
    public BigDecimal peerBigDecimal() {
        return new BigDecimal(digits);
    }

    @Benchmark
    public String print() {
        return bytes.toString();
    }

    @Benchmark
    public Bytes timesRatio() {
        return bytes.timesRoundedUp(ratio);
    }
}
