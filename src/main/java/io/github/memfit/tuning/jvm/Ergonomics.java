package io.github.memfit.tuning.jvm;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The calculation behind {@link HotSpot#predict}, in HotSpot's order: collector, heap, collector's own rounding, young
 * generation, metaspace, compiler.
 *
 * <p>Percentages are computed in double as HotSpot does: an exact product differs from it by a byte for odd percentages.
 */
final class Ergonomics {

    static final long KIBI = 1L << 10;
    static final long MEBI = 1L << 20;
    static final long GIBI = 1L << 30;

    /** 96 MiB scaled by 1.3 for 64-bit words and rounded down to 8: the compiled-in MaxHeapSize. */
    static final long DEFAULT_MAX_HEAP = 130_862_280;

    /** 4 MiB and 1 MiB, scaled alike: the compiled-in OldSize and NewSize. */
    private static final long DEFAULT_OLD = 5_452_592;

    private static final long DEFAULT_NEW = 1_363_144;
    private static final long MOST_PROCESSORS = 1 << 20;
    private static final long DEFAULT_MAX_RAM = 128 * GIBI;
    private static final long SERVER_MEMORY = 1792 * MEBI;
    private static final long HEAP_BASE = 2 * GIBI;
    private static final long CARD_TABLE_ALIGNMENT = 2 * MEBI;

    private Ergonomics() {}

    /** Everything chosen; -1 for "not set". Written once during the calculation, read only after it. */
    static final class Choice {
        GarbageCollector collector = GarbageCollector.SERIAL;
        long maxHeap = DEFAULT_MAX_HEAP;
        long initialHeap;
        long minHeap;
        long newSize = DEFAULT_NEW;
        long maxNew = -1;
        long maxRam;
        long region;
        long spaceAlignment;
        long heapAlignment;
        long codeCache;
        boolean segmented;
        long classSpace;
        long maxMetaspace = -1;
        long maxDirect;
        long stackKibi;
        int compilers;
        int c2;
        int parallelThreads;
        int concThreads;
        boolean compressedOops;
        boolean compressedClasses;
        boolean oopsCliff;
        long zeroBasedReach;
        boolean clientMode;
    }

    static JvmStart choose(JdkVersion jdk, long physical, int cpus, JvmOptions options) {
        try {
            FlagRules.check(jdk, options);
            Choice choice = new Choice();
            if (options.isOn("AggressiveHeap") && physical < 256 * MEBI) {
                throw new Refusal("You need at least 256mb of memory to use -XX:+AggressiveHeap");
            }
            int processors = processors(cpus, options);
            choice.clientMode = FlagRules.isClientMode(options);
            choice.stackKibi = FlagRules.stackKibi(options);
            long defaultMaxRam = jdk.atLeast(26) ? 0 : DEFAULT_MAX_RAM;
            choice.maxRam = options.number("MaxRAM").orElse(choice.clientMode ? GIBI : defaultMaxRam);
            selectCollector(jdk, physical, processors, options, choice);
            aggressiveHeap(physical, options, choice);
            heap(jdk, physical, options, choice);
            alignments(jdk, options, choice);
            heapFlags(jdk, options, choice);
            GcThreads.choose(jdk, processors, options, choice);
            YoungGeneration.choose(jdk, options, choice);
            Footprints.choose(jdk, processors, options, choice);
            if (options.number("SoftMaxHeapSize").orElse(0) > choice.maxHeap) {
                throw new Refusal("SoftMaxHeapSize must be less than or equal to the maximum heap size");
            }
            return new JvmStart.Starts(new ErgonomicFlags(choice));
        } catch (Refusal refusal) {
            return new JvmStart.Refuses(String.valueOf(refusal.getMessage()));
        }
    }

    private static int processors(int cpus, JvmOptions options) {
        OptionalLong set = options.number("ActiveProcessorCount");
        return set.isPresent() && set.getAsLong() > 0 ? (int) Math.min(set.getAsLong(), MOST_PROCESSORS) : cpus;
    }

    private static void selectCollector(
            JdkVersion jdk, long physical, int processors, JvmOptions options, Choice choice) {
        int selected = 0;
        boolean aggressive = options.isOn("AggressiveHeap");
        for (GarbageCollector collector : GarbageCollector.values()) {
            if (options.isOn(collector.flag()) || aggressive && collector == GarbageCollector.PARALLEL) {
                choice.collector = collector;
                selected++;
            }
        }
        if (selected > 1) {
            throw new Refusal("Multiple garbage collectors selected");
        }
        if (selected == 1) {
            return;
        }
        // JEP 523: from 27 on G1 everywhere. Before, a server is 2 processors and 2 GiB less 256 MiB for the firmware.
        boolean server = options.isOn("AlwaysActAsServerClassMachine")
                || jdk.atLeast(27)
                || !choice.clientMode
                        && !options.isOn("NeverActAsServerClassMachine")
                        && processors >= 2
                        && physical >= SERVER_MEMORY;
        choice.collector = server ? GarbageCollector.G1 : GarbageCollector.SERIAL;
        if (isOff(options, choice.collector.flag())) {
            throw new Refusal("Garbage collector not selected (default collector explicitly disabled)");
        }
    }

    /** -XX:+AggressiveHeap: half of the memory, all of it at once, three eighths young. */
    private static void aggressiveHeap(long physical, JvmOptions options, Choice choice) {
        choice.newSize = options.number("NewSize").orElse(DEFAULT_NEW);
        choice.maxNew = options.number("MaxNewSize").orElse(-1);
        if (!options.isOn("AggressiveHeap")) {
            return;
        }
        long heap = options.number("MaxHeapSize").orElse(Math.min(physical / 2, physical - 160 * MEBI));
        if (!options.has("MaxHeapSize")) {
            choice.initialHeap = heap;
            choice.minHeap = heap;
        }
        choice.maxHeap = heap;
        if (!options.has("NewSize")) {
            choice.newSize = heap / 8 * 3;
            choice.maxNew = choice.newSize;
        }
    }

    /** Arguments::set_heap_size. */
    private static void heap(JdkVersion jdk, long physical, JvmOptions options, Choice choice) {
        boolean percentages = options.has("MaxRAMPercentage")
                || options.has("MinRAMPercentage")
                || options.has("InitialRAMPercentage")
                || options.has("MaxRAMFraction")
                || options.has("MinRAMFraction")
                || options.has("InitialRAMFraction");
        boolean ramGiven = options.has("MaxRAM");
        long base;
        if (ramGiven) {
            base = choice.maxRam;
        } else if (percentages) {
            base = physical;
            choice.maxRam = physical;
        } else {
            // From 26 on MaxRAM is 0 by default, which bounds nothing. The 1 GiB of client mode is set only afterwards.
            base = jdk.atLeast(26) ? physical : Math.min(physical, DEFAULT_MAX_RAM);
        }
        boolean overridesOopsLimit = percentages || ramGiven;
        oops(options, choice);
        boolean aggressive = options.isOn("AggressiveHeap");
        // Aggressive heap overwrites -Xms, unless there is an -Xmx.
        boolean overwritten = aggressive && !options.has("MaxHeapSize");
        OptionalLong initialSet = overwritten ? OptionalLong.empty() : positive(options.number("InitialHeapSize"));
        OptionalLong minSet = overwritten ? OptionalLong.empty() : positive(options.number("MinHeapSize"));
        if (options.has("MaxHeapSize")) {
            choice.maxHeap = options.number("MaxHeapSize").getAsLong();
        } else if (!aggressive) {
            long small = percent(base, percentage(jdk, options, "MinRAM", 50));
            long heap = small < DEFAULT_MAX_HEAP
                    ? small
                    : Math.max(percent(base, percentage(jdk, options, "MaxRAM", 25)), DEFAULT_MAX_HEAP);
            if (initialSet.isPresent()) {
                heap = Math.max(heap, initialSet.getAsLong());
            } else if (minSet.isPresent()) {
                heap = Math.max(heap, minSet.getAsLong());
            }
            choice.maxHeap = withinOops(heap, overridesOopsLimit, options, choice);
        }
        choice.initialHeap = initialSet.orElse(choice.initialHeap);
        if (!options.has("MaxHeapSize")) {
            // An -Xms beyond the reach of compressed oops is not cut down with the heap; the heap follows it.
            choice.maxHeap = Math.max(choice.maxHeap, choice.initialHeap);
        }
        choice.minHeap = minSet.orElse(choice.minHeap);
        long least = Math.min(DEFAULT_OLD + choice.newSize, choice.maxHeap);
        if (choice.initialHeap == 0) {
            double initialPercentage = percentage(jdk, options, "InitialRAM", jdk.atLeast(26) ? 0.0 : 1.5625);
            long wished = Math.max(Math.max(percent(base, initialPercentage), least), choice.minHeap);
            choice.initialHeap = Math.min(wished, choice.maxHeap);
        }
        if (choice.minHeap == 0) {
            choice.minHeap = Math.min(least, choice.initialHeap);
        }
    }

    private static OptionalLong positive(OptionalLong size) {
        return size.isPresent() && size.getAsLong() > 0 ? size : OptionalLong.empty();
    }

    private static void oops(JvmOptions options, Choice choice) {
        long heap = Math.max(
                options.number("MaxHeapSize").orElse(choice.maxHeap),
                Math.max(
                        options.number("InitialHeapSize").orElse(choice.initialHeap),
                        options.number("MinHeapSize").orElse(choice.minHeap)));
        boolean within = heap <= oopsReach(options, choice.collector);
        choice.compressedOops = within && !isOff(options, "UseCompressedOops");
        choice.zeroBasedReach = (options.number("ObjectAlignmentInBytes").orElse(8) << 32) - HEAP_BASE;
        choice.compressedClasses = !isOff(options, "UseCompressedClassPointers");
    }

    private static long withinOops(long heap, boolean overrides, JvmOptions options, Choice choice) {
        if (!choice.compressedOops) {
            return heap;
        }
        long reach = oopsReach(options, choice.collector);
        if (HEAP_BASE + DEFAULT_MAX_HEAP < reach) {
            reach -= HEAP_BASE;
        }
        if (heap <= reach) {
            return heap;
        }
        if (overrides && !options.has("UseCompressedOops")) {
            choice.compressedOops = false;
            choice.oopsCliff = choice.collector != GarbageCollector.ZGC;
            return heap;
        }
        return reach;
    }

    /** 2^32 objects, less the first alignment unit, which holds the page of null. */
    private static long oopsReach(JvmOptions options, GarbageCollector collector) {
        long reach = options.number("ObjectAlignmentInBytes").orElse(8) << 32;
        boolean regions = collector == GarbageCollector.G1 || collector == GarbageCollector.SHENANDOAH;
        return reach - (regions ? YoungGeneration.LARGEST_ERGONOMIC_REGION : CARD_TABLE_ALIGNMENT);
    }

    private static void alignments(JdkVersion jdk, JvmOptions options, Choice choice) {
        switch (choice.collector) {
            case SERIAL -> align(choice, 64 * KIBI, CARD_TABLE_ALIGNMENT);
            case PARALLEL -> align(choice, 512 * KIBI, CARD_TABLE_ALIGNMENT);
            case ZGC -> {
                align(choice, 2 * MEBI, 2 * MEBI);
                choice.compressedOops = false;
            }
            case G1 -> {
                choice.region = YoungGeneration.g1Region(jdk, options, choice.maxHeap);
                align(choice, choice.region, Math.max(CARD_TABLE_ALIGNMENT, choice.region));
            }
            case SHENANDOAH -> {
                choice.region = YoungGeneration.shenandoahRegion(choice.maxHeap);
                align(choice, choice.region, choice.region);
            }
        }
    }

    private static void align(Choice choice, long space, long heap) {
        choice.spaceAlignment = space;
        choice.heapAlignment = heap;
    }

    /** GCArguments::initialize_heap_flags_and_sizes. */
    private static void heapFlags(JdkVersion jdk, JvmOptions options, Choice choice) {
        if (options.has("MaxHeapSize")) {
            long max = choice.maxHeap;
            if (positive(options.number("InitialHeapSize")).orElse(0) > max) {
                throw new Refusal("Initial heap size set to a larger value than the maximum heap size");
            }
            if (positive(options.number("MinHeapSize")).orElse(0) > max) {
                throw new Refusal("Incompatible minimum and maximum heap sizes specified");
            }
        }
        if (choice.maxHeap < 2 * MEBI) {
            throw new Refusal("Too small maximum heap");
        }
        if (choice.initialHeap < MEBI) {
            throw new Refusal("Too small initial heap");
        }
        if (choice.minHeap < MEBI) {
            throw new Refusal("Too small minimum heap");
        }
        if (jdk.atLeast(25)) {
            ordered(options, choice);
        }
        choice.maxHeap = up(choice.maxHeap, choice.heapAlignment);
        choice.initialHeap = Math.min(up(choice.initialHeap, choice.heapAlignment), choice.maxHeap);
        choice.minHeap = up(choice.minHeap, choice.heapAlignment);
        ordered(options, choice);
        choice.minHeap = Math.min(choice.minHeap, choice.initialHeap);
    }

    /** JDK 25 compares the sizes as given, 17 only after rounding them up. */
    private static void ordered(JvmOptions options, Choice choice) {
        if (choice.minHeap > choice.initialHeap && options.has("InitialHeapSize") && options.has("MinHeapSize")) {
            throw new Refusal("Incompatible minimum and initial heap sizes specified");
        }
    }

    static long up(long value, long alignment) {
        return (value + alignment - 1) / alignment * alignment;
    }

    static long down(long value, long alignment) {
        return value - value % alignment;
    }

    static boolean isOff(JvmOptions options, String flag) {
        Optional<JvmOption> option = options.effective(flag);
        return option.isPresent() && option.get().value().equals("false");
    }

    private static long percent(long base, double percentage) {
        return (long) (base * percentage / 100);
    }

    /** A percentage, or the older fraction, which JDK 25 no longer knows. */
    private static double percentage(JdkVersion jdk, JvmOptions options, String name, double otherwise) {
        Optional<JvmOption> percentage = options.effective(name + "Percentage");
        if (percentage.isPresent()) {
            return FlagRules.percentage(jdk, percentage.get());
        }
        OptionalLong fraction = options.number(name + "Fraction");
        return fraction.isPresent() && fraction.getAsLong() > 0 ? 100.0 / fraction.getAsLong() : otherwise;
    }

    /** HotSpot's %f. */
    static String sixDecimals(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
