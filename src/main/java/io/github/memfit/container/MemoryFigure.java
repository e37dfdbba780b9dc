package io.github.memfit.container;

import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.cgroup.MemoryFile;
import io.github.memfit.cgroup.StatKey;
import io.github.memfit.cgroup.StatUnit;
import java.util.Optional;

/**
 * Every figure of a group's memory with its definition, and where each version of the interface tells it. Figures of v1 are
 * those of the subtree ({@code total_} lines), as v2 figures are.
 *
 * <p>Kernel texts: mm/memcontrol.c, mm/memcontrol-v1.c and Documentation/admin-guide/cgroup-v2.rst of Linux 6.1 and 6.12.
 *
 * @since 0.1
 */
public enum MemoryFigure {
    /** Memory charged to the group and the groups below it: what the limit is compared with. The counter moves in steps of 64 pages for each CPU and is never less than the truth (mm/memcontrol.c, MEMCG_CHARGE_BATCH). The root group of v2 has none. */
    USAGE(
            "usage",
            StatUnit.BYTES,
            FigureSource.file(MemoryFile.CURRENT),
            FigureSource.file(MemoryFile.V1_USAGE),
            "Memory charged to the group and the groups below it: what the limit is compared with. The counter moves in steps of 64 pages for each CPU and is never less than the truth (mm/memcontrol.c, MEMCG_CHARGE_BATCH). The root group of v2 has none."),
    /** The highest usage since the group was made, or in v1 since somebody wrote 0 to the file. */
    PEAK(
            "peak",
            StatUnit.BYTES,
            FigureSource.file(MemoryFile.PEAK),
            FigureSource.file(MemoryFile.V1_MAX_USAGE),
            "The highest usage since the group was made, or in v1 since somebody wrote 0 to the file."),
    /** What the kubelet and cAdvisor call the working set and compare with eviction thresholds: usage less the inactive page cache. It still contains active page cache and reclaimable kernel objects. 0 if the inactive page cache exceeds the usage. */
    WORKING_SET(
            "working set",
            StatUnit.BYTES,
            FigureSource.computed("usage - inactive_file, at least 0"),
            FigureSource.computed("usage - total_inactive_file, at least 0"),
            "What the kubelet and cAdvisor call the working set and compare with eviction thresholds: usage less the inactive page cache. It still contains active page cache and reclaimable kernel objects. 0 if the inactive page cache exceeds the usage."),
    /** What docker stats shows (docker/cli since 20.10). Where the inactive page cache reaches the usage it shows the whole usage, not 0. */
    DOCKER_USAGE(
            "docker usage",
            StatUnit.BYTES,
            FigureSource.computed("usage - inactive_file if that is less than usage, else usage"),
            FigureSource.computed("usage - total_inactive_file if that is less than usage, else usage"),
            "What docker stats shows (docker/cli since 20.10). Where the inactive page cache reaches the usage it shows the whole usage, not 0."),
    /** Anonymous memory that is mapped: heaps, stacks, private pages. Without tmpfs and shared memory. cAdvisor calls it rss. */
    RSS(
            "rss",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.ANON, CgroupVersion.V2),
            FigureSource.stat(StatKey.ANON, CgroupVersion.V1),
            "Anonymous memory that is mapped: heaps, stacks, private pages. Without tmpfs and shared memory. cAdvisor calls it rss."),
    /** tmpfs and shared memory. Part of the cache figure, and as hard to reclaim as anonymous memory: it leaves only by swap. */
    SHMEM(
            "shmem",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.SHMEM, CgroupVersion.V2),
            FigureSource.stat(StatKey.SHMEM, CgroupVersion.V1),
            "tmpfs and shared memory. Part of the cache figure, and as hard to reclaim as anonymous memory: it leaves only by swap."),
    /** Page cache that processes have mapped, shared memory included. Part of the cache figure. */
    FILE_MAPPED(
            "file mapped",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.FILE_MAPPED, CgroupVersion.V2),
            FigureSource.stat(StatKey.FILE_MAPPED, CgroupVersion.V1),
            "Page cache that processes have mapped, shared memory included. Part of the cache figure."),
    /** Page cache, tmpfs and shared memory included. */
    CACHE(
            "cache",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.FILE, CgroupVersion.V2),
            FigureSource.stat(StatKey.FILE, CgroupVersion.V1),
            "Page cache, tmpfs and shared memory included."),
    /** Page cache that was used again lately. */
    ACTIVE_FILE(
            "active cache",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.ACTIVE_FILE, CgroupVersion.V2),
            FigureSource.stat(StatKey.ACTIVE_FILE, CgroupVersion.V1),
            "Page cache that was used again lately."),
    /** Page cache that is reclaimed first. */
    INACTIVE_FILE(
            "inactive cache",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.INACTIVE_FILE, CgroupVersion.V2),
            FigureSource.stat(StatKey.INACTIVE_FILE, CgroupVersion.V1),
            "Page cache that is reclaimed first."),
    /** v1: page cache of the group alone, without the groups below it, that is reclaimed first. docker stats falls back to it. */
    INACTIVE_FILE_LOCAL(
            "inactive cache local",
            StatUnit.BYTES,
            FigureSource.NONE,
            FigureSource.localStat(StatKey.INACTIVE_FILE),
            "v1: page cache of the group alone, without the groups below it, that is reclaimed first. docker stats falls back to it."),
    /** Page cache that must be written before it can be reclaimed. */
    DIRTY(
            "dirty",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.FILE_DIRTY, CgroupVersion.V2),
            FigureSource.stat(StatKey.FILE_DIRTY, CgroupVersion.V1),
            "Page cache that must be written before it can be reclaimed."),
    /** Page cache that is being written. */
    WRITEBACK(
            "writeback",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.FILE_WRITEBACK, CgroupVersion.V2),
            FigureSource.stat(StatKey.FILE_WRITEBACK, CgroupVersion.V1),
            "Page cache that is being written."),
    /** Anonymous and shared memory that was used lately. */
    ACTIVE_ANON(
            "active anon",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.ACTIVE_ANON, CgroupVersion.V2),
            FigureSource.stat(StatKey.ACTIVE_ANON, CgroupVersion.V1),
            "Anonymous and shared memory that was used lately."),
    /** Anonymous and shared memory that is swapped first. */
    INACTIVE_ANON(
            "inactive anon",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.INACTIVE_ANON, CgroupVersion.V2),
            FigureSource.stat(StatKey.INACTIVE_ANON, CgroupVersion.V1),
            "Anonymous and shared memory that is swapped first."),
    /** Locked memory of any kind. */
    UNEVICTABLE(
            "unevictable",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.UNEVICTABLE, CgroupVersion.V2),
            FigureSource.stat(StatKey.UNEVICTABLE, CgroupVersion.V1),
            "Locked memory of any kind."),
    /** Anonymous memory in transparent huge pages. Part of rss. */
    ANON_HUGE(
            "anon huge",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.ANON_THP, CgroupVersion.V2),
            FigureSource.stat(StatKey.ANON_THP, CgroupVersion.V1),
            "Anonymous memory in transparent huge pages. Part of rss."),
    /** Kernel memory charged to the group: stacks, page tables, per-CPU data, vmalloc, slab and the rest; without network buffers. v2 tells it since 5.18. */
    KERNEL(
            "kernel",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.KERNEL, CgroupVersion.V2),
            FigureSource.file(MemoryFile.V1_KMEM_USAGE),
            "Kernel memory charged to the group: stacks, page tables, per-CPU data, vmalloc, slab and the rest; without network buffers. v2 tells it since 5.18."),
    /** Kernel stacks of threads. Part of kernel. */
    KERNEL_STACK(
            "kernel stack",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.KERNEL_STACK, CgroupVersion.V2),
            FigureSource.NONE,
            "Kernel stacks of threads. Part of kernel."),
    /** Page tables. Part of kernel. */
    PAGE_TABLES(
            "page tables",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.PAGETABLES, CgroupVersion.V2),
            FigureSource.NONE,
            "Page tables. Part of kernel."),
    /** Per-CPU data. Part of kernel. */
    PERCPU(
            "percpu",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.PERCPU, CgroupVersion.V2),
            FigureSource.NONE,
            "Per-CPU data. Part of kernel."),
    /** vmalloc areas. Part of kernel. */
    VMALLOC(
            "vmalloc",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.VMALLOC, CgroupVersion.V2),
            FigureSource.NONE,
            "vmalloc areas. Part of kernel."),
    /** Kernel objects. Part of kernel. */
    SLAB(
            "slab",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.SLAB, CgroupVersion.V2),
            FigureSource.NONE,
            "Kernel objects. Part of kernel."),
    /** Kernel objects that can be freed, as inodes and directory entries. Part of slab. */
    SLAB_RECLAIMABLE(
            "slab reclaimable",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.SLAB_RECLAIMABLE, CgroupVersion.V2),
            FigureSource.NONE,
            "Kernel objects that can be freed, as inodes and directory entries. Part of slab."),
    /** Kernel objects that cannot be freed. Part of slab. */
    SLAB_UNRECLAIMABLE(
            "slab unreclaimable",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.SLAB_UNRECLAIMABLE, CgroupVersion.V2),
            FigureSource.NONE,
            "Kernel objects that cannot be freed. Part of slab."),
    /** Network buffers. Not part of kernel. v1 counts them beside the usage (memory.kmem.tcp), not in it. */
    SOCK(
            "sock",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.SOCK, CgroupVersion.V2),
            FigureSource.NONE,
            "Network buffers. Not part of kernel. v1 counts them beside the usage (memory.kmem.tcp), not in it."),
    /** Huge pages of hugetlbfs: only newer kernels print it, and only the mount option memory_hugetlb_accounting makes it part of the usage. */
    HUGETLB(
            "hugetlb",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.HUGETLB, CgroupVersion.V2),
            FigureSource.NONE,
            "Huge pages of hugetlbfs: only newer kernels print it, and only the mount option memory_hugetlb_accounting makes it part of the usage."),
    /** Memory of the group that is swapped out. Absent without swap accounting, which is not 0. */
    SWAP(
            "swap",
            StatUnit.BYTES,
            FigureSource.file(MemoryFile.SWAP_CURRENT),
            FigureSource.stat(StatKey.SWAP, CgroupVersion.V1),
            "Memory of the group that is swapped out. Absent without swap accounting, which is not 0."),
    /** The most that was swapped out at a time (6.5). */
    SWAP_PEAK(
            "swap peak",
            StatUnit.BYTES,
            FigureSource.file(MemoryFile.SWAP_PEAK),
            FigureSource.NONE,
            "The most that was swapped out at a time (6.5)."),
    /** Memory that is in memory and on swap at once. */
    SWAP_CACHED(
            "swap cached",
            StatUnit.BYTES,
            FigureSource.stat(StatKey.SWAPCACHED, CgroupVersion.V2),
            FigureSource.stat(StatKey.SWAPCACHED, CgroupVersion.V1),
            "Memory that is in memory and on swap at once."),
    /** Memory taken by compressed swap. */
    ZSWAP(
            "zswap",
            StatUnit.BYTES,
            FigureSource.file(MemoryFile.ZSWAP_CURRENT),
            FigureSource.NONE,
            "Memory taken by compressed swap."),
    /** v1: usage and swap together. */
    MEMORY_AND_SWAP(
            "memory and swap",
            StatUnit.BYTES,
            FigureSource.NONE,
            FigureSource.file(MemoryFile.V1_MEMSW_USAGE),
            "v1: usage and swap together."),
    /** What no reclaim can free without swap: all but the page cache on the file lists and the reclaimable kernel objects. The lists count anonymous, shared and locked pages once each. v1 does not tell reclaimable kernel objects; all of kernel counts. */
    UNRECLAIMABLE(
            "unreclaimable",
            StatUnit.BYTES,
            FigureSource.computed("inactive_anon + active_anon + unevictable + kernel - slab_reclaimable + sock"),
            FigureSource.computed("total_inactive_anon + total_active_anon + total_unevictable + kmem.usage"),
            "What no reclaim can free without swap: all but the page cache on the file lists and the reclaimable kernel objects. The lists count anonymous, shared and locked pages once each. v1 does not tell reclaimable kernel objects; all of kernel counts."),
    /** What reclaim can free at once, without swap and without waiting for a disk. */
    RECLAIMABLE(
            "reclaimable",
            StatUnit.BYTES,
            FigureSource.computed(
                    "inactive_file + active_file - file_dirty - file_writeback, at least 0, + slab_reclaimable"),
            FigureSource.computed(
                    "total_inactive_file + total_active_file - total_dirty - total_writeback, at least 0"),
            "What reclaim can free at once, without swap and without waiting for a disk."),
    /** What the usage counts and the parts do not. Between 0 and 64 pages for each CPU, which the counter holds in stock, plus up to swap cached. More means hugetlb accounting on a kernel that does not print it, or a part that this library does not know; less means that statistics lag behind the usage. Meaningless for the root group. May be negative. */
    UNEXPLAINED(
            "unexplained",
            StatUnit.BYTES,
            FigureSource.computed("usage - (anon + file + kernel + sock + hugetlb where it is printed)"),
            FigureSource.computed("usage - (total_rss + total_cache + kmem.usage)"),
            "What the usage counts and the parts do not. Between 0 and 64 pages for each CPU, which the counter holds in stock, plus up to swap cached. More means hugetlb accounting on a kernel that does not print it, or a part that this library does not know; less means that statistics lag behind the usage. Meaningless for the root group. May be negative."),
    /** Page faults of the subtree. */
    PAGE_FAULTS(
            "page faults",
            StatUnit.COUNT,
            FigureSource.stat(StatKey.PGFAULT, CgroupVersion.V2),
            FigureSource.stat(StatKey.PGFAULT, CgroupVersion.V1),
            "Page faults of the subtree."),
    /** Page faults that had to wait for a disk. */
    MAJOR_PAGE_FAULTS(
            "major page faults",
            StatUnit.COUNT,
            FigureSource.stat(StatKey.PGMAJFAULT, CgroupVersion.V2),
            FigureSource.stat(StatKey.PGMAJFAULT, CgroupVersion.V1),
            "Page faults that had to wait for a disk."),
    /** Anonymous pages that came back soon after they were reclaimed (5.9). */
    REFAULTS_ANON(
            "refaults anon",
            StatUnit.COUNT,
            FigureSource.stat(StatKey.WORKINGSET_REFAULT_ANON, CgroupVersion.V2),
            FigureSource.stat(StatKey.WORKINGSET_REFAULT_ANON, CgroupVersion.V1),
            "Anonymous pages that came back soon after they were reclaimed (5.9)."),
    /** Page cache that came back soon after it was reclaimed: thrashing (5.9). */
    REFAULTS_FILE(
            "refaults file",
            StatUnit.COUNT,
            FigureSource.stat(StatKey.WORKINGSET_REFAULT_FILE, CgroupVersion.V2),
            FigureSource.stat(StatKey.WORKINGSET_REFAULT_FILE, CgroupVersion.V1),
            "Page cache that came back soon after it was reclaimed: thrashing (5.9)."),
    /** Pages that reclaim looked at. */
    PAGES_SCANNED(
            "pages scanned",
            StatUnit.COUNT,
            FigureSource.stat(StatKey.PGSCAN, CgroupVersion.V2),
            FigureSource.NONE,
            "Pages that reclaim looked at."),
    /** Pages that reclaim freed. */
    PAGES_RECLAIMED(
            "pages reclaimed",
            StatUnit.COUNT,
            FigureSource.stat(StatKey.PGSTEAL, CgroupVersion.V2),
            FigureSource.NONE,
            "Pages that reclaim freed."),
    /** Times that the usage reached the hard limit of the group or, in v2, of a group below it. */
    LIMIT_HITS(
            "limit hits",
            StatUnit.COUNT,
            FigureSource.line(MemoryFile.EVENTS, "max"),
            FigureSource.file(MemoryFile.V1_FAILCNT),
            "Times that the usage reached the hard limit of the group or, in v2, of a group below it."),
    /** Times that processes were throttled at memory.high, in the subtree. */
    THROTTLES(
            "throttles",
            StatUnit.COUNT,
            FigureSource.line(MemoryFile.EVENTS, "high"),
            FigureSource.NONE,
            "Times that processes were throttled at memory.high, in the subtree."),
    /** Times that protected memory was reclaimed all the same, in the subtree. */
    LOW_BREACHES(
            "low breaches",
            StatUnit.COUNT,
            FigureSource.line(MemoryFile.EVENTS, "low"),
            FigureSource.NONE,
            "Times that protected memory was reclaimed all the same, in the subtree."),
    /** Times that an allocation was about to fail at the limit, in the subtree. */
    OOMS(
            "ooms",
            StatUnit.COUNT,
            FigureSource.line(MemoryFile.EVENTS, "oom"),
            FigureSource.NONE,
            "Times that an allocation was about to fail at the limit, in the subtree."),
    /** Kills by the OOM killer: in v2 in the subtree, and they survive the removal of children; in v1 (4.13) in the group alone. With memory.oom.group the first victim counts twice. */
    OOM_KILLS(
            "oom kills",
            StatUnit.COUNT,
            FigureSource.line(MemoryFile.EVENTS, "oom_kill"),
            FigureSource.line(MemoryFile.V1_OOM_CONTROL, "oom_kill"),
            "Kills by the OOM killer: in v2 in the subtree, and they survive the removal of children; in v1 (4.13) in the group alone. With memory.oom.group the first victim counts twice."),
    /** Times that all processes of a group were killed together, in the subtree (5.17). */
    OOM_GROUP_KILLS(
            "oom group kills",
            StatUnit.COUNT,
            FigureSource.line(MemoryFile.EVENTS, "oom_group_kill"),
            FigureSource.NONE,
            "Times that all processes of a group were killed together, in the subtree (5.17)."),
    /** Processes that the OOM killer ended: kills less group kills, since the first victim of a group kill counts twice (seen on 6.1 and 6.12). */
    KILLED_PROCESSES(
            "killed processes",
            StatUnit.COUNT,
            FigureSource.computed("oom_kill - oom_group_kill, at least 0"),
            FigureSource.computed("oom_kill"),
            "Processes that the OOM killer ended: kills less group kills, since the first victim of a group kill counts twice (seen on 6.1 and 6.12)."),
    /** Times that the usage reached the hard limit of the group itself. */
    LIMIT_HITS_LOCAL(
            "limit hits local",
            StatUnit.COUNT,
            FigureSource.line(MemoryFile.EVENTS_LOCAL, "max"),
            FigureSource.NONE,
            "Times that the usage reached the hard limit of the group itself."),
    /** Times that processes were throttled at memory.high of the group itself. */
    THROTTLES_LOCAL(
            "throttles local",
            StatUnit.COUNT,
            FigureSource.line(MemoryFile.EVENTS_LOCAL, "high"),
            FigureSource.NONE,
            "Times that processes were throttled at memory.high of the group itself."),
    /** Times that protected memory of the group itself was reclaimed. */
    LOW_BREACHES_LOCAL(
            "low breaches local",
            StatUnit.COUNT,
            FigureSource.line(MemoryFile.EVENTS_LOCAL, "low"),
            FigureSource.NONE,
            "Times that protected memory of the group itself was reclaimed."),
    /** Times that an allocation was about to fail at the limit of the group itself. */
    OOMS_LOCAL(
            "ooms local",
            StatUnit.COUNT,
            FigureSource.line(MemoryFile.EVENTS_LOCAL, "oom"),
            FigureSource.NONE,
            "Times that an allocation was about to fail at the limit of the group itself."),
    /** Kills of processes of the group itself (5.2); a sibling killed for the limit of the parent does not count. */
    OOM_KILLS_LOCAL(
            "oom kills local",
            StatUnit.COUNT,
            FigureSource.line(MemoryFile.EVENTS_LOCAL, "oom_kill"),
            FigureSource.NONE,
            "Kills of processes of the group itself (5.2); a sibling killed for the limit of the parent does not count."),
    /** Times that all processes of the group itself were killed together. */
    OOM_GROUP_KILLS_LOCAL(
            "oom group kills local",
            StatUnit.COUNT,
            FigureSource.line(MemoryFile.EVENTS_LOCAL, "oom_group_kill"),
            FigureSource.NONE,
            "Times that all processes of the group itself were killed together."),
    /** v1: 1 while processes wait at the limit because the OOM killer is off. */
    UNDER_OOM(
            "under oom",
            StatUnit.FLAG,
            FigureSource.NONE,
            FigureSource.line(MemoryFile.V1_OOM_CONTROL, "under_oom"),
            "v1: 1 while processes wait at the limit because the OOM killer is off."),
    /** v1: 1 if the OOM killer is off for the group. */
    OOM_KILL_DISABLED(
            "oom kill disabled",
            StatUnit.FLAG,
            FigureSource.NONE,
            FigureSource.line(MemoryFile.V1_OOM_CONTROL, "oom_kill_disable"),
            "v1: 1 if the OOM killer is off for the group."),
    /** 1 if the OOM killer ends all processes of the group together (4.19). */
    OOM_GROUP(
            "oom group",
            StatUnit.FLAG,
            FigureSource.file(MemoryFile.OOM_GROUP),
            FigureSource.NONE,
            "1 if the OOM killer ends all processes of the group together (4.19)."),
    /** Time in which at least one task waited for memory, since the group was made (4.20). In a hybrid layout the unified hierarchy tells it. */
    STALL_SOME(
            "stall some",
            StatUnit.MICROSECONDS,
            FigureSource.line(MemoryFile.PRESSURE, "some"),
            FigureSource.line(MemoryFile.PRESSURE, "some"),
            "Time in which at least one task waited for memory, since the group was made (4.20). In a hybrid layout the unified hierarchy tells it."),
    /** Time in which all tasks that were not idle waited for memory at once, since the group was made (4.20). */
    STALL_FULL(
            "stall full",
            StatUnit.MICROSECONDS,
            FigureSource.line(MemoryFile.PRESSURE, "full"),
            FigureSource.line(MemoryFile.PRESSURE, "full"),
            "Time in which all tasks that were not idle waited for memory at once, since the group was made (4.20).");

    private final String title;
    private final StatUnit unit;
    private final FigureSource v2;
    private final FigureSource v1;
    private final String definition;

    MemoryFigure(String title, StatUnit unit, FigureSource v2, FigureSource v1, String definition) {
        this.title = title;
        this.unit = unit;
        this.v2 = v2;
        this.v1 = v1;
        this.definition = definition;
    }

    /**
     * The name in tables.
     *
     * @return a few lower-case words
     */
    public String title() {
        return title;
    }

    /**
     * What the figure counts.
     *
     * @return the unit
     */
    public StatUnit unit() {
        return unit;
    }

    /**
     * What the figure is, with its degenerate cases.
     *
     * @return the definition, for people
     */
    public String definition() {
        return definition;
    }

    /**
     * Where the figure is told: a file, a file and a line, or a formula of such lines.
     *
     * @param version the interface
     * @return the source for people, or empty if that version does not tell it
     */
    public Optional<String> source(CgroupVersion version) {
        String text = sourceIn(version).text();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    FigureSource sourceIn(CgroupVersion version) {
        return version == CgroupVersion.V1 ? v1 : v2;
    }
}
