package io.github.memfit.sizing.vpa;

import static io.github.memfit.sizing.vpa.VpaHistogramCase.time;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.testing.Json;
import io.github.memfit.unit.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events into a recommender, and everything that comes out. */
final class VpaScenarioCase {

    private final Map<String, Json> parameters = new HashMap<>();
    private final VpaRecommender vpa;
    private final VpaSettings settings;
    private final boolean paired;

    private VpaScenarioCase(Json defaults, Json deviations) {
        defaults.names().forEach(name -> parameters.put(name, defaults.field(name)));
        deviations.names().forEach(name -> parameters.put(name, deviations.field(name)));
        take("memoryAggregationIntervalCount"); // only the expiry of idle workloads depends on it
        settings = VpaSettings.builder()
                .aggregationInterval(seconds("memoryAggregationIntervalSeconds"))
                .halfLife(seconds("memoryHistogramDecayHalfLifeSeconds"))
                .oomBumpUpRatio(take("oomBumpUpRatio").doubleValue())
                .oomMinBumpUpBytes(take("oomMinBumpUpBytes").doubleValue())
                .marginFraction(take("recommendationMarginFraction").doubleValue())
                .podMinMemoryMb(take("podRecommendationMinMemoryMb").doubleValue())
                .percentiles(
                        take("lowerBoundMemoryPercentile").doubleValue(),
                        take("targetMemoryPercentile").doubleValue(),
                        take("upperBoundMemoryPercentile").doubleValue())
                .confidenceInterval(seconds("confidenceIntervalMemorySeconds"))
                .roundMemoryBytes(take("roundMemoryBytes").longValue())
                .humanizeMemory(take("humanizeMemory").bool())
                .globalMaxAllowed(quantity("globalMaxAllowedMemory"))
                .build();
        vpa = VpaRecommender.withJournal(settings)
                .policy(new VpaContainerPolicy(quantity("minAllowedMemory"), quantity("maxAllowedMemory"), true));
        String cpu = take("cpuSamples").string();
        paired = switch (cpu) {
            case "paired" -> true;
            case "none" -> false;
            default -> throw new AssertionError("unknown cpuSamples " + cpu);
        };
        assertTrue(parameters.isEmpty(), () -> "unknown parameters " + parameters.keySet());
    }

    private Json take(String name) {
        return parameters.remove(name);
    }

    private Duration seconds(String name) {
        return Duration.ofNanos(take(name).decimal().movePointRight(9).longValueExact());
    }

    private Bytes quantity(String name) {
        Json json = parameters.remove(name);
        return json == null || json.isNull() ? Bytes.ZERO : VpaLimitsCase.quantity(json);
    }

    static void run(Json defaults, Json json) {
        new VpaScenarioCase(defaults, json.field("parameters")).play(json);
    }

    private void play(Json json) {
        json.optional("pods")
                .ifPresent(pods -> pods.names()
                        .forEach(pod -> vpa.revision(pod, pods.field(pod).string())));
        json.optional("initialCheckpoints")
                .ifPresent(all ->
                        all.names().forEach(container -> vpa.load(container, checkpoint(all.field(container)))));
        Json expected = json.field("expected");
        List<Integer> queryAfter = new ArrayList<>();
        json.optional("queryAfterEvents").ifPresent(list -> list.items().forEach(i -> queryAfter.add(i.intValue())));
        List<Json> queries = expected.optional("queries").map(Json::items).orElse(List.of());
        assertEquals(queryAfter.size(), queries.size());
        List<Integer> rejected = new ArrayList<>();
        List<Json> events = json.field("events").items();
        for (int i = 0; i < events.size(); i++) {
            if (!apply(events.get(i).items())) {
                rejected.add(i);
            }
            if (queryAfter.contains(i)) {
                query(queries.get(queryAfter.indexOf(i)), i);
            }
        }
        assertEquals(
                expected.field("rejectedEvents").items().stream()
                        .map(Json::intValue)
                        .toList(),
                rejected);
        List<Json> percentiles = json.field("percentiles").items();
        assertRecommendations(expected.field("recommendation"), percentiles);
        assertWindows(expected.field("openWindows"));
        Optional<Instant> now = json.optional("checkpointNowUnixSeconds").map(VpaHistogramCase::time);
        Optional<Json> saved = expected.optional("checkpoint");
        assertEquals(now.isPresent(), saved.isPresent());
        now.ifPresent(time -> assertCheckpoints(vpa.checkpoints(time), saved.orElseThrow()));
        expected.assertAllRead();
    }

    private boolean apply(List<Json> event) {
        Instant time = time(event.get(0));
        long value = event.get(1).decimal().longValue();
        String kind = event.size() > 2 ? event.get(2).string() : "u";
        String pod = event.size() > 3 ? event.get(3).string() : "p0";
        String container = event.size() > 4 ? event.get(4).string() : "c0";
        assertTrue(event.size() < 6, event::toString);
        switch (kind) {
            case "u" -> {
                if (paired) {
                    vpa.instance(pod, container).cpuSample(time);
                }
                return vpa.instance(pod, container).memorySample(time, value);
            }
            case "c" -> {
                return vpa.instance(pod, container).cpuSample(time);
            }
            case "o" -> {
                return vpa.instance(pod, container).oomKill(time, value);
            }
            case "d" -> {
                vpa.deletePod(pod);
                return true;
            }
            default -> throw new AssertionError("unknown kind of event " + kind);
        }
    }

    private void query(Json query, int event) {
        assertEquals(event, query.field("afterEvent").intValue());
        Json expected = query.field("recommendation");
        Map<String, VpaRecommendation> actual = vpa.recommend();
        assertEquals(expected.names(), actual.keySet());
        actual.forEach((container, recommendation) -> {
            Json one = expected.field(container);
            double tie = one.field("minTieMargin").doubleValue();
            assertBytes(container, recommendation, one, tie, tie, tie);
            one.assertAllRead();
        });
        query.assertAllRead();
    }

    private void assertRecommendations(Json expected, List<Json> percentiles) {
        Map<String, VpaRecommendation> actual = vpa.recommend();
        assertEquals(expected.names(), actual.keySet());
        actual.forEach((container, recommendation) -> {
            Json one = expected.field(container).ignoring("minTieMargin");
            Json ties = one.field("tieMargins");
            assertBytes(
                    container,
                    recommendation,
                    one,
                    ties.field("target").doubleValue(),
                    ties.field("lowerBound").doubleValue(),
                    ties.field("upperBound").doubleValue());
            assertEquals(
                    one.field("uncappedTargetBytes").longValue(),
                    recommendation.uncappedTarget().bytes());
            one.optional("targetString")
                    .ifPresent(text ->
                            assertEquals(text.string(), recommendation.target().toString()));
            one.optional("lowerBoundString")
                    .ifPresent(text -> assertEquals(
                            text.string(), recommendation.lowerBound().toString()));
            one.optional("upperBoundString")
                    .ifPresent(text -> assertEquals(
                            text.string(), recommendation.upperBound().toString()));
            VpaHistogram histogram = vpa.histogram(container);
            VpaHistogramCase.state(histogram, one.field("histogram"));
            List<Json> rows = one.field("percentiles").items();
            assertEquals(percentiles.size(), rows.size());
            for (int i = 0; i < rows.size(); i++) {
                List<Json> row = rows.get(i).items();
                assertEquals(percentiles.get(i).decimal(), row.get(0).decimal());
                VpaHistogramCase.percentile(
                        histogram,
                        row.get(0).doubleValue(),
                        row.get(1).doubleValue(),
                        row.get(2).doubleValue());
            }
            assertExplained(container, recommendation);
            assertConfidence(one.field("confidence"), container);
            one.assertAllRead();
        });
    }

    private void assertBytes(
            String container, VpaRecommendation actual, Json expected, double target, double lower, double upper) {
        assertBytes(container, expected.field("targetBytes"), actual, target, VpaRecommendation::target);
        assertBytes(container, expected.field("lowerBoundBytes"), actual, lower, VpaRecommendation::lowerBound);
        assertBytes(container, expected.field("upperBoundBytes"), actual, upper, VpaRecommendation::upperBound);
    }

    /** On a tie of weights the order of additions decides; then the next percentile up or down must give the figure. */
    private void assertBytes(
            String container,
            Json expected,
            VpaRecommendation actual,
            double tieMargin,
            java.util.function.Function<VpaRecommendation, VpaAmount> figure) {
        long bytes = figure.apply(actual).bytes();
        if (bytes != expected.longValue() && tieMargin < 1e-9) {
            boolean neighbour = List.of(-2e-9, 2e-9).stream()
                    .map(shift -> settings.toBuilder()
                            .percentiles(
                                    Math.max(0, settings.lowerBoundPercentile() + shift),
                                    settings.targetPercentile() + shift,
                                    settings.upperBoundPercentile() + shift)
                            .build())
                    .anyMatch(moved ->
                            figure.apply(vpa.recommend(moved).get(container)).bytes() == expected.longValue());
            assertTrue(neighbour, () -> expected.where() + ": tie, expected " + expected + " but was " + bytes);
        } else {
            assertEquals(expected.longValue(), bytes, expected.where());
        }
    }

    private void assertConfidence(Json expected, String container) {
        VpaCheckpoint state = vpa.checkpoints(Instant.EPOCH).get(container);
        assertEquals(expected.optional("firstSampleStartUnixSeconds").map(VpaHistogramCase::time), state.firstSample());
        assertEquals(expected.optional("lastSampleStartUnixSeconds").map(VpaHistogramCase::time), state.lastSample());
        assertEquals(expected.field("totalSamplesCount").longValue(), state.samples());
        expected.assertAllRead();
    }

    private void assertExplained(String container, VpaRecommendation recommendation) {
        VpaExplanation explanation = vpa.explain(container);
        assertEquals(recommendation, explanation.recommendation());
        String target = Long.toString(recommendation.target().wholeBytes());
        assertTrue(
                explanation.lines().stream().anyMatch(line -> line.endsWith("= " + target))
                        || explanation.lines().stream()
                                .anyMatch(line -> line.startsWith("container policy") || line.startsWith("rounded")),
                () -> explanation.lines().toString());
    }

    private void assertWindows(Json expected) {
        for (String name : expected.names()) {
            Json one = expected.field(name);
            String[] parts = name.split("/");
            VpaInstance instance = vpa.instance(parts[0], parts[1]);
            assertEquals(
                    one.optional("lastMemorySampleUnixSeconds").map(VpaHistogramCase::time),
                    instance.lastMemorySample());
            assertEquals(
                    one.optional("windowEndUnixSeconds").map(VpaHistogramCase::time),
                    instance.openWindow().map(VpaWindow::end));
            assertEquals(
                    one.field("memoryPeakBytes").longValue(),
                    instance.openWindow().map(VpaWindow::memoryPeakBytes).orElse(0L));
            assertEquals(
                    one.field("oomPeakBytes").longValue(),
                    instance.openWindow().map(VpaWindow::oomPeakBytes).orElse(0L));
            one.assertAllRead();
        }
    }

    private static void assertCheckpoints(Map<String, VpaCheckpoint> actual, Json expected) {
        assertEquals(expected.names(), actual.keySet());
        actual.forEach((container, checkpoint) -> {
            Json one = expected.field(container);
            VpaHistogramCase.checkpoint(checkpoint, one);
            assertEquals(VpaCheckpoint.VERSION, one.field("version").string());
            assertEquals(
                    one.optional("firstSampleStartUnixSeconds").map(VpaHistogramCase::time), checkpoint.firstSample());
            assertEquals(
                    one.optional("lastSampleStartUnixSeconds").map(VpaHistogramCase::time), checkpoint.lastSample());
            assertEquals(one.field("totalSamplesCount").longValue(), checkpoint.samples());
            one.assertAllRead();
        });
    }

    private static VpaCheckpoint checkpoint(Json json) {
        VpaCheckpoint checkpoint = new VpaCheckpoint(
                json.optional("referenceTimestampUnixSeconds").map(VpaHistogramCase::time),
                json.field("totalWeight").doubleValue(),
                VpaHistogramCase.weights(json),
                json.optional("firstSampleStartUnixSeconds").map(VpaHistogramCase::time),
                json.optional("lastSampleStartUnixSeconds").map(VpaHistogramCase::time),
                json.field("totalSamplesCount").longValue());
        json.assertAllRead();
        return checkpoint;
    }
}
