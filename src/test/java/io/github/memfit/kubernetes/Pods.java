package io.github.memfit.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random pods for properties: small amounts in several notations, so that equal, missing and zero all happen often. */
final class Pods {

    private Pods() {}

    static Arbitrary<KubernetesVersion> versions() {
        return Arbitraries.integers().between(14, 39).map(minor -> KubernetesVersion.of(1, minor));
    }

    private static Arbitrary<String> memory() {
        return Arbitraries.of("0", "1", "64Mi", "65536Ki", "512Mi", "0.5Gi", "1Gi", "1G", "2Gi", "100m", "5Gi");
    }

    private static Arbitrary<String> cpu() {
        return Arbitraries.of("0", "100m", "0.1", "500m", "1", "1000m", "2");
    }

    private static Arbitrary<Map<String, String>> amounts() {
        return Combinators.combine(cpu().optional(0.7), memory().optional(0.7)).as((cpu, memory) -> {
            Map<String, String> amounts = new LinkedHashMap<>();
            cpu.ifPresent(text -> amounts.put("cpu", text));
            memory.ifPresent(text -> amounts.put("memory", text));
            return amounts;
        });
    }

    static Arbitrary<ResourceRequirements> requirements() {
        Arbitrary<ResourceRequirements> any =
                Combinators.combine(amounts(), amounts()).as(ResourceRequirements::parse);
        Arbitrary<ResourceRequirements> equal = amounts().map(amounts -> ResourceRequirements.parse(amounts, amounts));
        return Arbitraries.oneOf(any, equal);
    }

    private static Arbitrary<List<ResourceRequirements>> lists(int min, int max) {
        return requirements().list().ofMinSize(min).ofMaxSize(max);
    }

    /** Pods without pod level. */
    static Arbitrary<PodResources> plain() {
        return Combinators.combine(
                        lists(1, 3),
                        lists(0, 3),
                        Arbitraries.of(true, false).list().ofSize(3),
                        Arbitraries.of(0, 0, 5, -3, 2_000_000_000).optional(0.5))
                .as((apps, inits, sidecar, priority) -> {
                    PodResourcesBuilder pod = PodResources.builder();
                    for (int i = 0; i < apps.size(); i++) {
                        pod.container(ContainerResources.of("a" + i, ContainerResources.Kind.APP, apps.get(i)));
                    }
                    for (int i = 0; i < inits.size(); i++) {
                        ContainerResources.Kind kind =
                                sidecar.get(i) ? ContainerResources.Kind.SIDECAR : ContainerResources.Kind.INIT;
                        pod.container(ContainerResources.of("i" + i, kind, inits.get(i)));
                    }
                    priority.ifPresent(pod::priority);
                    return pod.build();
                });
    }

    /** Pods with and without pod level and overhead. */
    static Arbitrary<PodResources> any() {
        return Combinators.combine(plain(), requirements().optional(0.5), memory().optional(0.3))
                .as((pod, level, overhead) -> {
                    PodResourcesBuilder more = pod.toBuilder();
                    level.ifPresent(more::podLevel);
                    overhead.ifPresent(amount -> more.overhead(Map.of("memory", amount)));
                    return more.build();
                });
    }

    /** Pods with one name each. */
    static Arbitrary<List<PodResources>> node() {
        return any().list().ofMaxSize(8).map(pods -> {
            List<PodResources> named = new ArrayList<>();
            for (int i = 0; i < pods.size(); i++) {
                named.add(pods.get(i).toBuilder().name("p" + i).build());
            }
            return named;
        });
    }
}
