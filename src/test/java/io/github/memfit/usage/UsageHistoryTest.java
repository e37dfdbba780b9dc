package io.github.memfit.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class UsageHistoryTest {

    private static final long T = 1_717_200_000_000L;

    @Test
    void everyWayToBuildOneGivesTheSameValue() {
        UsageHistory fromColumns = UsageHistory.of(new long[] {T, T + 60_000, T + 120_000}, new long[] {3, 1, 2});
        assertEquals(fromColumns, UsageHistory.ofEvery(T, Duration.ofMinutes(1), 3, 1, 2));
        assertEquals(
                fromColumns,
                Stream.of(UsageSample.of(T, 3), UsageSample.of(T + 60_000, 1), UsageSample.of(T + 120_000, 2))
                        .parallel()
                        .collect(UsageHistory.collector()));
        assertEquals(
                fromColumns,
                UsageHistory.builder()
                        .add(Instant.ofEpochMilli(T), Bytes.of(3))
                        .add(T + 60_000, 1)
                        .add(T + 120_000, 2)
                        .build());
        assertEquals(fromColumns.hashCode(), fromColumns.toBuilder().build().hashCode());
        assertNotEquals(fromColumns, fromColumns.before(T + 1));
    }

    @Test
    void timeMayRunBackWhileItIsBuilt() {
        UsageHistory history = UsageHistory.of(new long[] {T + 5, T, T + 5, T - 7, T}, new long[] {50, 2, 40, 7, 1});
        assertEquals(List.of(T - 7, T, T, T + 5, T + 5), longs(history.toEpochMillis()));
        assertEquals(List.of(7L, 1L, 2L, 40L, 50L), longs(history.toBytes()));
    }

    @Test
    void replicasAreKeptApart() {
        UsageHistory history = UsageHistory.builder()
                .replica("b")
                .add(T, 10)
                .add(T + 2, 30)
                .replica("a")
                .add(T, 20)
                .add(T + 1, 5)
                .oomKill(T + 1, Bytes.of(9))
                .build();
        assertEquals(List.of("a", "b"), history.replicas());
        assertEquals(0, history.replica(0));
        assertEquals(new UsageSample(T, 10, "b"), history.sample(1));
        assertEquals(List.of(10L, 30L), longs(history.onlyReplica("b").toBytes()));
        assertEquals(List.of(20L, 5L), longs(history.onlyReplica("a").toBytes()));
        assertEquals(List.of(), history.onlyReplica("b").marks());
        assertEquals(1, history.onlyReplica("a").marks().size());
        assertTrue(history.onlyReplica("c").isEmpty());
        assertEquals(
                history,
                history.onlyReplica("b").toBuilder()
                        .addAll(history.onlyReplica("a"))
                        .build());
        assertEquals(OptionalLong.of(1), history.medianStepMillis());
    }

    @Test
    void gapsStayGaps() {
        long tenYears = Duration.ofDays(3653).toMillis();
        UsageHistory history = UsageHistory.of(new long[] {T, T + 1000, T + tenYears}, new long[] {1, 2, 3});
        assertEquals(3, history.size());
        assertEquals(3, history.peaks(Duration.ofHours(1)).size() + 1);
        assertEquals(Duration.ofMillis(tenYears), history.span());
        assertTrue(history.between(T + 1001, T + tenYears).isEmpty());
        assertEquals(OptionalLong.of((tenYears) / 2), history.medianStepMillis());
    }

    @Test
    void slicesTakeSamplesAndMarks() {
        UsageHistory history = UsageHistory.ofEvery(T, Duration.ofSeconds(1), 1, 2, 3, 4, 5).toBuilder()
                .restart(T)
                .oomKill(T + 2000)
                .build();
        assertEquals(List.of(2L, 3L), longs(history.between(T + 1000, T + 3000).toBytes()));
        assertEquals(1, history.between(T + 1000, T + 3000).marks().size());
        assertEquals(List.of(1L), longs(history.before(T + 1).toBytes()));
        assertEquals(List.of(5L), longs(history.since(T + 3001).toBytes()));
        assertEquals(List.of(4L, 5L), longs(history.last(Duration.ofSeconds(1)).toBytes()));
        assertEquals(history, history.last(Duration.ofSeconds(Long.MAX_VALUE)));
        assertEquals(
                List.of(3L),
                longs(history.since(T + 1000).between(T + 2000, T + 3000).toBytes()));
        assertTrue(history.between(T + 3000, T).isEmpty());
        assertTrue(history.before(T).isEmpty());
        assertEquals(OptionalLong.empty(), history.before(T).peakBytes());
        assertTrue(UsageHistory.empty().last(Duration.ZERO).isEmpty());
    }

    @Test
    void peaksKeepTheHighestSampleOfEachWindowAtItsOwnTime() {
        long midnight = 1_717_200_000_000L;
        UsageHistory history = UsageHistory.builder()
                .add(midnight + 1000, 5)
                .add(midnight + 2000, 9)
                .add(midnight + 3000, 9)
                .add(midnight + 3_600_000, 1)
                .add(midnight + 10 * 3_600_000, 2)
                .replica("x")
                .add(midnight + 2500, 4)
                .build();
        UsageHistory peaks = history.peaks(Duration.ofHours(1));
        assertEquals(
                List.of(midnight + 2000, midnight + 2500, midnight + 3_600_000, midnight + 10 * 3_600_000),
                longs(peaks.toEpochMillis()));
        assertEquals(List.of(9L, 4L, 1L, 2L), longs(peaks.toBytes()));
        assertEquals(peaks, peaks.peaks(Duration.ofHours(1)));
    }

    @Test
    void visitsInTheOrderInWhichThingsHappened() {
        UsageHistory history = UsageHistory.builder()
                .add(T, 1)
                .add(T + 1, 2)
                .oomKill(T + 1)
                .restart(T + 1)
                .oomKill(T + 9)
                .restart(T - 1)
                .build();
        List<String> seen = new ArrayList<>();
        history.visit(new UsageVisitor() {
            @Override
            public void sample(long epochMillis, long bytes, int replica) {
                seen.add((epochMillis - T) + ":" + bytes);
            }

            @Override
            public void mark(UsageMark mark, int replica) {
                seen.add((mark.epochMillis() - T) + ":" + mark.kind());
            }
        });
        assertEquals(List.of("-1:RESTART", "0:1", "1:RESTART", "1:2", "1:OOM_KILL", "9:OOM_KILL"), seen);
    }

    @Test
    void badInputIsRefusedWithTheValue() {
        assertMessage("got -1 at 2024-06-01T00:00:00Z", () -> UsageSample.of(T, -1));
        assertMessage("got -1 at", () -> UsageHistory.of(new long[] {T}, new long[] {-1}));
        assertMessage("got 9223372036854775807 ms", () -> UsageSample.of(Long.MAX_VALUE, 1));
        assertMessage("years 1 and 9999", () -> UsageSample.of(Instant.MAX, Bytes.ZERO));
        assertMessage("years 1 and 9999", () -> UsageHistory.builder().add(Instant.MIN, Bytes.ZERO));
        assertMessage("2 times and 1 values", () -> UsageHistory.of(new long[2], new long[1]));
        assertMessage("got PT0S", () -> UsageHistory.ofEvery(T, Duration.ZERO, 1));
        assertMessage("got PT0S", () -> UsageHistory.empty().peaks(Duration.ZERO));
        assertMessage("got PT-1S", () -> UsageHistory.empty().last(Duration.ofSeconds(-1)));
        assertMessage(
                "only an OOM kill",
                () -> new UsageMark(T, UsageMark.MarkKind.RESTART, "", OptionalLong.of(1), OptionalLong.empty()));
        assertThrows(IndexOutOfBoundsException.class, () -> UsageHistory.empty().bytes(0));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> UsageHistory.ofEvery(T, Duration.ofDays(1), 1, 2)
                        .before(T + 1)
                        .bytes(1));
    }

    @Test
    void aFailedAddChangesNothing() {
        UsageHistoryBuilder builder =
                UsageHistory.builder().replica("a").add(T, 1).replica("b");
        assertThrows(IllegalArgumentException.class, () -> builder.add(T, -5));
        assertEquals(List.of("a"), builder.build().replicas());
        assertEquals(1, builder.build().size());
    }

    @Test
    void printsOneLine() {
        UsageHistory history = UsageHistory.ofEvery(T, Duration.ofMinutes(5), 1 << 20, 3 << 20);
        assertEquals(
                "UsageHistory[samples=2, replicas=1, marks=0, 2024-06-01T00:00:00Z to 2024-06-01T00:05:00Z, peak=3.00"
                        + " MiB]",
                history.toString());
        assertEquals("UsageHistory[no samples, marks=0]", UsageHistory.empty().toString());
        assertEquals("2024-06-01T00:00:00Z 5 web\\u000a0", new UsageSample(T, 5, "web\n0").toString());
        assertTrue(UsageMark.oomKill(T, "\33".repeat(900), OptionalLong.of(1), OptionalLong.of(2))
                        .toString()
                        .length()
                < 200);
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }

    private static List<Long> longs(long[] values) {
        return java.util.Arrays.stream(values).boxed().toList();
    }
}
