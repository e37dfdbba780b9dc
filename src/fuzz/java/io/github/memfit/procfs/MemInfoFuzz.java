package io.github.memfit.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.unit.Reading;
import java.util.List;
import java.util.Optional;

class MemInfoFuzz {

    @FuzzTest
    void parse(byte[] data) {
        Reading<MemInfo> parsed = MemInfo.parse(Model.file(data));
        List<String> lines = Model.lines(Model.text(data));
        for (MemInfoField field : MemInfoField.values()) {
            Optional<Long> expected = Model.figure(lines, field, 1);
            if (field.unit() == ProcUnit.KIBIBYTES) {
                Model.same(expected, parsed.flatMap(info -> info.bytes(field)), field);
            } else {
                assertEquals(expected, parsed.flatMap(info -> info.count(field)).value(), field.key());
            }
        }
        assertEquals(1, parsed.toString().lines().count());
    }

    @FuzzTest
    void vmStat(byte[] data) {
        List<String> lines = Model.lines(Model.text(data));
        VmStat.parse(Model.file(data)).ifPresent(stat -> {
            for (VmStatField field : VmStatField.values()) {
                List<String> own = lines.stream()
                        .filter(line -> line.startsWith(field.key() + " "))
                        .toList();
                boolean good = own.size() == 1
                        && own.get(0).substring(field.key().length() + 1).matches("-?[0-9]{1,18}");
                stat.count(field).ifPresent(value -> {
                    assertEquals(1, own.size());
                    assertEquals(
                            true, own.get(0).substring(field.key().length() + 1).matches("-?[0-9]+"), own.get(0));
                });
                if (good) {
                    long value = Long.parseLong(own.get(0).substring(field.key().length() + 1));
                    assertEquals(
                            Optional.of(Math.max(0, value)), stat.count(field).value());
                }
            }
        });
    }
}
