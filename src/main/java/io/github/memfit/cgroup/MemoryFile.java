package io.github.memfit.cgroup;

/**
 * Every memory file of both versions: its name, what its text is, its unit, and the kernel that it came with. Constants that
 * begin with {@code V1} belong to v1.
 *
 * <p>Source: mm/memcontrol.c, mm/memcontrol-v1.c and Documentation/admin-guide in Linux 6.1 and 6.12; versions older than
 * 6.1 are those of the kernel's history.
 *
 * @since 0.1
 */
public enum MemoryFile {
    /** Memory in use: in steps of 64 pages for each CPU, never less than the truth. */
    CURRENT(CgroupVersion.V2, "memory.current", Form.AMOUNT, StatUnit.BYTES, "4.5"),
    /** The most that was ever in use. */
    PEAK(CgroupVersion.V2, "memory.peak", Form.AMOUNT, StatUnit.BYTES, "5.19"),
    /** Hard limit: reclaim, then the OOM killer. */
    MAX(CgroupVersion.V2, "memory.max", Form.LIMIT, StatUnit.BYTES, "4.5"),
    /** Throttle line: reclaim and sleep, never the OOM killer. */
    HIGH(CgroupVersion.V2, "memory.high", Form.LIMIT, StatUnit.BYTES, "4.5"),
    /** Protected from reclaim as long as others have something to give. */
    LOW(CgroupVersion.V2, "memory.low", Form.LIMIT, StatUnit.BYTES, "4.5"),
    /** Protected from reclaim in any case. */
    MIN(CgroupVersion.V2, "memory.min", Form.LIMIT, StatUnit.BYTES, "4.18"),
    /** Statistics, see StatKey. */
    STAT(CgroupVersion.V2, "memory.stat", Form.KEYS, StatUnit.BYTES, "4.5"),
    /** Statistics by node. */
    NUMA_STAT(CgroupVersion.V2, "memory.numa_stat", Form.NUMA, StatUnit.BYTES, "5.11"),
    /** Events of the subtree; kills survive the removal of children. */
    EVENTS(CgroupVersion.V2, "memory.events", Form.KEYS, StatUnit.COUNT, "4.5"),
    /** Events of the group alone. */
    EVENTS_LOCAL(CgroupVersion.V2, "memory.events.local", Form.KEYS, StatUnit.COUNT, "5.2"),
    /** 1: the OOM killer kills all processes of the group together. */
    OOM_GROUP(CgroupVersion.V2, "memory.oom.group", Form.AMOUNT, StatUnit.FLAG, "4.19"),
    /** Pressure stall information. */
    PRESSURE(CgroupVersion.V2, "memory.pressure", Form.PRESSURE, StatUnit.COUNT, "4.20"),
    /** Swap in use. */
    SWAP_CURRENT(CgroupVersion.V2, "memory.swap.current", Form.AMOUNT, StatUnit.BYTES, "4.5"),
    /** The most swap that was ever in use. */
    SWAP_PEAK(CgroupVersion.V2, "memory.swap.peak", Form.AMOUNT, StatUnit.BYTES, "6.5"),
    /** Hard limit of swap alone. */
    SWAP_MAX(CgroupVersion.V2, "memory.swap.max", Form.LIMIT, StatUnit.BYTES, "4.5"),
    /** Throttle line of swap. */
    SWAP_HIGH(CgroupVersion.V2, "memory.swap.high", Form.LIMIT, StatUnit.BYTES, "5.8"),
    /** Events of swap: high, max, fail. */
    SWAP_EVENTS(CgroupVersion.V2, "memory.swap.events", Form.KEYS, StatUnit.COUNT, "4.18"),
    /** Memory taken by compressed swap. */
    ZSWAP_CURRENT(CgroupVersion.V2, "memory.zswap.current", Form.AMOUNT, StatUnit.BYTES, "5.19"),
    /** Limit of compressed swap. */
    ZSWAP_MAX(CgroupVersion.V2, "memory.zswap.max", Form.LIMIT, StatUnit.BYTES, "5.19"),
    /** 1: compressed swap may be written to the swap device. */
    ZSWAP_WRITEBACK(CgroupVersion.V2, "memory.zswap.writeback", Form.AMOUNT, StatUnit.FLAG, "6.8"),
    /** Takes a request to reclaim. */
    RECLAIM(CgroupVersion.V2, "memory.reclaim", Form.WRITE_ONLY, StatUnit.BYTES, "5.19"),
    /** Memory in use, in steps as memory.current. */
    V1_USAGE(CgroupVersion.V1, "memory.usage_in_bytes", Form.AMOUNT, StatUnit.BYTES, "2.6.25"),
    /** The most that was ever in use, or since somebody wrote 0. */
    V1_MAX_USAGE(CgroupVersion.V1, "memory.max_usage_in_bytes", Form.AMOUNT, StatUnit.BYTES, "2.6.25"),
    /** Hard limit: reclaim, then the OOM killer. */
    V1_LIMIT(CgroupVersion.V1, "memory.limit_in_bytes", Form.LIMIT, StatUnit.BYTES, "2.6.25"),
    /** A wish, without effect in newest kernels. */
    V1_SOFT_LIMIT(CgroupVersion.V1, "memory.soft_limit_in_bytes", Form.LIMIT, StatUnit.BYTES, "2.6.32"),
    /** Times that the limit was hit. */
    V1_FAILCNT(CgroupVersion.V1, "memory.failcnt", Form.AMOUNT, StatUnit.COUNT, "2.6.25"),
    /** Statistics, see StatKey. */
    V1_STAT(CgroupVersion.V1, "memory.stat", Form.KEYS, StatUnit.BYTES, "2.6.25"),
    /** Statistics by node. */
    V1_NUMA_STAT(CgroupVersion.V1, "memory.numa_stat", Form.NUMA, StatUnit.PAGES, "3.0"),
    /** Oom_kill_disable, under_oom and (4.13) oom_kill, of the group alone. */
    V1_OOM_CONTROL(CgroupVersion.V1, "memory.oom_control", Form.KEYS, StatUnit.COUNT, "2.6.34"),
    /** 0: the limit of this group does not bind those below (before 5.11). */
    V1_USE_HIERARCHY(CgroupVersion.V1, "memory.use_hierarchy", Form.AMOUNT, StatUnit.FLAG, "2.6.28"),
    /** How willingly the kernel swaps, 0 to 100. */
    V1_SWAPPINESS(CgroupVersion.V1, "memory.swappiness", Form.AMOUNT, StatUnit.COUNT, "2.6.28"),
    /** Which memory moves with a process. */
    V1_MOVE_CHARGE(CgroupVersion.V1, "memory.move_charge_at_immigrate", Form.AMOUNT, StatUnit.COUNT, "2.6.34"),
    /** Memory and swap in use. */
    V1_MEMSW_USAGE(CgroupVersion.V1, "memory.memsw.usage_in_bytes", Form.AMOUNT, StatUnit.BYTES, "2.6.28"),
    /** The most of both that was ever in use. */
    V1_MEMSW_MAX_USAGE(CgroupVersion.V1, "memory.memsw.max_usage_in_bytes", Form.AMOUNT, StatUnit.BYTES, "2.6.28"),
    /** Hard limit of memory and swap together. */
    V1_MEMSW_LIMIT(CgroupVersion.V1, "memory.memsw.limit_in_bytes", Form.LIMIT, StatUnit.BYTES, "2.6.28"),
    /** Times that the limit of both was hit. */
    V1_MEMSW_FAILCNT(CgroupVersion.V1, "memory.memsw.failcnt", Form.AMOUNT, StatUnit.COUNT, "2.6.28"),
    /** Kernel memory in use. */
    V1_KMEM_USAGE(CgroupVersion.V1, "memory.kmem.usage_in_bytes", Form.AMOUNT, StatUnit.BYTES, "3.8"),
    /** The most kernel memory that was ever in use. */
    V1_KMEM_MAX_USAGE(CgroupVersion.V1, "memory.kmem.max_usage_in_bytes", Form.AMOUNT, StatUnit.BYTES, "3.8"),
    /** Limit of kernel memory; without effect since 5.16. */
    V1_KMEM_LIMIT(CgroupVersion.V1, "memory.kmem.limit_in_bytes", Form.LIMIT, StatUnit.BYTES, "3.8"),
    /** Times that the limit of kernel memory was hit. */
    V1_KMEM_FAILCNT(CgroupVersion.V1, "memory.kmem.failcnt", Form.AMOUNT, StatUnit.COUNT, "3.8"),
    /** Network buffers in use; not part of the usage. */
    V1_KMEM_TCP_USAGE(CgroupVersion.V1, "memory.kmem.tcp.usage_in_bytes", Form.AMOUNT, StatUnit.BYTES, "3.3"),
    /** The most network buffers that were ever in use. */
    V1_KMEM_TCP_MAX_USAGE(CgroupVersion.V1, "memory.kmem.tcp.max_usage_in_bytes", Form.AMOUNT, StatUnit.BYTES, "3.3"),
    /** Limit of network buffers. */
    V1_KMEM_TCP_LIMIT(CgroupVersion.V1, "memory.kmem.tcp.limit_in_bytes", Form.LIMIT, StatUnit.BYTES, "3.3"),
    /** Times that the limit of network buffers was hit. */
    V1_KMEM_TCP_FAILCNT(CgroupVersion.V1, "memory.kmem.tcp.failcnt", Form.AMOUNT, StatUnit.COUNT, "3.3"),
    /** Kernel objects by kind. */
    V1_KMEM_SLABINFO(CgroupVersion.V1, "memory.kmem.slabinfo", Form.TABLE, StatUnit.COUNT, "3.8"),
    /** Takes a request to reclaim all. */
    V1_FORCE_EMPTY(CgroupVersion.V1, "memory.force_empty", Form.WRITE_ONLY, StatUnit.COUNT, "2.6.25"),
    /** Takes a registration for notices. */
    V1_PRESSURE_LEVEL(CgroupVersion.V1, "memory.pressure_level", Form.WRITE_ONLY, StatUnit.COUNT, "3.10");

    /** What the text of a file is. */
    public enum Form {
        /** One number: {@link MemoryGroup#amount}. */
        AMOUNT,
        /** One number, or none ({@code max}; in v1 the largest number that the kernel counts to): {@link MemoryGroup#limit}. */
        LIMIT,
        /** Lines of a key and a number: {@link MemoryGroup#keys}. */
        KEYS,
        /** Lines of a key and a number for each node: {@link MemoryGroup#byNode}. */
        NUMA,
        /** Pressure stall information: {@link MemoryGroup#pressure}. */
        PRESSURE,
        /** A table for people. */
        TABLE,
        /** Cannot be read. */
        WRITE_ONLY
    }

    private final CgroupVersion version;
    private final String fileName;
    private final Form form;
    private final StatUnit unit;
    private final String since;

    MemoryFile(CgroupVersion version, String fileName, Form form, StatUnit unit, String since) {
        this.version = version;
        this.fileName = fileName;
        this.form = form;
        this.unit = unit;
        this.since = since;
    }

    /**
     * The version that has this file.
     *
     * @return the version
     */
    public CgroupVersion version() {
        return version;
    }

    /**
     * The name in the directory of the group.
     *
     * @return the name
     */
    public String fileName() {
        return fileName;
    }

    /**
     * What the text is.
     *
     * @return the form
     */
    public Form form() {
        return form;
    }

    /**
     * What the numbers count; where a file mixes units, that of most lines.
     *
     * @return the unit
     */
    public StatUnit unit() {
        return unit;
    }

    /**
     * The kernel that the file came with.
     *
     * @return the version, as in {@code 5.19}
     */
    public String since() {
        return since;
    }
}
