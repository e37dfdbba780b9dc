package io.github.memfit.sizing.vpa;

import io.github.memfit.unit.Bytes;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of memory as VPA hands it out: whole bytes, or thousandths of a byte after {@code --humanize-memory}. Immutable and
 * thread-safe.
 *
 * <p>Humanizing writes two decimals with a binary unit and reads that back, so that the amount may fall below the raw value and
 * need not be a whole number of bytes. {@link #bytes()} rounds up, as Kubernetes does; {@link #toString()} is the canonical
 * Kubernetes quantity ({@code 250Mi}, {@code 1038687928320m}).
 *
 * @param wholeBytes the bytes, rounded down; not negative
 * @param thousandths the thousandths of a byte above, 0 to 999
 * @since 0.1
 */
public record VpaAmount(long wholeBytes, int thousandths) implements Comparable<VpaAmount> {

    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final String[] DECIMAL = {"", "k", "M", "G", "T", "P", "E"};
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    /**
     * Checks the ranges.
     *
     * @param wholeBytes the bytes, rounded down
     * @param thousandths the thousandths of a byte above
     * @throws IllegalArgumentException if one is out of range
     */
    public VpaAmount {
        if (wholeBytes < 0 || thousandths < 0 || thousandths > 999) {
            throw new IllegalArgumentException("an amount must not be negative and has 0 to 999 thousandths, got "
                    + wholeBytes + " and " + thousandths);
        }
    }

    /**
     * Whole bytes.
     *
     * @param bytes the bytes, not negative
     * @return the amount
     * @throws IllegalArgumentException if negative
     */
    public static VpaAmount of(long bytes) {
        return new VpaAmount(bytes, 0);
    }

    /**
     * What {@code --round-memory-bytes} and {@code --humanize-memory} make of a number of bytes, in this order.
     *
     * @param bytes the bytes, not negative
     * @param unit the unit to round up to, in floating-point arithmetic; 0 and 1 do not round
     * @param humanize whether to go through two decimals
     * @return the amount
     * @throws IllegalArgumentException if the bytes are negative
     */
    public static VpaAmount of(long bytes, long unit, boolean humanize) {
        long rounded = unit <= 1 ? bytes : (long) (Math.ceil((double) bytes / unit) * unit);
        return humanize ? humanized(rounded) : of(rounded);
    }

    private static VpaAmount humanized(long bytes) {
        int power = Math.min(4, bytes < 1024 ? 0 : (63 - Long.numberOfLeadingZeros(bytes)) / 10);
        if (power == 0) {
            return of(bytes);
        }
        BigDecimal unit = BigDecimal.valueOf(1L << 10 * power);
        BigDecimal thousandths = new BigDecimal((double) bytes / (1L << 10 * power))
                .setScale(2, RoundingMode.HALF_EVEN)
                .multiply(unit)
                .multiply(THOUSAND);
        BigDecimal[] parts = thousandths.divideAndRemainder(THOUSAND);
        // Kubernetes rounds up what is finer than a thousandth; two decimals of a power of 1024 never are.
        return new VpaAmount(parts[0].longValueExact(), parts[1].intValueExact());
    }

    /**
     * The whole bytes, rounded up.
     *
     * @return the bytes
     */
    public long bytes() {
        return thousandths == 0 ? wholeBytes : Math.addExact(wholeBytes, 1);
    }

    VpaAmount raisedTo(Bytes minimum) {
        return !minimum.isZero() && compareTo(of(minimum.value())) < 0 ? of(minimum.value()) : this;
    }

    VpaAmount cutTo(Bytes maximum) {
        return !maximum.isZero() && compareTo(of(maximum.value())) > 0 ? of(maximum.value()) : this;
    }

    @Override
    public int compareTo(VpaAmount other) {
        return wholeBytes != other.wholeBytes
                ? Long.compare(wholeBytes, other.wholeBytes)
                : Integer.compare(thousandths, other.thousandths);
    }

    /** The canonical Kubernetes quantity. */
    @Override
    public String toString() {
        if (thousandths != 0) {
            return BigDecimal.valueOf(wholeBytes)
                            .multiply(THOUSAND)
                            .add(BigDecimal.valueOf(thousandths))
                            .toPlainString()
                    + "m";
        }
        int base = wholeBytes < 1024 ? 1000 : 1024;
        long number = wholeBytes;
        int power = 0;
        while (number != 0 && number % base == 0) {
            number /= base;
            power++;
        }
        return number + (base == 1024 ? BINARY : DECIMAL)[power];
    }
}
