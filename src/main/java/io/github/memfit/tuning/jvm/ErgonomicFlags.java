package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The memory settings that HotSpot ends up with, user flags and its own choices together: what {@code
 * -XX:+PrintFlagsFinal} prints. Made by {@link HotSpot#predict}.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class ErgonomicFlags {

    private final Ergonomics.Choice choice;

    ErgonomicFlags(Ergonomics.Choice choice) {
        this.choice = choice;
    }

    /**
     * The collector: the one asked for, else G1 from 2 CPUs and 1792 MiB on and Serial below (G1 always in JDK 27).
     *
     * @return the collector
     */
    public GarbageCollector collector() {
        return choice.collector;
    }

    /**
     * {@code MaxHeapSize} after rounding up to the heap alignment.
     *
     * @return the largest heap
     */
    public Bytes maxHeapSize() {
        return Bytes.of(choice.maxHeap);
    }

    /**
     * {@code InitialHeapSize}.
     *
     * @return the heap at start
     */
    public Bytes initialHeapSize() {
        return Bytes.of(choice.initialHeap);
    }

    /**
     * {@code MinHeapSize}.
     *
     * @return the heap that shrinking stops at
     */
    public Bytes minHeapSize() {
        return Bytes.of(choice.minHeap);
    }

    /**
     * {@code MaxRAM}: what the JVM takes percentages of, or its default, 128 GiB (0 from
     * JDK 26 on), when no flag made it write the memory it sees there.
     *
     * @return the bound
     */
    public Bytes maxRam() {
        return Bytes.of(choice.maxRam);
    }

    /**
     * {@code MaxNewSize} of Serial, Parallel and G1.
     *
     * @return the largest young generation, empty for ZGC and Shenandoah unless the user set it
     */
    public Optional<Bytes> maxNewSize() {
        return choice.maxNew < 0 ? Optional.empty() : Optional.of(Bytes.of(choice.maxNew));
    }

    /**
     * {@code G1HeapRegionSize}.
     *
     * @return the region size, empty unless the collector is G1
     */
    public Optional<Bytes> regionSize() {
        return choice.collector == GarbageCollector.G1 ? Optional.of(Bytes.of(choice.region)) : Optional.empty();
    }

    /**
     * What {@code -Xmx} is rounded up to.
     *
     * @return the heap alignment of the collector
     */
    public Bytes heapAlignment() {
        return Bytes.of(choice.heapAlignment);
    }

    /**
     * {@code ReservedCodeCacheSize}. JDK 25 prints 4 or 8 KiB more than its default of 240 MiB.
     *
     * @return the address space of compiled code
     */
    public Bytes reservedCodeCacheSize() {
        return Bytes.of(choice.codeCache);
    }

    /**
     * {@code SegmentedCodeCache}.
     *
     * @return true if the code cache has three heaps
     */
    public boolean segmentedCodeCache() {
        return choice.segmented;
    }

    /**
     * {@code CompressedClassSpaceSize}; a part of the metaspace, not beside it.
     *
     * @return the address space of classes
     */
    public Bytes compressedClassSpaceSize() {
        return Bytes.of(choice.classSpace);
    }

    /**
     * {@code MaxMetaspaceSize}.
     *
     * @return the bound, empty if there is none
     */
    public Optional<Bytes> maxMetaspaceSize() {
        return choice.maxMetaspace < 0 ? Optional.empty() : Optional.of(Bytes.of(choice.maxMetaspace));
    }

    /**
     * {@code MaxDirectMemorySize} as it takes effect: without the flag {@code Runtime.maxMemory()}, which is the heap
     * less one survivor space for Serial and Parallel.
     *
     * @return the bound of NIO's direct buffers
     */
    public Bytes maxDirectMemorySize() {
        return Bytes.of(choice.maxDirect);
    }

    /**
     * {@code ThreadStackSize} in bytes; 0 means the system's default.
     *
     * @return the reserved stack of a Java thread
     */
    public Bytes threadStackSize() {
        return Bytes.kibi(choice.stackKibi);
    }

    /**
     * {@code CICompilerCount}.
     *
     * @return the most compiler threads
     */
    public int compilerThreads() {
        return choice.compilers;
    }

    /**
     * Those of the compiler threads that run C2, whose peaks are the dearest.
     *
     * @return the most C2 threads
     */
    public int c2Threads() {
        return choice.c2;
    }

    /**
     * {@code ParallelGCThreads}.
     *
     * @return the threads of a pause, empty for Serial
     */
    public OptionalInt parallelGcThreads() {
        return choice.collector == GarbageCollector.SERIAL
                ? OptionalInt.empty()
                : OptionalInt.of(choice.parallelThreads);
    }

    /**
     * {@code ConcGCThreads}; 0 for Parallel.
     *
     * @return the concurrent threads, empty for Serial
     */
    public OptionalInt concGcThreads() {
        return choice.collector == GarbageCollector.SERIAL ? OptionalInt.empty() : OptionalInt.of(choice.concThreads);
    }

    /**
     * {@code G1ConcRefinementThreads}.
     *
     * @return the refinement threads, empty unless the collector is G1
     */
    public OptionalInt refinementThreads() {
        return choice.collector == GarbageCollector.G1 ? OptionalInt.of(choice.parallelThreads) : OptionalInt.empty();
    }

    /**
     * {@code UseCompressedOops}: references of 4 bytes instead of 8.
     *
     * @return false for ZGC and for heaps beyond about 32 GiB
     */
    public boolean compressedOops() {
        return choice.compressedOops;
    }

    /**
     * Can a reference be decoded by a shift alone? Up to 30 GiB with the default alignment of objects; above, HotSpot adds
     * a base, which costs time and no memory.
     *
     * @return true for zero-based compressed oops
     */
    public boolean zeroBasedOops() {
        return choice.compressedOops && choice.maxHeap <= choice.zeroBasedReach;
    }

    /**
     * {@code UseCompressedClassPointers}.
     *
     * @return true unless switched off
     */
    public boolean compressedClassPointers() {
        return choice.compressedClasses;
    }

    /**
     * Did HotSpot switch compressed oops off by itself because a percentage or {@code MaxRAM} gave a heap beyond their
     * reach? A smaller heap would then hold more objects.
     *
     * @return true behind the cliff
     */
    public boolean oopsCliff() {
        return choice.oopsCliff;
    }

    /** One line: {@code Serial heap 8Mi..64Mi, 2 compilers, oops compressed}. */
    @Override
    public String toString() {
        return collector() + " heap " + initialHeapSize() + ".." + maxHeapSize() + ", " + compilerThreads()
                + " compilers, oops " + (compressedOops() ? "compressed" : "full");
    }
}
