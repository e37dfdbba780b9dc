package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;
import java.time.Duration;
import java.util.Objects;

/**
 * A running JVM at one moment, as read from {@code /proc} and the management beans <em>together</em>: peaks of resident
 * memory and of the heap do not coincide, only their difference at the same moment says what is outside the heap.
 *
 * <p>Immutable and thread-safe.
 *
 * @param jdk the JDK
 * @param collector the collector
 * @param anonymous {@code RssAnon}: resident memory that is neither file nor shared
 * @param heap the part of {@code anonymous} that is heap: what of it is resident, or the committed heap where no more is known
 * @param heapCounted whether {@code heap} is what is resident; if not, what is committed and not touched is in it too
 * @param heapUsed the heap in use after the last collection, zero if there was none
 * @param direct direct buffers, the pool {@code direct} of the JDK
 * @param metaspace committed metaspace; the class space is a part of it
 * @param code committed code cache, all segments
 * @param sockets socket buffers charged to the container, zero if unknown or not charged
 * @param classes loaded classes
 * @param threads threads of the process
 * @param worked processor time that the process had used, zero if unknown
 * @since 0.1
 */
public record JvmSample(
        JdkVersion jdk,
        GarbageCollector collector,
        Bytes anonymous,
        Bytes heap,
        boolean heapCounted,
        Bytes heapUsed,
        Bytes direct,
        Bytes metaspace,
        Bytes code,
        Bytes sockets,
        long classes,
        long threads,
        Duration worked) {

    /**
     * What a JVM that does nothing has beside heap, metaspace and compiled code: 18.2 to 20.5 MiB with Serial, G1 and Parallel
     * on JDK 17.0.15 and 25.0.3, heap touched from the start.
     */
    private static final Bytes IDLE = Bytes.mebi(16);

    /**
     * Checks the parts.
     *
     * @param jdk the JDK
     * @param collector the collector
     * @param anonymous resident anonymous memory
     * @param heap the heap, resident or committed
     * @param heapCounted whether it is what is resident
     * @param heapUsed the heap in use after the last collection
     * @param direct direct buffers
     * @param metaspace committed metaspace
     * @param code committed code cache
     * @param sockets socket buffers
     * @param classes loaded classes
     * @param threads threads of the process
     * @param worked processor time
     * @throws IllegalArgumentException if a size, number or time is negative or impossibly large
     */
    public JvmSample {
        Objects.requireNonNull(jdk, "jdk");
        Objects.requireNonNull(collector, "collector");
        for (Bytes size : new Bytes[] {anonymous, heap, heapUsed, direct, metaspace, code, sockets}) {
            JvmProfile.size(size);
        }
        if (classes < 0 || threads < 0) {
            throw new IllegalArgumentException(
                    "classes and threads are not negative, got " + classes + " and " + threads);
        }
        JvmProfile.time(worked);
    }

    /**
     * Resident memory outside heap and direct buffers: {@code anonymous - heap - direct}; for ZGC, whose heap is
     * shared memory, {@code anonymous - direct}. Exact if the heap was counted. If not, it is at least metaspace, code and the 16
     * MiB that every JVM has beside them, since heap that is committed and not yet touched would hide it.
     *
     * <p>{@code -XX:+AlwaysPreTouch} touches more than the heap: 7 MiB (17.0.15) to 11 MiB (25.0.3) of code cache and class
     * archive of a JVM that does nothing.
     *
     * @return the bytes
     */
    public Bytes outsideHeap() {
        return seenOutside().max(heapCounted ? Bytes.ZERO : leastOutside());
    }

    private Bytes seenOutside() {
        Bytes counted = collector == GarbageCollector.ZGC ? Bytes.ZERO : heap;
        return anonymous.minus(counted).minus(direct);
    }

    private Bytes leastOutside() {
        return metaspace.plus(code).plus(IDLE);
    }

    /**
     * Does heap that is committed and not yet touched hide what lies outside of it? Then {@link #outsideHeap()} is no more than
     * what every JVM has there, and a profile of this sample alone plans little for threads, compilers and malloc: count what of the heap
     * is resident, or sample again under load.
     *
     * @return true if less was seen than every JVM has; never if the heap was counted
     */
    public boolean isOutsideHidden() {
        return !heapCounted && seenOutside().isLessThan(leastOutside());
    }

    /**
     * This moment as a profile of one sample.
     *
     * @return the profile
     */
    public JvmProfile toProfile() {
        Bytes outside = outsideHeap();
        return new JvmProfile(
                jdk,
                collector,
                1,
                outside,
                direct,
                outside.plus(direct),
                metaspace,
                code,
                sockets,
                heapUsed,
                classes,
                threads,
                worked);
    }

    /** One line with the figures that matter most. */
    @Override
    public String toString() {
        return "outside heap " + outsideHeap() + ", direct " + direct + ", heap " + heapUsed + " of " + heap + ", "
                + classes + " classes, " + threads + " threads";
    }
}
