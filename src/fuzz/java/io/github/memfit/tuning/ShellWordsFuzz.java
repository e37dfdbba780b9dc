package io.github.memfit.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.unit.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Words against a second reader, written as the state machine that Python's shlex is. */
class ShellWordsFuzz {

    @FuzzTest
    void parse(byte[] data) {
        String line = new String(data, StandardCharsets.UTF_8);
        Optional<List<String>> expected = reference(line);
        if (expected.isPresent()) {
            assertEquals(expected.get(), ShellWords.parse(line));
        } else {
            assertThrows(MalformedException.class, () -> ShellWords.parse(line));
        }
    }

    @FuzzTest
    void join(byte[] data) {
        List<String> words = List.of(new String(data, StandardCharsets.UTF_8).split("\0", -1));
        String line = ShellWords.join(words);
        assertEquals(words, ShellWords.parse(line));
        assertEquals(Optional.of(words), reference(line));
        String value = words.get(0);
        assertEquals(
                List.of("export", "X=" + value),
                ShellWords.parse("export " + EnvironmentVariable.of("X", value).toShell()));
    }

    private static Optional<List<String>> reference(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean started = false;
        char state = ' ';
        boolean escaped = false;
        for (char c : line.toCharArray()) {
            if (escaped) {
                if (state == '"' && c != '"' && c != '\\') {
                    word.append('\\');
                }
                word.append(c);
                escaped = false;
            } else if (c == '\\' && state != '\'') {
                escaped = true;
                started = true;
            } else if (state != ' ') {
                if (c == state) {
                    state = ' ';
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                state = c;
                started = true;
            } else if (" \t\r\n".indexOf(c) < 0) {
                word.append(c);
                started = true;
            } else if (started) {
                words.add(word.toString());
                word.setLength(0);
                started = false;
            }
        }
        if (escaped || state != ' ') {
            return Optional.empty();
        }
        if (started) {
            words.add(word.toString());
        }
        return Optional.of(words);
    }
}
