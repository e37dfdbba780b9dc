package io.github.memfit.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Ratio;
import io.github.memfit.unit.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("bare")
class PressureTextTest {

    private static final String SOME = "some avg10=0.12 avg60=100.00 avg300=0.05 total=1234567\n";
    private static final String FULL = "full avg10=0.00 avg60=0.00 avg300=0.00 total=0\n";

    private static Reading<Pressure> parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return PressureText.parse(bytes, bytes.length, "test");
    }

    private static long total(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return PressureText.totalMicros(bytes, bytes.length, "some ");
    }

    @Test
    void bothLines() {
        Pressure pressure = parse(SOME + FULL).value().orElseThrow();
        Pressure.Stall some = pressure.some().value().orElseThrow();
        assertEquals(Ratio.basisPoints(12), some.avg10());
        assertEquals(Ratio.ONE, some.avg60());
        assertEquals(Ratio.basisPoints(5), some.avg300());
        assertEquals(Duration.ofNanos(1_234_567_000), some.total());
        assertEquals(Duration.ZERO, pressure.full().value().orElseThrow().total());
        assertEquals("some 0.12% 100% 0.05% total PT1.234567S, full 0% 0% 0% total PT0S", pressure.toString());
        assertEquals(1_234_567, total(FULL + SOME));
    }

    @Test
    void cutLineIsNotUsed() {
        Pressure pressure = parse(SOME + "full avg10=0.00 avg60=0.00 avg300=0.00 total=12")
                .value()
                .orElseThrow();
        assertTrue(pressure.some().isPresent());
        assertEquals(
                Absence.Reason.NOT_REPORTED,
                pressure.full().absence().orElseThrow().reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "some",
                "some \n",
                "some avg10=0.12 avg60=0.34 avg300=0.05 total=1",
                "some avg10=0.12 avg60=0.34 avg300=0.05 total=1\r\n",
                "some avg10=0.12 avg60=0.34 avg300=0.05 total=\n",
                "some avg10=0.12 avg60=0.34 avg300=0.05 total=-1\n",
                "some avg10=0.12 avg60=0.34 avg300=0.05 total=99999999999999999\n",
                "some avg10=0.12 avg60=0.34 avg300=0.05 total=1 \n",
                "some avg10=0.12 avg60=0.34 total=1\n",
                "some avg10=0.1 avg60=0.34 avg300=0.05 total=1\n",
                "some avg10=.12 avg60=0.34 avg300=0.05 total=1\n",
                "some avg10=12 avg60=0.34 avg300=0.05 total=1\n",
                "some avg10=-1.12 avg60=0.34 avg300=0.05 total=1\n",
                "some avg10=1.-2 avg60=0.34 avg300=0.05 total=1\n",
                "some avg10=1234.12 avg60=0.34 avg300=0.05 total=1\n",
                "some avg60=0.12 avg10=0.34 avg300=0.05 total=1\n",
                "none avg10=0.12 avg60=0.34 avg300=0.05 total=1\n"
            })
    void noLine(String text) {
        Reading<Pressure> pressure = parse(text);
        assertFalse(pressure.isPresent(), text);
        assertEquals(Absence.Reason.MALFORMED, pressure.absence().orElseThrow().reason());
        assertEquals(-1, total(text));
    }

    @Test
    void anyWindow() {
        Pressure.Stall earlier = new Pressure.Stall(Ratio.ZERO, Ratio.ZERO, Ratio.ZERO, Duration.ofMillis(500));
        Pressure.Stall later = new Pressure.Stall(Ratio.ZERO, Ratio.ZERO, Ratio.ZERO, Duration.ofMillis(750));
        assertEquals(Ratio.percent(25), later.shareSince(earlier, Duration.ofSeconds(1)));
        assertEquals(Ratio.ZERO, earlier.shareSince(later, Duration.ofSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> later.shareSince(earlier, Duration.ZERO));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Pressure.Stall(Ratio.ZERO, Ratio.ZERO, Ratio.ZERO, Duration.ofNanos(-1)));
    }
}
