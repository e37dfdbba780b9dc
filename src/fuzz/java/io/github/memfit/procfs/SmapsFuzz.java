package io.github.memfit.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.unit.Reading;
import java.util.List;
import java.util.regex.Pattern;

class SmapsFuzz {

    private static final Pattern HEADER = Pattern.compile("[0-9a-f]+-[0-9a-f]+ .*", Pattern.DOTALL);
    private static final Pattern FIGURE = Pattern.compile("[A-Z].*", Pattern.DOTALL);

    @FuzzTest
    void parse(byte[] data) {
        List<String> lines = Model.lines(Model.text(data));
        int records = (int)
                lines.stream().filter(line -> HEADER.matcher(line).matches()).count();
        boolean stray = lines.stream()
                        .anyMatch(line -> !HEADER.matcher(line).matches()
                                && !FIGURE.matcher(line).matches())
                || !lines.isEmpty() && FIGURE.matcher(lines.get(0)).matches();
        Reading<Smaps> rollup = Smaps.parseRollup(Model.file(data));
        assertEquals(!stray && records == 1, rollup.isPresent());
        rollup.ifPresent(smaps -> compare(lines, smaps, 1));
        SmapsLines sum = new SmapsLines("smaps");
        sum.addAll(data, data.length);
        Reading<Smaps> summed = sum.sum(Long.MIN_VALUE, Long.MAX_VALUE);
        assertEquals(
                !stray
                        && records > 0
                        && Model.figure(lines, SmapsField.SIZE, records).isPresent(),
                summed.isPresent());
        summed.ifPresent(smaps -> compare(lines, smaps, records));
    }

    private static void compare(List<String> lines, Smaps smaps, int records) {
        for (SmapsField field : SmapsField.values()) {
            Model.same(Model.figure(lines, field, records), smaps.bytes(field), field);
        }
        assertEquals(records, smaps.mappings());
        assertEquals(1, smaps.toString().lines().count());
    }
}
