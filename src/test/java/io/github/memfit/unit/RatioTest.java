package io.github.memfit.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("bare")
class RatioTest {

    @ParameterizedTest
    @CsvSource({
        "15%, 3, 20",
        "12.5%, 1, 8",
        "3/4, 3, 4",
        "-6/8, -3, 4",
        "6/-8, -3, 4",
        "0.15, 3, 20",
        "2, 2, 1",
        "0%, 0, 1",
        "1000%, 10, 1",
        ".5, 1, 2",
    })
    void parses(String text, long numerator, long denominator) {
        assertEquals(Ratio.of(numerator, denominator), Ratio.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "%",
                "1/0",
                "1/",
                "/2",
                "1.5/2",
                "1e5",
                "1/2%",
                "--1",
                "1-",
                "5 %",
                "٣%",
                "9223372036854775808",
                "0.0000000000000000000000001",
                "9223372036854775808/3"
            })
    void refusesWhatIsNoRatio(String text) {
        assertEquals(
                text,
                assertThrows(MalformedException.class, () -> Ratio.parse(text)).text());
    }

    @Test
    void refusesLongTexts() {
        assertThrows(MalformedException.class, () -> Ratio.parse("0.".concat("1".repeat(100_000))));
    }

    @ParameterizedTest
    @CsvSource({"3, 20, 15%", "1, 3, 1/3", "1, 8, 12.5%", "1, 1000000, 0.0001%", "1, 10000000, 1/10000000", "5, 1, 500%"
    })
    void printsExactly(long numerator, long denominator, String text) {
        assertEquals(text, Ratio.of(numerator, denominator).toString());
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 33.3%", "2, 3, 66.7%", "1, 1, 100%", "0, 7, 0%", "-1, 8, -12.5%"})
    void printsForPeople(long numerator, long denominator, String text) {
        assertEquals(text, Ratio.of(numerator, denominator).toHuman());
    }

    @Test
    void edges() {
        assertThrows(ArithmeticException.class, () -> Ratio.of(1, 0));
        assertThrows(ArithmeticException.class, () -> Ratio.ZERO.inverse());
        assertThrows(ArithmeticException.class, () -> Ratio.of(new BigDecimal("1e999999999")));
        assertThrows(ArithmeticException.class, () -> Ratio.of(new BigDecimal("1e-999999999")));
        assertThrows(ArithmeticException.class, () -> Ratio.of(Long.MIN_VALUE, -1));
        assertThrows(
                ArithmeticException.class, () -> Ratio.of(Long.MAX_VALUE, 1).plus(Ratio.ONE));
        assertEquals(Ratio.ONE, Ratio.of(Long.MIN_VALUE, Long.MIN_VALUE));
        assertEquals(Ratio.of(200, 1), Ratio.of(new BigDecimal("2e2")));
        assertEquals(Ratio.ZERO, Ratio.of(new BigDecimal("0e999999999")));
        assertEquals(0.75, Ratio.of(3, 4).toDouble());
        assertEquals(Ratio.percent(1), Ratio.basisPoints(100));
    }
}
