package io.github.memfit.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Absence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("bare")
class InternalTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "17, 17",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775807",
        "18446744073709551615, 9223372036854775807",
        "99999999999999999999999999, 9223372036854775807",
        "-5, 0",
        "'', -1",
        "-, -1",
        "1a, -1",
        "+1, -1",
        "' 1', -1",
    })
    void decimal(String text, long value) {
        byte[] bytes = ("x" + text + "9").getBytes(StandardCharsets.US_ASCII);
        assertEquals(value, Ascii.decimal(bytes, 1, bytes.length - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 4095, 4096, 4097, 16384, 16385, 70000})
    void readsUpToTheLimitAndNotOneByteMore(int size) throws Exception {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 'a');
        Path file = Files.write(folder.resolve("file"), bytes);
        for (int limit : new int[] {RawFile.VALUE, RawFile.KEYS, RawFile.LIST}) {
            RawFile read = RawFile.read(file, limit);
            assertEquals(size <= limit, read.isPresent(), size + " of " + limit);
            if (size <= limit) {
                assertArrayEquals(bytes, Arrays.copyOf(read.bytes(), read.length()));
            } else {
                assertEquals(
                        Absence.Reason.TOO_LARGE, read.absence().orElseThrow().reason());
            }
        }
    }

    @Test
    void saysWhyNothingWasRead() throws Exception {
        assertEquals(
                Absence.Reason.NO_FILE,
                RawFile.read(folder.resolve("none"), 256)
                        .absence()
                        .orElseThrow()
                        .reason());
        assertEquals(
                Absence.Reason.REFUSED,
                RawFile.read(folder, 256).absence().orElseThrow().reason());
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertEquals(
                Absence.Reason.REFUSED,
                RawFile.read(file.resolve("below"), 256).absence().orElseThrow().reason());
    }

    @Test
    void keptFileSurvivesInterruptsReplacementAndRemoval() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "1\n");
        byte[] into = new byte[64];
        try (KeptFile kept = new KeptFile(file, ByteBuffer.allocateDirect(64))) {
            assertEquals(2, kept.read(into));
            Thread.currentThread().interrupt();
            assertEquals(2, kept.read(into));
            assertTrue(Thread.interrupted(), "the flag is put back");
            assertEquals(2, kept.read(into));
            Files.writeString(file, "12345\n");
            assertEquals(6, kept.read(into));
            Files.write(file, new byte[64]);
            assertEquals(-1, kept.read(into));
            assertEquals(Absence.Reason.TOO_LARGE, kept.absence().orElseThrow().reason());
            Files.write(file, new byte[0]);
            assertEquals(-1, kept.read(into));
            assertEquals(Absence.Reason.MALFORMED, kept.absence().orElseThrow().reason());
        }
        try (KeptFile kept = new KeptFile(folder.resolve("later"), ByteBuffer.allocateDirect(64))) {
            assertEquals(-1, kept.read(into));
            assertEquals(Absence.Reason.NO_FILE, kept.absence().orElseThrow().reason());
            Files.writeString(folder.resolve("later"), "7\n");
            assertEquals(2, kept.read(into));
        }
    }

    @Test
    void pathsKeepEveryByte() throws Exception {
        String odd = "a b:c\\d#%é\u00ff\u0001";
        Path made = BytePaths.resolve(folder, "/" + odd + "/x/");
        Files.createDirectories(made);
        assertTrue(Files.isDirectory(made));
        assertEquals(BytePaths.bytes(folder) + "/" + odd + "/x", BytePaths.bytes(made));
        assertEquals(folder, BytePaths.resolve(folder, "/"));
        assertEquals(folder.resolve("p/q"), BytePaths.resolve(folder, "p/q"));
        try (var names = Files.list(folder)) {
            assertEquals(
                    BytePaths.bytes(made.getParent()),
                    BytePaths.bytes(names.findFirst().orElseThrow()));
        }
        assertFalse(Files.exists(BytePaths.resolve(folder, "zz\u00fe")));
    }
}
