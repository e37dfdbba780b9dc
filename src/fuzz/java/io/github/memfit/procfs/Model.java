package io.github.memfit.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.memfit.internal.RawFile;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The formats of procfs said a second time, slowly, with regular expressions. */
final class Model {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private Model() {}

    static RawFile file(byte[] data) {
        return RawFile.of(Path.of("/proc/7/file"), data);
    }

    static String text(byte[] data) {
        return new String(data, StandardCharsets.ISO_8859_1);
    }

    /** The lines that end in a line feed. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
            lines.add(text.substring(from, at));
            from = at + 1;
        }
        return lines;
    }

    /** A figure that exactly {@code records} lines have, summed. */
    static Optional<Long> figure(List<String> lines, ProcField field, int records) {
        String prefix = field.key() + ":";
        boolean size = field.unit() == ProcUnit.KIBIBYTES;
        Pattern format = Pattern.compile("[ \t]*(-?[0-9]+)" + (size ? " kB" : ""));
        BigInteger sum = BigInteger.ZERO;
        int found = 0;
        for (String line : lines) {
            if (line.startsWith(prefix)) {
                found++;
                Matcher matcher = format.matcher(line.substring(prefix.length()));
                if (!matcher.matches()) {
                    return Optional.empty();
                }
                BigInteger value = new BigInteger(matcher.group(1)).max(BigInteger.ZERO);
                BigInteger bytes = size ? value.shiftLeft(10) : value;
                if (bytes.compareTo(MOST) >= 0) {
                    return Optional.empty();
                }
                sum = sum.add(bytes);
            }
        }
        return found == records && sum.compareTo(MOST) <= 0 ? Optional.of(sum.longValueExact()) : Optional.empty();
    }

    static void same(Optional<Long> expected, Reading<Bytes> found, ProcField field) {
        assertEquals(expected, found.map(Bytes::value).value(), field.key());
    }
}
