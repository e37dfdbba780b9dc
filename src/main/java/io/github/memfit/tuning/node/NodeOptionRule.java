package io.github.memfit.tuning.node;

import java.util.Set;

/**
 * Whether an option may stand in {@code NODE_OPTIONS}, for the options that change memory. Run on Node 12 to 26; a refused option
 * stops Node with exit code 9 and {@code ... is not allowed in NODE_OPTIONS}.
 *
 * @since 0.1
 */
public enum NodeOptionRule {
    /** It may. */
    ALLOWED,
    /** It may, and Node prints a warning at every start. */
    ALLOWED_WITH_WARNING,
    /** It may not: command line only. */
    REFUSED,
    /** Not an option about memory; nothing is said about it. */
    UNKNOWN;

    private static final Set<String> ALWAYS = Set.of("max-old-space-size", "v8-pool-size");

    private static final Set<String> NEVER = Set.of(
            "optimize-for-size",
            "lite-mode",
            "stack-size",
            "min-semi-space-size",
            "initial-old-space-size",
            "initial-heap-size",
            "single-threaded",
            "gc-interval",
            "semi-space-growth-factor",
            "opt");

    /** Allowed from some version on. */
    private static final Set<String> SINCE =
            Set.of("max-semi-space-size", "max-heap-size", "max-old-space-size-percentage", "expose-gc");

    /**
     * The rule for one option. Switched off is refused like switched on.
     *
     * @param version the version of Node
     * @param option the option in any spelling, with or without a value
     * @return what Node does with it
     */
    public static NodeOptionRule of(NodeVersion version, String option) {
        String name = NodeOptions.nameOf(option);
        if (name.isEmpty() && option.startsWith("--")) {
            return REFUSED; // the end of the options; only a command line has one
        }
        String positive = NodeOptions.withoutNo(name);
        boolean allowedSomewhere = ALWAYS.contains(name) || SINCE.contains(name);
        // The list that Node compares with knows two dashes only; V8 on the command line takes one as well.
        boolean oneDash = option.startsWith("-") && !option.startsWith("--");
        if (NEVER.contains(name) || NEVER.contains(positive) || (oneDash && allowedSomewhere)) {
            return REFUSED;
        }
        if (ALWAYS.contains(name)) {
            return ALLOWED;
        }
        return switch (name) {
            case "max-semi-space-size" ->
                allowedIf(version.major() >= 20
                        || (version.major() == 19 && version.minor() >= 1)
                        || (version.major() == 18 && version.minor() >= 13));
            case "max-heap-size" ->
                allowedIf(version.major() >= 26
                        || (version.major() == 25 && version.minor() >= 9)
                        || (version.major() == 24 && version.minor() >= 15));
            case "max-old-space-size-percentage" -> allowedIf(hasPercentage(version));
            case "expose-gc" -> allowedIf(version.isAtLeast(22, 3) || (version.major() == 20 && version.minor() >= 18));
            case "heapsnapshot-near-heap-limit" -> allowedIf(version.major() >= 14);
            case "jitless" -> version.major() >= 16 && version.major() <= 22 ? ALLOWED_WITH_WARNING : ALLOWED;
            default -> UNKNOWN;
        };
    }

    /** The percentage is an option of Node and not of V8: where it is missing it is missing on the command line too. */
    static boolean hasPercentage(NodeVersion version) {
        return version.isAtLeast(24, 6) || (version.major() == 22 && version.minor() >= 21);
    }

    private static NodeOptionRule allowedIf(boolean allowed) {
        return allowed ? ALLOWED : REFUSED;
    }
}
