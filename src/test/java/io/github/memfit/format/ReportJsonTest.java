package io.github.memfit.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.report.Cell;
import io.github.memfit.report.Grid;
import io.github.memfit.report.Report;
import io.github.memfit.report.ReportSection;
import io.github.memfit.testing.Json;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportJsonTest {

    @Test
    void keepsNumbersExactAndNamesWhole() {
        String hostile = "\u0000\u001b\"\\\n\u2028é";
        String text = ReportJson.write(Report.of(
                hostile,
                Instant.EPOCH,
                List.of(ReportSection.builder("memory", "Memory")
                        .figure("usage", "usage", Cell.of(Bytes.MAX), "what is charged")
                        .figure("share", "share", Cell.of(Ratio.of(1, 3)), "")
                        .figure("count", "count", Cell.of(7), "")
                        .figure("yes", "yes", Cell.of(true), "")
                        .figure("name", "name", Cell.of(hostile), "")
                        .figure("peak", "peak", Cell.nothing("no such file"), "")
                        .grid(Grid.of("rows", "a", "A", "b", "B").row(Cell.of(1), Cell.nothing("gone")))
                        .note("a note")
                        .build())));
        Json json = Json.parse("report", text);
        assertEquals("memfit-report/1", json.field("schema").string());
        assertEquals(hostile, json.field("title").string());
        assertEquals("1970-01-01T00:00:00Z", json.field("takenAt").string());
        Json memory = json.field("sections").field("memory");
        assertEquals("Memory", memory.field("title").string());
        assertEquals(Long.MAX_VALUE, memory.field("usage").longValue());
        assertEquals(new BigDecimal("0.333333"), memory.field("share").decimal());
        assertEquals(7, memory.field("count").longValue());
        assertTrue(memory.field("yes").bool());
        assertEquals(hostile, memory.field("name").string());
        assertTrue(memory.field("peak").isNull());
        assertEquals("no such file", memory.field("absent").field("peak").string());
        assertEquals(1, memory.field("rows").items().get(0).field("a").longValue());
        assertTrue(memory.field("rows").items().get(0).field("b").isNull());
        assertEquals("what is charged", memory.field("about").field("usage").string());
        assertEquals(List.of("a note"), memory.field("notes").strings());
        memory.assertAllRead();
        json.ignoring("sections").assertAllRead();
        assertTrue(text.endsWith("}\n"));
    }
}
