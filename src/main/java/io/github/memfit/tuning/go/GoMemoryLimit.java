package io.github.memfit.tuning.go;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of {@code GOMEMLIMIT}: whole bytes with {@code B}, {@code KiB}, {@code MiB}, {@code GiB}, {@code TiB} or nothing behind
 * them, or {@code off}. Anything else - {@code 1GB}, {@code 1G}, {@code 1.5GiB}, a blank in front - stops the program with {@code
 * malformed GOMEMLIMIT}. Source: Go {@code runtime/string.go} and {@code runtime/mgcpacer.go}, 1.19 and later; run on 1.19.
 *
 * <p>{@code parse} is the inverse of {@code toString}. Immutable and thread-safe.
 *
 * @param bytes the limit; {@link Bytes#MAX} for none
 * @since 0.1
 */
public record GoMemoryLimit(Bytes bytes) {

    /** No limit. */
    public static final GoMemoryLimit OFF = new GoMemoryLimit(Bytes.MAX);

    private static final Pattern TEXT = Pattern.compile("0*([0-9]{1,19})(B|KiB|MiB|GiB|TiB)?");

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    /**
     * Checks the limit.
     *
     * @param bytes the limit; {@link Bytes#MAX} for none
     * @throws IllegalArgumentException if it is negative
     */
    public GoMemoryLimit {
        if (bytes.isNegative()) {
            throw new IllegalArgumentException("GOMEMLIMIT is not negative, got " + bytes);
        }
    }

    /**
     * Reads the value as the Go runtime does.
     *
     * @param text the variable's value; empty is {@link #OFF}
     * @return the limit
     * @throws MalformedException if the runtime would stop with {@code malformed GOMEMLIMIT}
     */
    public static GoMemoryLimit parse(String text) {
        if (text.isEmpty() || text.equals("off")) {
            return OFF;
        }
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            try {
                long number = Long.parseLong(matcher.group(1));
                int power =
                        matcher.group(2) == null ? 0 : unit(matcher.group(2)).orElse(0);
                return new GoMemoryLimit(Bytes.of(Math.multiplyExact(number, 1L << (10 * power))));
            } catch (NumberFormatException | ArithmeticException e) {
                throw malformed(text);
            }
        }
        throw malformed(text);
    }

    private static OptionalInt unit(String name) {
        for (int power = 0; power < UNITS.length; power++) {
            if (UNITS[power].equals(name)) {
                return OptionalInt.of(power);
            }
        }
        return OptionalInt.empty();
    }

    private static MalformedException malformed(String text) {
        return new MalformedException(
                "GOMEMLIMIT", 1, 1, text, "whole numbers with B, KiB, MiB, GiB, TiB or nothing, or off; not KB, MB, G");
    }

    /** The text for the variable: the largest unit that divides, {@code off} for none. */
    @Override
    public String toString() {
        if (equals(OFF)) {
            return "off";
        }
        long value = bytes.value();
        int power = 0;
        while (value != 0 && power < UNITS.length - 1 && value % 1024 == 0) {
            value /= 1024;
            power++;
        }
        return value + UNITS[power];
    }
}
