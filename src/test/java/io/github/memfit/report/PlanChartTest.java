package io.github.memfit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.tuning.MemoryPlan;
import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.unit.Bytes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PlanChartTest {

    private static final Pattern TAG = Pattern.compile("<(/?)([a-z]+)((?: [a-zA-Z-]+=\"[^\"<]*\")*)(/?)>");
    private static final Pattern BAR =
            Pattern.compile("<rect x=\"([0-9.]+)\" y=\"[0-9]+\" width=\"([0-9.]+)\" height=\"14\"");

    private record Bar(BigDecimal x, BigDecimal width) {}

    private static List<Bar> bars(String svg) {
        List<Bar> bars = new ArrayList<>();
        for (Matcher bar = BAR.matcher(svg); bar.find(); ) {
            bars.add(new Bar(new BigDecimal(bar.group(1)), new BigDecimal(bar.group(2))));
        }
        return bars;
    }

    /** Every tag is closed by its own, and between tags there is no bare bracket. */
    private static void assertWellFormed(String svg) {
        Deque<String> open = new ArrayDeque<>();
        Matcher tag = TAG.matcher(svg);
        int end = 0;
        while (tag.find()) {
            assertFalse(svg.substring(end, tag.start()).matches("(?s).*[<>].*"), svg.substring(end, tag.start()));
            end = tag.end();
            if (!tag.group(1).isEmpty()) {
                assertEquals(open.pop(), tag.group(2));
            } else if (tag.group(4).isEmpty()) {
                open.push(tag.group(2));
            }
        }
        assertTrue(open.isEmpty(), open::toString);
        assertEquals("\n", svg.substring(end));
        assertTrue(svg.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f));
    }

    @Test
    void aQuarterOfTheLimitIsAQuarterOfTheScale() {
        MemoryPlan plan = MemoryPlan.builder(Bytes.mebi(400))
                .row("heap", Bytes.mebi(200), Provenance.RULE, "what is left")
                .row("direct memory", Bytes.mebi(100), Provenance.USER, "-XX:MaxDirectMemorySize=100m")
                .build();
        String svg = PlanChart.of(plan).toSvg();
        assertWellFormed(svg);
        assertEquals(
                List.of(
                        new Bar(new BigDecimal("168.0"), new BigDecimal("215.0")),
                        new Bar(new BigDecimal("383.0"), new BigDecimal("107.5")),
                        new Bar(new BigDecimal("490.5"), new BigDecimal("107.5"))),
                bars(svg));
        assertTrue(svg.contains(">100.0 MiB, 25%</text>"), svg);
        assertTrue(svg.contains(">limit 400.0 MiB</text>"), svg);
        assertTrue(svg.contains("<title>direct memory 100Mi (user: -XX:MaxDirectMemorySize=100m)</title>"), svg);
        assertTrue(svg.contains(">rule</text>") && svg.contains(">user</text>"), svg);
        assertFalse(svg.contains(">measured</text>"), svg);
    }

    @Test
    void namesFromOutsideStayText() {
        String name = "</title><script>alert(\"1\")</script>&\u202e\u00e9";
        MemoryPlan plan =
                MemoryPlan.of(Bytes.mebi(1), List.of(new PlanRow(name, Bytes.kibi(1), Provenance.MEASURED, name)));
        String svg = PlanChart.of(plan).toSvg();
        assertWellFormed(svg);
        assertFalse(svg.contains("<script"), svg);
        assertTrue(svg.contains("&lt;/title&gt;&lt;script&gt;"), svg);
        assertTrue(svg.contains(">1.00 KiB, 0.1%</text>"), svg);
    }

    @Test
    void aLimitOfNothingHasNoBars() {
        String svg = PlanChart.of(MemoryPlan.of(Bytes.ZERO, List.of())).toSvg();
        assertWellFormed(svg);
        assertEquals(List.of(), bars(svg));
        assertTrue(svg.contains(">0 B, -</text>"), svg);
    }

    @Test
    void thePageDrawsWhatTheTextLists() {
        MemoryPlan plan = MemoryPlan.builder(Bytes.mebi(2))
                .row("heap", Bytes.mebi(1), Provenance.RULE, "half")
                .build();
        ReportSection section = ReportSection.builder("plan", "Plan").plan(plan).build();
        Report report = Report.of("r", Instant.EPOCH, List.of(section));
        assertTrue(report.toHtml().contains(PlanChart.of(plan).toSvg()));
        assertFalse(report.toText().contains("svg"));
    }

    @Property
    void barsFollowOneAnotherAndStayWithinTheScale(
            @ForAll @Size(max = 12) List<@LongRange(min = 0, max = Long.MAX_VALUE / 16) Long> sizes,
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE / 4) long spare) {
        Bytes limit = Bytes.of(spare);
        List<PlanRow> rows = new ArrayList<>();
        for (long size : sizes) {
            rows.add(new PlanRow("region " + rows.size(), Bytes.of(size), Provenance.RULE, ""));
            limit = limit.plus(Bytes.of(size));
        }
        String svg = PlanChart.of(MemoryPlan.of(limit, rows)).toSvg();
        assertWellFormed(svg);
        BigDecimal least = new BigDecimal("168.0");
        for (Bar bar : bars(svg)) {
            assertTrue(bar.x().compareTo(least) >= 0, svg);
            assertTrue(bar.width().compareTo(new BigDecimal("0.5")) >= 0, svg);
            // A sliver is drawn wider than it is.
            assertTrue(bar.x().add(bar.width()).compareTo(new BigDecimal("598.5")) <= 0, svg);
            least = bar.x();
        }
    }
}
