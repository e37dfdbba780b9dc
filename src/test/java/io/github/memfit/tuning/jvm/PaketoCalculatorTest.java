package io.github.memfit.tuning.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.memfit.unit.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class PaketoCalculatorTest {

    @Test
    void whatNoMemoryHasIsRefused() {
        for (String options : List.of("-Xss8388607t", "-Xmx8388607t -XX:MaxMetaspaceSize=8388607t", "-Xmx8388607t")) {
            PaketoCalculator.Outcome outcome = new PaketoCalculator(Bytes.gibi(1), 0, 100, 250).calculate(options);
            assertInstanceOf(PaketoCalculator.Refused.class, outcome, options);
        }
        assertInstanceOf(
                PaketoCalculator.Refused.class,
                new PaketoCalculator(Bytes.gibi(1), 0, Long.MAX_VALUE, 250).calculate(""));
    }

    @Test
    void theLimitFilesHaveDecimalSizes() {
        for (String none : List.of("0x40000000", "max", "", "-1", "9223372036854775808", "9223372036854771712")) {
            assertEquals(
                    Bytes.gibi(1),
                    PaketoCalculator.totalMemory(Optional.of(none), Optional.empty(), Optional.empty()),
                    none);
        }
        assertEquals(
                Bytes.tebi(64),
                PaketoCalculator.totalMemory(Optional.of("9223372036854775807\n"), Optional.empty(), Optional.empty()));
    }
}
