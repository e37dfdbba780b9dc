package io.github.memfit.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.unit.MalformedException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Any text is a quantity that means what it prints, or is refused; the short way and the long way agree. */
class QuantityFuzz {

    private static final BigDecimal CAP = BigDecimal.valueOf(Long.MAX_VALUE);

    @FuzzTest
    void text(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        QuantityReading reading = QuantityReading.of(text);
        Quantity quick = QuantityParser.simple(text);
        if (reading instanceof QuantityReading.Refused refused) {
            assertEquals(null, quick);
            assertTrue(refused.index() <= Quantity.LONGEST);
            return;
        }
        QuantityReading.Accepted accepted = (QuantityReading.Accepted) reading;
        Quantity quantity = accepted.quantity();
        if (quick != null) {
            assertEquals(quantity, quick);
            assertEquals(quantity.family(), quick.family());
        }
        assertEquals(quantity, Quantity.parse(text));
        assertEquals(quantity, Quantity.parse(quantity.toString()));
        assertTrue(quantity.exact().scale() <= 9);
        if (quantity.family() == Quantity.Family.BINARY_SI) {
            assertTrue(quantity.exact().abs().compareTo(CAP) <= 0);
        }
        Quantity twice = quantity.plus(quantity);
        assertEquals(quantity, twice.minus(quantity));
        assertTrue(quantity.roundedToMilli()
                        .exact()
                        .abs()
                        .compareTo(quantity.exact().abs())
                >= 0);
        boolean another = accepted.warnings().contains(QuantityReading.Warning.UPSTREAM_PRINTS_ANOTHER_VALUE);
        assertTrue(another || Quantity.parse(accepted.printed()).equals(quantity), accepted::printed);
        accepted.upstreamValue();
        try {
            assertEquals(quantity, Quantity.parseStrict(text));
        } catch (MalformedException e) {
            assertTrue(!accepted.warnings().isEmpty(), text);
        }
    }

    @FuzzTest
    void otherSizes(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            assertTrue(!DockerSize.parse(text).isNegative());
        } catch (MalformedException e) {
            assertEquals("Docker size", e.source());
        }
        try {
            assertTrue(!JvmSize.parse(text).isNegative());
        } catch (MalformedException e) {
            assertEquals("JVM size", e.source());
        }
    }
}
