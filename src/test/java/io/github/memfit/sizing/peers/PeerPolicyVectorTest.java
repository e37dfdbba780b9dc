package io.github.memfit.sizing.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.memfit.sizing.peers.HpaReplicas.HpaPod;
import io.github.memfit.sizing.peers.HpaReplicas.HpaPodState;
import io.github.memfit.testing.Json;
import io.github.memfit.testing.Vectors;
import io.github.memfit.unit.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What KRR, Crane, Kruize, the HPA and Senpai compute, case by case. */
class PeerPolicyVectorTest {

    @TestFactory
    Stream<DynamicContainer> cases() {
        return Vectors.files("peers").stream()
                .map(file ->
                        DynamicContainer.dynamicContainer(file.getFileName().toString(), cases(file)));
    }

    private interface Check {
        void run(Json json);
    }

    private static Stream<DynamicTest> cases(Path path) {
        Json file = Json.read(path).ignoring("about", "sources");
        assertEquals("peers-golden/1", file.field("format").string());
        List<DynamicTest> tests = new ArrayList<>();
        add(tests, file, "krr", PeerPolicyVectorTest::krr);
        add(tests, file, "crane", PeerPolicyVectorTest::crane);
        add(tests, file, "kruize", PeerPolicyVectorTest::kruize);
        add(tests, file, "hpaMemory", PeerPolicyVectorTest::hpa);
        file.optional("senpai").ifPresent(senpai -> senpai(tests, senpai));
        file.assertAllRead();
        return tests.stream();
    }

    private static void add(List<DynamicTest> tests, Json file, String key, Check check) {
        file.optional(key)
                .ifPresent(cases -> cases.items()
                        .forEach(json -> tests.add(
                                dynamicTest(key + ": " + json.field("name").string(), () -> {
                                    check.run(json);
                                    json.assertAllRead();
                                }))));
    }

    private static void krr(Json json) {
        Krr krr = new Krr(
                json.field("memoryBufferPercentage").doubleValue(),
                json.field("memoryMinValueMiB").longValue(),
                json.field("useOomkillData").bool(),
                Krr.DEFAULT.oomBufferPercentage(),
                Krr.DEFAULT.pointsRequired(),
                json.field("allowHpa").bool());
        Bytes max = json.field("maxPerPodBytes").items().stream()
                .map(value -> Bytes.of(value.longValue()))
                .reduce(Bytes.ZERO, Bytes::max);
        PeerSizing answer = krr.size(
                max,
                json.field("points").longValue(),
                Bytes.of(json.field("maxOomkilledLimitBytes").longValue()),
                json.field("hpaOnMemory").bool());
        Json expected = json.field("expected");
        assertEquals(
                expected.optional("undefined")
                        .map(reason -> PeerSizing.undecided(reason.string()))
                        .orElseGet(() -> new PeerSizing.Proposed(
                                Bytes.of(expected.field("requestBytes").longValue()),
                                Bytes.of(expected.field("limitBytes").longValue()))),
                answer);
        expected.assertAllRead();
    }

    private static void crane(Json json) {
        long[] runs = json.optional("usageRunLength").map(Json::items).orElse(List.of()).stream()
                .flatMapToLong(run -> java.util.stream.LongStream.generate(
                                () -> run.items().get(0).longValue())
                        .limit(run.items().get(1).longValue()))
                .toArray();
        long[] single = json.optional("usage").map(Json::items).orElse(List.of()).stream()
                .mapToLong(Json::longValue)
                .toArray();
        long[] usage = Arrays.copyOf(runs, runs.length + single.length);
        System.arraycopy(single, 0, usage, runs.length, single.length);
        OptionalLong oom = json.optional("oomRequestBytes")
                .map(bytes -> OptionalLong.of(bytes.longValue()))
                .orElse(OptionalLong.empty());
        Json expected = json.field("expected");
        assertEquals(
                (long) expected.field("percentile99BucketEnd").doubleValue(),
                Crane.DEFAULT.percentileEnd(usage).value());
        Bytes recommended = Bytes.of(expected.field("recommendedBytes").longValue());
        assertEquals(PeerSizing.both(recommended), Crane.DEFAULT.size(oom, usage));
        expected.assertAllRead();
    }

    private static void kruize(Json json) {
        List<Kruize.KruizeInterval> intervals = new ArrayList<>();
        for (Json one : json.field("intervals").items()) {
            intervals.add(new Kruize.KruizeInterval(
                    one.field("memMax").doubleValue(),
                    one.field("memMin").doubleValue(),
                    one.field("memSum").doubleValue(),
                    one.field("memAvg").doubleValue(),
                    one.field("rssMax").doubleValue(),
                    one.field("rssMin").doubleValue()));
            one.assertAllRead();
        }
        Json expected = json.field("expected");
        // Our sizes are whole bytes, rounded up.
        Bytes size =
                Bytes.of((long) Math.ceil(expected.field("requestAndLimitBytes").doubleValue()));
        assertEquals(PeerSizing.both(size), new Kruize(Kruize.KruizeTerm.SHORT).size(intervals));
        expected.assertAllRead();
    }

    private static void hpa(Json json) {
        List<HpaPod> pods = new ArrayList<>();
        for (Json one : json.field("pods").items()) {
            String phase = one.optional("phase").map(Json::string).orElse("Running");
            boolean deleting = one.optional("deleting").map(Json::bool).orElse(false);
            HpaPodState state = switch (phase) {
                case "Running" -> HpaPodState.RUNNING;
                case "Pending" -> HpaPodState.PENDING;
                case "Failed" -> HpaPodState.GONE;
                default -> throw new AssertionError("unknown phase " + phase);
            };
            pods.add(new HpaPod(bytes(one, "usage"), bytes(one, "request"), deleting ? HpaPodState.GONE : state));
            one.assertAllRead();
        }
        HpaReplicas hpa = new HpaReplicas(
                json.field("toleranceDown").doubleValue(),
                json.field("toleranceUp").doubleValue());
        HpaReplicas.HpaAnswer answer = hpa.averageUtilization(
                json.field("currentReplicas").intValue(),
                json.field("targetUtilizationPercent").intValue(),
                pods);
        Json expected = json.field("expected");
        assertEquals(
                expected.optional("error")
                        .<HpaReplicas.HpaAnswer>map(reason -> new HpaReplicas.NotComputed(reason.string()))
                        .orElseGet(() -> new HpaReplicas.Desired(
                                expected.field("desiredReplicas").longValue(),
                                expected.field("utilizationPercent").longValue())),
                answer);
        expected.assertAllRead();
    }

    private static OptionalLong bytes(Json json, String field) {
        return json.optional(field)
                .map(value -> OptionalLong.of(value.longValue()))
                .orElse(OptionalLong.empty());
    }

    private static void senpai(List<DynamicTest> tests, Json json) {
        Json defaults = json.field("defaults");
        Senpai senpai = new Senpai(
                defaults.field("pressureMicros").doubleValue(),
                defaults.field("intervalSeconds").longValue(),
                defaults.field("maxProbe").doubleValue(),
                defaults.field("maxBackoff").doubleValue(),
                defaults.field("coeffProbe").doubleValue(),
                defaults.field("coeffBackoff").doubleValue(),
                Bytes.of(defaults.field("minSize").longValue()),
                Bytes.of(defaults.field("maxSize").longValue()));
        defaults.assertAllRead();
        List<Json> steps = json.field("steps").items();
        for (Json step : steps) {
            Bytes limit = Bytes.of(step.field("limitBytes").longValue());
            long integral = step.field("integralMicros").longValue();
            tests.add(dynamicTest("senpai: " + limit + " after " + integral, () -> {
                Json expected = step.field("expected");
                Senpai.SenpaiStep actual = senpai.step(limit, integral, senpai.intervalSeconds());
                assertEquals(
                        expected.field("action").string().toUpperCase(Locale.ROOT),
                        actual.action().name());
                assertEquals(expected.field("factor").doubleValue(), actual.factor());
                assertEquals(
                        expected.field("newLimitBytes").longValue(),
                        actual.limit().value());
                expected.assertAllRead();
                step.assertAllRead();
            }));
        }
        json.assertAllRead();
    }
}
