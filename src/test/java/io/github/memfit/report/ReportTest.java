package io.github.memfit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import io.github.memfit.unit.Reading;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class ReportTest {

    private static final String HOSTILE = "evil\u001b[31m\r\nname\u202e<script>&\"";

    static Report sample() {
        return Report.of(
                "Container /a b",
                Instant.parse("2026-11-01T00:00:00Z"),
                List.of(
                        ReportSection.builder("memory", "What is used")
                                .bytes("usage", "usage", Reading.of(Bytes.mebi(312)), "what the kernel charges")
                                .bytes(
                                        "peak",
                                        "peak",
                                        Reading.absent(Absence.Reason.NO_FILE, "memory.peak", "no such file"),
                                        "")
                                .count("faults", "page faults", Reading.of(1234567L), "")
                                .figure("share", "share of the limit", Cell.of(Ratio.of(2, 3)), "")
                                .figure("killed", "killed", Cell.of(false), "")
                                .grid(Grid.of("processes", "pid", "PID", "name", "name", "rss", "RSS")
                                        .row(Cell.id(1), Cell.of(HOSTILE), Cell.of(Bytes.kibi(1)))
                                        .row(Cell.id(4711), Cell.of("java"), Cell.nothing("gone")))
                                .note("A sentence about what " + HOSTILE
                                        + " did, long enough to be wrapped at the width"
                                        + " of a terminal, which is what the renderer promises.")
                                .build(),
                        ReportSection.builder("empty", "Nothing")
                                .grid(Grid.of("none", "a", "A"))
                                .build()));
    }

    @Test
    void textIsPrintableAlignedAndSaysWhyAFigureIsAbsent() {
        String text = sample().toText();
        assertEquals("""
                Container /a b
                2026-11-01T00:00:00Z

                What is used
                  usage               312.0 MiB  what the kernel charges
                  peak                        -  no such file
                  page faults         1,234,567
                  share of the limit      66.7%
                  killed              no
                   PID  name                                                      RSS
                     1  evil\\u001b[31m\\u000d\\u000aname\\u202e<script>&\\u0022  1.00 KiB
                  4711  java                                                        -
                  * A sentence about what evil\\u001b[31m\\u000d\\u000aname\\u202e<script>&\\u0022 did, long enough to be wrapped
                    at the width of a terminal, which is what the renderer promises.

                Nothing
                """, text);
        assertTrue(text.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f));
    }

    @Test
    void htmlIsEscapedAndSelfContained() {
        String html = sample().toHtml();
        assertFalse(html.contains("<script"), html);
        assertTrue(html.contains("&lt;script&gt;&amp;\\u0022"), html);
        assertFalse(html.contains("\\u005c"), "escaped once, not twice: " + html);
        assertFalse(html.contains("http"), html);
        assertEquals(html.split("<td", -1).length, html.split("</td>", -1).length);
        assertTrue(html.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f));
    }

    @Test
    void titlesAndLabelsAreEscapedToo() {
        Report report = Report.of(
                HOSTILE,
                Instant.EPOCH,
                List.of(ReportSection.builder("a", HOSTILE)
                        .figure("x", HOSTILE, Cell.nothing(HOSTILE), "")
                        .grid(Grid.of("g", "b", HOSTILE).row(Cell.of(1)))
                        .build()));
        for (String shown : List.of(report.toText(), report.toHtml())) {
            assertTrue(shown.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f), shown);
            assertFalse(shown.contains("\\u005c"), shown);
        }
        assertFalse(report.toHtml().contains("<script"));
    }

    @Test
    void keysAreCheckedAndUnique() {
        assertThrows(IllegalArgumentException.class, () -> new Figure("Bad", "x", Cell.of(1), ""));
        assertThrows(IllegalArgumentException.class, () -> new Figure("a b", "x", Cell.of(1), ""));
        assertThrows(IllegalArgumentException.class, () -> ReportSection.builder("", "x"));
        assertThrows(
                IllegalArgumentException.class,
                () -> ReportSection.builder("a", "A")
                        .figure("x", "x", Cell.of(1), "")
                        .figure("x", "y", Cell.of(2), ""));
        ReportSection section = ReportSection.builder("a", "A").build();
        assertThrows(IllegalArgumentException.class, () -> Report.of("t", Instant.EPOCH, List.of(section, section)));
        assertThrows(IllegalArgumentException.class, () -> Grid.of("g", "a"));
        assertThrows(
                IllegalArgumentException.class, () -> Grid.of("g", "a", "A").row(Cell.of(1), Cell.of(2)));
    }

    @Test
    void sectionsAndFiguresAreFoundByKey() {
        Report report = sample();
        assertEquals(
                Cell.of(Bytes.mebi(312)),
                report.section("memory")
                        .flatMap(s -> s.figure("usage"))
                        .orElseThrow()
                        .value());
        assertTrue(report.section("other").isEmpty());
        assertTrue(report.toString().length() < 200);
        assertEquals(
                "memory: 5 figures, 1 tables, 1 notes", report.sections().get(0).toString());
    }
}
