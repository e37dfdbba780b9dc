package io.github.memfit.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("bare")
class BytesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512Mi, 536870912",
        "512 MiB, 536870912",
        "1.5Ki, 1536",
        ".5Ki, 512",
        "1.Ki, 1024",
        "1k, 1000",
        "1K, 1000",
        "1kB, 1000",
        "1KB, 1000",
        "3GB, 3000000000",
        "17, 17",
        "17B, 17",
        "-2Gi, -2147483648",
        "+1Ei, 1152921504606846976",
        "-8Ei, -9223372036854775808",
        "9223372036854775807, 9223372036854775807",
    })
    void parsesSizes(String text, long bytes) {
        assertEquals(Bytes.of(bytes), Bytes.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Mi",
                "-",
                ".",
                "1..5Ki",
                "0.3Ki",
                "1.5",
                "12x",
                "12mi",
                "1ki",
                "1e3",
                "1 2",
                "8Ei",
                "٣",
                "1Mi1",
                "9223372036854775808",
                "NaN",
                "0x10",
                "1Kib",
                "-9223372036854775809"
            })
    void refusesWhatIsNoSize(String text) {
        MalformedException e = assertThrows(MalformedException.class, () -> Bytes.parse(text));
        assertEquals(text, e.text());
        assertEquals("size", e.source());
        assertTrue(e.column() >= 1 && e.column() <= text.length() + 1, e.getMessage());
    }

    @Test
    void refusesLongTextsByLength() {
        MalformedException e = assertThrows(MalformedException.class, () -> Bytes.parse("1".repeat(1_000_000)));
        assertEquals(65, e.column());
        assertEquals(MalformedException.LONGEST_EXCERPT, e.text().length());
    }

    @Test
    void messagesAreOneLineOfPrintableAscii() {
        String message = assertThrows(MalformedException.class, () -> Bytes.parse("12\u202e\n\"é"))
                .getMessage();
        assertEquals(
                "malformed size, line 1, column 3: \"12\\u202e\\u000a\\u0022\\u00e9\": unknown unit; use Ki Mi Gi Ti Pi Ei"
                        + " (1024s, a B may follow), k M G T P E (1000s, a B may follow), B or nothing",
                message);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.00 KiB",
        "-1536, -1.50 KiB",
        "1048575, 1.00 MiB",
        "327575142, 312.4 MiB",
        "10723786, 10.2 MiB",
        "9223372036854775807, 8.00 EiB",
        "-9223372036854775808, -8.00 EiB",
    })
    void printsForPeople(long bytes, String text) {
        assertEquals(text, Bytes.of(bytes).toHuman());
    }

    @ParameterizedTest
    @CsvSource({
        "536870912, 512Mi",
        "1537, 1537",
        "1572864, 1536Ki",
        "429496730, 429496730",
        "0, 0",
        "-1024, -1Ki",
        "-9223372036854775808, -8Ei"
    })
    void printsExactly(long bytes, String text) {
        assertEquals(text, Bytes.of(bytes).toString());
    }

    @Test
    void dividesWithTheNamedDirection() {
        assertEquals(Bytes.of(3), Bytes.of(10).dividedByRoundedDown(3));
        assertEquals(Bytes.of(4), Bytes.of(10).dividedByRoundedUp(3));
        assertEquals(Bytes.of(-4), Bytes.of(-10).dividedByRoundedDown(3));
        assertEquals(Bytes.of(-3), Bytes.of(-10).dividedByRoundedUp(3));
        assertThrows(ArithmeticException.class, () -> Bytes.of(1).dividedByRoundedUp(0));
    }

    @Test
    void roundsToUnits() {
        assertEquals(Bytes.mebi(2), Bytes.mebi(1).plus(Bytes.of(1)).roundUpTo(Bytes.mebi(1)));
        assertEquals(Bytes.mebi(1), Bytes.mebi(2).minus(Bytes.of(1)).roundDownTo(Bytes.mebi(1)));
        assertEquals(Bytes.of(-4), Bytes.of(-3).roundDownTo(Bytes.of(4)));
        assertEquals(Bytes.ZERO, Bytes.of(-3).roundUpTo(Bytes.of(4)));
        assertThrows(IllegalArgumentException.class, () -> Bytes.of(3).roundUpTo(Bytes.ZERO));
        assertThrows(ArithmeticException.class, () -> Bytes.MAX.roundUpTo(Bytes.kibi(1)));
    }

    @Test
    void overflowIsAnErrorNeverAWrappedNumber() {
        assertThrows(ArithmeticException.class, () -> Bytes.MAX.plus(Bytes.of(1)));
        assertThrows(ArithmeticException.class, () -> Bytes.of(Long.MIN_VALUE).minus(Bytes.of(1)));
        assertThrows(ArithmeticException.class, () -> Bytes.MAX.times(2));
        assertThrows(ArithmeticException.class, () -> Bytes.of(Long.MIN_VALUE).negated());
        assertThrows(ArithmeticException.class, () -> Bytes.gibi(1L << 40));
        assertThrows(ArithmeticException.class, () -> Bytes.MAX.timesRoundedUp(Ratio.percent(101)));
        assertThrows(ArithmeticException.class, () -> Bytes.of(Long.MIN_VALUE).timesRoundedUp(Ratio.percent(-100)));
        assertEquals(Bytes.tebi(8_000_000), Bytes.tebi(4_000_000).timesRoundedDown(Ratio.percent(200)));
    }

    @Test
    void saysWhichRuleASizeBreaks() {
        assertRule("0.3Ki", "whole number");
        assertRule("8Ei", "63 bits");
        assertRule("9223372036854775808", "63 bits");
        assertRule("1".repeat(65), "64 characters");
        assertEquals(Bytes.of(1), Bytes.parse(" ".repeat(63) + "1"));
    }

    private static void assertRule(String text, String words) {
        String message =
                assertThrows(MalformedException.class, () -> Bytes.parse(text)).getMessage();
        assertTrue(message.contains(words), message);
    }

    @Test
    void comparisonsAndSigns() {
        assertEquals(Bytes.of(1L << 30), Bytes.gibi(1));
        assertEquals(Ratio.of(1, 4), Bytes.mebi(1).ratioTo(Bytes.mebi(4)));
        assertEquals(Bytes.of(-5), Bytes.of(5).negated());
        assertTrue(Bytes.of(-1).isNegative());
        assertFalse(Bytes.ZERO.isNegative());
        assertFalse(Bytes.of(1).isNegative());
        assertTrue(Bytes.ZERO.isZero());
        assertFalse(Bytes.of(1).isZero());
    }

    @Test
    void serializes() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
            objects.writeObject(Bytes.mebi(3));
            objects.writeObject(Ratio.percent(15));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            assertEquals(Bytes.mebi(3), in.readObject());
            assertEquals(Ratio.percent(15), in.readObject());
        }
    }
}
