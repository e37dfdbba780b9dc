package io.github.memfit.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.memfit.kubernetes.eviction.EvictionCandidate;
import io.github.memfit.kubernetes.eviction.EvictionRank;
import io.github.memfit.kubernetes.eviction.EvictionRanking;
import io.github.memfit.kubernetes.eviction.EvictionThreshold;
import io.github.memfit.kubernetes.eviction.NodeAllocatable;
import io.github.memfit.kubernetes.eviction.PressureAdmission;
import io.github.memfit.testing.Json;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EvictionVectorTest {

    @TestFactory
    Stream<DynamicTest> cases() {
        return Cases.of(
                "eviction",
                Map.of(
                        "eviction-rank", this::rank,
                        "eviction-threshold", this::threshold,
                        "eviction-node-allocatable", this::allocatable,
                        "eviction-admission", this::admission));
    }

    private void rank(Json test) {
        List<EvictionCandidate> candidates = new ArrayList<>();
        for (Json json : test.field("pods").items()) {
            PodResources pod = Cases.pod(json);
            candidates.add(
                    new EvictionCandidate(pod, json.optional("workingSet").map(Cases::bytes)));
        }
        Json expect = test.field("expect");
        for (String column : expect.names()) {
            Json expected = expect.field(column);
            EvictionRanking ranking = EvictionRanking.of(candidates, KubernetesVersion.parse(column));
            List<Set<String>> order = expected.field("order").items().stream()
                    .map(group -> (Set<String>) new TreeSet<>(group.strings()))
                    .collect(Collectors.toList());
            assertEquals(
                    order,
                    ranking.groups().stream().map(EvictionVectorTest::names).collect(Collectors.toList()),
                    column);
            assertEquals(
                    new TreeSet<>(expected.field("evictedFirst").strings()), names(ranking.firstVictims()), column);
            Json requests = expected.field("requestBytes");
            for (EvictionRank rank : ranking.order()) {
                assertEquals(
                        Cases.bytes(requests.field(rank.name())), rank.request().bytesRoundedUp(), rank::toString);
            }
            expected.assertAllRead();
            requests.assertAllRead();
        }
    }

    private static Set<String> names(List<EvictionRank> group) {
        return group.stream().map(EvictionRank::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private void threshold(Json test) {
        String text = test.field("threshold").string();
        Bytes capacity = Cases.bytes(test.field("capacityBytes"));
        Bytes available = Cases.bytes(test.field("availableBytes"));
        if (!test.field("accepted").bool()) {
            assertThrows(MalformedException.class, () -> EvictionThreshold.parse(text));
            return;
        }
        EvictionThreshold threshold = EvictionThreshold.parse(text);
        assertEquals(test.field("ignored").bool(), threshold.isIgnored());
        if (threshold.isIgnored()) {
            assertEquals(Bytes.ZERO, threshold.bytes(capacity));
            return;
        }
        assertEquals(Cases.bytes(test.field("bytes")), threshold.bytes(capacity));
        assertEquals(test.field("met").bool(), threshold.isMet(available, capacity));
        test.optional("minimumReclaim").ifPresent(reclaim -> {
            EvictionThreshold sticky = threshold.withMinimumReclaim(reclaim.string());
            assertEquals(Cases.bytes(test.field("bytesWithReclaim")), sticky.bytesWithReclaim(capacity));
            assertEquals(test.field("stillUnresolved").bool(), sticky.isUnresolved(available, capacity));
        });
    }

    private void allocatable(Json test) {
        EvictionThreshold hard = test.optional("evictionHard")
                .map(text -> EvictionThreshold.parse(text.string()))
                .orElse(EvictionThreshold.NONE);
        List<Bytes> hugePages =
                test.field("hugepagesBytes").items().stream().map(Cases::bytes).collect(Collectors.toList());
        NodeAllocatable node = NodeAllocatable.of(
                Cases.bytes(test.field("capacityBytes")),
                Quantity.parse(test.field("kubeReserved").string()).bytesRoundedUp(),
                Quantity.parse(test.field("systemReserved").string()).bytesRoundedUp(),
                hard,
                hugePages);
        Json expect = test.field("expect");
        assertEquals(Cases.bytes(expect.field("allocatableBytes")), node.allocatable());
        assertEquals(Cases.bytes(expect.field("podsCgroupLimitBytes")), node.podsLimit());
        assertEquals(Cases.bytes(expect.field("evictionReserveBytes")), node.evictionMargin());
        expect.assertAllRead();
    }

    private void admission(Json test) {
        Set<PressureAdmission.Pressure> conditions = EnumSet.noneOf(PressureAdmission.Pressure.class);
        for (String condition : test.field("nodeConditions").strings()) {
            conditions.add(PressureAdmission.Pressure.of(condition));
        }
        PressureAdmission admission = PressureAdmission.of(
                QosClass.parse(test.field("class").string()),
                test.field("critical").bool(),
                test.field("toleratesMemoryPressureTaint").bool(),
                conditions);
        assertEquals(test.field("admitted").bool(), admission.admitted(), admission::toString);
    }
}
