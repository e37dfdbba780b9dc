package io.github.memfit.tuning.jvm;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What HotSpot refuses before it computes anything: unknown flags, malformed and out-of-range values. */
final class FlagRules {

    private static final Map<String, String> SPOKEN = Map.of(
            "MaxHeapSize", "maximum heap size",
            "Xms", "initial heap size",
            "InitialHeapSize", "initial heap size",
            "MinHeapSize", "minimum heap size",
            "Xmn", "initial young generation size",
            "Xss", "thread stack size");

    private static final Set<String> SIZES = Set.of(
            "NewSize",
            "MaxNewSize",
            "MaxRAM",
            "ReservedCodeCacheSize",
            "MaxMetaspaceSize",
            "CompressedClassSpaceSize",
            "MaxDirectMemorySize",
            "G1HeapRegionSize",
            "SoftMaxHeapSize",
            "ThreadStackSize",
            "NewRatio",
            "SurvivorRatio",
            "ParallelGCThreads",
            "ConcGCThreads",
            "CICompilerCount",
            "TieredStopAtLevel",
            "ObjectAlignmentInBytes");

    private static final Set<String> PERCENTAGES =
            Set.of("MaxRAMPercentage", "MinRAMPercentage", "InitialRAMPercentage");

    private static final Set<String> FRACTIONS = Set.of("MaxRAMFraction", "MinRAMFraction", "InitialRAMFraction");

    private static final long LARGEST_STACK = 1L << 30;
    private static final long LARGEST_SIZE = 1L << 56;
    private static final long LEAST_STACK_KIBI = 136;

    private FlagRules() {}

    static void check(JdkVersion jdk, JvmOptions options) {
        boolean lenient = options.isOn("IgnoreUnrecognizedVMOptions");
        for (JvmOption option : options.options()) {
            String flag = option.flag();
            if (flag.isEmpty()) {
                continue;
            }
            if (!isKnown(jdk, flag)) {
                if (!lenient) {
                    throw new Refusal("Unrecognized VM option '" + unrecognized(option) + "'");
                }
            } else if (SPOKEN.containsKey(flag)) {
                if (isImpossible(option)) {
                    throw new Refusal("Invalid " + SPOKEN.get(flag) + ": " + option.text());
                }
            } else if (SIZES.contains(flag)) {
                if (isImpossible(option)) {
                    throw improper(option);
                }
            } else if (PERCENTAGES.contains(flag)) {
                double value = percentage(option);
                if (value > 100) {
                    throw new Refusal("double " + flag + '=' + Ergonomics.sixDecimals(value)
                            + " is outside the allowed range [ 0.000000 ... 100.000000 ]");
                }
            }
            range(jdk, option);
        }
    }

    /** No address space is larger: HotSpot takes such a number and dies reserving it. */
    private static boolean isImpossible(JvmOption option) {
        return option.number().orElse(Long.MAX_VALUE) > LARGEST_SIZE;
    }

    private static void range(JdkVersion jdk, JvmOption option) {
        switch (option.flag()) {
            case "Xss" -> {
                if (option.number().orElse(0) > LARGEST_STACK) {
                    throw new Refusal("Invalid thread stack size: " + option.text());
                }
            }
            case "CompressedClassSpaceSize" -> inRange(option, 1 << 20, jdk.atLeast(25) ? 4L << 30 : 3L << 30);
            case "G1HeapRegionSize" -> inRange(option, 0, jdk.atLeast(18) ? 512L << 20 : 32L << 20);
            default -> {
                // Every other value is taken, or bounded where it is used.
            }
        }
    }

    private static void inRange(JvmOption option, long least, long most) {
        long value = option.number().orElse(least);
        if (value < least || value > most) {
            throw new Refusal("size_t " + option.flag() + '=' + value + " is outside the allowed range [ " + least
                    + " ... " + most + " ]");
        }
    }

    /** Flags that came or went; of all others the spelling is trusted, for nobody lists a thousand flags here. */
    static boolean isKnown(JdkVersion jdk, String flag) {
        if (FRACTIONS.contains(flag)) {
            return !jdk.atLeast(25);
        }
        return switch (flag) {
            case "UseCompactObjectHeaders" -> jdk.atLeast(24);
            case "ZGenerational" -> jdk.atLeast(21) && !jdk.atLeast(25);
            default -> true;
        };
    }

    private static String unrecognized(JvmOption option) {
        boolean toggle = option.text().startsWith("-XX:+") || option.text().startsWith("-XX:-");
        return option.text().substring(toggle ? 5 : 4);
    }

    private static Refusal improper(JvmOption option) {
        return new Refusal("Improperly specified VM option '" + unrecognized(option) + "'");
    }

    static double percentage(JvmOption option) {
        String text = option.value();
        // Not Double.parseDouble alone: it also takes "1d", "NaN" and hexadecimal fractions.
        boolean plain = !text.isEmpty()
                && text.length() <= 32
                && text.chars()
                        .allMatch(
                                c -> c >= '0' && c <= '9' || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-');
        try {
            double value = plain ? Double.parseDouble(text) : -1;
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw improper(option);
        }
        throw improper(option);
    }

    static boolean isClientMode(JvmOptions options) {
        boolean compilation =
                options.has("TieredCompilation") || options.has("TieredStopAtLevel") || options.has("CompilationMode");
        boolean interpreted = options.effective("Mode")
                .map(mode -> mode.value().equals("int"))
                .orElse(false);
        return options.isOn("NeverActAsServerClassMachine") && !compilation && !interpreted;
    }

    /** -Xss counts bytes and rounds up to KiB, -XX:ThreadStackSize counts KiB. */
    static long stackKibi(JvmOptions options) {
        Optional<JvmOption> option = options.effective("ThreadStackSize");
        OptionalLong number = options.number("ThreadStackSize");
        if (option.isEmpty() || number.isEmpty()) {
            return 1024;
        }
        long kibi = option.get().flag().equals("Xss") ? (number.getAsLong() + 1023) / 1024 : number.getAsLong();
        if (kibi > 0 && kibi < LEAST_STACK_KIBI) {
            throw new Refusal(
                    "The Java thread stack size specified is too small. Specify at least " + LEAST_STACK_KIBI + "k");
        }
        return kibi;
    }
}
