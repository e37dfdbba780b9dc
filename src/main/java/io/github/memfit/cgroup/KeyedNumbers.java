package io.github.memfit.cgroup;

import io.github.memfit.internal.Ascii;
import io.github.memfit.internal.BytePaths;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A text of lines with a key, a blank and a number, as {@code memory.events}: every line by its name, also those this version
 * of the library does not know. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class KeyedNumbers {

    private final String source;
    private final Map<String, Long> numbers;

    private KeyedNumbers(String source, Map<String, Long> numbers) {
        this.source = source;
        this.numbers = numbers;
    }

    /**
     * Parses a whole file. A line that is not two words, a number that does not fit and a last line without LF are left out;
     * negative numbers count as 0; the first of two lines with one key counts.
     *
     * @param text the bytes of the file
     * @param source the name of the file for messages
     * @return the numbers
     */
    public static KeyedNumbers parse(byte[] text, String source) {
        return parse(text, text.length, source);
    }

    static KeyedNumbers parse(byte[] text, int length, String source) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        int at = 0;
        while (at < length) {
            int end = Ascii.find(text, at, length, '\n');
            if (end == length) {
                break;
            }
            int blank = Ascii.find(text, at, end, ' ');
            long number = blank == at ? Ascii.NOT_A_NUMBER : Ascii.decimal(text, blank + 1, end);
            // The scanner answers the largest number for all above it: none of them is a number of bytes or events.
            if (number >= 0 && number < Long.MAX_VALUE) {
                numbers.putIfAbsent(
                        BytePaths.text(new String(text, at, blank - at, StandardCharsets.ISO_8859_1)), number);
            }
            at = end + 1;
        }
        return new KeyedNumbers(source, Collections.unmodifiableMap(numbers));
    }

    /**
     * One number.
     *
     * @param key its name
     * @return the number, or why it is not there
     */
    public Reading<Long> value(String key) {
        Long number = numbers.get(key);
        return number == null
                ? Reading.absent(Absence.Reason.NOT_REPORTED, source, "no line " + key)
                : Reading.of(number);
    }

    /**
     * Every number by its name, in the order of the file.
     *
     * @return an unmodifiable map
     */
    public Map<String, Long> numbers() {
        return numbers;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyedNumbers that && numbers.equals(that.numbers) && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return numbers.hashCode();
    }

    /** The number of lines and the source; the numbers are in {@link #numbers()}. */
    @Override
    public String toString() {
        return numbers.size() + " numbers of " + source;
    }
}
