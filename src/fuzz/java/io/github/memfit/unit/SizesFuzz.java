package io.github.memfit.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class SizesFuzz {

    private static final Pattern SIZE =
            Pattern.compile(" *([-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)) *(B?|([KMGTPE])iB?|([kKMGTPE])B?) *");

    @FuzzTest
    void bytes(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        Optional<Bytes> expected = model(text);
        try {
            Bytes parsed = Bytes.parse(text);
            assertEquals(expected, Optional.of(parsed), text);
            assertEquals(parsed, Bytes.parse(parsed.toString()));
        } catch (MalformedException e) {
            assertEquals(expected, Optional.empty(), text);
            assertEquals(1, e.getMessage().lines().count());
        }
    }

    private static Optional<Bytes> model(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (text.length() > 64 || !matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal factor = BigDecimal.ONE;
        if (matcher.group(3) != null) {
            factor = BigDecimal.valueOf(1024).pow(1 + "KMGTPE".indexOf(matcher.group(3)));
        } else if (matcher.group(4) != null) {
            factor = BigDecimal.valueOf(1000)
                    .pow(1 + "KMGTPE".indexOf(matcher.group(4).replace('k', 'K')));
        }
        try {
            return Optional.of(
                    Bytes.of(new BigDecimal(matcher.group(1)).multiply(factor).longValueExact()));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    @FuzzTest
    void ratio(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            Ratio parsed = Ratio.parse(text);
            assertTrue(text.length() <= 64);
            assertEquals(parsed, Ratio.parse(parsed.toString()), text);
            if (text.strip().matches("[-+]?[0-9]+(\\.[0-9]+)?")) {
                assertEquals(Ratio.of(new BigDecimal(text.strip())), parsed, text);
            }
        } catch (MalformedException e) {
            assertEquals(1, e.getMessage().lines().count());
        }
    }
}
