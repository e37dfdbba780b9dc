package io.github.memfit.tuning.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Any text is a report with the figures that a regular expression finds in it too, or no report, or malformed. */
class NativeMemoryFuzz {

    private static final Pattern TOTAL =
            Pattern.compile("^ *Total:[^\\n]*?reserved=(\\d+)(KB|MB|GB)?", Pattern.MULTILINE);

    @FuzzTest
    void report(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        try {
            Optional<NativeMemory> read = NativeMemory.parse(text);
            if (read.isEmpty()) {
                assertTrue(text.contains("ative memory tracking"));
                return;
            }
            NativeMemory report = read.get();
            Matcher total = TOTAL.matcher(text);
            assertTrue(total.find(), text);
            long scale = total.group(2) == null
                    ? 1
                    : 1L << ("KMG".indexOf(total.group(2).charAt(0)) + 1) * 10;
            assertEquals(Bytes.of(Math.multiplyExact(Long.parseLong(total.group(1)), scale)), report.reserved());
            report.categories().forEach((name, category) -> {
                assertEquals(name, category.name());
                assertFalse(name.contains("\n"));
                assertFalse(category.committed().isNegative());
                assertTrue(text.contains(name));
            });
            assertEquals(report, NativeMemory.parse("4711:\n" + text).orElseThrow());
        } catch (MalformedException e) {
            assertEquals("native memory report", e.source());
        }
    }

    @FuzzTest
    void flags(byte[] data) {
        PrintedFlags flags = PrintedFlags.parse(new String(data, StandardCharsets.UTF_8));
        flags.collector().ifPresent(collector -> assertEquals(Optional.of("true"), flags.value(collector.flag())));
        flags.bytes("MaxHeapSize").ifPresent(size -> assertFalse(size.isNegative()));
    }
}
