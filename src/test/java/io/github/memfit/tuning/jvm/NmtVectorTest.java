package io.github.memfit.tuning.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.memfit.testing.Json;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Reports that real JVMs printed. */
class NmtVectorTest {

    /** Texts of other diagnostic commands and of the kernel that were captured beside the reports. */
    private static final String[] OTHER = {
        "flags",
        "heapInfo",
        "smapsRollup",
        "status",
        "statistics",
        "perf",
        "codecache",
        "metaspace",
        "mxBeans",
        "peakRssCgroup",
        "peakWorkingSet",
        "baseline",
        "source",
        "rc",
        "jcmdHelp"
    };

    @TestFactory
    List<DynamicNode> captures() {
        List<DynamicNode> files = new ArrayList<>();
        for (Path file : JvmVectors.files("nmt")) {
            Json json = Json.read(file);
            json.ignoring("about");
            List<DynamicNode> tests = new ArrayList<>();
            for (Json fixture : json.field("fixtures").items()) {
                tests.add(dynamicContainer(
                        fixture.field("jdk").string()
                                + ' '
                                + fixture.optional("gc").map(Json::string).orElse("")
                                + ' '
                                + fixture.optional("source").map(Json::string).orElse(""),
                        tests(fixture)));
            }
            json.assertAllRead();
            files.add(dynamicContainer(file.getFileName().toString(), tests));
        }
        return files;
    }

    private static List<DynamicTest> tests(Json fixture) {
        List<DynamicTest> tests = new ArrayList<>();
        fixture.ignoring(OTHER);
        fixture.optional("nmtOff")
                .ifPresent(text -> tests.add(dynamicTest(
                        "tracking is off", () -> assertEquals(Optional.empty(), NativeMemory.parse(text.string())))));
        fixture.optional("text")
                .ifPresent(text -> tests.add(dynamicTest("at exit, bytes", () -> consistent(text.string(), 1))));
        fixture.optional("summaryKB")
                .ifPresent(text -> tests.add(dynamicTest("summary", () -> {
                    summary(text.string(), fixture.field("expectKB"));
                })));
        scale(tests, fixture, "bare", 1L << 10);
        scale(tests, fixture, "detailHead", 1L << 10);
        scale(tests, fixture, "summaryB", 1);
        scale(tests, fixture, "summaryMB", 1L << 20);
        scale(tests, fixture, "summaryGB", 1L << 30);
        fixture.optional("diffKB")
                .ifPresent(text -> tests.add(dynamicTest("differences", () -> {
                    differences(text.string());
                })));
        for (String name : List.of("version", "commandLine", "jcmdHelp", "baseline")) {
            fixture.optional(name)
                    .ifPresent(text -> tests.add(dynamicTest(
                            name + " is no report",
                            () -> assertThrows(MalformedException.class, () -> NativeMemory.parse(text.string())))));
        }
        fixture.optional("version")
                .ifPresent(text -> tests.add(dynamicTest("version", () -> {
                    String number = text.string().substring(text.string().indexOf("\nJDK ") + 5);
                    assertEquals(
                            fixture.field("jdk").string(),
                            JdkVersion.parse(number.strip()).toString());
                })));
        tests.add(dynamicTest("all fields known", fixture::assertAllRead));
        return tests;
    }

    private static void scale(List<DynamicTest> tests, Json fixture, String field, long unit) {
        fixture.optional(field)
                .ifPresent(text -> tests.add(dynamicTest(field, () -> {
                    if (text.string().contains("Detail tracking is not enabled")) {
                        assertThrows(MalformedException.class, () -> NativeMemory.parse(text.string()));
                    } else {
                        consistent(text.string(), unit);
                    }
                })));
    }

    private static NativeMemory consistent(String text, long unit) {
        NativeMemory report = NativeMemory.parse(text).orElseThrow();
        assertEquals(unit, report.unit().value(), "unit");
        long sum = report.categories().values().stream()
                .mapToLong(category -> category.committed().value())
                .sum();
        // Sections below one unit vanish, and in a cut text the last ones do.
        long slack = unit * 40;
        boolean whole = report.category("Object Monitors").isPresent() || unit >= 1L << 20;
        if (whole) {
            assertTrue(
                    Math.abs(report.committed().value() - sum) <= slack,
                    report.committed() + " committed, sections sum to " + sum);
        }
        for (NmtCategory category : report.categories().values()) {
            assertTrue(category.reserved().compareTo(category.committed()) >= 0, category.toString());
        }
        return report;
    }

    private static void summary(String text, Json expect) {
        NativeMemory report = consistent(text, 1L << 10);
        assertEquals(
                expect.field("totalReservedKB").longValue(), report.reserved().value() >> 10);
        assertEquals(
                expect.field("totalCommittedKB").longValue(), report.committed().value() >> 10);
        assertEquals(Optional.of(Bytes.kibi(expect.field("mallocKB").longValue())), report.malloc());
        assertEquals(OptionalLong.of(expect.field("classes").longValue()), report.classes());
        assertEquals(OptionalLong.of(expect.field("threads").longValue()), report.threads());
        Json categories = expect.field("categories");
        assertEquals(categories.names(), report.categories().keySet());
        for (String name : categories.names()) {
            Json category = categories.field(name);
            NmtCategory actual = report.category(name).orElseThrow();
            assertEquals(
                    category.field("reservedKB").longValue(), actual.reserved().value() >> 10, name);
            assertEquals(
                    category.field("committedKB").longValue(),
                    actual.committed().value() >> 10,
                    name);
            category.assertAllRead();
        }
        expect.assertAllRead();
        assertFalse(report.isDifference());
    }

    private static void differences(String text) {
        NativeMemory report = consistent(text, 1L << 10);
        assertTrue(report.isDifference());
        long sum = report.categories().values().stream()
                .mapToLong(category -> category.committedChange().value())
                .sum();
        assertTrue(
                Math.abs(report.total().committedChange().value() - sum) <= 40 << 10,
                report.total().committedChange() + " changed, sections sum to " + sum);
    }
}
