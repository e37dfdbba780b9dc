package io.github.memfit.tuning.malloc;

import java.math.BigInteger;
import java.util.regex.Matcher;

/** A whole number in C's notation with base 0: {@code 0x3} is 3, {@code 010} is 8. */
final class CNumber {

    /** Sign and digits, to stand behind blanks; four groups. A variable is as long as its writer likes: digits are bounded. */
    static final String GRAMMAR = "([+-]?)(?:0[xX]([0-9a-fA-F]{1,400})|(0[0-7]{0,400})|([1-9][0-9]{0,400}))";

    private CNumber() {}

    /** What the digits say, without the sign. */
    static BigInteger magnitude(Matcher matched) {
        if (matched.group(2) != null) {
            return new BigInteger(matched.group(2), 16);
        }
        return matched.group(3) != null ? new BigInteger(matched.group(3), 8) : new BigInteger(matched.group(4));
    }

    static boolean isNegative(Matcher matched) {
        return "-".equals(matched.group(1));
    }
}
