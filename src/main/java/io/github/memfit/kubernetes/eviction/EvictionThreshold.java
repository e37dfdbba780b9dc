package io.github.memfit.kubernetes.eviction;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the kubelet starts to evict for memory, and when it stops: {@code memory.available<100Mi}, with an optional minimum
 * reclaim. Immutable and thread-safe; value-based.
 *
 * <p>Rule: Kubernetes 1.36, pkg/kubelet/eviction/helpers.go. A percentage is computed in single precision (3% of 1,000,000 is
 * 29,999); {@code 0%} and {@code 100%}, written so, switch the signal off. The threshold is met when less than it is available,
 * and once met it stays so until the minimum reclaim is available on top.
 *
 * {@snippet :
 * EvictionThreshold hard = EvictionThreshold.parse("5%").withMinimumReclaim("500Mi");
 * hard.bytes(Bytes.gibi(16));                           // 858993472
 * hard.isMet(Bytes.mebi(700), Bytes.gibi(16));          // true
 * }
 *
 * @since 0.1
 */
public final class EvictionThreshold {

    /** What a kubelet on Linux has unless {@code evictionHard} is set: {@code memory.available<100Mi}. */
    public static final EvictionThreshold DEFAULT_HARD = parse("100Mi");

    /** No threshold at all. */
    public static final EvictionThreshold NONE = parse("0%");

    private final MemoryAmount amount;
    private final @Nullable MemoryAmount minimumReclaim;

    private EvictionThreshold(MemoryAmount amount, @Nullable MemoryAmount minimumReclaim) {
        this.amount = amount;
        this.minimumReclaim = minimumReclaim;
    }

    /**
     * Reads a threshold as it stands in {@code evictionHard} or {@code evictionSoft}.
     *
     * @param text a quantity above zero, or a percentage of the capacity
     * @return the threshold
     * @throws MalformedException if it is neither, zero, or outside 0% to 100%
     */
    public static EvictionThreshold parse(CharSequence text) {
        MemoryAmount amount = MemoryAmount.parse("eviction threshold", text);
        if (amount.isZeroQuantity()) {
            throw new MalformedException("eviction threshold", 1, 1, text, "a quantity must be above zero");
        }
        return new EvictionThreshold(amount, null);
    }

    /**
     * This threshold with an {@code evictionMinimumReclaim}.
     *
     * @param text a quantity, or a percentage of the capacity
     * @return the threshold
     * @throws MalformedException if it is neither, or below zero
     */
    public EvictionThreshold withMinimumReclaim(CharSequence text) {
        return new EvictionThreshold(amount, MemoryAmount.parse("minimum reclaim", text));
    }

    /**
     * Is the signal switched off?
     *
     * @return true for {@code 0%} and {@code 100%}
     */
    public boolean isIgnored() {
        return amount.toString().equals("0%") || amount.toString().equals("100%");
    }

    /**
     * The threshold in bytes.
     *
     * @param capacity what percentages are of: for the node, available plus working set
     * @return the bytes, zero when the signal is off
     */
    public Bytes bytes(Bytes capacity) {
        return isIgnored() ? Bytes.ZERO : amount.of(capacity);
    }

    /**
     * What must be available for a met threshold to be resolved.
     *
     * @param capacity what percentages are of
     * @return the threshold and the minimum reclaim, in bytes
     */
    public Bytes bytesWithReclaim(Bytes capacity) {
        Bytes reclaim = minimumReclaim == null || isIgnored() ? Bytes.ZERO : minimumReclaim.of(capacity);
        return bytes(capacity).plus(reclaim);
    }

    /**
     * Would eviction start now?
     *
     * @param available the memory that is available
     * @param capacity what percentages are of
     * @return true if less than the threshold is available
     */
    public boolean isMet(Bytes available, Bytes capacity) {
        return available.isLessThan(bytes(capacity));
    }

    /**
     * Does eviction go on, once started?
     *
     * @param available the memory that is available
     * @param capacity what percentages are of
     * @return true if less than threshold and minimum reclaim is available
     */
    public boolean isUnresolved(Bytes available, Bytes capacity) {
        return available.isLessThan(bytesWithReclaim(capacity));
    }

    /**
     * The minimum reclaim as text.
     *
     * @return the quantity or percentage, empty if none
     */
    public Optional<String> minimumReclaim() {
        return Optional.ofNullable(minimumReclaim).map(MemoryAmount::toString);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EvictionThreshold that
                && amount.equals(that.amount)
                && Objects.equals(minimumReclaim, that.minimumReclaim);
    }

    @Override
    public int hashCode() {
        return Objects.hash(amount, minimumReclaim);
    }

    /** The quantity or percentage, with the minimum reclaim if there is one. */
    @Override
    public String toString() {
        return amount + (minimumReclaim == null ? "" : " (minimum reclaim " + minimumReclaim + ")");
    }
}
