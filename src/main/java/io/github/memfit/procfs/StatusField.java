package io.github.memfit.procfs;

/**
 * The figures of {@code /proc/<pid>/status} in the order in which the kernel prints them.
 *
 * <p>Source: fs/proc/array.c and fs/proc/task_mmu.c, Linux 6.1 and 6.12. Zombies, exiting processes and kernel threads have no
 * address space: the kernel leaves out every line in KIBIBYTES.
 *
 * @since 0.1
 */
public enum StatusField implements ProcField {
    /** The process id. */
    TGID("Tgid", ProcUnit.COUNT, "2.6"),
    /** The NUMA group id; 0 if there is none. */
    NGID("Ngid", ProcUnit.COUNT, "3.13"),
    /** The thread id; of the main thread the process id. */
    PID("Pid", ProcUnit.COUNT, "2.6"),
    /** The process id of the parent; 0 if it is outside the pid namespace. */
    PPID("PPid", ProcUnit.COUNT, "2.6"),
    /** The process id of the tracer; 0 if there is none. */
    TRACER_PID("TracerPid", ProcUnit.COUNT, "2.6"),
    /** Allocated slots for file descriptors. */
    FD_SIZE("FDSize", ProcUnit.COUNT, "2.6"),
    /** 1 for a kernel thread. */
    KTHREAD("Kthread", ProcUnit.COUNT, "6.8"),
    /** Largest size of the address space so far. */
    VM_PEAK("VmPeak", ProcUnit.KIBIBYTES, "2.6.15"),
    /** Size of the address space. */
    VM_SIZE("VmSize", ProcUnit.KIBIBYTES, "2.6"),
    /** Locked memory ({@code mlock}). */
    VM_LCK("VmLck", ProcUnit.KIBIBYTES, "2.6"),
    /** Pinned memory, which cannot be moved. */
    VM_PIN("VmPin", ProcUnit.KIBIBYTES, "3.2"),
    /** Largest resident set so far (high-water mark). */
    VM_HWM("VmHWM", ProcUnit.KIBIBYTES, "2.6.15"),
    /** Resident set: RssAnon + RssFile + RssShmem. */
    VM_RSS("VmRSS", ProcUnit.KIBIBYTES, "2.6"),
    /** Resident anonymous memory. */
    RSS_ANON("RssAnon", ProcUnit.KIBIBYTES, "4.5"),
    /** Resident file mappings. */
    RSS_FILE("RssFile", ProcUnit.KIBIBYTES, "4.5"),
    /** Resident shared memory: System V, tmpfs, shared anonymous. */
    RSS_SHMEM("RssShmem", ProcUnit.KIBIBYTES, "4.5"),
    /** Size of private writable mappings. */
    VM_DATA("VmData", ProcUnit.KIBIBYTES, "2.6"),
    /** Size of the stack. */
    VM_STK("VmStk", ProcUnit.KIBIBYTES, "2.6"),
    /** Size of the program text. */
    VM_EXE("VmExe", ProcUnit.KIBIBYTES, "2.6"),
    /** Size of library text. */
    VM_LIB("VmLib", ProcUnit.KIBIBYTES, "2.6"),
    /** Page tables; since 4.15 of all levels. */
    VM_PTE("VmPTE", ProcUnit.KIBIBYTES, "2.6.10"),
    /** Anonymous memory in swap; shared memory in swap is not counted. */
    VM_SWAP("VmSwap", ProcUnit.KIBIBYTES, "2.6.34"),
    /** Resident hugetlb pages; not part of VmRSS. */
    HUGETLB_PAGES("HugetlbPages", ProcUnit.KIBIBYTES, "4.4"),
    /** 1 while a core file is written; killing the process then damages the file. */
    CORE_DUMPING("CoreDumping", ProcUnit.COUNT, "4.15"),
    /** 0 if the process switched transparent huge pages off. */
    THP_ENABLED("THP_enabled", ProcUnit.COUNT, "5.0"),
    /** Number of threads. */
    THREADS("Threads", ProcUnit.COUNT, "2.6"),
    /** Times that the thread gave up the CPU. */
    VOLUNTARY_CTXT_SWITCHES("voluntary_ctxt_switches", ProcUnit.COUNT, "2.6.23"),
    /** Times that the thread lost the CPU. */
    NONVOLUNTARY_CTXT_SWITCHES("nonvoluntary_ctxt_switches", ProcUnit.COUNT, "2.6.23");

    private final String key;
    private final ProcUnit unit;
    private final String since;

    StatusField(String key, ProcUnit unit, String since) {
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
