package io.github.memfit.kubernetes;

import io.github.memfit.kubernetes.eviction.EvictionCandidate;
import io.github.memfit.kubernetes.eviction.EvictionRanking;
import io.github.memfit.kubernetes.node.PodCgroupPath;
import io.github.memfit.unit.Bytes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** The hot paths of whoever judges whole clusters: quantities, classes, scores, rankings. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KubernetesBenchmark {

    private String mebi = "512Mi";
    private String millis = "500m";
    private String fraction = "1.5Gi";
    private String plainDigits = "536870912";
    private String hostile = "1e2147483648";
    private String hostileDigits = "9".repeat(200) + "e1000";

    private final PodResources five = five();
    private final Bytes capacity = Bytes.gibi(64);
    private final List<EvictionCandidate> node = node();
    private String path = "/kubepods.slice/kubepods-burstable.slice/"
            + "kubepods-burstable-pod0d4f1e2a_6c3b_4a57_9d10_5b8e7f6a1c2d.slice/cri-containerd-" + "3f9c".repeat(16)
            + ".scope";

    private static PodResources five() {
        Map<String, String> full = Map.of("cpu", "500m", "memory", "512Mi");
        return PodResources.of(
                ContainerResources.of("a", full, full),
                ContainerResources.of("b", full, full),
                ContainerResources.of("c", full, full),
                ContainerResources.init("d", full, full),
                ContainerResources.sidecar("e", full, Map.of("memory", "1Gi")));
    }

    private static List<EvictionCandidate> node() {
        List<EvictionCandidate> candidates = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            PodResources pod = PodResources.builder()
                    .name("p" + i)
                    .container("app", Map.of("memory", (i * 37 % 100 + 1) + "Mi"), Map.of())
                    .sidecar("proxy", Map.of("memory", "64Mi"), Map.of())
                    .priority(i % 3)
                    .build();
            candidates.add(EvictionCandidate.of(pod, Bytes.mebi(i * 61 % 300)));
        }
        return candidates;
    }

    @Benchmark
    public Quantity quantityMebi() {
        return Quantity.parse(mebi);
    }

    @Benchmark
    public Quantity quantityMilli() {
        return Quantity.parse(millis);
    }

    @Benchmark
    public Quantity quantityFraction() {
        return Quantity.parse(fraction);
    }

    @Benchmark
    public BigDecimal bigDecimalOfTheSameDigits() {
        return new BigDecimal(plainDigits);
    }

    @Benchmark
    public QuantityReading quantityHostileExponent() {
        return QuantityReading.of(hostile);
    }

    @Benchmark
    public QuantityReading quantityHostileDigits() {
        return QuantityReading.of(hostileDigits);
    }

    @Benchmark
    public String quantityPrint() {
        return Quantity.parse(mebi).toString();
    }

    @Benchmark
    public QosClass classOfFiveContainers() {
        return QosClass.of(five, KubernetesVersion.V1_36);
    }

    @Benchmark
    public List<OomScoreAdj> scoresOfFiveContainers() {
        return OomScoreAdj.of(five, capacity, KubernetesVersion.V1_36);
    }

    @Benchmark
    public EvictionRanking rankOf250Pods() {
        return EvictionRanking.of(node, KubernetesVersion.V1_36);
    }

    @Benchmark
    public PodCgroupPath cgroupPath() {
        return PodCgroupPath.parse(path);
    }
}
