package io.github.memfit.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.kubernetes.node.CgroupWrites;
import io.github.memfit.kubernetes.node.MemoryQos;
import io.github.memfit.kubernetes.node.OciMemory;
import io.github.memfit.kubernetes.node.PodMemoryLimit;
import io.github.memfit.kubernetes.node.SwapAllowance;
import io.github.memfit.testing.Json;
import io.github.memfit.unit.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MemoryQosVectorTest {

    private static final Map<OciMemory.Problem, String> OCI_WORDS = Map.of(
            OciMemory.Problem.SWAP_WITHOUT_LIMIT, "without memory limit",
            OciMemory.Problem.INVALID_LIMIT, "invalid memory value",
            OciMemory.Problem.SWAP_BELOW_LIMIT, ">=");

    @TestFactory
    Stream<DynamicTest> cases() {
        return Cases.of(
                "memoryqos",
                Map.of(
                        "memoryqos-container", this::container,
                        "memoryqos-pod", this::pod,
                        "memoryqos-class-cgroups", this::classCgroups,
                        "memoryqos-swap", this::swap,
                        "memoryqos-oci", this::oci));
    }

    /** {@code 1.36-TieredReservation}: a version, and the policy where it matters. */
    private static MemoryQos settings(String column) {
        int dash = column.indexOf('-');
        KubernetesVersion version = KubernetesVersion.parse(dash < 0 ? column : column.substring(0, dash))
                .with(KubernetesFeature.MEMORY_QOS);
        MemoryQos.Reservation policy =
                dash < 0 ? MemoryQos.Reservation.NONE : MemoryQos.Reservation.of(column.substring(dash + 1));
        return MemoryQos.of(version).withReservation(policy);
    }

    private void container(Json test) {
        Json expect = test.field("expect");
        Optional<Double> factor = test.optional("throttlingFactor").map(Json::doubleValue);
        String policy = test.field("reservationPolicy").string();
        Bytes page = Cases.bytes(test.field("pageSize"));
        Bytes allocatable = Cases.bytes(test.field("nodeAllocatableBytes"));
        String container = test.field("container").string();
        for (String column : expect.names()) {
            MemoryQos base = settings(column)
                    .withPageSize(page)
                    .withReservation(MemoryQos.Reservation.of(policy))
                    .withoutThrottling();
            MemoryQos qos = factor.map(base::withThrottlingFactor).orElse(base);
            CgroupWrites writes = qos.container(Cases.pod(test, KubernetesVersion.V1_36), container, allocatable);
            assertEquals(new TreeMap<>(Cases.strings(expect, column)), writes.asMap(), column);
        }
    }

    private void pod(Json test) {
        PodResources pod = Cases.pod(test, KubernetesVersion.V1_36);
        Json expect = test.field("expect");
        for (String column : expect.names()) {
            Json expected = expect.field(column);
            if (column.equals("class1.36")) {
                assertEquals(QosClass.parse(expected.string()), QosClass.of(pod, KubernetesVersion.V1_36));
                continue;
            }
            MemoryQos qos = column.equals("off") ? MemoryQos.of(KubernetesVersion.V1_36) : settings(column);
            assertEquals(
                    expected.optional("memory.max").map(Cases::bytes),
                    PodMemoryLimit.of(pod, qos.version()).memoryMax(),
                    column);
            assertEquals(
                    new TreeMap<>(Cases.strings(expected, "unified")),
                    qos.pod(pod).asMap(),
                    column);
            expected.assertAllRead();
        }
    }

    private void classCgroups(Json test) {
        Bytes guaranteed = Bytes.ZERO;
        Bytes burstable = Bytes.ZERO;
        for (Json pod : test.field("pods").items()) {
            Bytes request = Cases.bytes(pod.ignoring("name").field("memoryRequestBytes"));
            QosClass qos = QosClass.parse(pod.field("class").string());
            guaranteed = qos == QosClass.GUARANTEED ? guaranteed.plus(request) : guaranteed;
            burstable = qos == QosClass.BURSTABLE ? burstable.plus(request) : burstable;
            pod.assertAllRead();
        }
        Json expect = test.field("expect");
        for (String column : expect.names()) {
            MemoryQos.ClassCgroups classes = settings(column).classCgroups(guaranteed, burstable);
            Json expected = expect.field(column);
            assertEquals(
                    new TreeMap<>(Cases.strings(expected, "kubepods")),
                    classes.kubepods().asMap(),
                    column);
            assertEquals(
                    new TreeMap<>(Cases.strings(expected, "burstable")),
                    classes.burstable().asMap(),
                    column);
            expected.assertAllRead();
        }
    }

    private void swap(Json test) {
        Json json = test.field("node");
        SwapAllowance.Node node = new SwapAllowance.Node(
                Cases.bytes(json.field("memoryBytes")),
                Cases.bytes(json.field("swapBytes")),
                json.field("cgroupVersion").intValue() == 2,
                json.field("swapController").bool());
        SwapAllowance.Behavior behavior = switch (test.field("swapBehavior").string()) {
            case "" -> SwapAllowance.Behavior.UNSET;
            case "NoSwap" -> SwapAllowance.Behavior.NO_SWAP;
            case "LimitedSwap" -> SwapAllowance.Behavior.LIMITED_SWAP;
            default -> throw new AssertionError(test.field("swapBehavior"));
        };
        SwapAllowance swap = SwapAllowance.of(
                Cases.pod(test, KubernetesVersion.V1_36),
                test.field("container").string(),
                node,
                behavior,
                KubernetesVersion.V1_36);
        Json expect = test.field("expect");
        assertEquals(expect.field("behaviour").string(), swap.decision().toString());
        assertEquals(
                expect.optional("memory.swap.max").map(Json::string),
                swap.writes().find("memory.swap.max"));
        long together = expect.optional("memorySwapLimitInBytes")
                .map(value -> Cases.bytes(value).value())
                .orElse(0L);
        assertEquals(together, swap.memorySwapLimit().orElse(0));
        expect.assertAllRead();
        json.assertAllRead();
    }

    private void oci(Json test) {
        OciMemory memory = new OciMemory(
                test.field("limit").longValue(),
                test.field("swap").longValue(),
                test.field("reservation").longValue());
        OciMemory.Translation translation = memory.toCgroupV2();
        if (test.field("ok").bool()) {
            OciMemory.Translated translated = assertInstanceOf(OciMemory.Translated.class, translation);
            assertEquals(
                    new TreeMap<>(Cases.strings(test, "writes")),
                    translated.writes().asMap());
        } else {
            OciMemory.Refused refused = assertInstanceOf(OciMemory.Refused.class, translation);
            String error = test.field("error").string();
            assertTrue(error.contains(OCI_WORDS.get(refused.problem())), error);
        }
    }
}
