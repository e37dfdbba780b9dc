package io.github.memfit.kubernetes.eviction;

import io.github.memfit.kubernetes.Quantity;
import io.github.memfit.kubernetes.QuantityReading;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import org.jspecify.annotations.Nullable;

/** A quantity or a percentage of the capacity, as thresholds and reclaims are written. */
final class MemoryAmount {

    private static final int LONGEST = 64;

    private final String text;
    private final @Nullable Bytes bytes;

    /** Single precision on purpose: that is what decides how many bytes a percentage is. */
    private final float share;

    private MemoryAmount(String text, @Nullable Bytes bytes, float share) {
        this.text = text;
        this.bytes = bytes;
        this.share = share;
    }

    static MemoryAmount parse(String what, CharSequence text) {
        String all = text.length() > LONGEST ? "" : text.toString();
        if (all.endsWith("%")) {
            return new MemoryAmount(all, null, share(what, all));
        }
        QuantityReading reading = QuantityReading.of(text);
        if (reading instanceof QuantityReading.Refused refused) {
            throw new MalformedException(what, 1, refused.index() + 1, text, "a quantity or a percentage is needed");
        }
        Quantity quantity = reading.orElseThrow();
        if (quantity.signum() < 0) {
            throw new MalformedException(what, 1, 1, text, "it cannot be below zero");
        }
        if (quantity.value().isEmpty()) {
            throw new MalformedException(what, 1, 1, text, "it does not fit 64 bits");
        }
        return new MemoryAmount(quantity.toString(), quantity.bytesRoundedUp(), 0);
    }

    private static float share(String what, String text) {
        String number = text.substring(0, text.length() - 1);
        boolean plain = !number.isEmpty()
                && number.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0)
                && number.chars().anyMatch(c -> c >= '0' && c <= '9');
        float percent;
        try {
            percent = plain ? Float.parseFloat(number) : Float.NaN;
        } catch (NumberFormatException e) {
            percent = Float.NaN;
        }
        float share = percent / 100f;
        if (!(share >= 0 && share <= 1)) {
            throw new MalformedException(what, 1, 1, text, "a percentage is a number from 0 to 100");
        }
        return share;
    }

    boolean isZeroQuantity() {
        return bytes != null && bytes.isZero();
    }

    Bytes of(Bytes capacity) {
        return bytes != null ? bytes : Bytes.of((long) ((double) capacity.value() * (double) share));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryAmount that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
