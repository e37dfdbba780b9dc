package io.github.memfit.kubernetes;

import java.math.BigInteger;

/** What upstream's own representation makes of a text: kept apart, so that the defects stay out of {@link Quantity}. */
final class UpstreamQuantity {

    /** Upstream's short form holds at most this many digits. */
    private static final int SHORT_DIGITS = 18;

    private static final int FINEST = 9;
    private static final BigInteger NANO = BigInteger.TEN.pow(FINEST);
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private final String text;
    private final Quantity quantity;
    private final boolean capped;

    /** Upstream keeps a mantissa and a power of ten in two integers when the text is short enough. */
    private final boolean shortForm;

    private final boolean keepsText;

    UpstreamQuantity(QuantityParser.Parts parts, Quantity quantity, int power, boolean capped) {
        this.text = parts.text;
        this.quantity = quantity;
        this.capped = capped;
        String integer = parts.integer.isEmpty() ? "0" : parts.integer;
        String digits = integer + parts.fraction;
        boolean binary = parts.unit().length() == 2 && parts.unit().charAt(1) == 'i';
        int scale = binary ? 0 : power - parts.fraction.length();
        if (binary) {
            int room = 15 - integer.length() - (int) (power * 3f / 10f) - 1;
            shortForm = parts.fraction.isEmpty() && room >= 0;
        } else {
            shortForm = digits.length() <= SHORT_DIGITS && scale >= -FINEST;
        }
        if (!shortForm) {
            keepsText = false;
        } else if (binary) {
            keepsText = (Long.parseLong(digits) & 7) != 0;
        } else {
            keepsText = scale % 3 == 0 && !digits.endsWith("000") && digits.charAt(0) != '0';
        }
    }

    String printed() {
        if (keepsText) {
            return text;
        }
        return QuantityPrinter.isBeyondUnits(quantity)
                ? QuantityPrinter.digitsOnly(quantity.exact())
                : quantity.canonical();
    }

    long value() {
        if (shortForm || capped || quantity.isZero()) {
            return quantity.value().orElse(0);
        }
        // The long form is a number of 10^-9; dividing it takes a shortcut that misreads large negative numbers.
        BigInteger nanos = quantity.exact().movePointRight(FINEST).toBigIntegerExact();
        if (nanos.compareTo(LARGEST) < 0) {
            long low = nanos.longValue();
            return low / NANO.longValue() + (low % NANO.longValue() != 0 ? 1 : 0);
        }
        BigInteger[] parts = nanos.divideAndRemainder(NANO);
        return (parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE)).longValue();
    }
}
