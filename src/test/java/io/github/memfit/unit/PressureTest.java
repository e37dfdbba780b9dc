package io.github.memfit.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class PressureTest {

    private static Pressure.Stall total(Duration total) {
        return new Pressure.Stall(Ratio.basisPoints(53), Ratio.ZERO, Ratio.ONE, total);
    }

    @Test
    void anyWindowFollowsFromTheTotals() {
        Pressure.Stall before = total(Duration.ofMillis(100));
        Pressure.Stall after = total(Duration.ofMillis(350));
        assertEquals(Ratio.percent(25), after.shareSince(before, Duration.ofSeconds(1)));
        assertEquals(Ratio.ZERO, after.shareSince(after, Duration.ofNanos(1)));
    }

    @Test
    void windowsThatCannotBeAreRefused() {
        Pressure.Stall before = total(Duration.ofMillis(100));
        Pressure.Stall after = total(Duration.ofMillis(350));
        assertThrows(IllegalArgumentException.class, () -> after.shareSince(before, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> after.shareSince(before, Duration.ofSeconds(-1)));
        assertEquals(Ratio.ZERO, before.shareSince(after, Duration.ofSeconds(1)), "a group made anew");
        assertThrows(IllegalArgumentException.class, () -> total(Duration.ofNanos(-1)));
    }

    @Test
    void printsInOneLine() {
        Pressure pressure = new Pressure(
                Reading.of(total(Duration.ofMillis(100))),
                Reading.absent(Absence.Reason.NOT_REPORTED, "memory.pressure", "no line full"));
        assertEquals(
                "some 0.53% 0% 100% total PT0.1S, full [NOT_REPORTED memory.pressure: no line full]",
                pressure.toString());
    }
}
