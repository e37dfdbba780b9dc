package io.github.memfit.kubernetes.view;

import io.github.memfit.unit.Bytes;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The kernel's memory figures of one container, from which every tool starts. Immutable and thread-safe.
 *
 * {@snippet :
 * MemoryCounters.v2(usage, Optional.of(Bytes.mebi(512)), Bytes.ZERO, Map.of("anon", 262144000L, "inactive_file", 31457280L));
 * }
 *
 * @since 0.1
 */
public final class MemoryCounters {

    /** From here on a limit means none: tools take what the kernel prints for "no limit" for that. */
    private static final long UNLIMITED = 1L << 62;

    private final boolean v2;
    private final boolean hierarchical;
    private final Bytes usage;
    private final Optional<Bytes> limit;
    private final Bytes swapCurrent;
    private final Map<String, Long> stat;

    private MemoryCounters(
            boolean v2, boolean hierarchical, Bytes usage, Optional<Bytes> limit, Bytes swap, Map<String, Long> stat) {
        this.v2 = v2;
        this.hierarchical = hierarchical;
        this.usage = Objects.requireNonNull(usage, "usage");
        this.limit = limit.filter(bytes -> bytes.value() <= UNLIMITED);
        this.swapCurrent = Objects.requireNonNull(swap, "swap");
        this.stat = Collections.unmodifiableMap(new TreeMap<>(stat));
        if (usage.isNegative()) {
            throw new IllegalArgumentException("usage cannot be below zero, got " + usage);
        }
    }

    /**
     * Figures of cgroup v2.
     *
     * @param usage {@code memory.current}
     * @param limit {@code memory.max}; empty or above 2^62 for none
     * @param swap {@code memory.swap.current}
     * @param stat {@code memory.stat}, what is missing counts as 0
     * @return the figures
     * @throws IllegalArgumentException if the usage is below zero
     */
    public static MemoryCounters v2(Bytes usage, Optional<Bytes> limit, Bytes swap, Map<String, Long> stat) {
        return new MemoryCounters(true, true, usage, limit, swap, stat);
    }

    /**
     * Figures of cgroup v1. Swap is in {@code memory.stat} there.
     *
     * @param usage {@code memory.usage_in_bytes}
     * @param limit {@code memory.limit_in_bytes}; empty or above 2^62 for none
     * @param useHierarchy {@code memory.use_hierarchy}
     * @param stat {@code memory.stat}, what is missing counts as 0
     * @return the figures
     * @throws IllegalArgumentException if the usage is below zero
     */
    public static MemoryCounters v1(Bytes usage, Optional<Bytes> limit, boolean useHierarchy, Map<String, Long> stat) {
        return new MemoryCounters(false, useHierarchy, usage, limit, Bytes.ZERO, stat);
    }

    /**
     * Is this cgroup v2?
     *
     * @return false for v1
     */
    public boolean isV2() {
        return v2;
    }

    /**
     * What the kernel charges.
     *
     * @return {@code memory.current} or {@code memory.usage_in_bytes}
     */
    public Bytes usage() {
        return usage;
    }

    /**
     * The limit.
     *
     * @return the limit, empty if there is none
     */
    public Optional<Bytes> limit() {
        return limit;
    }

    /**
     * One line of {@code memory.stat}.
     *
     * @param key the key
     * @return its value, 0 if missing
     */
    public Bytes stat(String key) {
        return Bytes.of(stat.getOrDefault(key, 0L));
    }

    /** One line of {@code memory.stat}, empty if missing. */
    Optional<Bytes> find(String key) {
        return Optional.ofNullable(stat.get(key)).map(Bytes::of);
    }

    /** The v1 key with or without {@code total_}, as cAdvisor chooses it. */
    Bytes hierarchicalStat(String key) {
        return stat(hierarchical ? "total_" + key : key);
    }

    Bytes swapCurrent() {
        return v2 ? swapCurrent : hierarchicalStat("swap");
    }

    /** {@code cgroup v2: usage 300Mi, limit 512Mi}. */
    @Override
    public String toString() {
        return "cgroup v" + (v2 ? 2 : 1) + ": usage " + usage + ", limit "
                + limit.map(Bytes::toString).orElse("none");
    }
}
