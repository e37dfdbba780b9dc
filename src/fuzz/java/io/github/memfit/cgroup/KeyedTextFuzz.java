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

    /** The search from a hint finds what the search from the beginning finds. */
    @FuzzTest
    void hint(byte[] data) {
        KeyTable table = new KeyTable("total_inactive_file");
        int first = table.lineNear(data, data.length, 0);
        for (int near = 0; near <= data.length; near += 1 + data.length / 16) {
            int found = table.lineNear(data, data.length, near);
            assertEquals(first < 0, found < 0);
        }
    }
}
