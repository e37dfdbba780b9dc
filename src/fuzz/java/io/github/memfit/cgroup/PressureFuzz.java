package io.github.memfit.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.internal.PressureText;
import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Reading;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class PressureFuzz {

    private static final Pattern SOME = Pattern.compile(
            "(?:^|\n)some avg10=(\\d{1,3})\\.(\\d\\d) avg60=\\d{1,3}\\.\\d\\d avg300=\\d{1,3}\\.\\d\\d total=(\\d+)\n");

    /** Against a regular expression: what is read is what the line says. */
    @FuzzTest
    void parse(byte[] data) {
        Reading<Pressure.Stall> some =
                PressureText.parse(data, data.length, "fuzz").flatMap(Pressure::some);
        Matcher line = SOME.matcher(new String(data, StandardCharsets.ISO_8859_1));
        some.ifPresent(stall -> {
            assertEquals(true, line.find());
            assertEquals(Long.parseLong(line.group(3)), stall.total().toNanos() / 1000);
        });
        assertEquals(
                some.map(stall -> stall.total().toNanos() / 1000).orElse(-1L),
                PressureText.totalMicros(data, data.length, "some "));
    }
}
