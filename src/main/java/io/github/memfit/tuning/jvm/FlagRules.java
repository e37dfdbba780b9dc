package io.github.memfit.tuning.jvm;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** What HotSpot refuses before it computes anything: unknown flags, malformed and out-of-range values. */
final class FlagRules {

    /** What the options of one letter after -X are called when HotSpot refuses their number. */
    private static final Map<String, String> SPOKEN = Map.of(
            "MaxHeapSize", "maximum heap size",
            "Xms", "initial heap size",
            "Xmn", "initial young generation size",
            "Xss", "thread stack size",
            "ReservedCodeCacheSize", "maximum code cache size");

    /** Of these 0 is no size either; of the others it means "choose". */
    private static final Set<String> NEVER_ZERO = Set.of("MaxHeapSize", "Xmn", "ReservedCodeCacheSize");

    private static final Set<String> SIZES = Set.of(
            "InitialHeapSize",
            "MinHeapSize",
            "NewSize",
            "MaxNewSize",
            "MaxRAM",
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

    private static final Set<String> SWITCHES = Set.of(
            "UseSerialGC",
            "UseParallelGC",
            "UseG1GC",
            "UseZGC",
            "UseShenandoahGC",
            "UseContainerSupport",
            "UseCompressedOops",
            "UseCompressedClassPointers",
            "UseCompactObjectHeaders",
            "TieredCompilation",
            "SegmentedCodeCache",
            "AggressiveHeap",
            "AlwaysPreTouch",
            "ExitOnOutOfMemoryError",
            "HeapDumpOnOutOfMemoryError");

    private static final Pattern PLAIN_DECIMAL = Pattern.compile("[0-9]+(\\.[0-9]+)?");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
    private static final int LONGEST_PERCENTAGE = 32;
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
                    throw unrecognized(option);
                }
                continue;
            }
            form(option);
            if (SPOKEN.containsKey(flag)) {
                spoken(option);
            } else if (SIZES.contains(flag) || FRACTIONS.contains(flag)) {
                number(jdk, option);
            } else if (flag.equals("ActiveProcessorCount")) {
                // Negative numbers mean "count them".
                if (option.number().isEmpty() && negative(option).isEmpty()) {
                    throw improper(option);
                }
            } else if (PERCENTAGES.contains(flag)) {
                percentageInRange(jdk, option);
            }
        }
    }

    /** Switches take a sign and no value, everything else a value and no sign. */
    private static void form(JvmOption option) {
        String flag = option.flag();
        boolean vm = option.text().startsWith("-XX:");
        boolean value = SPOKEN.containsKey(flag)
                || SIZES.contains(flag)
                || PERCENTAGES.contains(flag)
                || FRACTIONS.contains(flag)
                || flag.equals("ActiveProcessorCount");
        if (isToggle(option)) {
            if (value) {
                throw new Refusal("Unexpected +/- setting in VM option '" + flag + "'");
            }
            if (flag.indexOf('=') >= 0) {
                throw improper(option);
            }
        } else if (vm && SWITCHES.contains(flag)) {
            throw new Refusal("Missing +/- setting for VM option '" + spelled(option) + "'");
        } else if (vm && value && option.text().indexOf('=') < 0) {
            throw improper(option);
        } else if (vm && value && option.text().startsWith(":=", 4 + flag.length())) {
            throw unrecognized(option);
        }
    }

    /** The heap, the young generation, stacks and the code cache, which have words of their own. */
    private static void spoken(JvmOption option) {
        String flag = option.flag();
        boolean zero = NEVER_ZERO.contains(flag) && option.number().orElse(1) == 0;
        boolean tooLarge = flag.equals("Xss") && option.number().orElse(0) > LARGEST_STACK;
        if (zero || tooLarge || isImpossible(option)) {
            String stop = flag.equals("ReservedCodeCacheSize") ? "." : "";
            throw new Refusal("Invalid " + SPOKEN.get(flag) + ": " + option.text() + stop);
        }
    }

    private static void number(JdkVersion jdk, JvmOption option) {
        OptionalLong negative = FlagRanges.isSigned(jdk, option.flag()) ? negative(option) : OptionalLong.empty();
        if (negative.isEmpty() && isImpossible(option)) {
            throw improper(option);
        }
        FlagRanges.check(jdk, option.flag(), negative.orElse(option.number().orElse(0)));
    }

    private static OptionalLong negative(JvmOption option) {
        OptionalLong size =
                option.value().startsWith("-") ? VmNumbers.parse(option.value().substring(1)) : OptionalLong.empty();
        return size.isPresent() ? OptionalLong.of(-size.getAsLong()) : size;
    }

    /** No address space is larger: HotSpot takes such a number and dies reserving it. */
    private static boolean isImpossible(JvmOption option) {
        return option.number().orElse(Long.MAX_VALUE) > LARGEST_SIZE;
    }

    /**
     * Flags that came or went; of all others the spelling is trusted, for nobody lists a thousand flags here. A flag that is
     * obsolete is still taken, with a warning: {@code ZGenerational} in 24 and 25.
     */
    static boolean isKnown(JdkVersion jdk, String flag) {
        if (FRACTIONS.contains(flag)) {
            return !jdk.atLeast(25);
        }
        return switch (flag) {
            case "UseCompactObjectHeaders" -> jdk.atLeast(24);
            case "ZGenerational" -> jdk.atLeast(21);
            // Of older releases, and still in many start scripts.
            case "PermSize",
                    "MaxPermSize",
                    "UseConcMarkSweepGC",
                    "UseParNewGC",
                    "UseParallelOldGC",
                    "UseCGroupMemoryLimitForHeap" -> false;
            default -> true;
        };
    }

    private static boolean isToggle(JvmOption option) {
        return option.text().startsWith("-XX:+") || option.text().startsWith("-XX:-");
    }

    /** The option as HotSpot quotes it: without -XX: and the sign. */
    private static String spelled(JvmOption option) {
        String text = option.text();
        return text.startsWith("-XX:") ? text.substring(isToggle(option) ? 5 : 4) : text;
    }

    private static Refusal unrecognized(JvmOption option) {
        return new Refusal("Unrecognized VM option '" + spelled(option) + "'");
    }

    private static Refusal improper(JvmOption option) {
        return new Refusal("Improperly specified VM option '" + spelled(option) + "'");
    }

    private static void percentageInRange(JdkVersion jdk, JvmOption option) {
        double value = percentage(jdk, option);
        if (value < 0 || value > 100) {
            throw new Refusal("double " + option.flag() + '=' + Ergonomics.sixDecimals(value)
                    + " is outside the allowed range [ 0.000000 ... 100.000000 ]");
        }
    }

    /** JDK 17 takes digits with a fraction, newer releases what strtod takes; both a hexadecimal integer. */
    static double percentage(JdkVersion jdk, JvmOption option) {
        String text = option.value();
        if (text.length() > LONGEST_PERCENTAGE) {
            throw improper(option);
        }
        if (text.startsWith("0x") || text.startsWith("0X")) {
            return VmNumbers.parse(text).orElseThrow(() -> improper(option));
        }
        Pattern grammar = jdk.atLeast(21) ? DECIMAL : PLAIN_DECIMAL;
        if (!grammar.matcher(text).matches()) {
            throw improper(option);
        }
        return Double.parseDouble(text);
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
