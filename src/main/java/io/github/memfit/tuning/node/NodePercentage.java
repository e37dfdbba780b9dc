package io.github.memfit.tuning.node;

import io.github.memfit.unit.Bytes;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** The value of {@code --max-old-space-size-percentage}, as Node reads and applies it ({@code src/node_options.cc}, 22 to 26). */
final class NodePercentage {

    /** What C's {@code strtod} takes to the end of the text; {@code inf} is out of the range anyway. */
    private static final Pattern NUMBER = Pattern.compile("[ \\t\\n\\x0B\\f\\r]*\\+?(?:"
            + "(?:[0-9]{1,400}(?:\\.[0-9]{0,400})?|\\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,4})?"
            + "|0[xX](?:[0-9a-fA-F]{1,400}(?:\\.[0-9a-fA-F]{0,400})?|\\.[0-9a-fA-F]{1,400})(?:[pP][+-]?[0-9]{1,4})?)");

    private static final Pattern NOT_A_NUMBER =
            Pattern.compile("[ \\t\\n\\x0B\\f\\r]*[+-]?nan", Pattern.CASE_INSENSITIVE);

    private NodePercentage() {}

    /** The percentage, NaN included, which passes Node's comparisons; empty if Node refuses the text. */
    static OptionalDouble parse(String text) {
        if (NOT_A_NUMBER.matcher(text).matches()) {
            return OptionalDouble.of(Double.NaN);
        }
        if (!NUMBER.matcher(text).matches()) {
            return OptionalDouble.empty();
        }
        String number = text.strip().toLowerCase(Locale.ROOT);
        boolean hexadecimal = number.contains("x");
        // Java wants an exponent behind hexadecimal digits, C does not.
        double value = Double.parseDouble(hexadecimal && !number.contains("p") ? number + "p0" : number);
        return value > 0 && value <= 100 ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /**
     * The old space in MiB. Node multiplies and divides in binary floating point, so 32.8 % of 1375 MiB are 450 MiB and not 451;
     * anything exact would be a MiB off now and then.
     */
    static long oldMebi(Bytes memory, double percentage) {
        return (long) (memory.value() / NodeHeap.MEBI * percentage / 100.0);
    }
}
