package io.github.memfit.procfs;

import static io.github.memfit.procfs.Texts.bytes;
import static io.github.memfit.procfs.Texts.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Absence.Reason;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of the machine, of memory maps and of limits. */
@Tag("bare")
class MachineTextTest {

    private static final String LIMITS =
            "Limit                     Soft Limit           Hard Limit           Units     \n"
                    + "Max cpu time              unlimited            unlimited            seconds   \n"
                    + "Max stack size            8388608              unlimited            bytes     \n"
                    + "Max address space         1073741824           2147483648           bytes     \n"
                    + "Max nice priority         0                    0                    \n";

    private static final String GATE =
            "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]\nSize: 4 kB\nRss: 0 kB\n";

    // meminfo and vmstat

    @Test
    void memInfoHasItsFigures() {
        MemInfo info =
                memInfo("MemTotal:       24684084 kB\nActive(anon):       1824 kB\nHugePages_Total:       3\nX: y\n");
        assertEquals(Reading.of(Bytes.kibi(24684084)), info.memTotal());
        assertEquals(Reading.of(Bytes.kibi(1824)), info.bytes(MemInfoField.ACTIVE_ANON));
        assertEquals(Reading.of(3L), info.count(MemInfoField.HUGE_PAGES_TOTAL));
        assertEquals(Reason.NOT_REPORTED, reason(info.memFree()));
        assertThrows(IllegalArgumentException.class, () -> info.bytes(MemInfoField.HUGE_PAGES_TOTAL));
        assertThrows(IllegalArgumentException.class, () -> info.count(MemInfoField.MEM_TOTAL));
        assertEquals("MemTotal=24684084Ki MemFree=? MemAvailable=? SwapTotal=? SwapFree=?", info.toString());
        assertEquals(
                Reason.MALFORMED, reason(memInfo("MemTotal: 1 kB\nMemFree: 2 k").memFree()));
    }

    @Test
    void memInfoAccessorsReadTheirOwnLines() {
        StringBuilder text = new StringBuilder();
        for (MemInfoField field : MemInfoField.values()) {
            text.append(field.key()).append(": ").append(field.ordinal() + 10);
            text.append(field.unit() == ProcUnit.KIBIBYTES ? " kB\n" : "\n");
        }
        MemInfo info = memInfo(text.toString());
        assertEquals(MemInfoField.values().length, Facts.memInfo(info).size());
        assertEquals(info.bytes(MemInfoField.MEM_FREE), info.memFree());
        assertEquals(info.bytes(MemInfoField.MEM_AVAILABLE), info.memAvailable());
        assertEquals(info.bytes(MemInfoField.SWAP_TOTAL), info.swapTotal());
        assertEquals(info.bytes(MemInfoField.SWAP_FREE), info.swapFree());
        assertEquals(info.bytes(MemInfoField.HUGE_PAGE_SIZE), info.hugePageSize());
        assertEquals(Reading.of(Bytes.kibi(10)), info.memTotal());
    }

    @Test
    void linesMayComeInAnyOrder() {
        MemInfo info = memInfo("SwapFree: 3 kB\nMemFree: 2 kB\nDirectMap1G: 4 kB\nMemTotal: 1 kB\n");
        assertEquals(Reading.of(Bytes.kibi(1)), info.memTotal());
        assertEquals(Reading.of(Bytes.kibi(2)), info.memFree());
        assertEquals(Reading.of(Bytes.kibi(3)), info.swapFree());
        assertEquals(Reading.of(Bytes.kibi(4)), info.bytes(MemInfoField.DIRECT_MAP_1G));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "MemTotal 1 kB\n", "memtotal: 1 kB\n", "MemTotal: 1 kB"})
    void memInfoRefusesOtherTexts(String text) {
        assertEquals(Reason.MALFORMED, reason(MemInfo.parse(file(text))));
    }

    @Test
    void vmStatHasAnyKey() {
        VmStat stat = VmStat.parse(
                        file(
                                "nr_free_pages 334038\noom_kill 1\npgmajfault 0\nodd x\ntwice 1\ntwice 1\nhuge 9223372036854775807\nbare\nneg -4\ncu"))
                .value()
                .orElseThrow();
        assertEquals(Reading.of(334038L), stat.count(VmStatField.NR_FREE_PAGES));
        assertEquals(Reading.of(1L), stat.count("oom_kill"));
        assertEquals(Reading.of(0L), stat.count(VmStatField.PGMAJFAULT));
        assertEquals(Reading.of(0L), stat.count("neg"));
        for (String odd : List.of("odd", "twice", "huge", "bare", "cu", "pswpin")) {
            assertEquals(Reason.MALFORMED, reason(stat.count(odd)), odd);
        }
        assertEquals(
                List.of("nr_free_pages", "oom_kill", "pgmajfault", "odd", "twice", "huge", "neg"),
                List.copyOf(stat.keys()));
        assertEquals("pgmajfault=0 pswpin=? pswpout=? oom_kill=1", stat.toString());
        VmStat whole = VmStat.parse(file("a 1\n")).value().orElseThrow();
        assertEquals(Reason.NOT_REPORTED, reason(whole.count("pswpin")));
        assertEquals(Reading.of(1L), whole.count("a"));
        assertEquals(Reason.MALFORMED, reason(VmStat.parse(file(""))));
        assertEquals(Reason.MALFORMED, reason(VmStat.parse(file("a 1"))));
        assertThrows(UnsupportedOperationException.class, () -> whole.keys().clear());
    }

    @Test
    void namesOfFiguresAreUniqueAndWellFormed() {
        for (ProcField[] fields : List.<ProcField[]>of(
                StatusField.values(), SmapsField.values(), MemInfoField.values(), VmStatField.values())) {
            Set<String> keys = new HashSet<>();
            for (ProcField field : fields) {
                assertTrue(keys.add(field.key()), field.key());
                assertTrue(field.since().matches("[2-9]\\.[0-9]+(\\.[0-9]+)?"), field.since());
                String constant = ((Enum<?>) field).name().replace("_", "");
                String key = field.key().replaceAll("[^A-Za-z0-9]", "");
                assertTrue(constant.equalsIgnoreCase(key), constant + " for " + key);
            }
        }
        assertTrue(Arrays.stream(SmapsField.values()).allMatch(field -> field.unit() == ProcUnit.KIBIBYTES));
        assertTrue(Arrays.stream(VmStatField.values()).noneMatch(field -> field.unit() == ProcUnit.KIBIBYTES));
    }

    // smaps

    @Test
    void rollupHasItsFigures() {
        Smaps rollup = rollup(
                "00400000-7ffe2aa87000 ---p 00000000 00:00 0    [rollup]\nRss: 10 kB\nPss: 9 kB\n"
                        + "Private_Clean: 1 kB\nPrivate_Dirty: 2 kB\nReferenced: 8 kB\nPrivate_Hugetlb: 4 kB\nSwap: 5 kB\nSwapPss: 3 kB\nLocked: 0 kB\n");
        assertEquals(Reading.of(Bytes.kibi(10)), rollup.rss());
        assertEquals(Reading.of(Bytes.kibi(9)), rollup.pss());
        assertEquals(Reading.of(Bytes.kibi(7)), rollup.uss());
        assertEquals(Reading.of(Bytes.kibi(5)), rollup.swap());
        assertEquals(Reading.of(Bytes.kibi(3)), rollup.swapPss());
        assertEquals(Reading.of(Bytes.kibi(8)), rollup.referenced());
        assertEquals(1, rollup.mappings());
        assertEquals(Reason.NOT_REPORTED, reason(rollup.bytes(SmapsField.SIZE)));
        assertEquals("Rss=10Ki Pss=9Ki Uss=7Ki Swap=5Ki SwapPss=3Ki", rollup.toString());
    }

    @Test
    void theUniqueSetIsWholeOrAbsent() {
        String head =
                "00400000-7ffe2aa87000 ---p 00000000 00:00 0    [rollup]\nPrivate_Clean: 1 kB\nPrivate_Dirty: 2 kB\n";
        assertEquals(Reading.of(Bytes.kibi(3)), rollup(head + "Locked: 0 kB\n").uss(), "before 4.4");
        assertEquals(Reason.MALFORMED, reason(rollup(head).uss()), "the hugetlb line may have been cut");
        assertEquals(
                Reason.MALFORMED,
                reason(rollup(head + "Private_Hugetlb: x kB\nLocked: 0 kB\n").uss()));
        assertEquals(
                Reason.MALFORMED,
                reason(rollup(head.replace(" 1 kB", " 9007199254740991 kB").replace(" 2 kB", " 9007199254740991 kB")
                                + "Locked: 0 kB\n")
                        .uss()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Rss: 1 kB\n",
                "0-1 x\nRss: 1 kB\n0-1 x\nRss: 1 kB\n",
                "junk\n0-1 x\nRss: 1 kB\n",
                "0-1 x\njunk\n",
                "0-1\nRss: 1 kB\n",
                "-1 x\n",
                "0- x\n",
                "0g-1 x\n",
                "\n0-1 x\n"
            })
    void rollupIsOneRecord(String text) {
        assertEquals(Reason.MALFORMED, reason(Smaps.parseRollup(file(text))));
    }

    @Test
    void mappingsAreSummed() {
        Smaps sum = sum(mapping(4, 3) + mapping(8, 5), 12, 12).value().orElseThrow();
        assertEquals(Reading.of(Bytes.kibi(8)), sum.rss());
        assertEquals(Reading.of(Bytes.kibi(12)), sum.bytes(SmapsField.SIZE));
        assertEquals(2, sum.mappings());
        assertEquals(Reason.MALFORMED, reason(sum.pss()), "without Locked the text may be cut");
        String locked = mapping(4, 3).replace("VmFlags", "Locked: 0 kB\nVmFlags");
        assertEquals(Reason.NOT_REPORTED, reason(sum(locked, 4, 4).flatMap(Smaps::pss)));
        assertEquals(Reason.MALFORMED, reason(sum(locked + "VmFl", 4, 4).flatMap(Smaps::pss)), "cut in a line");
    }

    @Test
    void aSumMustFillTheAddressSpace() {
        String text = mapping(4, 3) + mapping(8, 5);
        assertEquals(Reason.MALFORMED, reason(sum(text, 13, 20)));
        assertEquals(Reason.MALFORMED, reason(sum(text, 4, 11)));
        assertTrue(sum(text, 12, 20).isPresent());
        assertTrue(sum(text, 4, 12).isPresent());
        assertTrue(sum(text + GATE, 12, 12).isPresent(), "the gate page is in no address space");
        assertTrue(sum(text + GATE.replace("[vsyscall]", "[vectors]"), 12, 12).isPresent());
        assertEquals(Reason.MALFORMED, reason(sum(text + GATE.replace("[vsys", "/x [vsys"), 12, 12)));
        assertTrue(sum(text + GATE.replace("[vsys", "/x [vsys"), 16, 16).isPresent());
        assertEquals(Reason.MALFORMED, reason(sum("", 0, 0)));
        assertEquals(Reason.MALFORMED, reason(sum("x\n" + text, 12, 12)));
    }

    @Test
    void aFigureMustBeInEveryMapping() {
        Smaps sum = sum(mapping(4, 3) + mapping(8, 5).replace("Rss: 5 kB\n", ""), 12, 12)
                .value()
                .orElseThrow();
        assertEquals(Reason.MALFORMED, reason(sum.rss()));
        assertTrue(
                sum.rss().toString().contains("1 lines Rss in 2 records"),
                sum.rss().toString());
        assertEquals(
                Reason.MALFORMED,
                reason(sum(mapping(4, 3).replace("Rss: 3", "Rss: x") + mapping(8, 5), 12, 12)
                        .flatMap(Smaps::rss)));
        long most = 9007199254740991L;
        assertEquals(
                Reason.MALFORMED,
                reason(sum(mapping(4, most) + mapping(8, most), 12, 12).flatMap(Smaps::rss)));
        assertEquals(
                Reason.MALFORMED,
                reason(sum(mapping(4, most) + mapping(4, most) + mapping(4, most), 12, 12)
                        .flatMap(Smaps::rss)));
    }

    private static String mapping(long size, long rss) {
        return "7f00-7f01 r--p 00000000 fe:00 3162455    /a:b\rSize: 99 kB\nSize: " + size + " kB\nRss: " + rss
                + " kB\nVmFlags: rd mr\n";
    }

    private static Reading<Smaps> sum(String text, long leastKibi, long mostKibi) {
        SmapsLines lines = new SmapsLines("smaps");
        lines.addAll(bytes(text), bytes(text).length);
        return lines.sum(leastKibi * 1024, mostKibi * 1024);
    }

    private static Smaps rollup(String text) {
        return Smaps.parseRollup(file(text)).value().orElseThrow();
    }

    // limits

    @Test
    void limitsHaveTheirFigures() {
        ProcessLimits limits = ProcessLimits.parse(file(LIMITS)).value().orElseThrow();
        assertEquals(
                Reading.of(new ResourceLimit(OptionalLong.empty(), OptionalLong.empty())),
                limits.of(LimitedResource.CPU_TIME));
        assertEquals(
                Reading.of(new ResourceLimit(OptionalLong.of(8388608), OptionalLong.empty())),
                limits.of(LimitedResource.STACK_SIZE));
        assertEquals(
                Reading.of(new ResourceLimit(OptionalLong.of(1073741824), OptionalLong.of(2147483648L))),
                limits.of(LimitedResource.ADDRESS_SPACE));
        assertEquals(
                Reading.of(new ResourceLimit(OptionalLong.of(0), OptionalLong.of(0))),
                limits.of(LimitedResource.NICE_PRIORITY));
        assertEquals(Reason.NOT_REPORTED, reason(limits.of(LimitedResource.REALTIME_TIMEOUT)));
        assertTrue(limits.toString().startsWith("addressSpace=1073741824/2147483648 data=["), limits.toString());
        assertTrue(limits.toString().contains("stack=8388608/unlimited"), limits.toString());
    }

    @Test
    void limitsRefuseOddLines() {
        for (String odd : List.of("x", "-1", "unlimite", "unlimitedx", "99999999999999999999", "1e3", "")) {
            ProcessLimits limits = ProcessLimits.parse(file(LIMITS.replace("8388608", odd)))
                    .value()
                    .orElseThrow();
            Reading<ResourceLimit> stack = limits.of(LimitedResource.STACK_SIZE);
            assertEquals(Reason.MALFORMED, reason(stack), odd);
            assertTrue(limits.of(LimitedResource.ADDRESS_SPACE).isPresent());
        }
        String twice = LIMITS + "Max cpu time              unlimited            unlimited            seconds   \n";
        assertEquals(
                Reason.MALFORMED,
                reason(ProcessLimits.parse(file(twice)).value().orElseThrow().of(LimitedResource.CPU_TIME)));
        String cut = LIMITS.substring(0, LIMITS.length() - 5);
        ProcessLimits limits = ProcessLimits.parse(file(cut)).value().orElseThrow();
        assertEquals(Reason.MALFORMED, reason(limits.of(LimitedResource.NICE_PRIORITY)));
        assertEquals(Reason.MALFORMED, reason(limits.of(LimitedResource.DATA_SIZE)));
        assertTrue(limits.of(LimitedResource.CPU_TIME).isPresent());
        assertEquals(Reason.MALFORMED, reason(ProcessLimits.parse(file(""))));
        assertEquals(Reason.MALFORMED, reason(ProcessLimits.parse(file("Max cpu time 1 1\n"))));
    }

    // page size

    @Test
    void pageSizeComesFromTheAuxiliaryVector() {
        assertEquals(65536, PageSize.fromAuxiliaryVector(vector64(33, 1, 6, 65536, 0, 0), 48));
        assertEquals(16384, PageSize.fromAuxiliaryVector(vector32(33, 1, 6, 16384, 0, 0), 24));
        assertEquals(-1, PageSize.fromAuxiliaryVector(vector64(33, 1, 0, 0), 32));
        assertEquals(-1, PageSize.fromAuxiliaryVector(vector64(6, 5000), 16), "no power of two");
        assertEquals(-1, PageSize.fromAuxiliaryVector(vector64(6, 4096), 15), "cut");
        assertEquals(4096, PageSize.fromAuxiliaryVector(vector64(6, 4096), 16));
        assertEquals(4096, PageSize.fromAuxiliaryVector(vector32(6, 4096), 8));
        assertEquals(-1, PageSize.fromAuxiliaryVector(vector32(6, 4096), 7));
        assertEquals(-1, PageSize.fromAuxiliaryVector(new byte[0], 0));
    }

    @Test
    void pageSizesArePowersOfTwo() {
        assertTrue(Stream.of(4096L, 8192L, 16384L, 65536L, 1L << 20).allMatch(PageSize::isPossible));
        assertFalse(Stream.of(-4096L, 0L, 1L, 2048L, 4095L, 12288L, 1L << 21, Long.MIN_VALUE)
                .anyMatch(PageSize::isPossible));
    }

    private static byte[] vector64(long... words) {
        ByteBuffer buffer = ByteBuffer.allocate(words.length * 8).order(ByteOrder.nativeOrder());
        Arrays.stream(words).forEach(buffer::putLong);
        return buffer.array();
    }

    private static byte[] vector32(int... words) {
        ByteBuffer buffer = ByteBuffer.allocate(words.length * 4).order(ByteOrder.nativeOrder());
        Arrays.stream(words).forEach(buffer::putInt);
        return buffer.array();
    }

    private static MemInfo memInfo(String text) {
        return MemInfo.parse(file(text)).value().orElseThrow();
    }

    private static Reason reason(Reading<?> reading) {
        return reading.absence().map(Absence::reason).orElseThrow(() -> new AssertionError(reading.toString()));
    }
}
