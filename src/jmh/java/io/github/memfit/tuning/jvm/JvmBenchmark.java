package io.github.memfit.tuning.jvm;

import io.github.memfit.tuning.Fit;
import io.github.memfit.unit.Bytes;
import java.util.Optional;
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

/** A plan (goal: 10 us), a prediction, and the parsing of a native memory report of 5 KB (goal: 100 us). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JvmBenchmark {

    private final JvmProfile profile = JvmProfile.parse("jdk=25 collector=Serial samples=90 outside=170Mi direct=0"
            + " metaspace=80Mi code=37Mi live=20Mi classes=16198 threads=63 worked=90s");
    private final JvmOptions options =
            JvmOptions.of("-XX:MaxRAMPercentage=75", "-Xss512k", "-XX:+UseG1GC", "-Dfile.encoding=UTF-8");
    private Bytes limit = Bytes.mebi(512);
    private String report = report();

    /** As JDK 25 prints it: 23 sections of five lines. */
    private static String report() {
        StringBuilder text = new StringBuilder("31531:\n\nNative Memory Tracking:\n\n"
                + "(Omitting categories weighting less than 1KB)\n\nTotal: reserved=1502709KB, committed=129265KB\n"
                + "       malloc: 7421KB #5076, peak=7332KB #5078\n"
                + "       mmap:   reserved=1495288KB, committed=121844KB\n\n");
        for (int i = 0; i < 23; i++) {
            text.append("-               Section ").append(i);
            text.append(" (reserved=18496KB, committed=1400KB)\n");
            text.append("                            (threads #18)\n");
            text.append("                            (stack: reserved=18432KB, committed=1336KB, peak=1336KB)\n");
            text.append("                            (malloc=45KB tag=Thread #110) (peak=54KB #114)\n");
            text.append("                            (arena=19KB #32) (peak=50KB #30)\n\n");
        }
        return text.toString();
    }

    @Benchmark
    public Fit<JvmFlags> planFromProfile() {
        return Jvm.within(limit).jdk(JdkVersion.V25).cpus(2).profile(profile).fit();
    }

    @Benchmark
    public Fit<JvmFlags> planWithoutProfile() {
        return Jvm.within(limit).jdk(JdkVersion.V25).cpus(2).loadedClasses(9000).fit();
    }

    @Benchmark
    public Fit<JvmFlags> planAroundOptions() {
        return Jvm.within(limit)
                .jdk(JdkVersion.V25)
                .cpus(2)
                .profile(profile)
                .options(options)
                .fit();
    }

    @Benchmark
    public JvmStart predict() {
        return HotSpot.predict(JdkVersion.V25, limit, 2, options);
    }

    @Benchmark
    public Optional<NativeMemory> parseNativeMemory() {
        return NativeMemory.parse(report);
    }
}
