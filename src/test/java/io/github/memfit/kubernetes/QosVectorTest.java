package io.github.memfit.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.memfit.kubernetes.node.PodCgroupPath;
import io.github.memfit.kubernetes.view.MemoryCounters;
import io.github.memfit.kubernetes.view.UsageViews;
import io.github.memfit.testing.Json;
import io.github.memfit.unit.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class QosVectorTest {

    @TestFactory
    Stream<DynamicTest> cases() {
        return Cases.of(
                "qos",
                Map.of(
                        "qos-class", this::qosClass,
                        "qos-explain", this::explain,
                        "qos-usage-views", this::usageViews,
                        "qos-cgroup-path", this::cgroupPath));
    }

    private void qosClass(Json test) {
        Json expect = test.field("expect");
        for (String column : expect.names()) {
            KubernetesVersion version = KubernetesVersion.parse(column);
            // The 1.37 column was made with the defaulting of 1.36.
            KubernetesVersion stored = version.isAtLeast(37) ? KubernetesVersion.V1_36 : version;
            QosClass expected = QosClass.parse(expect.field(column).string());
            assertEquals(expected, QosClass.of(Cases.pod(test, stored), version), column);
        }
    }

    private void explain(Json test) {
        QosExplanation why = QosExplanation.of(Cases.pod(test.field("pod")), KubernetesVersion.V1_37);
        assertEquals(QosClass.parse(test.field("class").string()), why.qosClass());
        List<String> expected = new ArrayList<>();
        for (Json blocker : test.field("blockers").items()) {
            expected.add(blocker.field("container").string()
                    + " " + blocker.field("resource").string()
                    + " " + blocker.field("problem").string()
                    + " " + blocker.optional("setBothTo").map(Json::string).orElse("-"));
            blocker.assertAllRead();
        }
        List<String> actual = new ArrayList<>();
        for (QosExplanation.Blocker blocker : why.blockers()) {
            actual.add(blocker.where()
                    + " " + blocker.resource()
                    + " " + blocker.problem()
                    + " " + blocker.setBothTo().map(Quantity::toString).orElse("-"));
        }
        assertEquals(expected, actual);
    }

    private void usageViews(Json test) {
        boolean v2 = test.field("cgroupVersion").intValue() == 2;
        Bytes usage = Cases.bytes(test.field("usage"));
        BigInteger limit = new BigInteger(test.field("limit").string());
        Optional<Bytes> bound = limit.bitLength() < 64 ? Optional.of(Bytes.of(limit.longValue())) : Optional.empty();
        Map<String, Long> stat = new HashMap<>();
        Json lines = test.field("stat");
        lines.names().forEach(key -> stat.put(key, Cases.bytes(lines.field(key)).value()));
        MemoryCounters counters = v2
                ? MemoryCounters.v2(usage, bound, Cases.bytes(test.field("swapCurrent")), stat)
                : MemoryCounters.v1(usage, bound, test.field("useHierarchy").bool(), stat);
        UsageViews views = UsageViews.of(counters);
        Json expect = test.field("expect");
        assertEquals(Cases.bytes(expect.field("dockerStats")), views.dockerStats());
        assertEquals(Cases.bytes(expect.field("workingSet")), views.workingSet());
        assertEquals(Cases.bytes(expect.field("cadvisorRss")), views.cadvisorRss());
        assertEquals(Cases.bytes(expect.field("cadvisorCache")), views.cadvisorCache());
        assertEquals(Cases.bytes(expect.field("cadvisorSwap")), views.cadvisorSwap());
        assertEquals(expect.optional("criAvailable").map(Cases::bytes), views.criAvailable());
        assertEquals(expect.field("kubectlTop").string(), views.kubectlTop());
        expect.assertAllRead();
        // Neither tool looks at memory+swap or, on v2, at the hierarchy.
        test.ignoring("memswUsage", "useHierarchy", "swapCurrent");
    }

    private void cgroupPath(Json test) {
        PodCgroupPath path = PodCgroupPath.parse(test.field("path").string());
        assertEquals(test.optional("class").map(Json::string), path.qosClass().map(QosClass::toString));
        assertEquals(test.optional("podUid").map(Json::string), path.podUid());
        assertEquals(test.optional("containerId").map(Json::string), path.containerId());
        assertEquals(test.optional("driver").map(Json::string), path.driver().map(PodCgroupPath.Driver::toString));
    }
}
