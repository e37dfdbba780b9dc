package io.github.memfit.tuning;

import java.util.Locale;

/**
 * Where a number in a {@link MemoryPlan} comes from, so that a reader knows how far to trust it.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public enum Provenance {
    /** Seen in the program itself: a profile, a sample, a native memory report. */
    MEASURED,
    /** Computed by a rule from what is known about the runtime; the row's reason names the rule. */
    RULE,
    /** Said by the user: a flag or an argument that is kept as it is. */
    USER,
    /** Imposed by the kernel: rounding to pages, charges of the control group itself. */
    KERNEL;

    /** The name in lower case, as printed in tables. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
