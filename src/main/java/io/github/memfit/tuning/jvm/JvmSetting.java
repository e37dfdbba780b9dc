package io.github.memfit.tuning.jvm;

import java.util.Objects;

/**
 * One setting of a plan and why. Immutable and thread-safe.
 *
 * @param option the option as the JVM reads it: {@code -Xmx302m}
 * @param why the reason, one line
 * @param given did the user give it already? Then it need not be added
 * @since 0.1
 */
public record JvmSetting(String option, String why, boolean given) {

    /**
     * Checks the parts.
     *
     * @param option the option as the JVM reads it
     * @param why the reason
     * @param given did the user give it already?
     */
    public JvmSetting {
        Objects.requireNonNull(option, "option");
        Objects.requireNonNull(why, "why");
    }

    /** {@code -Xmx302m: what is left}. */
    @Override
    public String toString() {
        return option + ": " + why;
    }
}
