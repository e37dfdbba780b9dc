package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory calculator of the Paketo buildpacks, exactly: fixed regions first, the heap is what is left. Follows libjvm at
 * commit 53eac90; Cloud Foundry's java-buildpack-memory-calculator v4 computes the same. For comparison, not for use: it
 * books 240 MiB of code cache and 250 stacks of 1 MiB that are never resident, and nothing for the collector.
 *
 * <p>It sees only the spellings {@code -Xmx}, {@code -Xss}, {@code -XX:MaxMetaspaceSize=}, {@code
 * -XX:MaxDirectMemorySize=} and {@code -XX:ReservedCodeCacheSize=}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param total the memory of the container, not negative
 * @param headRoomPercent the percentage of it that is left free, 0 to 100; the buildpack's default is 0
 * @param loadedClasses the number of classes that are going to be loaded
 * @param threads the number of threads; the buildpack's default is 250
 * @since 0.1
 */
public record PaketoCalculator(Bytes total, int headRoomPercent, long loadedClasses, int threads) {

    private static final Bytes DIRECT = Bytes.mebi(10);
    private static final Bytes CODE_CACHE = Bytes.mebi(240);
    private static final Bytes STACK = Bytes.mebi(1);
    private static final long METASPACE_BASE = 14_000_000;
    private static final long METASPACE_PER_CLASS = 5800;
    private static final double LOAD_FACTOR = 0.35;
    private static final long NO_LIMIT = 9_223_372_036_854_771_712L;
    private static final long LARGEST_TOTAL = 1L << 46;
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,19})([kmgtKMGT]?)");
    private static final int HUNDRED = 100;

    /**
     * Checks the parts.
     *
     * @param total the memory of the container
     * @param headRoomPercent the percentage of it that is left free
     * @param loadedClasses the number of classes
     * @param threads the number of threads
     * @throws IllegalArgumentException if a number is negative or the percentage is more than 100
     */
    public PaketoCalculator {
        if (total.isNegative()
                || headRoomPercent < 0
                || headRoomPercent > HUNDRED
                || loadedClasses < 0
                || threads < 0) {
            throw new IllegalArgumentException(
                    "total, classes and threads are not negative, head room is 0 to 100, got " + total + ", "
                            + loadedClasses + ", " + threads + ", " + headRoomPercent);
        }
    }

    /**
     * The answer of the calculator. Immutable and thread-safe.
     *
     * @since 0.1
     */
    public sealed interface Outcome {}

    /**
     * It fits.
     *
     * @param heap the maximum heap
     * @param metaspace the maximum metaspace
     * @param direct the maximum of direct memory
     * @param codeCache the reserved code cache
     * @param stack the stack of one thread
     * @param headRoom what is left free
     * @param arguments the options that are added, in order; none for what the user set
     * @since 0.1
     */
    public record Calculated(
            Bytes heap,
            Bytes metaspace,
            Bytes direct,
            Bytes codeCache,
            Bytes stack,
            Bytes headRoom,
            List<String> arguments)
            implements Outcome {

        /**
         * Copies the list.
         *
         * @param heap the maximum heap
         * @param metaspace the maximum metaspace
         * @param direct the maximum of direct memory
         * @param codeCache the reserved code cache
         * @param stack the stack of one thread
         * @param headRoom what is left free
         * @param arguments the options that are added
         */
        public Calculated {
            Objects.requireNonNull(heap, "heap");
            Objects.requireNonNull(metaspace, "metaspace");
            Objects.requireNonNull(direct, "direct");
            Objects.requireNonNull(codeCache, "codeCache");
            Objects.requireNonNull(stack, "stack");
            Objects.requireNonNull(headRoom, "headRoom");
            arguments = List.copyOf(arguments);
        }
    }

    /** Which of the three checks refuses. */
    public enum Check {
        /** The fixed regions alone exceed the memory. */
        FIXED("fixed"),
        /** Fixed regions and head room do. */
        NON_HEAP("non-heap"),
        /** With the user's heap they do. */
        ALL("all");

        private final String word;

        Check(String word) {
            this.word = word;
        }

        /** The calculator's word for it. */
        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * It does not fit.
     *
     * @param check the check that failed first
     * @param required the bytes that the checked regions require
     * @param available the memory of the container
     * @param regions the checked regions as the calculator prints them
     * @since 0.1
     */
    public record Refused(Check check, Bytes required, Bytes available, String regions) implements Outcome {

        /**
         * Checks the parts.
         *
         * @param check the check that failed first
         * @param required the bytes that the checked regions require
         * @param available the memory of the container
         * @param regions the checked regions
         */
        public Refused {
            Objects.requireNonNull(check, "check");
            Objects.requireNonNull(required, "required");
            Objects.requireNonNull(available, "available");
            Objects.requireNonNull(regions, "regions");
        }

        /** One line: what requires how much of how much. */
        @Override
        public String toString() {
            return check + " memory regions require " + print(required) + ", available " + print(available) + ": "
                    + regions;
        }
    }

    /**
     * Calculates.
     *
     * @param userOptions the options that the user gave, in the value of JAVA_TOOL_OPTIONS
     * @return the regions, or which check refuses
     */
    public Outcome calculate(String userOptions) {
        List<String> tokens = OptionTokens.split(userOptions);
        Optional<Bytes> userHeap = last(tokens, "-Xmx");
        Optional<Bytes> userMetaspace = last(tokens, "-XX:MaxMetaspaceSize=");
        Optional<Bytes> userDirect = last(tokens, "-XX:MaxDirectMemorySize=");
        Optional<Bytes> userCode = last(tokens, "-XX:ReservedCodeCacheSize=");
        Optional<Bytes> userStack = last(tokens, "-Xss");
        Bytes metaspace = userMetaspace.orElse(
                sum(times(Bytes.of(METASPACE_PER_CLASS), loadedClasses), Bytes.of(METASPACE_BASE)));
        Bytes direct = userDirect.orElse(DIRECT);
        Bytes code = userCode.orElse(CODE_CACHE);
        Bytes stack = userStack.orElse(STACK);
        String fixedText = "-XX:MaxDirectMemorySize=" + print(direct) + ", -XX:MaxMetaspaceSize=" + print(metaspace)
                + ", -XX:ReservedCodeCacheSize=" + print(code) + ", -Xss" + print(stack) + " * " + threads + " threads";
        Bytes fixed = sum(sum(direct, metaspace), sum(code, times(stack, threads)));
        if (fixed.isMoreThan(total)) {
            return new Refused(Check.FIXED, fixed, total, fixedText);
        }
        Bytes headRoom = headRoom();
        Bytes nonHeap = sum(fixed, headRoom);
        String nonHeapText = print(headRoom) + " headroom, " + fixedText;
        if (nonHeap.isMoreThan(total)) {
            return new Refused(Check.NON_HEAP, nonHeap, total, nonHeapText);
        }
        Bytes heap = userHeap.orElse(total.minus(nonHeap));
        Bytes all = sum(nonHeap, heap);
        if (all.isMoreThan(total)) {
            return new Refused(Check.ALL, all, total, "-Xmx" + print(heap) + ", " + nonHeapText);
        }
        List<String> arguments = new ArrayList<>();
        emit(arguments, userDirect, "-XX:MaxDirectMemorySize=", direct);
        emit(arguments, userHeap, "-Xmx", heap);
        emit(arguments, userMetaspace, "-XX:MaxMetaspaceSize=", metaspace);
        emit(arguments, userCode, "-XX:ReservedCodeCacheSize=", code);
        emit(arguments, userStack, "-Xss", stack);
        return new Calculated(heap, metaspace, direct, code, stack, headRoom, arguments);
    }

    /** Held at 2^63 - 1, which no memory has: such a demand is refused, whatever the options say. */
    private static Bytes sum(Bytes one, Bytes other) {
        return one.isMoreThan(Bytes.MAX.minus(other)) ? Bytes.MAX : one.plus(other);
    }

    private static Bytes times(Bytes one, long factor) {
        boolean fits = factor == 0 || one.value() <= Long.MAX_VALUE / factor;
        return fits ? one.times(factor) : Bytes.MAX;
    }

    /** Go's float64, truncated. */
    private Bytes headRoom() {
        return Bytes.of((long) (headRoomPercent / 100.0 * total.value()));
    }

    private static void emit(List<String> arguments, Optional<Bytes> user, String prefix, Bytes value) {
        if (user.isEmpty()) {
            arguments.add(prefix + print(value));
        }
    }

    private static Optional<Bytes> last(List<String> tokens, String prefix) {
        Optional<Bytes> found = Optional.empty();
        for (String token : tokens) {
            if (token.startsWith(prefix)) {
                Matcher matcher = SIZE.matcher(token.substring(prefix.length()));
                OptionalLong size = matcher.matches() ? VmNumbers.parse(matcher.group()) : OptionalLong.empty();
                found = size.isPresent() ? Optional.of(Bytes.of(size.getAsLong())) : found;
            }
        }
        return found;
    }

    /** Rounded down to KiB, then the largest unit that divides it. */
    static String print(Bytes size) {
        long kibi = size.value() >> 10;
        String units = "KMGT";
        int unit = 0;
        while (unit < units.length() - 1 && kibi > 0 && kibi % 1024 == 0) {
            kibi >>= 10;
            unit++;
        }
        return kibi == 0 ? "0" : kibi + "" + units.charAt(unit);
    }

    /**
     * The number of classes that the buildpack expects to be loaded: 35 % of all it finds.
     *
     * @param found classes of the JVM, the application and its agents
     * @param adjustment the value of {@code BPL_JVM_CLASS_ADJUSTMENT}: classes to add, or with a per cent sign the share
     *     to take instead of 100 %; empty for none
     * @return the number, rounded down
     * @throws IllegalArgumentException if the adjustment is no number
     */
    public static long loadedClasses(long found, Optional<String> adjustment) {
        double factor = 1.0;
        long extra = 0;
        if (adjustment.isPresent()) {
            String text = adjustment.get();
            try {
                if (text.endsWith("%")) {
                    factor = Double.parseDouble(text.substring(0, text.length() - 1)) / 100.0;
                } else {
                    extra = Long.parseLong(text);
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "an adjustment is a number of classes or a percentage, got " + text, e);
            }
        }
        return (long) ((found + extra) * factor * LOAD_FACTOR);
    }

    /**
     * The memory that the buildpack finds: the version 1 file, else the version 2 file, else what the host has available,
     * else 1 GiB; at most 64 TiB. It looks only at the root of the container's hierarchy, never at ancestors.
     *
     * @param version1 the content of {@code memory.limit_in_bytes}, empty if unreadable
     * @param version2 the content of {@code memory.max}, empty if unreadable
     * @param available {@code MemAvailable} of {@code /proc/meminfo}, empty if unreadable
     * @return the total
     */
    public static Bytes totalMemory(Optional<String> version1, Optional<String> version2, Optional<Bytes> available) {
        Optional<Bytes> limit = limit(version1).or(() -> limit(version2));
        return limit.or(() -> available).orElse(Bytes.gibi(1)).min(Bytes.of(LARGEST_TOTAL));
    }

    private static Optional<Bytes> limit(Optional<String> text) {
        Matcher matcher = SIZE.matcher(text.orElse("").strip());
        OptionalLong value = matcher.matches() ? VmNumbers.parse(matcher.group()) : OptionalLong.empty();
        return value.isEmpty() || value.getAsLong() == NO_LIMIT
                ? Optional.empty()
                : Optional.of(Bytes.of(value.getAsLong()));
    }
}
