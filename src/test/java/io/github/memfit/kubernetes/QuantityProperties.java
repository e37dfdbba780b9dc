package io.github.memfit.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Tag("bare")
class QuantityProperties {

    private static final List<String> UNITS = List.of(
            "n", "u", "m", "", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e3", "E-2", "e+7");

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> digits =
                Arbitraries.strings().numeric().ofMinLength(0).ofMaxLength(22);
        return Combinators.combine(
                        Arbitraries.of("", "", "-", "+"), digits, digits.optional(0.4), Arbitraries.of(UNITS))
                .as((sign, whole, fraction, unit) ->
                        sign + whole + fraction.map(f -> "." + f).orElse("") + unit)
                .filter(text -> !text.isEmpty());
    }

    @Provide
    Arbitrary<String> letters() {
        return Arbitraries.strings().withChars("0123456789+-.eEinumkKMGTP ib%").ofMaxLength(12);
    }

    /** The value by the book, with nothing but BigDecimal. */
    private static BigDecimal byTheBook(String text) {
        String unit = UNITS.stream()
                .filter(text::endsWith)
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .orElseThrow();
        String number = text.substring(0, text.length() - unit.length());
        String digits = number.replace("+", "").replace("-", "");
        BigDecimal value = new BigDecimal("0" + (digits.endsWith(".") ? digits + "0" : digits));
        int decimal = "num.kMGTPE".indexOf(unit.isEmpty() ? "." : unit);
        boolean binary = unit.endsWith("i");
        if (binary) {
            value = value.multiply(BigDecimal.valueOf(1024).pow("KMGTPE".indexOf(unit.charAt(0)) + 1));
        } else if (unit.length() > 1) {
            value = value.scaleByPowerOfTen(Integer.parseInt(unit.substring(1)));
        } else {
            value = value.scaleByPowerOfTen(3 * decimal - 9);
        }
        value = value.setScale(Math.min(value.scale(), 9), RoundingMode.UP);
        if (binary) {
            value = value.min(BigDecimal.valueOf(Long.MAX_VALUE));
        }
        return number.startsWith("-") ? value.negate() : value;
    }

    @Property
    void parseAgreesWithTheBook(@ForAll("texts") String text) {
        assertEquals(0, byTheBook(text).compareTo(Quantity.parse(text).exact()), text);
    }

    @Property
    void parseInvertsToString(@ForAll("texts") String text) {
        Quantity quantity = Quantity.parse(text);
        assertEquals(quantity, Quantity.parse(quantity.toString()), text);
        assertEquals(
                quantity.toString(),
                Quantity.parse(quantity.toString()).in(quantity.family()).toString());
    }

    @Property
    void orderAgreesWithBigDecimal(@ForAll("texts") String a, @ForAll("texts") String b) {
        Quantity left = Quantity.parse(a);
        Quantity right = Quantity.parse(b);
        int expected = Integer.signum(byTheBook(a).compareTo(byTheBook(b)));
        assertEquals(expected, Integer.signum(left.compareTo(right)));
        assertEquals(expected == 0, left.equals(right));
        assertTrue(expected != 0 || left.hashCode() == right.hashCode());
    }

    @Property
    void arithmeticIsExact(@ForAll("texts") String a, @ForAll("texts") String b) {
        Quantity left = Quantity.parse(a);
        Quantity right = Quantity.parse(b);
        Quantity sum = left.plus(right);
        assertEquals(0, left.exact().add(right.exact()).compareTo(sum.exact()));
        assertEquals(left, sum.minus(right));
        assertEquals(sum, right.plus(left));
        assertEquals(left.isZero() ? right.family() : left.family(), sum.family());
    }

    @Property
    void wholeNumbersRoundAwayFromZero(@ForAll("texts") String text) {
        Quantity quantity = Quantity.parse(text);
        assertEquals(fitted(quantity.exact().setScale(0, RoundingMode.UP)), quantity.value());
        assertEquals(fitted(quantity.exact().movePointRight(3).setScale(0, RoundingMode.UP)), quantity.milliValue());
    }

    private static OptionalLong fitted(BigDecimal number) {
        BigInteger whole = number.toBigIntegerExact();
        return whole.bitLength() < 64 ? OptionalLong.of(whole.longValue()) : OptionalLong.empty();
    }

    @Property
    void bytesComeBack(@ForAll long bytes) {
        Quantity quantity = Quantity.of(Bytes.of(bytes));
        assertEquals(Bytes.of(bytes), quantity.bytesRoundedUp());
        assertEquals(quantity, Quantity.parse(quantity.toString()));
    }

    @Property
    void theShortWayAndTheLongWayAgree(@ForAll("texts") String text) {
        Quantity quick = QuantityParser.simple(text);
        if (quick != null) {
            Quantity slow = QuantityReading.of(text).orElseThrow();
            assertEquals(slow, quick);
            assertEquals(slow.family(), quick.family());
        }
    }

    @Property
    void readingAndParsingAgreeOnAnyText(@ForAll("letters") String text) {
        QuantityReading reading = QuantityReading.of(text);
        try {
            Quantity quantity = Quantity.parse(text);
            assertEquals(quantity, reading.orElseThrow());
        } catch (MalformedException e) {
            assertTrue(reading instanceof QuantityReading.Refused, text);
        }
    }

    @Property
    void strictIsASubset(@ForAll("letters") String text) {
        try {
            Quantity strict = Quantity.parseStrict(text);
            assertEquals(strict, Quantity.parse(text));
            assertTrue(strict.signum() >= 0);
            assertTrue(text.chars().anyMatch(Character::isDigit), text);
        } catch (MalformedException e) {
            assertFalse(e.getMessage().isEmpty());
        }
    }

    @Property
    void printedTextMeansTheSameUnlessWarned(@ForAll("texts") String text) {
        QuantityReading.Accepted reading = (QuantityReading.Accepted) QuantityReading.of(text);
        boolean warned = reading.warnings().contains(QuantityReading.Warning.UPSTREAM_PRINTS_ANOTHER_VALUE);
        boolean same = Quantity.parse(reading.printed()).equals(reading.quantity());
        assertTrue(warned != same || reading.quantity().isZero(), () -> reading + " " + reading.printed());
    }

    @Property
    void storedAmountsAreThousandthsAndStayStored(@ForAll("texts") String text) {
        Quantity stored = Quantity.parse(text).roundedToMilli();
        assertTrue(stored.exact().scale() <= 3);
        assertEquals(stored, stored.roundedToMilli());
        assertTrue(stored.exact().abs().compareTo(Quantity.parse(text).exact().abs()) >= 0);
    }

    @Property
    void hugeExponentsAnswerAtOnce(@ForAll int exponent, @ForAll @IntRange(max = 199) int digits) {
        String text = "1".repeat(digits + 1) + "e" + exponent;
        boolean within = Math.abs((long) exponent) <= Quantity.LARGEST_EXPONENT;
        assertEquals(within, QuantityReading.of(text) instanceof QuantityReading.Accepted);
    }
}
