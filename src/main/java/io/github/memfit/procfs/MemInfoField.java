package io.github.memfit.procfs;

/**
 * The figures of {@code /proc/meminfo} in the order in which the kernel prints them.
 *
 * <p>Source: fs/proc/meminfo.c, mm/hugetlb.c and arch/x86/mm, Linux 6.1 and 6.12. Which of them are there depends on version and
 * configuration. lxcfs replaces the file inside its containers: MemTotal is then the container's limit.
 *
 * @since 0.1
 */
public enum MemInfoField implements ProcField {
    /** Memory that the kernel manages: installed memory without what firmware and kernel image took. */
    MEM_TOTAL("MemTotal", ProcUnit.KIBIBYTES, "2.6"),
    /** Memory that is not used at all. */
    MEM_FREE("MemFree", ProcUnit.KIBIBYTES, "2.6"),
    /** Estimate of what can be had without swapping: free + page cache + reclaimable slab, less reserves. */
    MEM_AVAILABLE("MemAvailable", ProcUnit.KIBIBYTES, "3.14"),
    /** Page cache of block devices. */
    BUFFERS("Buffers", ProcUnit.KIBIBYTES, "2.6"),
    /** Page cache with shared memory, without Buffers and SwapCached. */
    CACHED("Cached", ProcUnit.KIBIBYTES, "2.6"),
    /** Memory that is in swap and in memory. */
    SWAP_CACHED("SwapCached", ProcUnit.KIBIBYTES, "2.6"),
    /** Pages used recently. */
    ACTIVE("Active", ProcUnit.KIBIBYTES, "2.6"),
    /** Pages not used recently. */
    INACTIVE("Inactive", ProcUnit.KIBIBYTES, "2.6"),
    /** The anonymous and shared part of Active. */
    ACTIVE_ANON("Active(anon)", ProcUnit.KIBIBYTES, "2.6.28"),
    /** The anonymous and shared part of Inactive. */
    INACTIVE_ANON("Inactive(anon)", ProcUnit.KIBIBYTES, "2.6.28"),
    /** The page cache part of Active. */
    ACTIVE_FILE("Active(file)", ProcUnit.KIBIBYTES, "2.6.28"),
    /** The page cache part of Inactive. */
    INACTIVE_FILE("Inactive(file)", ProcUnit.KIBIBYTES, "2.6.28"),
    /** Pages that cannot be reclaimed. */
    UNEVICTABLE("Unevictable", ProcUnit.KIBIBYTES, "2.6.28"),
    /** Pages locked with {@code mlock}. */
    MLOCKED("Mlocked", ProcUnit.KIBIBYTES, "2.6.28"),
    /** Size of all swap areas. */
    SWAP_TOTAL("SwapTotal", ProcUnit.KIBIBYTES, "2.6"),
    /** Unused swap. */
    SWAP_FREE("SwapFree", ProcUnit.KIBIBYTES, "2.6"),
    /** Memory that zswap takes, compressed. */
    ZSWAP("Zswap", ProcUnit.KIBIBYTES, "5.19"),
    /** What is stored in zswap, before compression. */
    ZSWAPPED("Zswapped", ProcUnit.KIBIBYTES, "5.19"),
    /** Page cache that waits to be written. */
    DIRTY("Dirty", ProcUnit.KIBIBYTES, "2.6"),
    /** Page cache that is being written. */
    WRITEBACK("Writeback", ProcUnit.KIBIBYTES, "2.6"),
    /** Anonymous memory that is mapped. */
    ANON_PAGES("AnonPages", ProcUnit.KIBIBYTES, "2.6.18"),
    /** Page cache that is mapped. */
    MAPPED("Mapped", ProcUnit.KIBIBYTES, "2.6"),
    /** Shared memory and tmpfs. */
    SHMEM("Shmem", ProcUnit.KIBIBYTES, "2.6.32"),
    /** Kernel memory that can be reclaimed: SReclaimable and other users. */
    K_RECLAIMABLE("KReclaimable", ProcUnit.KIBIBYTES, "4.20"),
    /** Kernel objects. */
    SLAB("Slab", ProcUnit.KIBIBYTES, "2.6"),
    /** The part of Slab that can be reclaimed. */
    S_RECLAIMABLE("SReclaimable", ProcUnit.KIBIBYTES, "2.6.19"),
    /** The part of Slab that cannot be reclaimed. */
    S_UNRECLAIM("SUnreclaim", ProcUnit.KIBIBYTES, "2.6.19"),
    /** Stacks of threads in the kernel. */
    KERNEL_STACK("KernelStack", ProcUnit.KIBIBYTES, "2.6.32"),
    /** Page tables. */
    PAGE_TABLES("PageTables", ProcUnit.KIBIBYTES, "2.6"),
    /** Page tables of virtual machines and devices. */
    SEC_PAGE_TABLES("SecPageTables", ProcUnit.KIBIBYTES, "6.1"),
    /** Always 0 since 5.8. */
    NFS_UNSTABLE("NFS_Unstable", ProcUnit.KIBIBYTES, "2.6.18"),
    /** Bounce buffers of block devices. */
    BOUNCE("Bounce", ProcUnit.KIBIBYTES, "2.6.18"),
    /** Buffers of FUSE for writing. */
    WRITEBACK_TMP("WritebackTmp", ProcUnit.KIBIBYTES, "2.6.26"),
    /** What may be committed under strict overcommit. */
    COMMIT_LIMIT("CommitLimit", ProcUnit.KIBIBYTES, "2.6"),
    /** What is committed. */
    COMMITTED_AS("Committed_AS", ProcUnit.KIBIBYTES, "2.6"),
    /** Size of the vmalloc address space. */
    VMALLOC_TOTAL("VmallocTotal", ProcUnit.KIBIBYTES, "2.6"),
    /** Used vmalloc address space; 0 from 4.4 to 5.2. */
    VMALLOC_USED("VmallocUsed", ProcUnit.KIBIBYTES, "2.6"),
    /** Always 0 since 4.4. */
    VMALLOC_CHUNK("VmallocChunk", ProcUnit.KIBIBYTES, "2.6"),
    /** Memory of the per-CPU allocator. */
    PERCPU("Percpu", ProcUnit.KIBIBYTES, "4.20"),
    /** Memory taken out of use because of errors. */
    HARDWARE_CORRUPTED("HardwareCorrupted", ProcUnit.KIBIBYTES, "2.6.32"),
    /** Transparent huge pages. */
    ANON_HUGE_PAGES("AnonHugePages", ProcUnit.KIBIBYTES, "2.6.38"),
    /** Huge pages of shared memory. */
    SHMEM_HUGE_PAGES("ShmemHugePages", ProcUnit.KIBIBYTES, "4.8"),
    /** Huge pages of shared memory, mapped as such. */
    SHMEM_PMD_MAPPED("ShmemPmdMapped", ProcUnit.KIBIBYTES, "4.8"),
    /** Huge pages of the page cache. */
    FILE_HUGE_PAGES("FileHugePages", ProcUnit.KIBIBYTES, "5.4"),
    /** Huge pages of the page cache, mapped as such. */
    FILE_PMD_MAPPED("FilePmdMapped", ProcUnit.KIBIBYTES, "5.4"),
    /** Memory reserved for contiguous allocations. */
    CMA_TOTAL("CmaTotal", ProcUnit.KIBIBYTES, "3.19"),
    /** The free part of CmaTotal. */
    CMA_FREE("CmaFree", ProcUnit.KIBIBYTES, "3.19"),
    /** Memory of a confidential guest that is not accepted yet. */
    UNACCEPTED("Unaccepted", ProcUnit.KIBIBYTES, "6.5"),
    /** Memory that the hypervisor took back through a balloon. */
    BALLOON("Balloon", ProcUnit.KIBIBYTES, "6.16"),
    /** Number of hugetlb pages of the default size. */
    HUGE_PAGES_TOTAL("HugePages_Total", ProcUnit.COUNT, "2.6"),
    /** Free ones. */
    HUGE_PAGES_FREE("HugePages_Free", ProcUnit.COUNT, "2.6"),
    /** Free ones that are promised. */
    HUGE_PAGES_RSVD("HugePages_Rsvd", ProcUnit.COUNT, "2.6.17"),
    /** Those above the configured number. */
    HUGE_PAGES_SURP("HugePages_Surp", ProcUnit.COUNT, "2.6.24"),
    /** The default size of a hugetlb page. */
    HUGE_PAGE_SIZE("Hugepagesize", ProcUnit.KIBIBYTES, "2.6"),
    /** Memory of all hugetlb pages, of all sizes. */
    HUGETLB("Hugetlb", ProcUnit.KIBIBYTES, "4.19"),
    /** Memory that the kernel maps in 4 KiB pages (x86). */
    DIRECT_MAP_4K("DirectMap4k", ProcUnit.KIBIBYTES, "2.6.27"),
    /** Memory that the kernel maps in 2 MiB pages (x86). */
    DIRECT_MAP_2M("DirectMap2M", ProcUnit.KIBIBYTES, "2.6.27"),
    /** Memory that the kernel maps in 4 MiB pages (x86 without PAE). */
    DIRECT_MAP_4M("DirectMap4M", ProcUnit.KIBIBYTES, "2.6.27"),
    /** Memory that the kernel maps in 1 GiB pages (x86). */
    DIRECT_MAP_1G("DirectMap1G", ProcUnit.KIBIBYTES, "2.6.27");

    private final String key;
    private final ProcUnit unit;
    private final String since;

    MemInfoField(String key, ProcUnit unit, String since) {
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
