package io.github.memfit.tuning.jvm;

import static io.github.memfit.tuning.jvm.Ergonomics.GIBI;
import static io.github.memfit.tuning.jvm.Ergonomics.KIBI;
import static io.github.memfit.tuning.jvm.Ergonomics.MEBI;
import static io.github.memfit.tuning.jvm.Ergonomics.isOff;
import static io.github.memfit.tuning.jvm.Ergonomics.up;

import io.github.memfit.tuning.jvm.Ergonomics.Choice;

/** Metaspace, code cache and compiler threads: Metaspace::ergo_initialize, CompilerConfig, CompilationPolicy. */
final class Footprints {

    private static final long CLASS_SPACE_UNIT = 16 * MEBI;
    private static final long LARGEST_CLASS_SPACE = 4080 * MEBI;
    private static final long INITIAL_CODE_CACHE = 2496 * KIBI;

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
        codeCache(options, choice, compilers.tiered());
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
        long space = options.number("CompressedClassSpaceSize").orElse(GIBI);
        if (choice.maxMetaspace >= 0) {
            space = Math.min(space, (long) (choice.maxMetaspace * 0.8));
        }
        choice.classSpace = Math.min(up(Math.max(space, CLASS_SPACE_UNIT), CLASS_SPACE_UNIT), LARGEST_CLASS_SPACE);
    }

    private static void codeCache(JvmOptions options, Choice choice, boolean tiered) {
        long size = options.number("ReservedCodeCacheSize")
                .orElse(choice.clientMode ? 32 * MEBI : tiered ? 240 * MEBI : 48 * MEBI);
        if (size < INITIAL_CODE_CACHE) {
            throw new Refusal("Invalid ReservedCodeCacheSize: " + size / KIBI
                    + "K. Must be at least InitialCodeCacheSize=" + INITIAL_CODE_CACHE / KIBI + "K.");
        }
        if (size > 2 * GIBI) {
            throw new Refusal("Invalid ReservedCodeCacheSize=" + size / MEBI + "M. Must be at most 2048M.");
        }
        choice.codeCache = up(size, Math.max(1, 4 * KIBI));
        choice.segmented =
                options.has("SegmentedCodeCache") ? options.isOn("SegmentedCodeCache") : tiered && size >= 240 * MEBI;
    }

    private static int count(JdkVersion jdk, int processors, JvmOptions options, Compilers compilers) {
        // Releases after 17 need only one thread where there is one compiler, and none to interpret.
        boolean one = compilers.c1Only || compilers.c2Only;
        int least = one && jdk.atLeast(21) ? 1 : 2;
        long set = options.number("CICompilerCount").orElse(0);
        if (set > 0) {
            if (set < least && !compilers.interpreted) {
                throw new Refusal("CICompilerCount (" + set + ") must be at least " + least + ' ');
            }
            return (int) Math.min(set, 1 << 20);
        }
        if (FlagRules.isClientMode(options)) {
            return 1;
        }
        if (compilers.interpreted) {
            return jdk.atLeast(21) ? 0 : 2;
        }
        int log = log2(processors);
        return Math.max(log * log2(Math.max(log, 1)) * 3 / 2, least);
    }

    private static int log2(int value) {
        return 31 - Integer.numberOfLeadingZeros(value);
    }
}
