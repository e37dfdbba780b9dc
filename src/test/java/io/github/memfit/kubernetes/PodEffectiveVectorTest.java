package io.github.memfit.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.memfit.kubernetes.schedule.NodeAmounts;
import io.github.memfit.kubernetes.schedule.NodeFit;
import io.github.memfit.kubernetes.schedule.ResizeFootprint;
import io.github.memfit.testing.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PodEffectiveVectorTest {

    @TestFactory
    Stream<DynamicTest> cases() {
        return Cases.of(
                "pod-effective",
                Map.of(
                        "pod-effective-request", this::request,
                        "pod-effective-fit", this::fit,
                        "pod-effective-resize", this::resize));
    }

    private void request(Json test) {
        Json expect = test.field("expect");
        for (String column : expect.names()) {
            Json expected = expect.field(column);
            KubernetesVersion version = KubernetesVersion.parse(column);
            EffectiveResources pod = EffectiveResources.of(Cases.pod(test, version), version);
            assertEquals(texts(expected, "requests"), texts(pod.requests()), column);
            assertEquals(
                    Cases.bytes(expected.field("evictionRequestBytes")),
                    pod.evictionMemoryRequest().bytesRoundedUp(),
                    column);
            if (expected.has("limits")) {
                assertEquals(texts(expected, "limits"), texts(pod.limits()), column);
            }
            if (expected.has("requestsWithoutOverhead")) {
                assertEquals(texts(expected, "requestsWithoutOverhead"), texts(pod.requestsWithoutOverhead()), column);
            }
            expected.optional("scoringMemoryBytes")
                    .ifPresent(bytes -> assertEquals(Cases.bytes(bytes), pod.scoredMemory(), column));
            expected.assertAllRead();
        }
    }

    private static Map<String, String> texts(Json json, String field) {
        return new TreeMap<>(Cases.strings(json, field));
    }

    private static Map<String, String> texts(ResourceList list) {
        Map<String, String> texts = new TreeMap<>();
        list.asMap().forEach((name, amount) -> texts.put(name, amount.canonical()));
        return texts;
    }

    private void fit(Json test) {
        Json pod = test.field("pod");
        NodeAmounts asked = new NodeAmounts(
                Cases.bytes(pod.field("memoryBytes")), pod.field("cpuMillis").longValue(), 1);
        pod.assertAllRead();
        NodeFit fit = NodeFit.of(amounts(test.field("allocatable")), amounts(test.field("requested")), asked);
        Json expect = test.field("expect");
        assertEquals(expect.field("fits").bool(), fit.fits());
        assertEquals(
                expect.field("reasons").strings(),
                fit.reasons().stream().map(NodeFit.Reason::toString).collect(Collectors.toList()));
        assertEquals(expect.field("leastAllocated").intValue(), fit.leastAllocated());
        assertEquals(expect.field("mostAllocated").intValue(), fit.mostAllocated());
        expect.assertAllRead();
    }

    private static NodeAmounts amounts(Json json) {
        NodeAmounts amounts = new NodeAmounts(
                Cases.bytes(json.field("memoryBytes")),
                json.field("cpuMillis").longValue(),
                json.field("pods").longValue());
        json.assertAllRead();
        return amounts;
    }

    private void resize(Json test) {
        PodResourcesBuilder pod = PodResources.builder();
        Map<String, ResizeFootprint.Running> running = new HashMap<>();
        for (Json json : test.field("containers").items()) {
            String name = json.field("name").string();
            pod.container(name, Cases.strings(json, "requests"), Cases.strings(json, "limits"));
            Optional<ResourceList> allocated =
                    json.optional("allocated").map(ignored -> ResourceList.parse(Cases.strings(json, "allocated")));
            boolean status = json.has("actuated") || json.has("actuatedLimits");
            Optional<ResourceRequirements> actuated = Optional.of(ResourceRequirements.parse(
                            Cases.strings(json, "actuated"), Cases.strings(json, "actuatedLimits")))
                    .filter(ignored -> status);
            running.put(name, new ResizeFootprint.Running(allocated, actuated));
            json.assertAllRead();
        }
        ResizeFootprint.Condition condition =
                switch (test.field("resizeCondition").string()) {
                    case "" -> ResizeFootprint.Condition.NONE;
                    case "Deferred" -> ResizeFootprint.Condition.DEFERRED;
                    case "Infeasible" -> ResizeFootprint.Condition.INFEASIBLE;
                    default -> throw new AssertionError(test.field("resizeCondition"));
                };
        Json expect = test.field("expect");
        for (String column : expect.names()) {
            ResizeFootprint footprint =
                    ResizeFootprint.of(pod.build(), running, condition, KubernetesVersion.parse(column));
            assertEquals(texts(expect.field(column), "requests"), texts(footprint.requests()), column);
            assertEquals(texts(expect.field(column), "limits"), texts(footprint.limits()), column);
        }
    }
}
