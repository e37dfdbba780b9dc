package io.github.memfit.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.internal.KeyTable;
import io.github.memfit.unit.Reading;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two readers of keyed numbers against a slow third one. */
class KeyedTextFuzz {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final Pattern LINE = Pattern.compile("([^ \n]+) (-?[0-9]+)");

    private static Map<String, Long> model(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        Map<String, Long> numbers = new LinkedHashMap<>();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            Matcher words = LINE.matcher(line);
            if (words.matches()) {
                BigInteger number = new BigInteger(words.group(2)).max(BigInteger.ZERO);
                if (number.compareTo(MOST) < 0) {
                    numbers.putIfAbsent(words.group(1), number.longValueExact());
                }
            }
        }
        return numbers;
    }

    @FuzzTest
    void events(byte[] data) {
        Map<String, Long> model = model(data);
        KeyedNumbers parsed = KeyedNumbers.parse(data, "fuzz");
        assertEquals(model.size(), parsed.numbers().size());
        for (String key : new String[] {"low", "high", "max", "oom", "oom_kill", "oom_group_kill"}) {
            assertEquals(
                    model.containsKey(key) ? Reading.of(model.get(key)) : null,
                    parsed.value(key).isPresent() ? parsed.value(key) : null);
        }
    }

    @FuzzTest
    void statistics(byte[] data) {
        Map<String, Long> model = model(data);
        for (CgroupVersion version : CgroupVersion.values()) {
            MemoryStat parsed = MemoryStat.parse(version, data, "fuzz");
            for (StatKey key : StatKey.of(version)) {
                String name = key.name(version).orElseThrow();
                Reading<Long> read = version == CgroupVersion.V1 ? parsed.local(key) : parsed.total(key);
                read.ifPresent(number -> assertEquals(model.get(name), number, name));
            }
        }
    }

    /** From any hint the same numbers are found as by walking the whole text, but for keys that stand there twice. */
    @FuzzTest
    void hint(byte[] data) {
        KeyTable table = new KeyTable("anon", "total_inactive_file", "pgfault");
        long[] whole = new long[table.size()];
        long[] near = new long[table.size()];
        table.read(data, data.length, whole);
        Map<String, Long> model = model(data);
        for (int at = 0; at <= data.length + 1; at += 1 + data.length / 16) {
            table.readNear(data, data.length, new int[] {at, at, at}, near);
            for (int key = 0; key < near.length; key++) {
                assertEquals(whole[key] == KeyTable.MISSING, near[key] == KeyTable.MISSING);
            }
        }
        int[] lines = new int[table.size()];
        for (int round = 0; round < 2; round++) {
            table.readNear(data, data.length, lines, near);
            if (whole[0] >= 0 && near[0] >= 0) {
                assertEquals(model.get("anon"), whole[0]);
            }
        }
    }
}
