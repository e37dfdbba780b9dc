package io.github.memfit.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Ratio;
import io.github.memfit.usage.UsageHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A sample of real traces, series by series, against an independent simulator. The whole tables are written by {@link
 * BacktestReport}.
 */
class BacktestTracesTest {

    private static final double TOLERANCE = 0.02;
    private static final Map<String, PolicyFamily> FAMILIES = Map.of(
            "vpa-target", NamedPolicies.vpaTarget(),
            "vpa-upper", NamedPolicies.vpaUpper(),
            "krr-max14d", NamedPolicies.krr(),
            "autopilot-max7d", NamedPolicies.autopilotMax(),
            "max-all", NamedPolicies.max(),
            "pricetail-rel", NamedPolicies.priceTail(PriceTail.Unit.COPY_DAYS),
            "pricetail-gib", NamedPolicies.priceTail(PriceTail.Unit.GIGABYTE_DAYS));

    private record Case(String family, Ratio dial, UsageHistory history, Map<String, String> expected) {}

    @TestFactory
    Stream<DynamicTest> daily() {
        return tests("perseries-dev-24h.csv", List.of("bitbrains", "googlejobs"), 23, Backtest.daily());
    }

    @TestFactory
    Stream<DynamicTest> firstDay() {
        Backtest hourly = Backtest.of(Duration.ofHours(6), Duration.ofHours(1));
        return tests("perseries-dev-short.csv", List.of("alibabagenai"), 5, hourly);
    }

    private static Stream<DynamicTest> tests(String file, List<String> datasets, int oneOf, Backtest backtest) {
        Path folder = folder();
        Map<String, Map<String, String>> rows = ExpectedScores.read(folder, file, "policy", "param", "dataset", "id")
                .rows();
        return datasets.stream()
                .flatMap(dataset -> Traces.read(folder, dataset, oneOf).entrySet().stream())
                .flatMap(series -> rows.values().stream()
                        .filter(row -> row.get("id").equals(series.getKey()) && FAMILIES.containsKey(row.get("policy")))
                        .map(row -> new Case(row.get("policy"), Ratio.parse(row.get("param")), series.getValue(), row)))
                .map(one -> DynamicTest.dynamicTest(
                        one.family + " " + one.dial + " on " + one.expected.get("id"), () -> check(one, backtest)));
    }

    private static Path folder() {
        boolean there = Traces.folder().isPresent();
        if (!there) {
            System.out.println("BacktestTracesTest is skipped: no traces in " + System.getProperty("memfit.traces")
                    + "; set -Dmemfit.traces=folder");
        }
        Assumptions.assumeTrue(there, "no traces");
        return Traces.folder().orElseThrow();
    }

    private static void check(Case one, Backtest backtest) {
        SizingPolicy policy = FAMILIES.get(one.family).policy().apply(one.dial);
        BacktestScore score = backtest.run(policy, one.history);
        assertNear("weeks", one, score.weeks());
        assertNear("slack", one, score.meanSlack());
        double hours = score.weeks() * 168;
        assertNear("limit_gibh", one, score.meanLimit().value() * hours / (1L << 30));
        assertCount("episodes", one, score.episodes());
        assertCount("kills", one, score.kills());
    }

    private static void assertNear(String column, Case one, double actual) {
        double expected = Double.parseDouble(one.expected.get(column));
        assertEquals(expected, actual, TOLERANCE * expected + 1e-3, column);
    }

    /** Where usage meets a limit to the byte, one more or less decides nothing. */
    private static void assertCount(String column, Case one, long actual) {
        long expected = Long.parseLong(one.expected.get(column));
        assertTrue(Math.abs(expected - actual) <= 1, () -> column + ": expected " + expected + ", got " + actual);
    }
}
