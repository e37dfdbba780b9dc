package io.github.memfit.procfs;

/**
 * The figures of {@code /proc/<pid>/smaps} and {@code smaps_rollup} in the order in which the kernel prints them.
 *
 * <p>Source: fs/proc/task_mmu.c, Linux 6.1 and 6.12.
 *
 * @since 0.1
 */
public enum SmapsField implements ProcField {
    /** Size of the mappings; only in {@code smaps}. */
    SIZE("Size", ProcUnit.KIBIBYTES, "2.6.14"),
    /** Resident memory of the mappings, without hugetlb pages. */
    RSS("Rss", ProcUnit.KIBIBYTES, "2.6.14"),
    /** Proportional share: each page divided by the number of its mappers. */
    PSS("Pss", ProcUnit.KIBIBYTES, "2.6.25"),
    /** The dirty part of Pss. */
    PSS_DIRTY("Pss_Dirty", ProcUnit.KIBIBYTES, "6.0"),
    /** The anonymous part of Pss; only in {@code smaps_rollup}. */
    PSS_ANON("Pss_Anon", ProcUnit.KIBIBYTES, "5.3"),
    /** The part of Pss that is file mappings; only in {@code smaps_rollup}. */
    PSS_FILE("Pss_File", ProcUnit.KIBIBYTES, "5.3"),
    /** The part of Pss that is shared memory; only in {@code smaps_rollup}. */
    PSS_SHMEM("Pss_Shmem", ProcUnit.KIBIBYTES, "5.3"),
    /** Clean pages that others map too. */
    SHARED_CLEAN("Shared_Clean", ProcUnit.KIBIBYTES, "2.6.14"),
    /** Dirty pages that others map too. */
    SHARED_DIRTY("Shared_Dirty", ProcUnit.KIBIBYTES, "2.6.14"),
    /** Clean pages that only this process maps. */
    PRIVATE_CLEAN("Private_Clean", ProcUnit.KIBIBYTES, "2.6.14"),
    /** Dirty pages that only this process maps. */
    PRIVATE_DIRTY("Private_Dirty", ProcUnit.KIBIBYTES, "2.6.14"),
    /** Pages marked as accessed since the marks were last cleared. */
    REFERENCED("Referenced", ProcUnit.KIBIBYTES, "2.6.22"),
    /** Pages that belong to no file. */
    ANONYMOUS("Anonymous", ProcUnit.KIBIBYTES, "2.6.37"),
    /** Pages that KSM merged. */
    KSM("KSM", ProcUnit.KIBIBYTES, "6.7"),
    /** Pages given up by {@code MADV_FREE} and not yet taken back. */
    LAZY_FREE("LazyFree", ProcUnit.KIBIBYTES, "4.12"),
    /** Transparent huge pages. */
    ANON_HUGE_PAGES("AnonHugePages", ProcUnit.KIBIBYTES, "2.6.38"),
    /** Huge pages of shared memory. */
    SHMEM_PMD_MAPPED("ShmemPmdMapped", ProcUnit.KIBIBYTES, "4.8"),
    /** Huge pages of the page cache. */
    FILE_PMD_MAPPED("FilePmdMapped", ProcUnit.KIBIBYTES, "5.4"),
    /** Hugetlb pages that others map too; not part of Rss and Pss. */
    SHARED_HUGETLB("Shared_Hugetlb", ProcUnit.KIBIBYTES, "4.4"),
    /** Hugetlb pages that only this process maps; not part of Rss and Pss. */
    PRIVATE_HUGETLB("Private_Hugetlb", ProcUnit.KIBIBYTES, "4.4"),
    /** Anonymous and shared memory in swap. */
    SWAP("Swap", ProcUnit.KIBIBYTES, "2.6.26"),
    /** Proportional share of Swap. */
    SWAP_PSS("SwapPss", ProcUnit.KIBIBYTES, "4.3"),
    /** Proportional share of locked memory. */
    LOCKED("Locked", ProcUnit.KIBIBYTES, "2.6.37");

    private final String key;
    private final ProcUnit unit;
    private final String since;

    SmapsField(String key, ProcUnit unit, String since) {
        this.key = key;
        this.unit = unit;
        this.since = since;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public ProcUnit unit() {
        return unit;
    }

    @Override
    public String since() {
        return since;
    }
}
