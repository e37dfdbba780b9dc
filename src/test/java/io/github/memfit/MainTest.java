package io.github.memfit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.testing.Json;
import io.github.memfit.testing.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job as its user meets it: arguments in, text and exit code out. */
class MainTest {

    private record Outcome(int code, String out, String err) {}

    private static Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @TestFactory
    Stream<DynamicTest> reportsEveryRootTree() throws IOException {
        try (Stream<Path> trees = Files.list(Vectors.fixtures())) {
            return trees.filter(tree -> Files.exists(tree.resolve("expected.json"))).sorted().toList().stream()
                    .map(tree -> DynamicTest.dynamicTest(tree.getFileName().toString(), () -> reports(tree)));
        }
    }

    private static void reports(Path tree) {
        Outcome text = run("--root", tree.toString(), "--seconds", "0");
        Outcome json = run("--json", "--root=" + tree, "--seconds=0");
        Outcome html = run("--html", "--root", tree.toString(), "--seconds", "0");
        assertEquals(text.code(), json.code());
        assertEquals(text.code(), html.code());
        assertTrue(text.code() == Main.OK || text.code() == Main.NOTHING, text::err);
        assertEquals(text.code() == Main.OK, text.err().isEmpty(), text::err);
        assertTrue(text.out().chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f));
        assertFalse(html.out().contains("<script"));
        if (json.code() == Main.OK) {
            Json sections = Json.parse("report", json.out()).field("sections");
            Json expected = Json.read(tree.resolve("expected.json"));
            expected.optional("memory").ifPresent(memory -> {
                agree(memory, "usage", sections.field("memory").field("usage"));
                if (memory.optional("workingSetExact").map(Json::bool).orElse(true)) {
                    agree(memory, "workingSet", sections.field("memory").field("workingSet"));
                }
                agree(memory, "effectiveLimit", sections.field("limits").field("limit"));
                agree(memory, "headroom", sections.field("limits").field("headroom"));
                agree(memory, "oomKills", sections.field("events").field("oomKills"));
            });
        }
    }

    private static void agree(Json memory, String key, Json reported) {
        memory.optional(key)
                .filter(expected -> reported.isNumber())
                .ifPresent(expected -> assertEquals(expected.decimal(), reported.decimal(), key));
        if (memory.optional(key).isPresent()) {
            assertTrue(reported.isNumber(), key + " is told by the tree, reported as " + reported);
        }
    }

    @Test
    void reportsTheContainerItRunsIn() {
        Outcome outcome = run("--seconds", "1");
        assertEquals(Main.OK, outcome.code(), outcome::err);
        assertTrue(outcome.out().contains("What this JVM believes"), outcome.out());
        assertTrue(outcome.out().contains("working set"), outcome.out());
        assertEquals("", outcome.err(), "no progress where standard error is no terminal");
    }

    @Test
    void reportsAnotherProcess() {
        Outcome outcome = run("--pid", Long.toString(ProcessHandle.current().pid()), "--seconds", "0");
        assertEquals(Main.OK, outcome.code(), outcome::err);
        assertFalse(outcome.out().contains("What this JVM believes"), outcome.out());
    }

    @Test
    void aProcessThatIsNotThereIsNothingToReport() {
        Outcome outcome = run("--pid", "2147483647", "--seconds", "0");
        assertEquals(Main.NOTHING, outcome.code(), outcome.out());
        assertEquals("memfit: there is no process 2147483647\n", outcome.err());
    }

    @Test
    void strictTellsByTheExitCode() {
        Path fixtures = Vectors.fixtures();
        assertEquals(
                Main.FOUND,
                run(
                                "--strict",
                                "--seconds",
                                "0",
                                "--root",
                                fixtures.resolve("v2-61smp-oomkill").toString())
                        .code());
        assertEquals(
                Main.OK,
                run(
                                "--strict",
                                "--seconds",
                                "0",
                                "--root",
                                fixtures.resolve("v1-618-limited").toString())
                        .code());
    }

    @Test
    void answersTheOtherThreeQuestions(@TempDir Path folder) throws IOException {
        StringBuilder week = new StringBuilder("epoch_s,bytes\n# every 5 minutes\n");
        for (int i = 0; i < 7 * 24 * 12; i++) {
            week.append(i * 300).append(',').append((300L << 20) + i % 288).append('\n');
        }
        Path history = Files.writeString(folder.resolve("week.csv"), week);
        Outcome outcome =
                run("--json", "--seconds", "0", "--plan", "gunicorn", "--plan=node", "--history", history.toString());
        assertEquals(Main.OK, outcome.code(), outcome::err);
        Json sections = Json.parse("report", outcome.out()).field("sections");
        assertTrue(sections.field("kubernetes").has("oomScoreAdj"));
        assertTrue(sections.field("jvmPlan").has("plan"));
        assertTrue(sections.field("gunicornPlan").field("notes").strings().stream()
                .anyMatch(note -> note.startsWith("GUNICORN_CMD_ARGS=")));
        assertTrue(sections.field("nodePlan").field("notes").strings().stream()
                .anyMatch(note -> note.startsWith("NODE_OPTIONS=")));
        assertTrue(sections.field("kubernetes").has("oomScore"));
        assertTrue(sections.field("jvmPlan").has("running"));
        assertEquals("6d 23h 55m", sections.field("sizing").field("span").string());
        long request = sections.field("sizing").field("request").longValue();
        assertTrue(request >= 300L << 20 && request <= 400L << 20, "P95 + 15 % of 300 MiB, got " + request);
    }

    @Test
    void aShortHistorySaysWhatIsMissing(@TempDir Path folder) throws IOException {
        Path history = Files.writeString(folder.resolve("short.csv"), "0,1000\n60,1000\n");
        Outcome outcome = run("--seconds", "0", "--history", history.toString());
        assertEquals(Main.OK, outcome.code(), outcome::err);
        assertTrue(outcome.out().contains("too little history"), outcome.out());
    }

    @Test
    void withoutAHistoryTheReportSaysHowToGetARecommendation() {
        Outcome outcome = run("--seconds", "0");
        assertEquals(Main.OK, outcome.code(), outcome::err);
        assertTrue(outcome.out().contains("Too little history"), outcome.out());
        assertTrue(outcome.out().contains("--history"), outcome.out());
    }

    @Test
    void aPlanThatIsAskedForTwiceIsShownOnce() {
        Outcome outcome = run("--seconds", "0", "--plan", "node", "--plan=node");
        assertEquals(Main.OK, outcome.code(), outcome::err);
        assertEquals(
                1,
                outcome.out()
                        .lines()
                        .filter(line -> line.startsWith("Node in "))
                        .count());
    }

    @Test
    void aLimitOfZeroIsNoReasonToFail() {
        Outcome outcome = run(
                "--seconds=0",
                "--plan=node",
                "--plan=gunicorn",
                "--root",
                Vectors.fixtures().resolve("hand-v2-max-zero").toString());
        assertEquals(Main.OK, outcome.code(), outcome::err);
        assertTrue(outcome.out().contains("The limit is 0"), outcome.out());
    }

    @Test
    void aHistoryThatIsNoTextOrNeverEndsIsRefused(@TempDir Path folder) throws IOException {
        Path binary = Files.write(folder.resolve("binary.csv"), new byte[] {'0', ',', (byte) 0xff, '\n'});
        Outcome outcome = run("--seconds", "0", "--history", binary.toString());
        assertEquals(Main.USAGE, outcome.code());
        assertTrue(outcome.err().contains("UTF-8"), outcome.err());
        if (Files.exists(Path.of("/dev/zero"))) {
            Outcome endless = run("--seconds", "0", "--history", "/dev/zero");
            assertEquals(Main.USAGE, endless.code());
            assertTrue(endless.err().contains("at most 64 MiB"), endless.err());
        }
    }

    @Test
    void aBrokenHistoryIsToldByItsLine(@TempDir Path folder) throws IOException {
        Path history = Files.writeString(folder.resolve("broken.csv"), "0,1000\n60,10x0\n");
        Outcome outcome = run("--seconds", "0", "--history", history.toString());
        assertEquals(Main.USAGE, outcome.code());
        assertTrue(outcome.err().contains("line 2"), outcome.err());
        assertTrue(outcome.err().contains("\"60,10x0\""), "escaped once, not twice: " + outcome.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nonsense",
                "--pid",
                "--pid=0",
                "--pid=x",
                "--pid=99999999999",
                "--seconds=-1",
                "--seconds=3601",
                "--root=/does/not/exist",
                "--root=",
                "word",
                "--json=1x\u001b[31m"
            })
    void wrongUsageSaysWhatIsWrong(String argument) {
        Outcome outcome = run(argument);
        assertEquals(Main.USAGE, outcome.code());
        assertTrue(outcome.err().startsWith("memfit: "), outcome.err());
        assertTrue(outcome.err().contains("--help"), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertFalse(outcome.err().contains("\u001b"), outcome.err());
        assertEquals("", outcome.out());
    }

    /** With nothing but the classes of the library on the path. */
    @Test
    void jsonWithoutItsLibraryIsWrongUsageAndNoStackTrace(@TempDir Path folder) throws Exception {
        Path classes = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes.toString(),
                        "io.github.memfit.Main",
                        "--json",
                        "--seconds=0")
                .redirectError(err.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertEquals(Main.USAGE, process.waitFor());
        String told = Files.readString(err);
        assertTrue(told.contains("tools.jackson.core:jackson-core"), told);
        assertFalse(told.contains("Exception"), told);
    }

    @Test
    void helpNamesEveryOptionAndExitCode() {
        Outcome outcome = run("--help");
        assertEquals(Main.OK, outcome.code());
        for (String word : List.of(
                "--pid",
                "--root",
                "--seconds",
                "--json",
                "--html",
                "--strict",
                "--history",
                "--policy",
                "--plan",
                "exit codes")) {
            assertTrue(outcome.out().contains(word), word);
        }
    }
}
