package io.github.memfit.tuning.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class NativeMemoryTest {

    private static final String TOTAL = "Total: reserved=10KB, committed=5KB\n";

    @Test
    void peaksAndArenasOfASectionAreKept() {
        NmtCategory compiler = NativeMemory.parse(TOTAL + "-  Compiler (reserved=9KB, committed=9KB)\n"
                        + "   (malloc=4KB tag=Compiler #37) (at peak)\n   (arena=5KB #6) (peak=594KB #14)\n")
                .orElseThrow()
                .category("Compiler")
                .orElseThrow();
        assertEquals(Optional.of(Bytes.kibi(4)), compiler.mallocPeak());
        assertEquals(Optional.of(Bytes.kibi(5)), compiler.arena());
        assertEquals(Optional.of(Bytes.kibi(594)), compiler.arenaPeak());
        assertEquals("Compiler: 9Ki committed of 9Ki", compiler.toString());
    }

    @Test
    void changesHaveASign() {
        NativeMemory report = NativeMemory.parse("Total: reserved=10KB -2KB, committed=5KB +1KB\n")
                .orElseThrow();
        assertTrue(report.isDifference());
        assertEquals(Bytes.kibi(-2), report.total().reservedChange());
        assertEquals(Bytes.kibi(1), report.total().committedChange());
    }

    @Test
    void aLastLineThatWasCutIsLeftOut() {
        String whole = TOTAL + "-  Class (reserved=4KB, committed=3KB)\n   (malloc=123KB #8)\n"
                + "-  Thread (reserved=2KB, committed=2KB)\n";
        for (int length = TOTAL.length(); length <= whole.length(); length++) {
            String cut = whole.substring(0, length);
            NativeMemory report = NativeMemory.parse(cut).orElseThrow();
            assertEquals(
                    cut.contains("committed=3KB)"), report.category("Class").isPresent(), cut);
            assertEquals(
                    cut.contains("committed=2KB)"), report.category("Thread").isPresent(), cut);
            report.category("Class")
                    .flatMap(NmtCategory::malloc)
                    .ifPresent(malloc -> assertEquals(Bytes.kibi(123), malloc, cut));
        }
        assertThrows(MalformedException.class, () -> NativeMemory.parse("Total: reserved=10KB, comm"));
    }

    @Test
    void callStacksOfDetailedDifferencesAreNoPartOfTheLastSection() {
        NativeMemory report = NativeMemory.parse(TOTAL + "- Object Monitors (reserved=1KB, committed=1KB)\n"
                        + "    (malloc=1KB #3)\n\n[0x00007f1ab6a9b444] ElfFile::load_tables()+0x109\n"
                        + "    (malloc=2625KB type=Internal +2625KB #4 +4)\n")
                .orElseThrow();
        assertEquals(
                Optional.of(Bytes.kibi(1)),
                report.category("Object Monitors").orElseThrow().malloc());
    }

    @Test
    void brokenTextsSayWhere() {
        for (String text : List.of(
                "",
                "Total:",
                "Total: reserved=1KB",
                "Total: reserved=xKB, committed=1KB",
                "Total: reserved=99999999999999999999KB, committed=1KB",
                "Total: reserved=9223372036854775807GB, committed=1KB",
                TOTAL + "- Class\n",
                TOTAL + "- (reserved=1KB, committed=1KB)\n",
                TOTAL + "- Class (reserved=1KB)\n",
                TOTAL + "- A (reserved=1KB, committed=1KB)\n(malloc=)\n",
                TOTAL + "- A (reserved=1KB, committed=1KB)\n".repeat(257))) {
            MalformedException broken = assertThrows(MalformedException.class, () -> NativeMemory.parse(text), text);
            assertEquals("native memory report", broken.source());
        }
        MalformedException broken = assertThrows(
                MalformedException.class, () -> NativeMemory.parse(TOTAL + "\n-  Class (reserved=1KB, committed=?)"));
        assertEquals(3, broken.line());
        assertEquals(35, broken.column());
    }

    @Test
    void flagsArePrintedWithTheirOrigin() {
        PrintedFlags flags = PrintedFlags.parse("[Global flags]\n"
                + "   size_t MaxHeapSize                              = 132120576                                 {product} {ergonomic}\n"
                + "     bool UseSerialGC                              = true                                      {product} {ergonomic}\n"
                + "    ccstr HeapDumpPath                             = /a b                                      {manageable} {command line}\n"
                + "uintx MaxMetaspaceSize = 18446744073709551615   {product} {default}\nopenjdk version = none\n");
        assertEquals(Optional.of(Bytes.mebi(126)), flags.bytes("MaxHeapSize"));
        assertEquals(Optional.of(GarbageCollector.SERIAL), flags.collector());
        assertEquals(Optional.of("/a b"), flags.value("HeapDumpPath"));
        assertEquals(Optional.empty(), flags.bytes("MaxMetaspaceSize"));
        assertEquals(Optional.empty(), flags.value("version"));
        assertTrue(PrintedFlags.parse("").isEmpty());
    }
}
