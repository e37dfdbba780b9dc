package io.github.memfit.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("bare")
class PrintableTest {

    @ParameterizedTest
    @org.junit.jupiter.api.Tag("bare")
    @CsvSource({
        "plain ~, 80, plain ~",
        "'', 80, ''",
        "abcdef, 6, abcdef",
        "abcdef, 5, abcde...",
        "abcdef, 0, ...",
        "aéb, 8, a\\u00e9b",
        "aéb, 7, a\\u00e9...",
        "aéb, 6, a...",
        "aéb, 2, a...",
        "ééé, 12, \\u00e9\\u00e9...",
    })
    void cutsBetweenCharacters(String text, int longest, String shown) {
        assertEquals(shown, Printable.escaped(text, longest));
    }

    @ParameterizedTest
    @org.junit.jupiter.api.Tag("bare")
    @CsvSource({"31, \\u001f", "32, ' '", "126, ~", "127, \\u007f", "34, \\u0022", "92, \\u005c", "8238, \\u202e"})
    void escapesAllButPrintableAscii(int character, String shown) {
        assertEquals(shown, Printable.escaped(Character.toString(character)));
    }

    @Property
    void isPrintableAndReadsBack(@ForAll String text) {
        String escaped = Printable.escaped(text);
        assertTrue(escaped.chars().allMatch(c -> c >= ' ' && c < 0x7f));
        StringBuilder back = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '\\') {
                back.append((char) Integer.parseInt(escaped.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                back.append(escaped.charAt(i));
            }
        }
        assertEquals(text, back.toString());
    }

    @Property
    void theBoundHoldsAndTheCutIsAPrefix(@ForAll String text, @ForAll @IntRange(max = 100) int longest) {
        String cut = Printable.escaped(text, longest);
        assertTrue(cut.length() <= longest + 3);
        String whole = Printable.escaped(text);
        assertTrue(cut.equals(whole) || whole.startsWith(cut.substring(0, cut.length() - 3)));
        assertEquals(whole.length() <= longest, cut.equals(whole));
    }
}
