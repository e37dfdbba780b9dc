package io.github.memfit.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.unit.Reading;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class LimitsFuzz {

    private static final Pattern VALUES =
            Pattern.compile(" *(unlimited|[0-9]+) +(unlimited|[0-9]+)( .*)?", Pattern.DOTALL);

    @FuzzTest
    void parse(byte[] data) {
        String text = Model.text(data);
        Reading<ProcessLimits> parsed = ProcessLimits.parse(Model.file(data));
        assertEquals(text.startsWith("Limit "), parsed.isPresent());
        parsed.ifPresent(limits -> {
            for (LimitedResource resource : LimitedResource.values()) {
                List<String> lines = Model.lines(text).stream()
                        .filter(line -> line.startsWith(resource.key() + " "))
                        .toList();
                Optional<ResourceLimit> expected = lines.size() == 1
                        ? limit(lines.get(0).substring(resource.key().length()))
                        : Optional.empty();
                assertEquals(expected, limits.of(resource).value(), resource.key());
            }
        });
    }

    private static Optional<ResourceLimit> limit(String values) {
        Matcher matcher = VALUES.matcher(values);
        if (!matcher.matches() || !fits(matcher.group(1)) || !fits(matcher.group(2))) {
            return Optional.empty();
        }
        return Optional.of(new ResourceLimit(value(matcher.group(1)), value(matcher.group(2))));
    }

    private static boolean fits(String word) {
        return word.equals("unlimited") || new BigInteger(word).compareTo(BigInteger.valueOf(Long.MAX_VALUE)) < 0;
    }

    private static OptionalLong value(String word) {
        return word.equals("unlimited") ? OptionalLong.empty() : OptionalLong.of(new BigInteger(word).longValueExact());
    }
}
