package io.github.memfit.procfs;

import io.github.memfit.internal.Ascii;
import io.github.memfit.internal.RawFile;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Reading;
import java.nio.charset.StandardCharsets;

/** What the parsers of this package share. */
final class ProcText {

    private ProcText() {}

    static <T> Reading<T> malformed(String source, String detail) {
        return Reading.absent(Absence.Reason.MALFORMED, source, detail);
    }

    /** Names are any bytes; what is not UTF-8 becomes U+FFFD. */
    static String text(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    /** Does the text end with a line feed, as every text of procfs does that was read to its end? */
    static boolean isWhole(byte[] text, int length) {
        return length > 0 && text[length - 1] == '\n';
    }

    /** A file of one signed decimal number in a range. */
    static Reading<Integer> number(RawFile file, int least, int most) {
        byte[] text = file.bytes();
        int length = file.length();
        String source = file.path().toString();
        if (!isWhole(text, length)) {
            return malformed(source, length == 0 ? "empty" : "cut before the end of the line");
        }
        boolean negative = text[0] == '-';
        long magnitude = Ascii.decimal(text, negative ? 1 : 0, length - 1);
        if (magnitude == Ascii.NOT_A_NUMBER || negative && text[1] == '-') {
            return malformed(source, "not one decimal number");
        }
        long value = negative ? -magnitude : magnitude;
        if (value < least || value > most) {
            return malformed(source, value + " is not in " + least + ".." + most);
        }
        return Reading.of((int) value);
    }

    /** A file of one name. A line feed in the name is part of it, the last one ends the file. */
    static Reading<String> name(RawFile file) {
        int length = file.length();
        return isWhole(file.bytes(), length)
                ? Reading.of(text(file.bytes(), 0, length - 1))
                : malformed(file.path().toString(), length == 0 ? "empty" : "cut before the end of the line");
    }
}
