package io.github.memfit.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("bare")
class CgroupTextTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void membershipLines() {
        List<CgroupMembership> lines = CgroupMembership.parse(
                bytes("4:memory:/a b:c\\d\n3:cpu,cpuacct:/\n2:name=systemd:/x\n0::/../c2 (deleted)\n"));
        assertEquals(4, lines.size());
        assertEquals("/a b:c\\d", lines.get(0).path());
        assertEquals(4, lines.get(0).hierarchy());
        assertEquals(List.of("cpu", "cpuacct"), lines.get(1).controllers());
        assertEquals(List.of("name=systemd"), lines.get(2).controllers());
        assertTrue(lines.get(3).isUnified());
        assertFalse(lines.get(0).isUnified());
        assertEquals("/../c2 (deleted)", lines.get(3).path());
        assertEquals("3:cpu,cpuacct:/", lines.get(1).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0::/x",
                "0:/x\n",
                "::/x\n",
                "x::/x\n",
                "0::\n",
                "0::x\n",
                "99999999999::/x\n",
                "\n",
                "0:\n",
                "memory\n"
            })
    void brokenMembershipLinesAreLeftOut(String text) {
        assertEquals(List.of(), CgroupMembership.parse(bytes(text)));
    }

    @Test
    void membershipOfOddBytes() {
        CgroupMembership utf8 = CgroupMembership.parse("0::/gr\u00f6\u00dfe\n".getBytes(StandardCharsets.UTF_8))
                .get(0);
        assertEquals("/gr\u00f6\u00dfe", utf8.path());
        CgroupMembership raw = CgroupMembership.parse(bytes("0::/a\u00ff\rb\n")).get(0);
        assertEquals("/a\\xFF\rb", raw.path());
        assertEquals("/a\u00ff\rb", raw.rawPath());
        assertEquals(raw, CgroupMembership.parse(bytes("0::/a\u00ff\rb\n")).get(0));
        assertEquals(
                raw.hashCode(),
                CgroupMembership.parse(bytes("0::/a\u00ff\rb\n")).get(0).hashCode());
        assertFalse(raw.equals(utf8));
        assertFalse(raw.equals("x"));
        assertFalse(CgroupMembership.parse(bytes("1:a:/x\n")).equals(CgroupMembership.parse(bytes("1:b:/x\n"))));
        assertFalse(CgroupMembership.parse(bytes("1:a:/x\n")).equals(CgroupMembership.parse(bytes("2:a:/x\n"))));
    }

    @Test
    void mountLines() {
        List<MountInfo> mounts = MountInfo.parse(bytes(
                "36 35 0:32 /docker/a\\040b /sys/fs/cgroup/my\\134x ro,nosuid shared:1 master:2 - cgroup cgroup rw,memory\n"
                        + "37 35 0:33 / /sys/fs/cgroup rw - cgroup2  rw,nsdelegate,memory_localevents\n"
                        + "38 35 0:34 / /tmp rw - tmpfs - rw\n"));
        assertEquals(3, mounts.size());
        MountInfo v1 = mounts.get(0);
        assertEquals(36, v1.id());
        assertEquals(35, v1.parent());
        assertEquals("/docker/a b", v1.root());
        assertEquals("/sys/fs/cgroup/my\\x", v1.mountPoint());
        assertEquals("cgroup", v1.type());
        assertEquals(List.of("rw", "memory"), v1.superOptions());
        assertTrue(v1.isV1());
        assertFalse(v1.isV2());
        assertTrue(mounts.get(1).isV2());
        assertEquals(
                List.of("rw", "nsdelegate", "memory_localevents"), mounts.get(1).superOptions());
        assertEquals("cgroup /docker/a b on /sys/fs/cgroup/my\\x (rw,memory)", v1.toString());
        assertEquals("tmpfs", mounts.get(2).type());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "36 35 0:32 / /x rw - cgroup cgroup rw",
                "36 35 0:32 / /x rw cgroup cgroup rw\n",
                "36 35 0:32 / /x rw - cgroup\n",
                "36 35 0:32 / /x rw - cgroup cgroup\n",
                "a 35 0:32 / /x rw - cgroup cgroup rw\n",
                "36 a 0:32 / /x rw - cgroup cgroup rw\n",
                "36 -1 0:32 / /x rw - cgroup cgroup rw\n",
                "36 99999999999 0:32 / /x rw - cgroup cgroup rw\n",
                "36 35 0:32 x /x rw - cgroup cgroup rw\n",
                "36 35 0:32 / x rw - cgroup cgroup rw\n",
                "\n"
            })
    void brokenMountLinesAreLeftOut(String text) {
        assertEquals(List.of(), MountInfo.parse(bytes(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "/a\\040b, /a b",
        "/a\\04, /a\\04",
        "/a\\48b0, /a\\48b0",
        "/\\400, /\\400",
        "/\\0x0, /\\0x0",
        "/\\, /\\",
        "/\\011\\134043, /\t\\043"
    })
    void octalEscapes(String escaped, String plain) {
        String line = "36 35 0:32 " + escaped + " /x rw - cgroup cgroup rw\n";
        assertEquals(plain, MountInfo.parse(bytes(line)).get(0).root());
    }

    @Test
    void coveredMountsAreHidden() {
        String host = "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n"
                + "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
                + "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";
        assertEquals(List.of(35, 41), ids(host));
        assertEquals(
                List.of(41, 107),
                ids(host + "107 35 0:32 /docker/a /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"));
        assertEquals(List.of(), ids(host + "110 31 0:50 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n"));
        assertEquals(List.of(), ids(host + "110 23 0:50 / /sys/fs rw - tmpfs tmpfs rw\n"));
        assertEquals(List.of(35, 41), ids("5 23 0:50 / /sys/fs rw - tmpfs tmpfs rw\n" + host));
        assertEquals(List.of(35, 41), ids(host + "110 31 0:50 / /sys/fs/cgroup/mem rw - tmpfs tmpfs rw\n"));
        assertEquals(List.of(), ids("23 1 0:1 / / rw - ext4 x rw\n" + host + "110 23 0:50 / / rw - tmpfs tmpfs rw\n"));
        assertEquals(List.of(7), ids("7 7 0:32 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"));
    }

    private static List<Integer> ids(String text) {
        return VisibleMounts.of(MountInfo.parse(bytes(text))).stream()
                .map(MountInfo::id)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "max, max",
        "0, 0",
        "104857600, 100Mi",
        "9223372036854771712, max",
        "9223372036854759424, max",
        "9223372036854710272, max",
        "9223372036854775807, max",
        "18446744073709551615, max",
        "9223372036854513664, max",
        "9223372036854513663, 9223372036854513663",
        "-1, 0"
    })
    void limits(String text, String limit) {
        CgroupLimit parsed = CgroupLimit.parse(bytes(text)).orElseThrow();
        assertEquals(limit.equals("max") ? "max" : Bytes.parse(limit).toString(), parsed.toString());
        assertEquals(limit.equals("max") ? Optional.empty() : Optional.of(Bytes.parse(limit)), parsed.amount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Max", "max ", "1x", " 1", "18446744073709551616", "9223372036854775808", "1 2"})
    void noLimits(String text) {
        assertEquals(Optional.empty(), CgroupLimit.parse(bytes(text)));
    }

    @Test
    void limitOfNumber() {
        assertEquals(new CgroupLimit.Amount(Bytes.ZERO), CgroupLimit.of(0));
        assertEquals(new CgroupLimit.None(), CgroupLimit.of(Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> CgroupLimit.of(-1));
    }

    @Test
    void keyedNumbers() {
        KeyedNumbers numbers = KeyedNumbers.parse(
                bytes("low 1\nhigh -5\nmax 2\n\nmax 3\noom x\nbig 18446744073709551615\na b 1\n 7\ncut 9"), "events");
        assertEquals(Map.of("low", 1L, "high", 0L, "max", 2L), numbers.numbers());
        assertEquals(Reading.of(2L), numbers.value("max"));
        Absence absence = numbers.value("cut").absence().orElseThrow();
        assertEquals(Absence.Reason.NOT_REPORTED, absence.reason());
        assertEquals("3 numbers of events", numbers.toString());
        assertEquals(numbers, KeyedNumbers.parse(bytes("low 1\nhigh 0\nmax 2\n"), "events"));
        assertEquals(
                numbers.hashCode(),
                KeyedNumbers.parse(bytes("low 1\nhigh 0\nmax 2\n"), "events").hashCode());
        assertFalse(numbers.equals(KeyedNumbers.parse(bytes("low 1\n"), "events")));
        assertFalse(numbers.equals(KeyedNumbers.parse(bytes("low 1\nhigh 0\nmax 2\n"), "other")));
    }

    @Test
    void statOfV2() {
        MemoryStat stat = MemoryStat.parse(
                CgroupVersion.V2, bytes("anon 5\nfile -1\nsock 99999999999999999999\nnew_key 7\npgfault 3\n"), "stat");
        assertEquals(Reading.of(5L), stat.total(StatKey.ANON));
        assertEquals(Reading.of(0L), stat.total(StatKey.FILE));
        assertEquals(Reading.of(3L), stat.total(StatKey.PGFAULT));
        assertEquals(
                Absence.Reason.MALFORMED,
                stat.total(StatKey.SOCK).absence().orElseThrow().reason());
        assertEquals(
                Absence.Reason.NOT_REPORTED,
                stat.total(StatKey.KERNEL).absence().orElseThrow().reason());
        assertEquals(
                Absence.Reason.NOT_APPLICABLE,
                stat.total(StatKey.PGPGIN).absence().orElseThrow().reason());
        assertEquals(
                Absence.Reason.NOT_APPLICABLE,
                stat.local(StatKey.ANON).absence().orElseThrow().reason());
        assertEquals(Map.of("new_key", 7L), stat.others());
        assertEquals(CgroupVersion.V2, stat.version());
        assertEquals("3 numbers of stat", stat.toString());
    }

    @Test
    void statOfV1() {
        MemoryStat stat = MemoryStat.parse(
                CgroupVersion.V1,
                bytes("cache 1\nrss 2\nhierarchical_memory_limit 100\ntotal_cache 3\ntotal_rss 4\nodd 5\n"),
                "stat");
        assertEquals(Reading.of(4L), stat.total(StatKey.ANON));
        assertEquals(Reading.of(2L), stat.local(StatKey.ANON));
        assertEquals(Reading.of(3L), stat.total(StatKey.FILE));
        assertEquals(Reading.of(100L), stat.total(StatKey.HIERARCHICAL_MEMORY_LIMIT));
        assertFalse(stat.total(StatKey.HIERARCHICAL_MEMSW_LIMIT).isPresent());
        assertFalse(stat.total(StatKey.KERNEL).isPresent());
        assertEquals(Reading.of(new CgroupLimit.Amount(Bytes.of(100))), stat.limit(StatKey.HIERARCHICAL_MEMORY_LIMIT));
        assertFalse(stat.limit(StatKey.HIERARCHICAL_MEMSW_LIMIT).isPresent());
        assertEquals(Map.of("odd", 5L), stat.others());
    }

    @Test
    void hierarchicalLimitOfAnyKernel() {
        assertEquals(Reading.of(new CgroupLimit.None()), hierarchical("18446744073709551615\n"));
        assertEquals(Reading.of(new CgroupLimit.None()), hierarchical("9223372036854771712\n"));
        assertEquals(Reading.of(new CgroupLimit.None()), hierarchical("9223372036854775807\n"));
        assertFalse(hierarchical("18446744073709551616\n").isPresent());
        assertFalse(hierarchical("18446744073709551615").isPresent());
        assertFalse(hierarchical("x\n").isPresent());
        assertFalse(MemoryStat.parse(CgroupVersion.V2, bytes("anon 1\n"), "stat")
                .limit(StatKey.HIERARCHICAL_MEMORY_LIMIT)
                .isPresent());
    }

    private static Reading<CgroupLimit> hierarchical(String number) {
        return MemoryStat.parse(CgroupVersion.V1, bytes("hierarchical_memory_limit " + number), "stat")
                .limit(StatKey.HIERARCHICAL_MEMORY_LIMIT);
    }

    @Test
    void keysKnowTheirNames() {
        assertEquals(Optional.of("rss_huge"), StatKey.ANON_THP.name(CgroupVersion.V1));
        assertEquals(Optional.of("anon_thp"), StatKey.ANON_THP.name(CgroupVersion.V2));
        assertEquals(Optional.empty(), StatKey.SLAB.name(CgroupVersion.V1));
        assertEquals(StatUnit.BYTES, StatKey.ANON.unit());
        assertEquals(StatUnit.COUNT, StatKey.PGFAULT.unit());
        assertEquals("5.18", StatKey.KERNEL.since());
        assertTrue(StatKey.of(CgroupVersion.V2).size() > 70);
        assertEquals("memory.peak", MemoryFile.PEAK.fileName());
        assertEquals("5.19", MemoryFile.PEAK.since());
        assertEquals(StatUnit.BYTES, MemoryFile.PEAK.unit());
        assertEquals(MemoryFile.Form.AMOUNT, MemoryFile.PEAK.form());
        assertEquals(CgroupVersion.V2, MemoryFile.PEAK.version());
    }

    @Test
    void numbersByNode() {
        byte[] v2 = bytes("anon N0=4096 N1=8192\nfile N0=-1\nbad N0=x\nnone\nodd N99999=1\ncut N0=1");
        assertEquals(
                Map.of("anon", Map.of(0, 4096L, 1, 8192L), "file", Map.of(0, 0L)), NodeNumbers.parse(v2, v2.length));
        byte[] v1 = bytes("total=9 N0=9\nhierarchical_total=10 N0=10\n=1 N0=1\n");
        assertEquals(
                Map.of("total", Map.of(0, 9L), "hierarchical_total", Map.of(0, 10L)), NodeNumbers.parse(v1, v1.length));
    }
}
