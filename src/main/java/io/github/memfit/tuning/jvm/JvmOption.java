package io.github.memfit.tuning.jvm;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * One option as its user wrote it, and the VM flag that it sets. Immutable and thread-safe.
 *
 * @param channel how it reaches the JVM
 * @param text the option as written, after quotes are gone: {@code -Xmx512m}
 * @param flag the VM flag that it sets by HotSpot's name ({@code MaxHeapSize}), {@code Xms} and {@code Xmn} for the two
 *     spellings that set a pair of flags, {@code Xss} for the spelling of {@code ThreadStackSize} in bytes, {@code Mode} for {@code -Xint}, {@code -Xcomp} and {@code -Xmixed}; empty if it
 *     sets none
 * @param value the value as written, {@code true} or {@code false} for a switch, empty without a flag
 * @since 0.1
 */
public record JvmOption(OptionChannel channel, String text, String flag, String value) {

    /**
     * Checks the parts.
     *
     * @param channel how it reaches the JVM
     * @param text the option as written
     * @param flag the VM flag that it sets, or empty
     * @param value the value as written
     */
    public JvmOption {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(flag, "flag");
        Objects.requireNonNull(value, "value");
    }

    /**
     * Does it set a flag? Two spellings set a pair: {@code -Xms} the initial and the minimal heap, {@code -Xmn} the
     * initial and the maximal young generation.
     *
     * @param name HotSpot's name of the flag
     * @return true if it does
     */
    public boolean sets(String name) {
        return OptionSpelling.flags(flag).contains(name);
    }

    /**
     * The value as HotSpot reads sizes: decimal or {@code 0x} digits with at most one of the suffixes k, m, g, t in
     * either case.
     *
     * @return the number of bytes (or the plain number), empty if HotSpot would refuse the text
     */
    public OptionalLong number() {
        return VmNumbers.parse(value);
    }

    /** {@code -Xmx512m (JAVA_TOOL_OPTIONS)}. */
    @Override
    public String toString() {
        return text + " (" + channel + ')';
    }
}
