package io.github.memfit.tuning.jvm;

import static io.github.memfit.tuning.jvm.Ergonomics.GIBI;
import static io.github.memfit.tuning.jvm.Ergonomics.KIBI;
import static io.github.memfit.tuning.jvm.Ergonomics.MEBI;
import static io.github.memfit.tuning.jvm.Ergonomics.isOff;
import static io.github.memfit.tuning.jvm.Ergonomics.up;

import io.github.memfit.tuning.jvm.Ergonomics.Choice;
import java.util.OptionalLong;

/** Metaspace, code cache and compiler threads: Metaspace::ergo_initialize, CompilerConfig, CompilationPolicy. */
final class Footprints {

    private static final long CLASS_SPACE_UNIT = 16 * MEBI;
    private static final long LARGEST_CLASS_SPACE = 4080 * MEBI;
    private static final long INITIAL_CODE_CACHE = 2496 * KIBI;
    private static final long DEFAULT_CODE_CACHE = 240 * MEBI;

    /** The least that the VM's own classes take, in whole commit granules of 64 KiB. */
    private static final long LEAST_METASPACE = 128 * KIBI;

    /** CompilationPolicy::initialize: the code cache has to hold a buffer for each compiler thread beside its own use. */
    private static final long CODE_IN_USE = 400 * KIBI;

    private static final long C1_BUFFER = 576_716;

    /** A third of C1's and two thirds of C2's; found by launches to within 230 bytes. */
    private static final long MIXED_BUFFER = 196_700;

    private static final int MOST_COMPILERS = 1 << 20;

    private Footprints() {}

    /** Which compilers run. */
    private record Compilers(boolean interpreted, boolean c1Only, boolean c2Only) {
        boolean tiered() {
            return !interpreted && !c1Only && !c2Only;
        }
    }

    static void choose(JdkVersion jdk, int processors, JvmOptions options, Choice choice) {
        metaspace(options, choice);
        Compilers compilers = compilers(options);
        choice.codeCache = codeCache(options, compilers);
        choice.segmented = options.has("SegmentedCodeCache")
                ? options.isOn("SegmentedCodeCache")
                : compilers.tiered() && choice.codeCache >= DEFAULT_CODE_CACHE;
        choice.compilers = count(jdk, processors, options, compilers);
        choice.c2 = c2(choice.compilers, compilers);
    }

    static int c2Threads(JdkVersion jdk, int processors, JvmOptions options) {
        Compilers compilers = compilers(options);
        return c2(count(jdk, processors, options, compilers), compilers);
    }

    private static Compilers compilers(JvmOptions options) {
        long highest = options.number("TieredStopAtLevel").orElse(4);
        boolean interpreted =
                options.effective("Mode").map(o -> o.value().equals("int")).orElse(false) || highest == 0;
        return new Compilers(
                interpreted, FlagRules.isClientMode(options) || highest < 4, isOff(options, "TieredCompilation"));
    }

    private static int c2(int count, Compilers compilers) {
        if (compilers.interpreted || compilers.c1Only) {
            return 0;
        }
        return compilers.c2Only ? count : count - Math.max(1, count / 3);
    }

    private static void metaspace(JvmOptions options, Choice choice) {
        choice.maxMetaspace = options.number("MaxMetaspaceSize").orElse(-1);
        if (choice.maxMetaspace >= 0 && choice.maxMetaspace < LEAST_METASPACE) {
            throw new Refusal("OutOfMemoryError: Metaspace");
        }
        long space = options.number("CompressedClassSpaceSize").orElse(GIBI);
        if (!choice.compressedClasses) {
            // There is none; what is printed is what nobody looks at.
            choice.classSpace = space;
            return;
        }
        if (choice.maxMetaspace >= 0) {
            space = Math.min(space, (long) (choice.maxMetaspace * 0.8));
        }
        choice.classSpace = Math.min(up(Math.max(space, CLASS_SPACE_UNIT), CLASS_SPACE_UNIT), LARGEST_CLASS_SPACE);
    }

    /** As given: only its segments are rounded, which JDK 25 prints as 4 to 8 KiB more. */
    private static long codeCache(JvmOptions options, Compilers compilers) {
        long otherwise = compilers.tiered() ? DEFAULT_CODE_CACHE : 48 * MEBI;
        long size =
                options.number("ReservedCodeCacheSize").orElse(FlagRules.isClientMode(options) ? 32 * MEBI : otherwise);
        if (size < INITIAL_CODE_CACHE) {
            throw new Refusal("Invalid ReservedCodeCacheSize: " + size / KIBI
                    + "K. Must be at least InitialCodeCacheSize=" + INITIAL_CODE_CACHE / KIBI + "K.");
        }
        if (size > 2 * GIBI) {
            throw new Refusal("Invalid ReservedCodeCacheSize=" + size / MEBI + "M. Must be at most 2048M.");
        }
        return size;
    }

    private static int count(JdkVersion jdk, int processors, JvmOptions options, Compilers compilers) {
        boolean one = compilers.c1Only || compilers.c2Only;
        OptionalLong set = options.number("CICompilerCount");
        if (compilers.interpreted && (jdk.atLeast(21) || set.isPresent())) {
            // Releases after 17 set it to 0 themselves.
            return jdk.atLeast(21) ? 0 : (int) Math.min(set.getAsLong(), Integer.MAX_VALUE);
        }
        if (set.isPresent()) {
            int needed = one ? 1 : 2;
            if (set.getAsLong() < needed) {
                throw new Refusal("CICompilerCount (" + set.getAsLong() + ") must be at least " + needed + ' ');
            }
            return (int) Math.min(set.getAsLong(), MOST_COMPILERS);
        }
        if (FlagRules.isClientMode(options)) {
            return 1;
        }
        if (compilers.interpreted) {
            return 2;
        }
        int least = one && jdk.atLeast(21) ? 1 : 2;
        int log = log2(processors);
        int count = Math.max(log * log2(Math.max(log, 1)) * 3 / 2, least);
        long room = (codeCache(options, compilers) - CODE_IN_USE) / (compilers.c1Only ? C1_BUFFER : MIXED_BUFFER);
        return count > room ? (int) Math.max(room, compilers.c1Only ? 1 : 2) : count;
    }

    private static int log2(int value) {
        return 31 - Integer.numberOfLeadingZeros(value);
    }
}
