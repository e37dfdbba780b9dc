package io.github.memfit.sizing.vpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.testing.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A sequence of operations on histograms, and what each of them gives. */
final class VpaHistogramCase {

    private final VpaBuckets buckets;
    private final Duration halfLife;
    private final Map<String, VpaHistogram> histograms = new HashMap<>();

    private VpaHistogramCase(Json options) {
        double max = options.field("maxValue").doubleValue();
        double first = options.field("firstBucketSize").doubleValue();
        double ratio = options.field("ratio").doubleValue();
        double epsilon = options.field("epsilon").doubleValue();
        String kind = options.field("kind").string();
        buckets = switch (kind) {
            case "linear" -> VpaBuckets.linear(max, first, epsilon);
            case "exponential" -> VpaBuckets.exponential(max, first, ratio, epsilon);
            default -> throw new AssertionError("unknown kind " + kind);
        };
        halfLife = Duration.ofSeconds(options.field("halfLifeSeconds").longValue());
        options.assertAllRead();
    }

    static void run(Json json) {
        VpaHistogramCase state = new VpaHistogramCase(json.field("options"));
        Json expected = json.field("expected");
        assertEquals(expected.field("numBuckets").intValue(), state.buckets.count());
        List<Json> ops = json.field("ops").items();
        List<Json> results = expected.field("results").items();
        expected.assertAllRead();
        assertEquals(ops.size(), results.size());
        for (int i = 0; i < ops.size(); i++) {
            state.apply(ops.get(i), results.get(i));
            ops.get(i).assertAllRead();
        }
    }

    private VpaHistogram named(String name) {
        return histograms.computeIfAbsent(
                name,
                any -> halfLife.isZero() ? VpaHistogram.plain(buckets) : VpaHistogram.decaying(buckets, halfLife));
    }

    private void apply(Json op, Json result) {
        VpaHistogram histogram = named(op.field("h").string());
        String name = op.field("op").string();
        switch (name) {
            case "add", "sub" -> {
                double value = op.field("value").doubleValue();
                double weight = op.optional("weight").map(Json::doubleValue).orElse(1.0);
                Instant time = op.optional("t").map(VpaHistogramCase::time).orElse(Instant.EPOCH);
                if (name.equals("add")) {
                    histogram.add(value, weight, time);
                } else {
                    histogram.subtract(value, weight, time);
                }
                assertTrue(result.isNull(), result.where());
            }
            case "merge" -> {
                histogram.merge(named(op.field("other").string()));
                assertTrue(result.isNull(), result.where());
            }
            case "pct" -> percentile(histogram, op.field("p").doubleValue(), result);
            case "state" -> state(histogram, result);
            case "save" -> save(histogram, result);
            case "load" -> load(histogram, op.field("checkpoint"), result);
            default -> throw new AssertionError("unknown operation " + name);
        }
    }

    static void percentile(VpaHistogram histogram, double p, Json result) {
        percentile(
                histogram,
                p,
                result.field("value").doubleValue(),
                result.field("tieMargin").doubleValue());
        result.assertAllRead();
    }

    /** On a tie of weights the order of additions decides: the neighbouring bucket that holds something will do. */
    static void percentile(VpaHistogram histogram, double p, double expected, double tieMargin) {
        double actual = histogram.percentile(p);
        if (tieMargin < 1e-9 && Math.abs(actual - expected) > 1e-12 * Math.abs(expected)) {
            double below = histogram.percentile(p - 2e-9);
            double above = histogram.percentile(p + 2e-9);
            assertTrue(expected == below || expected == above, "tie at " + p + ": " + actual + " for " + expected);
        } else {
            assertRelative(expected, actual, "percentile " + p);
        }
    }

    static void state(VpaHistogram histogram, Json result) {
        Json weights = result.field("bucketWeights");
        int seen = 0;
        for (int bucket = 0; bucket < histogram.buckets().count(); bucket++) {
            String name = Integer.toString(bucket);
            if (weights.has(name)) {
                seen++;
                assertRelative(weights.field(name).doubleValue(), histogram.weight(bucket), "bucket " + name);
            } else {
                assertEquals(0, histogram.weight(bucket), "bucket " + name);
            }
        }
        assertEquals(weights.names().size(), seen);
        assertRelative(result.field("totalWeight").doubleValue(), histogram.totalWeight(), "total");
        assertEquals(result.field("empty").bool(), histogram.isEmpty());
        assertEquals(
                result.optional("referenceTimestampUnixSeconds").map(VpaHistogramCase::time),
                histogram.referenceTime());
        if (!histogram.isEmpty()) {
            assertEquals(result.field("minBucket").intValue(), histogram.minBucket());
            assertEquals(result.field("maxBucket").intValue(), histogram.maxBucket());
        }
        result.assertAllRead();
    }

    private static void save(VpaHistogram histogram, Json result) {
        if (result.isString()) {
            assertEquals("empty", result.string());
            assertTrue(histogram.checkpointWeights().isEmpty());
            return;
        }
        checkpoint(
                new VpaCheckpoint(
                        histogram.referenceTime(),
                        histogram.totalWeight(),
                        histogram.checkpointWeights(),
                        Optional.empty(),
                        Optional.empty(),
                        0),
                result);
        result.assertAllRead();
    }

    /** The part of a checkpoint that is a histogram. */
    static void checkpoint(VpaCheckpoint actual, Json expected) {
        SortedMap<Integer, Integer> weights = weights(expected);
        assertEquals(weights.keySet(), actual.bucketWeights().keySet());
        weights.forEach(
                (bucket, weight) -> assertEquals(weight, actual.bucketWeights().get(bucket), "bucket " + bucket));
        assertRelative(expected.field("totalWeight").doubleValue(), actual.totalWeight(), "total");
        assertEquals(
                expected.optional("referenceTimestampUnixSeconds").map(VpaHistogramCase::time), actual.referenceTime());
    }

    static SortedMap<Integer, Integer> weights(Json checkpoint) {
        SortedMap<Integer, Integer> weights = new TreeMap<>();
        Json json = checkpoint.field("bucketWeights");
        json.names()
                .forEach(name ->
                        weights.put(Integer.valueOf(name), json.field(name).intValue()));
        return weights;
    }

    private static void load(VpaHistogram histogram, Json json, Json result) {
        Runnable load = () -> histogram.load(new VpaCheckpoint(
                json.optional("referenceTimestampUnixSeconds").map(VpaHistogramCase::time),
                json.field("totalWeight").doubleValue(),
                weights(json),
                Optional.empty(),
                Optional.empty(),
                0));
        if (result.isNull()) {
            load.run();
        } else {
            assertThrows(
                    IllegalArgumentException.class,
                    load::run,
                    result.field("error").string());
            result.assertAllRead();
        }
    }

    static Instant time(Json seconds) {
        BigDecimal nanos = seconds.decimal().movePointRight(9);
        return Instant.EPOCH.plusNanos(nanos.longValueExact());
    }

    static void assertRelative(double expected, double actual, String what) {
        assertTrue(
                Math.abs(expected - actual) <= 1e-12 * Math.abs(expected),
                () -> what + ": expected " + expected + " but was " + actual);
    }
}
