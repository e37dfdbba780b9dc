package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code java -XX:+PrintFlagsFinal -version} printed: every flag with the value in effect. Immutable and thread-safe.
 *
 * <p>Reading never fails: lines of another form are skipped, so the version and warnings may stand around the table.
 *
 * @since 0.1
 */
public final class PrintedFlags {

    private static final int MOST_FLAGS = 5000;

    private final Map<String, String> values;

    private PrintedFlags(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a table.
     *
     * @param text the output
     * @return the flags, none if there was no table
     */
    public static PrintedFlags parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        int start = 0;
        while (start < text.length() && values.size() < MOST_FLAGS) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            int equals = text.indexOf(" = ", start);
            if (equals >= 0 && equals < end) {
                line(text.substring(start, equals).strip(), text.substring(equals + 3, end), values);
            }
            start = end + 1;
        }
        return new PrintedFlags(values);
    }

    /** "size_t MaxHeapSize" and "67108864    {product} {command line}". */
    private static void line(String left, String right, Map<String, String> values) {
        int blank = left.lastIndexOf(' ');
        int origin = right.lastIndexOf(" {", right.lastIndexOf(" {") - 1);
        if (blank > 0 && origin >= 0) {
            values.put(left.substring(blank + 1), right.substring(0, origin).strip());
        }
    }

    /**
     * The value of a flag as printed.
     *
     * @param flag HotSpot's name
     * @return the value, empty if the flag was not printed
     */
    public Optional<String> value(String flag) {
        return Optional.ofNullable(values.get(flag));
    }

    /**
     * The number that a flag has.
     *
     * @param flag HotSpot's name
     * @return the number, empty if it was not printed, is no number, or is the 2^64 - 1 that means "no bound"
     */
    public OptionalLong number(String flag) {
        String value = values.get(flag);
        return value == null ? OptionalLong.empty() : VmNumbers.parse(value);
    }

    /**
     * The size that a flag has.
     *
     * @param flag HotSpot's name
     * @return the size, empty under the same conditions as {@link #number}
     */
    public Optional<Bytes> bytes(String flag) {
        OptionalLong number = number(flag);
        return number.isPresent() ? Optional.of(Bytes.of(number.getAsLong())) : Optional.empty();
    }

    /**
     * Is a switch on?
     *
     * @param flag HotSpot's name
     * @return true if it was printed as {@code true}
     */
    public boolean isOn(String flag) {
        return "true".equals(values.get(flag));
    }

    /**
     * The collector in effect.
     *
     * @return the collector, empty if none of the known ones is on
     */
    public Optional<GarbageCollector> collector() {
        for (GarbageCollector collector : GarbageCollector.values()) {
            if (isOn(collector.flag())) {
                return Optional.of(collector);
            }
        }
        return Optional.empty();
    }

    /**
     * Was there no table?
     *
     * @return true without any flag
     */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The number of flags. */
    @Override
    public String toString() {
        return values.size() + " flags";
    }
}
