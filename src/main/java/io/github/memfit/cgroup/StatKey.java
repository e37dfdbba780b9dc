package io.github.memfit.cgroup;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A line of {@code memory.stat}: its name in v2 and in v1, its unit, and the kernel that it came with. Values of v2 are of
 * the whole subtree; v1 has each line twice, for the group alone and, with {@code total_} in front, for the subtree.
 *
 * <p>Names, units and presence are those of mm/memcontrol.c and mm/memcontrol-v1.c in Linux 6.1 and 6.12; the versions of
 * keys older than 6.1 are those of the kernel's history. Which lines a kernel prints also depends on its configuration
 * (huge pages, swap, zswap, NUMA balancing).
 *
 * @since 0.1
 */
public enum StatKey {
    /** Anonymous memory that is mapped, huge pages included; without tmpfs and shared memory. */
    ANON("anon", "rss", StatUnit.BYTES, "4.5"),
    /** Page cache, with tmpfs and shared memory. */
    FILE("file", "cache", StatUnit.BYTES, "4.5"),
    /** All kernel memory of the group: stacks, page tables, per-CPU data, vmalloc, slab and the rest; without sockets. */
    KERNEL("kernel", "", StatUnit.BYTES, "5.18"),
    /** Kernel stacks of threads; part of kernel. */
    KERNEL_STACK("kernel_stack", "", StatUnit.BYTES, "4.6"),
    /** Page tables; part of kernel. */
    PAGETABLES("pagetables", "", StatUnit.BYTES, "5.11"),
    /** Page tables of virtual machines and I/O; part of kernel. */
    SEC_PAGETABLES("sec_pagetables", "", StatUnit.BYTES, "6.1"),
    /** Per-CPU data; part of kernel. */
    PERCPU("percpu", "", StatUnit.BYTES, "5.9"),
    /** Network buffers; not part of kernel. */
    SOCK("sock", "", StatUnit.BYTES, "4.5"),
    /** Vmalloc areas; part of kernel. */
    VMALLOC("vmalloc", "", StatUnit.BYTES, "5.18"),
    /** Tmpfs and shared memory; part of file, lies on the anonymous lists, leaves memory only by swap. */
    SHMEM("shmem", "shmem", StatUnit.BYTES, "4.12"),
    /** Memory taken by compressed swap. */
    ZSWAP("zswap", "", StatUnit.BYTES, "5.19"),
    /** Memory that was compressed, at its original size. */
    ZSWAPPED("zswapped", "", StatUnit.BYTES, "5.19"),
    /** Page cache that is mapped by processes; part of file. */
    FILE_MAPPED("file_mapped", "mapped_file", StatUnit.BYTES, "4.5"),
    /** Page cache that waits to be written; part of file. */
    FILE_DIRTY("file_dirty", "dirty", StatUnit.BYTES, "4.5"),
    /** Page cache that is being written; part of file. */
    FILE_WRITEBACK("file_writeback", "writeback", StatUnit.BYTES, "4.5"),
    /** Swap cache: counted as memory and as swap. */
    SWAPCACHED("swapcached", "swapcached", StatUnit.BYTES, "5.12"),
    /** Anonymous memory in transparent huge pages; part of anon. */
    ANON_THP("anon_thp", "rss_huge", StatUnit.BYTES, "4.15"),
    /** Page cache in transparent huge pages; part of file. */
    FILE_THP("file_thp", "", StatUnit.BYTES, "5.12"),
    /** Shared memory in transparent huge pages; part of shmem. */
    SHMEM_THP("shmem_thp", "", StatUnit.BYTES, "5.12"),
    /** Inactive list of anonymous memory, tmpfs and shared memory. */
    INACTIVE_ANON("inactive_anon", "inactive_anon", StatUnit.BYTES, "4.5"),
    /** Active list of anonymous memory, tmpfs and shared memory. */
    ACTIVE_ANON("active_anon", "active_anon", StatUnit.BYTES, "4.5"),
    /** Inactive list of the page cache: the first to be reclaimed. */
    INACTIVE_FILE("inactive_file", "inactive_file", StatUnit.BYTES, "4.5"),
    /** Active list of the page cache. */
    ACTIVE_FILE("active_file", "active_file", StatUnit.BYTES, "4.5"),
    /** Locked memory of any kind. */
    UNEVICTABLE("unevictable", "unevictable", StatUnit.BYTES, "4.5"),
    /** Kernel objects that can be freed, as inodes and directory entries; part of kernel. */
    SLAB_RECLAIMABLE("slab_reclaimable", "", StatUnit.BYTES, "4.6"),
    /** Kernel objects that cannot be freed; part of kernel. */
    SLAB_UNRECLAIMABLE("slab_unreclaimable", "", StatUnit.BYTES, "4.6"),
    /** Sum of both kinds of kernel objects. */
    SLAB("slab", "", StatUnit.BYTES, "4.6"),
    /** Huge pages of hugetlbfs, with mount option memory_hugetlb_accounting only. */
    HUGETLB("hugetlb", "", StatUnit.BYTES, "6.13"),
    /** Anonymous pages that came back soon after they were reclaimed. */
    WORKINGSET_REFAULT_ANON("workingset_refault_anon", "workingset_refault_anon", StatUnit.COUNT, "5.9"),
    /** Page cache that came back soon after it was reclaimed. */
    WORKINGSET_REFAULT_FILE("workingset_refault_file", "workingset_refault_file", StatUnit.COUNT, "5.9"),
    /** Refaulted anonymous pages that were put on the active list at once. */
    WORKINGSET_ACTIVATE_ANON("workingset_activate_anon", "", StatUnit.COUNT, "5.9"),
    /** Refaulted page cache that was put on the active list at once. */
    WORKINGSET_ACTIVATE_FILE("workingset_activate_file", "", StatUnit.COUNT, "5.9"),
    /** Anonymous pages found to be in use before they were reclaimed. */
    WORKINGSET_RESTORE_ANON("workingset_restore_anon", "", StatUnit.COUNT, "5.9"),
    /** Page cache found to be in use before it was reclaimed. */
    WORKINGSET_RESTORE_FILE("workingset_restore_file", "", StatUnit.COUNT, "5.9"),
    /** Before 5.9: refaults of both kinds. */
    WORKINGSET_REFAULT("workingset_refault", "", StatUnit.COUNT, "4.12"),
    /** Before 5.9: activations of both kinds. */
    WORKINGSET_ACTIVATE("workingset_activate", "", StatUnit.COUNT, "4.12"),
    /** Before 5.9: restorations of both kinds. */
    WORKINGSET_RESTORE("workingset_restore", "", StatUnit.COUNT, "5.0"),
    /** Times that shadow nodes were reclaimed. */
    WORKINGSET_NODERECLAIM("workingset_nodereclaim", "", StatUnit.COUNT, "4.12"),
    /** Pages read from swap. */
    PSWPIN("pswpin", "", StatUnit.COUNT, "6.13"),
    /** Pages written to swap. */
    PSWPOUT("pswpout", "", StatUnit.COUNT, "6.13"),
    /** Pages moved to slower memory by kswapd. */
    PGDEMOTE_KSWAPD("pgdemote_kswapd", "", StatUnit.COUNT, "6.12"),
    /** Pages moved to slower memory by allocating tasks. */
    PGDEMOTE_DIRECT("pgdemote_direct", "", StatUnit.COUNT, "6.12"),
    /** Pages moved to slower memory by khugepaged. */
    PGDEMOTE_KHUGEPAGED("pgdemote_khugepaged", "", StatUnit.COUNT, "6.12"),
    /** Pages moved to slower memory by request. */
    PGDEMOTE_PROACTIVE("pgdemote_proactive", "", StatUnit.COUNT, "6.15"),
    /** Pages moved to faster memory. */
    PGPROMOTE_SUCCESS("pgpromote_success", "", StatUnit.COUNT, "6.12"),
    /** Pages looked at by reclaim. */
    PGSCAN("pgscan", "", StatUnit.COUNT, "4.12"),
    /** Pages reclaimed. */
    PGSTEAL("pgsteal", "", StatUnit.COUNT, "4.12"),
    /** Pages looked at by kswapd. */
    PGSCAN_KSWAPD("pgscan_kswapd", "", StatUnit.COUNT, "6.0"),
    /** Pages looked at by allocating tasks. */
    PGSCAN_DIRECT("pgscan_direct", "", StatUnit.COUNT, "6.0"),
    /** Pages looked at by khugepaged. */
    PGSCAN_KHUGEPAGED("pgscan_khugepaged", "", StatUnit.COUNT, "6.2"),
    /** Pages looked at by request. */
    PGSCAN_PROACTIVE("pgscan_proactive", "", StatUnit.COUNT, "6.15"),
    /** Pages reclaimed by kswapd. */
    PGSTEAL_KSWAPD("pgsteal_kswapd", "", StatUnit.COUNT, "6.0"),
    /** Pages reclaimed by allocating tasks. */
    PGSTEAL_DIRECT("pgsteal_direct", "", StatUnit.COUNT, "6.0"),
    /** Pages reclaimed by khugepaged. */
    PGSTEAL_KHUGEPAGED("pgsteal_khugepaged", "", StatUnit.COUNT, "6.2"),
    /** Pages reclaimed by request. */
    PGSTEAL_PROACTIVE("pgsteal_proactive", "", StatUnit.COUNT, "6.15"),
    /** V1: pages charged to the group. */
    PGPGIN("", "pgpgin", StatUnit.COUNT, "2.6.25"),
    /** V1: pages uncharged from the group. */
    PGPGOUT("", "pgpgout", StatUnit.COUNT, "2.6.25"),
    /** Page faults. */
    PGFAULT("pgfault", "pgfault", StatUnit.COUNT, "4.5"),
    /** Page faults that had to wait for a disk. */
    PGMAJFAULT("pgmajfault", "pgmajfault", StatUnit.COUNT, "4.5"),
    /** Pages looked at on the active list. */
    PGREFILL("pgrefill", "", StatUnit.COUNT, "4.12"),
    /** Pages moved to the active list. */
    PGACTIVATE("pgactivate", "", StatUnit.COUNT, "4.12"),
    /** Pages moved to the inactive list. */
    PGDEACTIVATE("pgdeactivate", "", StatUnit.COUNT, "4.12"),
    /** Pages that may be dropped under pressure (MADV_FREE). */
    PGLAZYFREE("pglazyfree", "", StatUnit.COUNT, "4.12"),
    /** Such pages that were dropped. */
    PGLAZYFREED("pglazyfreed", "", StatUnit.COUNT, "4.12"),
    /** Pages of zeros swapped in without input. */
    SWPIN_ZERO("swpin_zero", "", StatUnit.COUNT, "6.12"),
    /** Pages of zeros swapped out without output. */
    SWPOUT_ZERO("swpout_zero", "", StatUnit.COUNT, "6.12"),
    /** Pages swapped in from compressed memory. */
    ZSWPIN("zswpin", "", StatUnit.COUNT, "5.19"),
    /** Pages swapped out to compressed memory. */
    ZSWPOUT("zswpout", "", StatUnit.COUNT, "5.19"),
    /** Pages written from compressed memory to the swap device. */
    ZSWPWB("zswpwb", "", StatUnit.COUNT, "6.8"),
    /** Pages kept in compressed swap although they do not compress. */
    ZSWAP_INCOMP("zswap_incomp", "", StatUnit.PAGES, "6.17"),
    /** Huge pages allocated by page faults. */
    THP_FAULT_ALLOC("thp_fault_alloc", "", StatUnit.COUNT, "5.4"),
    /** Huge pages made from small ones. */
    THP_COLLAPSE_ALLOC("thp_collapse_alloc", "", StatUnit.COUNT, "5.4"),
    /** Huge pages swapped out whole. */
    THP_SWPOUT("thp_swpout", "", StatUnit.COUNT, "6.7"),
    /** Huge pages split before they were swapped out. */
    THP_SWPOUT_FALLBACK("thp_swpout_fallback", "", StatUnit.COUNT, "6.7"),
    /** Pages moved between nodes by balancing. */
    NUMA_PAGES_MIGRATED("numa_pages_migrated", "", StatUnit.COUNT, "6.12"),
    /** Page table entries marked by balancing. */
    NUMA_PTE_UPDATES("numa_pte_updates", "", StatUnit.COUNT, "6.12"),
    /** Faults on marked entries. */
    NUMA_HINT_FAULTS("numa_hint_faults", "", StatUnit.COUNT, "6.12"),
    /** V1: memory that was swapped out. */
    SWAP("", "swap", StatUnit.BYTES, "2.6.34"),
    /** V1: the lowest limit of the group and all that bind it above, also those no mount shows. */
    HIERARCHICAL_MEMORY_LIMIT("", "hierarchical_memory_limit", StatUnit.BYTES, "2.6.26"),
    /** V1: the same for memory and swap together. */
    HIERARCHICAL_MEMSW_LIMIT("", "hierarchical_memsw_limit", StatUnit.BYTES, "2.6.34");

    private static final List<StatKey> OF_V2 = named(CgroupVersion.V2);
    private static final List<StatKey> OF_V1 = named(CgroupVersion.V1);

    private final String v2;
    private final String v1;
    private final StatUnit unit;
    private final String since;

    StatKey(String v2, String v1, StatUnit unit, String since) {
        this.v2 = v2;
        this.v1 = v1;
        this.unit = unit;
        this.since = since;
    }

    private static List<StatKey> named(CgroupVersion version) {
        return Collections.unmodifiableList(Arrays.asList(Arrays.stream(values())
                .filter(key -> key.name(version).isPresent())
                .toArray(StatKey[]::new)));
    }

    /**
     * The keys that exist in a version, in the order in which v2 kernels print them.
     *
     * @param version the version
     * @return the keys
     */
    public static List<StatKey> of(CgroupVersion version) {
        return version == CgroupVersion.V1 ? OF_V1 : OF_V2;
    }

    /**
     * The name of the line.
     *
     * @param version the version
     * @return the name, or empty if that version has no such line
     */
    public Optional<String> name(CgroupVersion version) {
        String name = version == CgroupVersion.V1 ? v1 : v2;
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /**
     * What the number counts.
     *
     * @return the unit
     */
    public StatUnit unit() {
        return unit;
    }

    /**
     * The kernel that the line came with: in v2 if it exists there, else in v1.
     *
     * @return the version, as in {@code 5.18}
     */
    public String since() {
        return since;
    }
}
