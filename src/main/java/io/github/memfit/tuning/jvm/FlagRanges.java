package io.github.memfit.tuning.jvm;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ranges that HotSpot prints when a number is outside of them (globals.hpp of JDK 17.0.15 and 25.0.3), for the flags that
 * decide on memory. Only bounds that somebody can miss: a size of 2^64 is none.
 */
final class FlagRanges {

    private static final String ALL_64_BITS = "18446744073709551615";

    /** A type as HotSpot calls it and the inclusive bounds, the upper one also as printed. */
    private record Range(String type, long least, long most, String mostText) {
        static Range of(String type, long least, long most) {
            return new Range(type, least, most, Long.toString(most));
        }

        /** No bound above that fits 63 bits. */
        static Range from(String type, long least, String mostText) {
            return new Range(type, least, Long.MAX_VALUE, mostText);
        }
    }

    private static final Map<String, Range> FIXED = fixed();

    private FlagRanges() {}

    private static Map<String, Range> fixed() {
        Map<String, Range> ranges = new HashMap<>();
        ranges.put("ThreadStackSize", Range.of("intx", 0, 1 << 20));
        ranges.put("TieredStopAtLevel", Range.of("intx", 0, 4));
        ranges.put("CICompilerCount", Range.of("intx", 0, Integer.MAX_VALUE));
        ranges.put("SurvivorRatio", Range.from("uintx", 1, "18446744073709551613"));
        for (String fraction : new String[] {"MaxRAMFraction", "MinRAMFraction", "InitialRAMFraction"}) {
            ranges.put(fraction, Range.from("uintx", 1, ALL_64_BITS));
        }
        return ranges;
    }

    private static Optional<Range> of(JdkVersion jdk, String flag) {
        return switch (flag) {
            case "CompressedClassSpaceSize" ->
                Optional.of(Range.of("size_t", 1 << 20, jdk.atLeast(25) ? 4L << 30 : 3L << 30));
            case "G1HeapRegionSize" -> Optional.of(Range.of("size_t", 0, jdk.atLeast(18) ? 512L << 20 : 32L << 20));
            case "ObjectAlignmentInBytes" -> Optional.of(Range.of(jdk.atLeast(21) ? "int" : "intx", 8, 256));
            default -> Optional.ofNullable(FIXED.get(flag));
        };
    }

    /** May the flag's number be negative as far as its spelling goes? */
    static boolean isSigned(JdkVersion jdk, String flag) {
        return of(jdk, flag).map(range -> range.type().startsWith("int")).orElse(false);
    }

    /**
     * Refuses a number outside its range.
     *
     * @throws Refusal in HotSpot's words
     */
    static void check(JdkVersion jdk, String flag, long value) {
        Optional<Range> range = of(jdk, flag);
        if (range.isPresent()
                && (value < range.get().least() || value > range.get().most())) {
            throw new Refusal(range.get().type() + ' ' + flag + '=' + value + " is outside the allowed range [ "
                    + range.get().least() + " ... " + range.get().mostText() + " ]");
        }
        if (flag.equals("ObjectAlignmentInBytes") && Long.bitCount(value) != 1) {
            throw new Refusal("ObjectAlignmentInBytes (" + value + ") must be power of 2");
        }
    }
}
