package io.github.memfit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is true: its programs compile and run, its session gives the answers it shows, its links lead somewhere. */
class ReadmeTest {

    private static final Path BASE = Path.of(System.getProperty("memfit.basedir", "."));
    private static final Path CLASSES = classes();
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS_NAME = Pattern.compile("public class (\\w+)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> programsCompileAndRun() throws IOException {
        List<String> programs = new ArrayList<>();
        Matcher program = PROGRAM.matcher(readme());
        while (program.find()) {
            programs.add(program.group(1));
        }
        assertTrue(programs.size() >= 4, "a program for each question");
        return programs.stream()
                .map(source -> DynamicTest.dynamicTest(name(source), () -> {
                    Path file = Files.writeString(folder.resolve(name(source) + ".java"), source);
                    String out = run(List.of(tool("java"), "-cp", CLASSES.toString(), file.toString()), "");
                    assertFalse(out.isBlank(), "prints something");
                }));
    }

    @Test
    void theSessionGivesTheAnswersItShows() throws Exception {
        List<String> inputs = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        for (String line : readme().lines().toList()) {
            if (line.startsWith("jshell> ")) {
                inputs.add(line.substring("jshell> ".length()));
            } else if (line.startsWith("==> ")) {
                answers.add(line);
            }
        }
        assertEquals(inputs.size(), answers.size());
        String out = run(
                List.of(
                        tool("jshell"),
                        "--class-path",
                        CLASSES.toString(),
                        "--startup",
                        "DEFAULT",
                        "--startup",
                        "PRINTING",
                        "--startup",
                        BASE.resolve("examples/memfit.jsh").toString()),
                String.join("\n", inputs) + "\n/exit\n");
        List<String> shown = Pattern.compile("==> .*")
                .matcher(out)
                .results()
                .map(found -> found.group().strip())
                .toList();
        assertEquals(answers, shown, out);
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        Matcher link = LINK.matcher(readme());
        int links = 0;
        while (link.find()) {
            links++;
            assertTrue(Files.exists(BASE.resolve(link.group(1))), link.group(1));
        }
        assertTrue(links > 5);
    }

    private static String readme() throws IOException {
        return Files.readString(BASE.resolve("README.md"));
    }

    private static String name(String source) {
        Matcher name = CLASS_NAME.matcher(source);
        assertTrue(name.find(), "a program has a public class");
        return name.group(1);
    }

    /** The folder of the compiled library: beside the tests' under Maven, on the class path elsewhere. */
    private static Path classes() {
        return Path.of(
                Memfit.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private String run(List<String> command, String input) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path in = Files.writeString(folder.resolve("in.txt"), input);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String text = Files.readString(out);
        assertTrue(ended, text);
        assertEquals(0, process.exitValue(), text);
        return text;
    }
}
