package io.github.memfit.tuning.jvm;

import static io.github.memfit.tuning.jvm.Ergonomics.GIBI;
import static io.github.memfit.tuning.jvm.Ergonomics.KIBI;
import static io.github.memfit.tuning.jvm.Ergonomics.MEBI;
import static io.github.memfit.tuning.jvm.Ergonomics.down;
import static io.github.memfit.tuning.jvm.Ergonomics.up;

import io.github.memfit.tuning.jvm.Ergonomics.Choice;

/** Regions and the young generation: GenArguments, G1YoungGenSizer, the region sizes of G1 and Shenandoah. */
final class YoungGeneration {

    static final long LARGEST_ERGONOMIC_REGION = 32 * MEBI;

    private static final long TARGET_REGIONS = 2048;
    private static final long SMALLEST_SHENANDOAH_REGION = 256 * KIBI;

    /** The compiled-in OldSize in whole 64 KiB and 512 KiB; the flag is gone in JDK 25, the size with it. */
    private static final long OLD_SIZE = 5_452_592;

    private YoungGeneration() {}

    static long g1Region(JdkVersion jdk, JvmOptions options, long maxHeap) {
        long wished = options.number("G1HeapRegionSize").orElse(0);
        long largest = wished == 0 || !jdk.atLeast(18) ? LARGEST_ERGONOMIC_REGION : GIBI / 2;
        long size = wished == 0 ? Math.max(maxHeap / TARGET_REGIONS, MEBI) : wished;
        return Math.min(Math.max(roundUpToPowerOfTwo(size), MEBI), largest);
    }

    static long shenandoahRegion(long maxHeap) {
        if (maxHeap / 10 < SMALLEST_SHENANDOAH_REGION) {
            throw new Refusal("Invalid -XX:ShenandoahMinRegionSize option: Max heap size (" + properUnit(maxHeap)
                    + ") is too low to afford the minimum number of regions (10) of minimum region size (256K).");
        }
        // Rounded up to a page before it is rounded down to a power of two.
        long size = up(Math.max(maxHeap / TARGET_REGIONS, SMALLEST_SHENANDOAH_REGION), 4 * KIBI);
        return Math.min(Long.highestOneBit(size), LARGEST_ERGONOMIC_REGION);
    }

    private static long roundUpToPowerOfTwo(long value) {
        long floor = Long.highestOneBit(value);
        return floor == value ? value : floor << 1;
    }

    /** byte_size_in_proper_unit: a unit is used from ten of it on. */
    private static String properUnit(long bytes) {
        return bytes >= 10 * GIBI
                ? bytes / GIBI + "G"
                : bytes >= 10 * MEBI ? bytes / MEBI + "M" : bytes >= 10 * KIBI ? bytes / KIBI + "K" : bytes + "B";
    }

    static void choose(JdkVersion jdk, JvmOptions options, Choice choice) {
        switch (choice.collector) {
            case SERIAL, PARALLEL -> generations(jdk, options, choice);
            case G1 -> g1(options, choice);
            case ZGC -> {
                if (jdk.atLeast(25) && choice.maxHeap <= 2 * MEBI) {
                    throw new Refusal("the heap of ZGC is too small to start in");
                }
            }
            case SHENANDOAH -> {
                // Has no young generation: a MaxNewSize of the user is printed and means nothing.
            }
        }
        choice.maxDirect = options.number("MaxDirectMemorySize").orElse(0);
        if (choice.maxDirect == 0) {
            choice.maxDirect = choice.maxHeap - survivor(options, choice);
        }
    }

    private static void generations(JdkVersion jdk, JvmOptions options, Choice choice) {
        long grain = choice.spaceAlignment;
        long smallest = 3 * grain;
        choice.maxHeap = Math.max(choice.maxHeap, up(smallest + grain, choice.heapAlignment));
        long max = choice.maxHeap;
        boolean newSet = options.has("NewSize");
        boolean maxNewSet = choice.maxNew >= 0;
        if (newSet && choice.newSize >= choice.initialHeap) {
            choice.newSize = Math.min(choice.newSize, choice.initialHeap - grain);
        }
        choice.newSize = Math.max(smallest, down(Math.min(choice.newSize, max - grain), grain));
        if (maxNewSet) {
            if (choice.maxNew >= max) {
                choice.maxNew = max - grain;
                choice.newSize = Math.min(choice.newSize, choice.maxNew);
            } else {
                choice.maxNew = choice.maxNew < choice.newSize ? choice.newSize : down(choice.maxNew, grain);
            }
        }
        long old = jdk.atLeast(25) ? grain : Math.max(down(OLD_SIZE, grain), grain);
        if (choice.newSize + old > max && options.has("MaxHeapSize")) {
            double shrink = (double) max / (choice.newSize + old);
            choice.newSize = Math.max(smallest, down((long) (choice.newSize * shrink), grain));
        } else if (choice.newSize + old > max) {
            max = up(choice.newSize + old, choice.heapAlignment);
            choice.maxHeap = max;
        }
        long young = choice.maxNew;
        if (!maxNewSet) {
            long ratio = options.number("NewRatio").orElse(2);
            if (ratio < 1) {
                throw new Refusal("Invalid young gen ratio specified");
            }
            young = Math.max(Math.max(down(max / (ratio + 1), grain), grain), choice.newSize);
        }
        choice.maxNew = max == choice.initialHeap && newSet ? choice.newSize : young;
    }

    private static void g1(JvmOptions options, Choice choice) {
        long regions = choice.maxHeap / choice.region;
        if (choice.maxHeap <= 2 * MEBI) {
            throw new Refusal("GC triggered before VM initialization completed. Try increasing NewSize, current value "
                    + choice.newSize / KIBI + "K.");
        }
        boolean newSet = options.has("NewSize");
        boolean maxSet = options.has("MaxNewSize");
        long young = Math.max(1, regions * 60 / 100);
        if (options.has("NewRatio") && !newSet && !maxSet) {
            young = Math.max(1, regions / (options.number("NewRatio").orElse(2) + 1));
        } else if (maxSet) {
            long wished = newSet ? Math.max(choice.maxNew, choice.newSize) : choice.maxNew;
            young = Math.max(1, wished / choice.region);
        } else if (newSet) {
            young = Math.max(young, Math.max(1, choice.newSize / choice.region));
        }
        choice.maxNew = young * choice.region;
    }

    /** What Runtime.maxMemory() leaves out: one survivor space. */
    private static long survivor(JvmOptions options, Choice choice) {
        long grain = choice.spaceAlignment;
        return switch (choice.collector) {
            case SERIAL -> part(choice.maxNew, options.number("SurvivorRatio").orElse(8) + 2, grain);
            case PARALLEL -> {
                // Adaptive: the largest survivor that may come to be, unless what is committed at start is more than
                // that.
                long largest =
                        part(choice.maxNew, options.number("MinSurvivorRatio").orElse(3), grain);
                long young = choice.initialHeap == choice.maxHeap
                        ? choice.maxNew
                        : Math.min(Math.max(down(choice.initialHeap / 3, grain), choice.newSize), choice.maxNew);
                long first = part(young, options.number("InitialSurvivorRatio").orElse(8), grain);
                yield Math.min(largest, choice.maxHeap - choice.initialHeap + first);
            }
            default -> 0;
        };
    }

    private static long part(long whole, long ratio, long grain) {
        return Math.max(down(whole / Math.max(1, ratio), grain), grain);
    }
}
