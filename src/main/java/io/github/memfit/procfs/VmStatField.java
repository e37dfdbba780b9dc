package io.github.memfit.procfs;

/**
 * The figures of {@code /proc/vmstat} that tell of memory pressure; {@link VmStat#count(String)} has all others.
 *
 * <p>Source: mm/vmstat.c, Linux 6.1 and 6.12. Events count from the start of the machine.
 *
 * @since 0.1
 */
public enum VmStatField implements ProcField {
    /** Free pages. */
    NR_FREE_PAGES("nr_free_pages", ProcUnit.PAGES, "2.6"),
    /** Anonymous and shared pages not used recently. */
    NR_INACTIVE_ANON("nr_inactive_anon", ProcUnit.PAGES, "2.6.28"),
    /** Anonymous and shared pages used recently. */
    NR_ACTIVE_ANON("nr_active_anon", ProcUnit.PAGES, "2.6.28"),
    /** Page cache not used recently. */
    NR_INACTIVE_FILE("nr_inactive_file", ProcUnit.PAGES, "2.6.28"),
    /** Page cache used recently. */
    NR_ACTIVE_FILE("nr_active_file", ProcUnit.PAGES, "2.6.28"),
    /** Pages that cannot be reclaimed. */
    NR_UNEVICTABLE("nr_unevictable", ProcUnit.PAGES, "2.6.28"),
    /** Kernel objects that can be reclaimed. */
    NR_SLAB_RECLAIMABLE("nr_slab_reclaimable", ProcUnit.PAGES, "2.6.19"),
    /** Kernel objects that cannot be reclaimed. */
    NR_SLAB_UNRECLAIMABLE("nr_slab_unreclaimable", ProcUnit.PAGES, "2.6.19"),
    /** Anonymous pages that came back soon after they were reclaimed. */
    WORKINGSET_REFAULT_ANON("workingset_refault_anon", ProcUnit.COUNT, "5.9"),
    /** Page cache that came back soon after it was reclaimed. */
    WORKINGSET_REFAULT_FILE("workingset_refault_file", ProcUnit.COUNT, "5.9"),
    /** Anonymous pages that are mapped. */
    NR_ANON_PAGES("nr_anon_pages", ProcUnit.PAGES, "2.6.18"),
    /** Page cache that is mapped. */
    NR_MAPPED("nr_mapped", ProcUnit.PAGES, "2.6"),
    /** Page cache with shared memory and buffers. */
    NR_FILE_PAGES("nr_file_pages", ProcUnit.PAGES, "2.6.18"),
    /** Page cache that waits to be written. */
    NR_DIRTY("nr_dirty", ProcUnit.PAGES, "2.6"),
    /** Page cache that is being written. */
    NR_WRITEBACK("nr_writeback", ProcUnit.PAGES, "2.6"),
    /** Shared memory and tmpfs. */
    NR_SHMEM("nr_shmem", ProcUnit.PAGES, "2.6.32"),
    /** KiB read from block devices. */
    PGPGIN("pgpgin", ProcUnit.COUNT, "2.6"),
    /** KiB written to block devices. */
    PGPGOUT("pgpgout", ProcUnit.COUNT, "2.6"),
    /** Pages read from swap. */
    PSWPIN("pswpin", ProcUnit.COUNT, "2.6"),
    /** Pages written to swap. */
    PSWPOUT("pswpout", ProcUnit.COUNT, "2.6"),
    /** Page faults. */
    PGFAULT("pgfault", ProcUnit.COUNT, "2.6"),
    /** Page faults that waited for a device. */
    PGMAJFAULT("pgmajfault", ProcUnit.COUNT, "2.6"),
    /** Pages reclaimed in the background; per zone before 4.8. */
    PGSTEAL_KSWAPD("pgsteal_kswapd", ProcUnit.COUNT, "3.4"),
    /** Pages reclaimed while an allocation waited; per zone before 4.8. */
    PGSTEAL_DIRECT("pgsteal_direct", ProcUnit.COUNT, "3.4"),
    /** Pages looked at in the background; per zone before 4.8. */
    PGSCAN_KSWAPD("pgscan_kswapd", ProcUnit.COUNT, "2.6"),
    /** Pages looked at while an allocation waited; per zone before 4.8. */
    PGSCAN_DIRECT("pgscan_direct", ProcUnit.COUNT, "2.6"),
    /** Processes killed because memory ran out, in all groups. */
    OOM_KILL("oom_kill", ProcUnit.COUNT, "4.13"),
    /** Faults served with a huge page. */
    THP_FAULT_ALLOC("thp_fault_alloc", ProcUnit.COUNT, "2.6.39"),
    /** Faults that got small pages since no huge page was found. */
    THP_FAULT_FALLBACK("thp_fault_fallback", ProcUnit.COUNT, "2.6.39");

    private final String key;
    private final ProcUnit unit;
    private final String since;

    VmStatField(String key, ProcUnit unit, String since) {
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
