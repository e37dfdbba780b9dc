package io.github.memfit.tuning.node;

import io.github.memfit.unit.Bytes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Objects;
import java.util.Optional;

/**
 * The surroundings from which a Node process takes its idea of memory: the machine, the files of its own control group, its
 * resource limits. Which of them it reads depends on the version of its libuv; ancestors are read by none.
 *
 * {@snippet :
 * NodeMemory pod = NodeMemory.onV2(Bytes.gibi(16)).max(Bytes.gibi(2)).high(Bytes.mebi(800));
 * pod.seenBy(NodeVersion.parse("22.23.3")); // 800Mi: memory.high shrinks the default heap
 * pod.seenBy(NodeVersion.parse("18.20.8")); // 16Gi: v2 is not read at all
 * }
 *
 * <p>Sources: libuv 1.40 to 1.52.1 {@code uv_get_constrained_memory} and Node {@code src/api/environment.cc}; run on every
 * version named. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class NodeMemory {

    private enum Hierarchy {
        V1,
        V2
    }

    /** The largest number of whole pages in a {@code long}: what the v1 file says without a limit. */
    private static final long V1_UNLIMITED = Long.MAX_VALUE / 4096 * 4096;

    private final Hierarchy hierarchy;
    private final Bytes total;
    private final Optional<Bytes> hard;
    private final Optional<Bytes> soft;
    private final Optional<Bytes> resourceLimit;

    private NodeMemory(
            Hierarchy hierarchy,
            Bytes total,
            Optional<Bytes> hard,
            Optional<Bytes> soft,
            Optional<Bytes> resourceLimit) {
        this.hierarchy = hierarchy;
        this.total = total;
        this.hard = hard;
        this.soft = soft;
        this.resourceLimit = resourceLimit;
    }

    /**
     * A machine whose memory controller is cgroup v1, without any limit so far.
     *
     * @param total {@code MemTotal} of the machine
     * @return the surroundings
     * @throws IllegalArgumentException if {@code total} is not positive
     */
    public static NodeMemory onV1(Bytes total) {
        return new NodeMemory(
                Hierarchy.V1, positive("MemTotal", total), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * A machine whose memory controller is cgroup v2, without any limit so far.
     *
     * @param total {@code MemTotal} of the machine
     * @return the surroundings
     * @throws IllegalArgumentException if {@code total} is not positive
     */
    public static NodeMemory onV2(Bytes total) {
        return new NodeMemory(
                Hierarchy.V2, positive("MemTotal", total), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * With a hard limit of the process's own group: {@code memory.limit_in_bytes} or {@code memory.max}.
     *
     * @param limit the limit
     * @return surroundings with that limit
     * @throws IllegalArgumentException if it is not positive
     */
    public NodeMemory max(Bytes limit) {
        return new NodeMemory(hierarchy, total, Optional.of(positive("the hard limit", limit)), soft, resourceLimit);
    }

    /**
     * With a soft bound of the process's own group: {@code memory.soft_limit_in_bytes} or {@code memory.high}.
     *
     * @param limit the bound
     * @return surroundings with that bound
     * @throws IllegalArgumentException if it is not positive
     */
    public NodeMemory high(Bytes limit) {
        return new NodeMemory(hierarchy, total, hard, Optional.of(positive("the soft limit", limit)), resourceLimit);
    }

    /**
     * With a resource limit, {@code ulimit -v} or {@code -d}; the smaller of the two.
     *
     * @param limit {@code RLIMIT_AS} or {@code RLIMIT_DATA}
     * @return surroundings with that limit
     * @throws IllegalArgumentException if it is not positive
     */
    public NodeMemory resourceLimit(Bytes limit) {
        return new NodeMemory(hierarchy, total, hard, soft, Optional.of(positive("the resource limit", limit)));
    }

    /** For plans that try other limits: the hard limit moves with them, if there is one. */
    NodeMemory withLimitOf(Bytes limit) {
        return hard.isPresent() ? max(limit) : this;
    }

    /**
     * The constraint that this version finds, what {@code process.constrainedMemory()} is about.
     *
     * @param version the version of Node
     * @return the smallest bound it reads, or empty if it finds none
     */
    public Optional<Bytes> constrainedFor(NodeVersion version) {
        Optional<Bytes> found = Optional.empty();
        if (hierarchy == Hierarchy.V1 || version.readsCgroupV2()) {
            found = hard;
            if (version.readsSoftLimits()) {
                found = smaller(found, soft);
            }
        }
        return version.readsResourceLimits() ? smaller(found, resourceLimit) : found;
    }

    /**
     * The memory that this version of Node believes it has, from which it sizes its default heap.
     *
     * @param version the version of Node
     * @return the constraint it finds, or the machine's memory if there is none or a larger one
     */
    public Bytes seenBy(NodeVersion version) {
        return constrainedFor(version).map(limit -> limit.min(total)).orElse(total);
    }

    /**
     * What {@code process.constrainedMemory()} prints: a number as JavaScript writes it, {@code undefined} for a v2 group on
     * Node 18, and near 2^63 or 2^64 when there is no limit. Use it only below {@code MemTotal}.
     *
     * @param version the version of Node, 18 or later; earlier ones do not have the call
     * @return the text, or empty where the call does not exist
     */
    public Optional<String> constrainedMemoryText(NodeVersion version) {
        if (version.major() < 18) {
            return Optional.empty();
        }
        Optional<Bytes> found = constrainedFor(version);
        if (found.isPresent()) {
            return Optional.of(javaScriptNumber(BigDecimal.valueOf(found.get().value())));
        }
        if (version.readsCgroupV2()) {
            return Optional.of(javaScriptNumber(BigDecimal.valueOf(2).pow(64)));
        }
        return Optional.of(
                hierarchy == Hierarchy.V2 ? "undefined" : javaScriptNumber(BigDecimal.valueOf(V1_UNLIMITED)));
    }

    /** Whole numbers below 1e21: the shortest digits that identify the double, padded with zeros. */
    private static String javaScriptNumber(BigDecimal whole) {
        double nearest = whole.doubleValue();
        for (int digits = 1; digits <= 17; digits++) {
            BigDecimal shorter = new BigDecimal(nearest).round(new MathContext(digits));
            if (shorter.doubleValue() == nearest) {
                return shorter.toBigIntegerExact().toString();
            }
        }
        return new BigDecimal(nearest).toBigIntegerExact().toString();
    }

    private static Optional<Bytes> smaller(Optional<Bytes> one, Optional<Bytes> other) {
        return one.isPresent() && other.isPresent() ? Optional.of(one.get().min(other.get())) : one.or(() -> other);
    }

    private static Bytes positive(String what, Bytes bytes) {
        if (bytes.isNegative() || bytes.isZero()) {
            throw new IllegalArgumentException(what + " must be positive, got " + bytes);
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeMemory
                && hierarchy == ((NodeMemory) other).hierarchy
                && total.equals(((NodeMemory) other).total)
                && hard.equals(((NodeMemory) other).hard)
                && soft.equals(((NodeMemory) other).soft)
                && resourceLimit.equals(((NodeMemory) other).resourceLimit);
    }

    @Override
    public int hashCode() {
        return Objects.hash(hierarchy, total, hard, soft, resourceLimit);
    }

    /** One line: {@code cgroup v2, total 16Gi, max 2Gi, high 800Mi}. */
    @Override
    public String toString() {
        return "cgroup " + (hierarchy == Hierarchy.V1 ? "v1" : "v2") + ", total " + total
                + hard.map(bytes -> ", max " + bytes).orElse("")
                + soft.map(bytes -> ", high " + bytes).orElse("")
                + resourceLimit.map(bytes -> ", ulimit " + bytes).orElse("");
    }
}
