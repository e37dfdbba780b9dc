package io.github.memfit.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Absence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("bare")
class RawLinesTest {

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();

    private RawLines.Outcome read(String text, long limit) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), text);
        lines.clear();
        return RawLines.forEach(
                file,
                limit,
                (bytes, from, to) -> lines.add(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
    }

    @Test
    void passesOnEveryWholeLine() throws Exception {
        assertEquals(List.of(), linesOf(""));
        assertFalse(read("", 10).isCut());
        assertEquals(List.of(""), linesOf("\n"));
        assertEquals(List.of("a", "", "b\r"), linesOf("a\n\nb\r\nc"));
        assertTrue(read("a\nc", 10).isCut());
        assertFalse(read("a\nc\n", 10).isCut());
    }

    private List<String> linesOf(String text) throws Exception {
        assertTrue(read(text, 1 << 20).absence().isEmpty());
        return List.copyOf(lines);
    }

    @Test
    void joinsLinesAcrossPieces() throws Exception {
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            String line = i + "x".repeat(i % 97);
            expected.add(line);
            text.append(line).append('\n');
        }
        assertEquals(expected, linesOf(text.toString()));
    }

    @Test
    void refusesLongLinesAndFiles() throws Exception {
        assertEquals(
                Absence.Reason.TOO_LARGE,
                read("abc\n", 3).absence().orElseThrow().reason());
        assertTrue(read("abc\n", 4).absence().isEmpty());
        assertEquals(
                Absence.Reason.MALFORMED,
                read("x".repeat(64 * 1024), 1 << 20).absence().orElseThrow().reason());
        assertTrue(read("x".repeat(64 * 1024 - 1), 1 << 20).isCut());
        assertEquals(List.of("x".repeat(64 * 1024 - 1)), linesOf("x".repeat(64 * 1024 - 1) + "\n"));
        assertEquals(
                Absence.Reason.NO_FILE,
                RawLines.forEach(folder.resolve("none"), 10, (bytes, from, to) -> {})
                        .absence()
                        .orElseThrow()
                        .reason());
    }

    @Test
    void prefixesAreCutAndFilesAreCounted() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "abcdef");
        RawFile prefix = RawFile.readPrefix(file, 4);
        assertEquals("abcd", new String(prefix.bytes(), 0, prefix.length(), StandardCharsets.UTF_8));
        assertEquals(6, RawFile.readPrefix(file, 7).length());
        assertEquals(
                Absence.Reason.NO_FILE,
                RawFile.readPrefix(folder.resolve("none"), 4)
                        .absence()
                        .orElseThrow()
                        .reason());
        try (KeptFile kept = new KeptFile(file, ByteBuffer.allocateDirect(64))) {
            assertEquals(0, kept.opens());
            kept.read(new byte[64]);
            kept.read(new byte[64]);
            assertEquals(1, kept.opens());
        }
    }
}
