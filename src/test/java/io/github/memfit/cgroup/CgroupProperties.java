package io.github.memfit.cgroup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.internal.KeyTable;
import io.github.memfit.internal.PressureText;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Ratio;
import io.github.memfit.unit.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What is printed as the kernel prints it is read back, and nothing else breaks a reader. */
@Tag("bare")
class CgroupProperties {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Any byte but NUL, slash and LF, with those that hurt parsers more often. */
    @Provide
    Arbitrary<String> names() {
        return Arbitraries.chars()
                .range('\u0001', '\u00ff')
                .filter(c -> c != '/' && c != '\n')
                .injectDuplicates(0.1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(chars -> {
                    StringBuilder name = new StringBuilder();
                    chars.forEach(name::append);
                    return name.toString();
                });
    }

    @Provide
    Arbitrary<String> paths() {
        return names().list().ofMaxSize(4).map(list -> "/" + String.join("/", list));
    }

    @Property
    void membershipIsReadBack(
            @ForAll @IntRange(min = 0, max = 99) int id, @ForAll("paths") String path, @ForAll boolean unified) {
        String controllers = unified ? "" : "memory";
        int number = unified ? 0 : id;
        CgroupMembership line = CgroupMembership.parse(bytes(number + ":" + controllers + ":" + path + "\n"))
                .get(0);
        assertEquals(number, line.hierarchy());
        assertEquals(path, line.rawPath());
        assertEquals(unified, line.isUnified());
    }

    @Property
    void mountIsReadBack(
            @ForAll("paths") String root,
            @ForAll("paths") String mountPoint,
            @ForAll @Size(max = 3) List<@IntRange(min = 1, max = 99) Integer> optional) {
        StringBuilder line = new StringBuilder("12 3 0:45 " + escape(root) + " " + escape(mountPoint) + " rw");
        optional.forEach(peer -> line.append(" shared:").append(peer));
        line.append(" - cgroup cgroup rw,memory\n");
        MountInfo mount = MountInfo.parse(bytes(line.toString())).get(0);
        assertEquals(root, mount.rawRoot());
        assertEquals(mountPoint, mount.rawMountPoint());
        assertEquals(List.of("rw", "memory"), mount.superOptions());
    }

    /** What fs/seq_file.c, mangle_path does for mountinfo. */
    private static String escape(String path) {
        StringBuilder out = new StringBuilder();
        for (char c : path.toCharArray()) {
            out.append(" \t\n\\#".indexOf(c) >= 0 ? String.format("\\%03o", (int) c) : String.valueOf(c));
        }
        return out.toString();
    }

    @Property
    void anyBytesAreReadWithoutThrowing(@ForAll byte[] text) {
        CgroupMembership.parse(text);
        VisibleMounts.of(MountInfo.parse(text));
        MemoryStat.parse(CgroupVersion.V1, text, "x").others();
        MemoryStat.parse(CgroupVersion.V2, text, "x").others();
        KeyedNumbers.parse(text, "x");
        NodeNumbers.parse(text, text.length);
        CgroupLimit.parse(text);
        PressureText.parse(text, text.length, "x");
    }

    @Property
    void limitIsReadBack(@ForAll @LongRange(min = 0, max = Long.MAX_VALUE - CgroupLimit.LARGEST_PAGE) long bytes) {
        assertEquals(
                Optional.of(new CgroupLimit.Amount(Bytes.of(bytes))), CgroupLimit.parse(bytes(Long.toString(bytes))));
    }

    @Property
    void largestNumberOfAnyPageSizeIsNoLimit(@ForAll @IntRange(min = 12, max = 18) int pageBits) {
        long sentinel = Long.MAX_VALUE >> pageBits << pageBits;
        assertEquals(Optional.of(new CgroupLimit.None()), CgroupLimit.parse(bytes(Long.toString(sentinel))));
    }

    @Property
    void statisticsAreReadInAnyOrder(
            @ForAll @Size(value = 65) List<@LongRange(min = 0) Long> numbers, @ForAll Random order) {
        List<StatKey> keys = new ArrayList<>(StatKey.of(CgroupVersion.V2).subList(0, 65));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            lines.add(keys.get(i).name(CgroupVersion.V2).orElseThrow() + " " + numbers.get(i) + "\n");
        }
        Collections.shuffle(lines, order);
        MemoryStat stat = MemoryStat.parse(CgroupVersion.V2, bytes(String.join("", lines)), "x");
        for (int i = 0; i < keys.size(); i++) {
            assertEquals(Reading.of(numbers.get(i)), stat.total(keys.get(i)));
        }
        assertEquals(Map.of(), stat.others());
    }

    @Property
    void cutTextNeverChangesANumber(
            @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 0) Long> numbers, @ForAll Random cut) {
        StringBuilder text = new StringBuilder();
        List<StatKey> keys = StatKey.of(CgroupVersion.V2);
        for (int i = 0; i < numbers.size(); i++) {
            text.append(keys.get(i).name(CgroupVersion.V2).orElseThrow())
                    .append(' ')
                    .append(numbers.get(i))
                    .append('\n');
        }
        String part = text.substring(0, cut.nextInt(text.length() + 1));
        MemoryStat stat = MemoryStat.parse(CgroupVersion.V2, bytes(part), "x");
        for (int i = 0; i < numbers.size(); i++) {
            Reading<Long> read = stat.total(keys.get(i));
            assertTrue(!read.isPresent() || read.equals(Reading.of(numbers.get(i))));
        }
    }

    @Property
    void keyTableAgreesWithTheMap(
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 9) Integer> names,
            @ForAll @Size(value = 12) List<@LongRange(min = -5, max = 1000) Long> values) {
        String[] keys = new String[10];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = "k".repeat(i / 3 + 1) + i;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            text.append(keys[names.get(i)]).append(' ').append(values.get(i)).append('\n');
        }
        byte[] bytes = bytes(text.toString());
        long[] table = new long[keys.length];
        new KeyTable(keys).read(bytes, bytes.length, table);
        KeyedNumbers map = KeyedNumbers.parse(bytes, "x");
        for (int i = 0; i < keys.length; i++) {
            assertEquals(map.value(keys[i]).orElse(KeyTable.MISSING), table[i]);
        }
    }

    @Property
    void linesAreFoundAgainWhereverTheyMoved(
            @ForAll @Size(value = 40) List<@LongRange(min = 0) Long> before,
            @ForAll @Size(value = 40) List<@LongRange(min = 0) Long> after,
            @ForAll @IntRange(min = 0, max = 40) int printed) {
        List<String> names = StatKey.of(CgroupVersion.V2).stream()
                .limit(40)
                .map(key -> key.name(CgroupVersion.V2).orElseThrow())
                .toList();
        KeyTable table = new KeyTable(names.get(3), names.get(21), names.get(39));
        int[] lines = new int[3];
        long[] near = new long[3];
        long[] whole = new long[3];
        for (byte[] text : List.of(text(names, before, 40), text(names, after, printed), text(names, before, 40))) {
            table.readNear(text, text.length, lines, near);
            table.read(text, text.length, whole);
            assertArrayEquals(whole, near);
        }
    }

    private static byte[] text(List<String> names, List<Long> numbers, int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(names.get(i)).append(' ').append(numbers.get(i)).append('\n');
        }
        return bytes(text.toString());
    }

    @Provide
    Arbitrary<long[]> stalls() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 10_000),
                        Arbitraries.longs().between(0, 10_000),
                        Arbitraries.longs().between(0, 10_000),
                        Arbitraries.longs().between(0, Long.MAX_VALUE / 1000))
                .as((a, b, c, d) -> new long[] {a, b, c, d});
    }

    @Property
    void pressureIsReadBack(@ForAll("stalls") long[] some, @ForAll("stalls") long[] full) {
        byte[] text = bytes(line("some", some) + line("full", full));
        Pressure read = PressureText.parse(text, text.length, "x").value().orElseThrow();
        assertEquals(Reading.of(stall(some)), read.some());
        assertEquals(Reading.of(stall(full)), read.full());
        assertEquals(full[3], PressureText.totalMicros(text, text.length, "full "));
    }

    private static String line(String key, long[] n) {
        return String.format(
                "%s avg10=%d.%02d avg60=%d.%02d avg300=%d.%02d total=%d%n",
                key, n[0] / 100, n[0] % 100, n[1] / 100, n[1] % 100, n[2] / 100, n[2] % 100, n[3]);
    }

    private static Pressure.Stall stall(long[] n) {
        return new Pressure.Stall(
                Ratio.basisPoints(n[0]),
                Ratio.basisPoints(n[1]),
                Ratio.basisPoints(n[2]),
                Duration.ofSeconds(n[3] / 1_000_000, n[3] % 1_000_000 * 1000));
    }

    @Property
    void pressureWithOneByteChangedIsTheSameOrAbsentInThatLine(@ForAll("stalls") long[] some, @ForAll Random random) {
        byte[] text = bytes(line("some", some));
        int at = random.nextInt(text.length);
        text[at] = (byte) "x \r:=.".charAt(random.nextInt(6));
        Reading<Pressure.Stall> read =
                PressureText.parse(text, text.length, "x").flatMap(Pressure::some);
        assertTrue(
                !read.isPresent() || read.equals(Reading.of(stall(some))),
                () -> new String(text, StandardCharsets.ISO_8859_1));
    }

    @Property
    void coveringAMountHidesIt(@ForAll @IntRange(min = 1, max = 8) int depth) {
        StringBuilder text = new StringBuilder("1 0 0:1 / /m rw - cgroup2 cgroup2 rw\n");
        for (int i = 1; i < depth; i++) {
            text.append(i + 1).append(' ').append(i).append(" 0:1 / /m rw - cgroup2 cgroup2 rw\n");
        }
        List<MountInfo> visible = VisibleMounts.of(MountInfo.parse(bytes(text.toString())));
        assertEquals(1, visible.size());
        assertEquals(depth, visible.get(0).id());
        assertFalse(visible.get(0).isV1());
    }
}
