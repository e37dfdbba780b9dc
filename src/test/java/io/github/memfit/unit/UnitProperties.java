package io.github.memfit.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Positive;

@Tag("bare")
class UnitProperties {

    @Provide
    Arbitrary<Ratio> ratios() {
        Arbitrary<Long> parts = Arbitraries.longs().between(-1L << 31, 1L << 31);
        return parts.flatMap(n -> parts.filter(d -> d != 0).map(d -> Ratio.of(n, d)));
    }

    @Property
    void bytesParseInvertsToString(@ForAll long value) {
        Bytes bytes = Bytes.of(value);
        assertEquals(bytes, Bytes.parse(bytes.toString()));
    }

    @Property
    void bytesParseInvertsToStringForWholeUnits(
            @ForAll @LongRange(min = -8000, max = 8000) long count, @ForAll @LongRange(min = 0, max = 5) long unit) {
        Bytes bytes = Bytes.of(count).times(1L << 10 * unit);
        assertEquals(bytes, Bytes.parse(bytes.toString()));
        assertTrue(bytes.toString().length() <= 7, bytes.toString());
    }

    @Property
    void parseNeverThrowsAnythingElse(@ForAll String text) {
        try {
            Bytes.parse(text);
        } catch (MalformedException e) {
            assertTrue(e.getMessage().chars().allMatch(c -> c >= ' ' && c < 0x7f));
        }
        try {
            Ratio.parse(text);
        } catch (MalformedException e) {
            assertTrue(e.getMessage().chars().allMatch(c -> c >= ' ' && c < 0x7f));
        }
    }

    @Property
    void plusAgreesWithBigIntegerOrOverflows(@ForAll long a, @ForAll long b) {
        BigInteger exact = BigInteger.valueOf(a).add(BigInteger.valueOf(b));
        if (exact.bitLength() < 64) {
            assertEquals(exact.longValueExact(), Bytes.of(a).plus(Bytes.of(b)).value());
            assertEquals(Bytes.of(a), Bytes.of(a).plus(Bytes.of(b)).minus(Bytes.of(b)));
        } else {
            assertThrows(ArithmeticException.class, () -> Bytes.of(a).plus(Bytes.of(b)));
        }
    }

    @Property(tries = 5000)
    void textForPeopleIsTheExactQuotientRoundedHalfUp(
            @ForAll @LongRange(min = 0, max = 62) long bits, @ForAll long any) {
        long value = any >> bits;
        BigDecimal size = new BigDecimal(value).abs();
        int power = 0;
        BigDecimal scaled = size;
        while (scaled.compareTo(new BigDecimal(power == 0 ? "1024" : "1023.95")) >= 0) {
            power++;
            scaled = size.divide(BigDecimal.valueOf(2).pow(10 * power));
        }
        int decimals = power == 0 ? 0 : scaled.compareTo(new BigDecimal("9.995")) < 0 ? 2 : 1;
        String unit = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB").get(power);
        assertEquals(
                (value < 0 ? "-" : "") + scaled.setScale(decimals, RoundingMode.HALF_UP) + ' ' + unit,
                Bytes.of(value).toHuman());
    }

    @Property
    void timesRatioAgreesWithBigDecimal(@ForAll long value, @ForAll("ratios") Ratio ratio) {
        BigDecimal exact = new BigDecimal(value).multiply(new BigDecimal(ratio.numerator()));
        BigInteger down = exact.divide(new BigDecimal(ratio.denominator()), 0, RoundingMode.FLOOR)
                .toBigInteger();
        BigInteger up = exact.divide(new BigDecimal(ratio.denominator()), 0, RoundingMode.CEILING)
                .toBigInteger();
        if (down.bitLength() < 64) {
            assertEquals(
                    down.longValueExact(),
                    Bytes.of(value).timesRoundedDown(ratio).value());
        } else {
            assertThrows(ArithmeticException.class, () -> Bytes.of(value).timesRoundedDown(ratio));
        }
        if (up.bitLength() < 64) {
            assertEquals(
                    up.longValueExact(), Bytes.of(value).timesRoundedUp(ratio).value());
        } else {
            assertThrows(ArithmeticException.class, () -> Bytes.of(value).timesRoundedUp(ratio));
        }
    }

    @Property
    void roundingStaysWithinOneUnitAndIsIdempotent(
            @ForAll @LongRange(min = -1L << 60, max = 1L << 60) long value,
            @ForAll @LongRange(min = 1, max = 1L << 40) long unit) {
        Bytes up = Bytes.of(value).roundUpTo(Bytes.of(unit));
        Bytes down = Bytes.of(value).roundDownTo(Bytes.of(unit));
        assertEquals(0, up.value() % unit);
        assertEquals(0, down.value() % unit);
        assertTrue(up.value() >= value && up.value() - value < unit);
        assertTrue(down.value() <= value && value - down.value() < unit);
        assertEquals(up, up.roundUpTo(Bytes.of(unit)));
    }

    @Property
    void orderOfBytesIsTheOrderOfNumbers(@ForAll long a, @ForAll long b) {
        assertEquals(Long.compare(a, b), Bytes.of(a).compareTo(Bytes.of(b)));
        assertEquals(Math.max(a, b), Bytes.of(a).max(Bytes.of(b)).value());
        assertEquals(Math.min(a, b), Bytes.of(a).min(Bytes.of(b)).value());
        assertEquals(a > b, Bytes.of(a).isMoreThan(Bytes.of(b)));
        assertEquals(a < b, Bytes.of(a).isLessThan(Bytes.of(b)));
    }

    @Property
    void humanTextIsShortAndNearTheValue(@ForAll @Positive long value) {
        String text = Bytes.of(value).toHuman();
        String[] parts = text.split(" ");
        BigDecimal unit = BigDecimal.valueOf(
                switch (parts[1]) {
                    case "B" -> 1L;
                    case "KiB" -> 1L << 10;
                    case "MiB" -> 1L << 20;
                    case "GiB" -> 1L << 30;
                    case "TiB" -> 1L << 40;
                    case "PiB" -> 1L << 50;
                    default -> 1L << 60;
                });
        BigDecimal shown = new BigDecimal(parts[0]).multiply(unit);
        assertTrue(parts[0].length() <= 6, text);
        assertTrue(
                shown.subtract(new BigDecimal(value))
                                .abs()
                                .compareTo(new BigDecimal(value).multiply(new BigDecimal("0.0051")))
                        <= 0,
                text + " for " + value);
    }

    @Property
    void ratioParseInvertsToString(@ForAll("ratios") Ratio ratio) {
        assertEquals(ratio, Ratio.parse(ratio.toString()));
    }

    @Property
    void ratiosFormAField(@ForAll("ratios") Ratio a, @ForAll("ratios") Ratio b) {
        assertEquals(a.plus(b), b.plus(a));
        assertEquals(a, a.plus(Ratio.ZERO));
        assertEquals(a, a.times(Ratio.ONE));
        assertEquals(Ratio.ZERO, a.minus(a));
        if (a.numerator() != 0) {
            assertEquals(Ratio.ONE, a.times(a.inverse()));
        }
    }

    @Property
    void ratioOrderAgreesWithSubtraction(@ForAll("ratios") Ratio a, @ForAll("ratios") Ratio b) {
        BigInteger left = BigInteger.valueOf(a.numerator()).multiply(BigInteger.valueOf(b.denominator()));
        BigInteger right = BigInteger.valueOf(b.numerator()).multiply(BigInteger.valueOf(a.denominator()));
        assertEquals(left.compareTo(right), a.compareTo(b));
        assertEquals(a.equals(b), a.compareTo(b) == 0);
    }
}
