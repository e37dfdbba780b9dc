package io.github.memfit.tuning.go;

import java.util.regex.Pattern;

/** What Go's {@code strconv.ParseFloat} takes, without its hexadecimal forms. */
final class GoNumber {

    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]{1,40}(?:\\.[0-9]{0,40})?|\\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,4})?");

    private GoNumber() {}

    static boolean isDecimal(String text) {
        return DECIMAL.matcher(text).matches();
    }
}
