package io.github.memfit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code jcmd GC.heap_info} printed on JDK 17.0.15 and 25.0.3 with -Xmx96m. */
class HeapRangeTest {

    private static final Optional<HeapRange> LAST_96_MIB = Optional.of(new HeapRange(0xfa000000L, 0x100000000L));

    @Test
    void generationsAreTakenTogether() {
        assertEquals(
                LAST_96_MIB,
                HeapRange.parse(
                        " def new generation   total 29504K, used 2624K [0x00000000fa000000, 0x00000000fc000000, 0x00000000fc000000)\n"
                                + "  eden space 26240K,  10% used [0x00000000fa000000, 0x00000000fa290180, 0x00000000fb9a0000)\n"
                                + "  from space 3264K,   0% used [0x00000000fb9a0000, 0x00000000fb9a0000, 0x00000000fbcd0000)\n"
                                + " tenured generation   total 65536K, used 0K [0x00000000fc000000, 0x0000000100000000, 0x0000000100000000)\n"
                                + "   the space 65536K,   0% used [0x00000000fc000000, 0x00000000fc000000, 0x00000000fc000200, 0x0000000100000000)\n"
                                + " Metaspace       used 127K, committed 320K, reserved 1114112K\n"));
        assertEquals(
                LAST_96_MIB,
                HeapRange.parse(
                        "PSYoungGen      total 28672K, used 1966K [0x00000000fe000000, 0x0000000100000000, 0x0000000100000000)\n"
                                + " eden space 24576K, 8% used [0x00000000fe000000,0x00000000fe1eb890,0x00000000ff800000)\n"
                                + "ParOldGen       total 65536K, used 1166K [0x00000000fa000000, 0x00000000fe000000, 0x00000000fe000000)\n"));
    }

    @Test
    void aHeapOfRegionsIsOneRange() {
        assertEquals(
                LAST_96_MIB,
                HeapRange.parse(
                        "garbage-first heap   total reserved 98304K, committed 98304K, used 2190K [0x00000000fa000000, 0x0000000100000000)\n"
                                + " region size 1024K, 1 young (1024K), 0 survivors (0K)\n"));
        assertEquals(
                LAST_96_MIB,
                HeapRange.parse("Shenandoah Heap\n 98304K max, 98304K soft max, 98304K committed, 2048K used\n"
                        + "Reserved region:\n - [0x00000000fa000000, 0x0000000100000000) \n"
                        + "Collection set:\n - map (vanilla): 0x0000000000004e80\n"));
    }

    @Test
    void withoutAddressesThereIsNoRange() {
        assertEquals(Optional.empty(), HeapRange.parse("ZHeap            used 4M, capacity 96M, max capacity 96M\n"));
        for (String text : new String[] {
            "",
            "[0x",
            "[0x)",
            "[0x10)",
            "[0x20, 0x10)",
            "[0x10, 0x10)",
            "[0x10, 0x)",
            "[0x10, 0x20",
            "[0x1234567890123456, 0x2234567890123456)",
            "[0xg, 0xh)"
        }) {
            assertEquals(Optional.empty(), HeapRange.parse(text), text);
        }
        assertEquals(Optional.of(new HeapRange(0, 32)), HeapRange.parse("[0x0, 0x20) [0x30, 0x20)"));
    }
}
