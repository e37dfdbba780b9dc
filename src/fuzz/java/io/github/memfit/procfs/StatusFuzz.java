package io.github.memfit.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.unit.Reading;
import java.util.List;

class StatusFuzz {

    @FuzzTest
    void parse(byte[] data) {
        Reading<ProcessStatus> parsed = ProcessStatus.parse(Model.file(data));
        assertEquals(Model.text(data).startsWith("Name:"), parsed.isPresent());
        List<String> lines = Model.lines(Model.text(data));
        parsed.ifPresent(status -> {
            for (StatusField field : StatusField.values()) {
                if (field.unit() == ProcUnit.KIBIBYTES) {
                    Model.same(Model.figure(lines, field, 1), status.bytes(field), field);
                } else {
                    assertEquals(
                            Model.figure(lines, field, 1), status.count(field).value(), field.key());
                }
            }
            assertEquals(1, status.toString().lines().count());
            assertEquals(true, status.toString().length() <= 200);
        });
    }
}
