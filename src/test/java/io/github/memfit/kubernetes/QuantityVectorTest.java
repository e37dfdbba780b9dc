package io.github.memfit.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.testing.Json;
import io.github.memfit.unit.MalformedException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class QuantityVectorTest {

    @TestFactory
    Stream<DynamicTest> cases() {
        return Cases.of(
                "quantity",
                Map.of(
                        "quantity-parse", this::parse,
                        "quantity-arithmetic", this::arithmetic,
                        "quantity-format-milli", this::formatMilli,
                        "quantity-format", this::format,
                        "quantity-divisor", this::divisor));
    }

    private void parse(Json test) {
        String input = test.field("input").string();
        QuantityReading reading = QuantityReading.of(input);
        if (!test.field("ok").bool()) {
            QuantityReading.Refused refused = assertInstanceOf(QuantityReading.Refused.class, reading);
            assertEquals(
                    test.field("error").string(), refused.problem().name().toLowerCase(Locale.ROOT), refused::toString);
            assertThrows(MalformedException.class, () -> Quantity.parse(input));
            return;
        }
        QuantityReading.Accepted accepted =
                assertInstanceOf(QuantityReading.Accepted.class, reading, reading::toString);
        Quantity quantity = Quantity.parse(input);
        assertEquals(accepted.quantity(), quantity);
        assertEquals(accepted.quantity().family(), quantity.family());
        assertEquals(test.field("format").string(), quantity.family().toString());
        assertEquals(0, new BigDecimal(test.field("exact").string()).compareTo(quantity.exact()), quantity::toString);
        assertEquals(number(test.field("value")), quantity.value());
        assertEquals(number(test.field("milliValue")), quantity.milliValue());
        if (test.field("canonical").isNull()) {
            assertEquals(test.field("upstreamCanonical").string(), accepted.printed());
            assertTrue(accepted.warnings().contains(QuantityReading.Warning.UPSTREAM_PRINTS_ANOTHER_VALUE));
        } else {
            assertEquals(test.field("canonical").string(), quantity.canonical());
        }
        assertEquals(quantity, Quantity.parse(quantity.toString()));
        assertEquals(test.field("printed").string(), accepted.printed());
        String stored = test.optional("apiStored").map(Json::string).orElse(accepted.printed());
        assertEquals(stored, accepted.apiStored());
        boolean capped = test.optional("cappedToInt64").map(Json::bool).orElse(false);
        assertEquals(capped, accepted.isCapped());
        long expectedValue = test.optional("upstreamValue")
                .map(text -> Long.parseLong(text.string()))
                .orElseGet(() -> quantity.value().orElse(0));
        assertEquals(expectedValue, accepted.upstreamValue());
        assertEquals(
                test.has("upstreamValue"), accepted.warnings().contains(QuantityReading.Warning.UPSTREAM_VALUE_WRONG));
        // Upstream's overflow of thousandths is not modelled: nothing here hands it out.
        test.ignoring("upstreamMilliValue", "upstreamCanonical");
    }

    private static OptionalLong number(Json text) {
        return text.isNull() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text.string()));
    }

    private void arithmetic(Json test) {
        Quantity a = Quantity.parse(test.field("a").string());
        Quantity b = Quantity.parse(test.field("b").string());
        assertEquals(test.field("compare").intValue(), Integer.signum(a.compareTo(b)));
        assertEquals(test.field("sum").string(), a.plus(b).canonical());
        assertEquals(test.field("difference").string(), a.minus(b).canonical());
    }

    private void format(Json test) {
        long value = Long.parseLong(test.field("bytes").string());
        for (Quantity.Family family : Quantity.Family.values()) {
            assertEquals(
                    test.field(family.toString()).string(),
                    Quantity.of(value, family).canonical());
        }
    }

    private void formatMilli(Json test) {
        long milli = Long.parseLong(test.field("milli").string());
        for (Quantity.Family family : new Quantity.Family[] {Quantity.Family.BINARY_SI, Quantity.Family.DECIMAL_SI}) {
            assertEquals(
                    test.field(family.toString()).string(),
                    Quantity.ofMilli(milli, family).canonical());
        }
    }

    private void divisor(Json test) {
        Quantity limit = Quantity.parse(test.field("limit").string());
        Quantity divisor =
                test.optional("divisor").map(Json::string).map(Quantity::parse).orElse(Quantity.ZERO);
        assertEquals(test.field("result").string(), String.valueOf(limit.downwardUnitsRoundedUp(divisor)));
    }
}
