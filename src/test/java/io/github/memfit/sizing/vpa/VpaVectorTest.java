package io.github.memfit.sizing.vpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.memfit.testing.Json;
import io.github.memfit.testing.Vectors;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What VPA's own code computes, case by case. */
class VpaVectorTest {

    private static final String[] PROSE = {
        "format", "source", "about", "tolerance", "formula", "opsHelp", "eventColumns", "eventKinds", "notes"
    };

    @TestFactory
    Stream<DynamicContainer> cases() {
        return Vectors.files("vpa").stream()
                .map(file ->
                        DynamicContainer.dynamicContainer(file.getFileName().toString(), cases(file)));
    }

    private static Stream<DynamicTest> cases(Path path) {
        Json file = Json.read(path).ignoring(PROSE);
        String format = file.field("format").string();
        Stream<DynamicTest> tests = switch (format) {
            case "vpa-golden/1 buckets" -> buckets(file);
            case "vpa-golden/1 histogram" -> named(file, VpaHistogramCase::run);
            case "vpa-golden/1 scenario" -> {
                Json defaults = file.field("defaults");
                yield named(file, json -> VpaScenarioCase.run(defaults, json));
            }
            case "vpa-golden/1 limits" -> named(file, VpaLimitsCase::run);
            case "vpa-golden/1 format" -> rows(file);
            default -> throw new AssertionError(path + " has the unknown format " + format);
        };
        file.assertAllRead();
        return tests;
    }

    private interface Check {
        void run(Json json);
    }

    private static Stream<DynamicTest> named(Json file, Check check) {
        return file.field("cases").items().stream()
                .map(json -> dynamicTest(json.field("name").string(), () -> {
                    check.run(json);
                    json.ignoring("name", "why").assertAllRead();
                }));
    }

    private static Stream<DynamicTest> buckets(Json file) {
        VpaBuckets memory = VpaBuckets.MEMORY;
        int count = file.field("numBuckets").intValue();
        double epsilon = file.field("epsilon").doubleValue();
        Stream<DynamicTest> starts = file.field("starts").items().stream().map(row -> {
            int bucket = row.items().get(0).intValue();
            return dynamicTest("start " + bucket, () -> {
                double start = memory.start(bucket);
                assertEquals(5, row.items().size());
                assertEquals(row.items().get(1).doubleValue(), start);
                assertEquals(
                        Long.parseUnsignedLong(row.items().get(2).string(), 16), Double.doubleToRawLongBits(start));
                assertEquals(row.items().get(3).longValue(), (long) start);
                assertEquals(row.items().get(4).intValue(), memory.find(start));
            });
        });
        Stream<DynamicTest> finds = file.field("findBucket").items().stream()
                .map(row -> dynamicTest("find " + row.items().get(0), () -> {
                    long value = row.items().get(0).decimal().longValueExact();
                    int bucket = row.items().get(1).intValue();
                    assertEquals(2, row.items().size());
                    assertEquals(bucket, memory.find(value));
                    assertEquals(bucket, memory.find((double) value));
                }));
        return Stream.of(
                        Stream.of(dynamicTest("layout", () -> {
                            assertEquals(count, memory.count());
                            assertEquals(epsilon, memory.epsilon());
                        })),
                        starts,
                        finds)
                .flatMap(tests -> tests);
    }

    private static Stream<DynamicTest> rows(Json file) {
        return file.field("rows").items().stream().map(row -> {
            long bytes = row.field("bytes").longValue();
            long unit = row.field("roundMemoryBytes").longValue();
            boolean humanize = row.field("humanize").bool();
            return dynamicTest(bytes + " to " + unit + (humanize ? " humanized" : ""), () -> {
                VpaAmount amount = VpaAmount.of(bytes, unit, humanize);
                assertEquals(row.field("string").string(), amount.toString());
                assertEquals(row.field("value").longValue(), amount.bytes());
                row.assertAllRead();
            });
        });
    }
}
