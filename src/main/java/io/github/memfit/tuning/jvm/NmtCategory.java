package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;
import java.util.Objects;
import java.util.Optional;

/**
 * One section of a native memory report, such as {@code Class} or {@code Java Heap}. Immutable and thread-safe.
 *
 * <p>Reserved is address space and says nothing about memory; committed may be touched or not. Sizes are as precise as the
 * report's scale: one printed in MB is rounded down to whole MB.
 *
 * @param name the name of the section
 * @param reserved the reserved address space
 * @param committed the committed part of it
 * @param malloc what was allocated with malloc, empty if the section has no such line
 * @param mallocPeak the most that ever was; equal to {@code malloc} where the report says "at peak"
 * @param arena what arenas hold, empty if the section has no such line
 * @param arenaPeak the most that arenas ever held
 * @param reservedChange the change since the baseline in a report of differences, else zero
 * @param committedChange likewise for the committed part
 * @since 0.1
 */
public record NmtCategory(
        String name,
        Bytes reserved,
        Bytes committed,
        Optional<Bytes> malloc,
        Optional<Bytes> mallocPeak,
        Optional<Bytes> arena,
        Optional<Bytes> arenaPeak,
        Bytes reservedChange,
        Bytes committedChange) {

    /**
     * Checks the parts.
     *
     * @param name the name of the section
     * @param reserved the reserved address space
     * @param committed the committed part of it
     * @param malloc what was allocated with malloc
     * @param mallocPeak the most that ever was
     * @param arena what arenas hold
     * @param arenaPeak the most that arenas ever held
     * @param reservedChange the change since the baseline
     * @param committedChange likewise for the committed part
     */
    public NmtCategory {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reserved, "reserved");
        Objects.requireNonNull(committed, "committed");
        Objects.requireNonNull(malloc, "malloc");
        Objects.requireNonNull(mallocPeak, "mallocPeak");
        Objects.requireNonNull(arena, "arena");
        Objects.requireNonNull(arenaPeak, "arenaPeak");
        Objects.requireNonNull(reservedChange, "reservedChange");
        Objects.requireNonNull(committedChange, "committedChange");
    }

    /** {@code Class: 217Ki committed of 1048665Ki}. */
    @Override
    public String toString() {
        return name + ": " + committed + " committed of " + reserved;
    }
}
