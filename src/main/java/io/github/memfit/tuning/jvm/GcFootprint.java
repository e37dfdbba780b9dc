package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.Objects;

/**
 * The native memory that a collector needs beside the heap: a fixed part and a share of the heap. Immutable and
 * thread-safe.
 *
 * <p>Shares follow from the sources: cards and block offsets 1/512 of the heap each, mark bitmaps 1/64 (two of them in
 * Parallel and G1 of JDK 17), Shenandoah's bitmap 1/32. Fixed parts were fitted to launches of JDK 17.0.15 and 25.0.3 with
 * 2 CPUs and heaps of 16 MiB to 16 GiB; releases between take the older fit.
 *
 * @param fixed the part that does not depend on the heap
 * @param share the bytes for each byte of heap
 * @since 0.1
 */
public record GcFootprint(Bytes fixed, Ratio share) {

    /** G1's mark stack: committed at start and never touched by most programs. */
    private static final long G1_MARK_STACK = 32L << 20;

    private static final long MEBI = 1L << 20;

    /**
     * Checks the parts.
     *
     * @param fixed the part that does not depend on the heap
     * @param share the bytes for each byte of heap
     */
    public GcFootprint {
        Objects.requireNonNull(fixed, "fixed");
        Objects.requireNonNull(share, "share");
    }

    /**
     * What native memory tracking shows as committed in its section {@code GC} right after a start with {@code -Xms} equal
     * to {@code -Xmx}. ZGC of JDK 25 grows far beyond it with use.
     *
     * @param collector the collector
     * @param jdk the JDK
     * @return the line
     */
    public static GcFootprint committed(GarbageCollector collector, JdkVersion jdk) {
        boolean recent = jdk.atLeast(25);
        return switch (collector) {
            case SERIAL -> line(12 << 10, 3255);
            case PARALLEL -> recent ? line(6_291_456, 18_960) : line(9_856_614, 36_540);
            case G1 -> recent ? line(38_273_024, 19_650) : line(39_426_458, 38_200);
            case ZGC -> recent ? line(629_146, 200) : line(67_528_294, 0);
            case SHENANDOAH -> recent ? line(1_677_722, 31_300) : line(1_468_006, 31_300);
        };
    }

    /**
     * A bound of what is resident after full collections of a heap in use. The committed line, less G1's untouched mark
     * stack, with the growth of ZGC and Shenandoah in use.
     *
     * @param collector the collector
     * @param jdk the JDK
     * @return the line
     */
    public static GcFootprint resident(GarbageCollector collector, JdkVersion jdk) {
        GcFootprint committed = committed(collector, jdk);
        return switch (collector) {
            case SERIAL -> line(MEBI, 3255);
            case PARALLEL -> committed;
            case G1 ->
                new GcFootprint(committed.fixed.minus(Bytes.of(G1_MARK_STACK)).plus(Bytes.mebi(4)), committed.share);
            case ZGC -> jdk.atLeast(25) ? line(30 * MEBI, 30_000) : line(70 * MEBI, 10_000);
            case SHENANDOAH -> line(6 * MEBI, 31_300);
        };
    }

    /**
     * The bytes for a heap.
     *
     * @param heap the size of the heap
     * @return fixed part and share, rounded up
     */
    public Bytes of(Bytes heap) {
        return fixed.plus(heap.timesRoundedUp(share));
    }

    private static GcFootprint line(long fixed, int sharePerMillion) {
        return new GcFootprint(Bytes.of(fixed), Ratio.of(sharePerMillion, 1_000_000));
    }
}
