package io.github.memfit.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Assumptions;

/** What is quoted comes back, from our own reader and from the shell of this machine. */
@Tag("bare")
class ShellWordsProperties {

    @Provide
    Arbitrary<List<String>> words() {
        Arbitrary<String> hostile = Arbitraries.strings()
                .withChars("'\"\\$`!*?[]{}()<>|&;#~= \t\n\r%^-ab1")
                .withChars('\u0001', '\u00e9', '\u2028')
                .ofMaxLength(12);
        Arbitrary<String> known = Arbitraries.of(
                "$(touch /tmp/x)",
                "'; exit 3; '",
                "if",
                "a=b",
                "-n",
                "--",
                "",
                "\\",
                "'",
                "''",
                "$HOME",
                "~",
                "x y",
                "\ud83d\ude00");
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(8).filter(ShellWordsProperties::isEncodable);
        return Arbitraries.oneOf(hostile, known, any).list().ofMinSize(1).ofMaxSize(12);
    }

    private static boolean isEncodable(String word) {
        return word.indexOf('\0') < 0
                && word.equals(new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    @Property
    void ourReaderGivesBackTheWords(@ForAll("words") List<String> words) {
        assertEquals(words, ShellWords.parse(ShellWords.join(words)));
    }

    @Property(tries = 150)
    void aShellGivesBackTheWords(@ForAll("words") List<String> words) throws Exception {
        assertEquals(words, argumentsSeenBySh("printf '%s\\0' " + ShellWords.join(words)));
    }

    @Property(tries = 100)
    void aShellSetsTheVariable(@ForAll("words") List<String> words) throws Exception {
        String value = String.join("", words);
        String assignment = EnvironmentVariable.of("MEMFIT_X", value).toShell();
        assertEquals(List.of(value), argumentsSeenBySh("export " + assignment + "\nprintf '%s\\0' \"$MEMFIT_X\""));
    }

    @Property(tries = 100)
    void aFirstWordIsNeverAKeywordAnAssignmentOrAnOption(@ForAll("words") List<String> words) throws Exception {
        String first = words.get(0).replace("/", "_");
        String line = "memfit_first() { printf '%s\\0' \"$@\"; }\nmemfit_first " + ShellWords.quote(first);
        assertEquals(List.of(first), argumentsSeenBySh(line));
    }

    private static List<String> argumentsSeenBySh(String script) throws IOException, InterruptedException {
        Process shell;
        try {
            shell = new ProcessBuilder("sh", "-s")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("no sh on this machine: " + e.getMessage());
            throw e;
        }
        try (OutputStream in = shell.getOutputStream()) {
            in.write((script + "\n").getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(shell.waitFor(10, TimeUnit.SECONDS), "sh did not end");
        assertEquals(0, shell.exitValue(), script);
        List<String> words = new ArrayList<>(List.of(out.split("\0", -1)));
        assertEquals("", words.remove(words.size() - 1), "the last word must be closed");
        return words;
    }
}
