package io.github.memfit.procfs;

/**
 * The resources of {@code /proc/<pid>/limits}, in the kernel's order and words.
 *
 * <p>Source: fs/proc/base.c, Linux 6.1 and 6.12.
 *
 * @since 0.1
 */
public enum LimitedResource {
    /** CPU time in seconds, {@code RLIMIT_CPU}. */
    CPU_TIME("Max cpu time"),
    /** Size of a file in bytes, {@code RLIMIT_FSIZE}. */
    FILE_SIZE("Max file size"),
    /** Private writable memory in bytes, {@code RLIMIT_DATA}. */
    DATA_SIZE("Max data size"),
    /** Stack of the main thread in bytes, and the default of further ones, {@code RLIMIT_STACK}. */
    STACK_SIZE("Max stack size"),
    /** Size of a core file in bytes, {@code RLIMIT_CORE}. */
    CORE_FILE_SIZE("Max core file size"),
    /** Resident set in bytes, {@code RLIMIT_RSS}; no kernel since 2.4.30 acts on it. */
    RESIDENT_SET("Max resident set"),
    /** Processes and threads of the user, {@code RLIMIT_NPROC}. */
    PROCESSES("Max processes"),
    /** Open files, {@code RLIMIT_NOFILE}. */
    OPEN_FILES("Max open files"),
    /** Locked memory in bytes, {@code RLIMIT_MEMLOCK}. */
    LOCKED_MEMORY("Max locked memory"),
    /** Address space in bytes, {@code RLIMIT_AS}. */
    ADDRESS_SPACE("Max address space"),
    /** File locks, {@code RLIMIT_LOCKS}. */
    FILE_LOCKS("Max file locks"),
    /** Queued signals, {@code RLIMIT_SIGPENDING}. */
    PENDING_SIGNALS("Max pending signals"),
    /** POSIX message queues in bytes, {@code RLIMIT_MSGQUEUE}. */
    MESSAGE_QUEUES("Max msgqueue size"),
    /** Nice ceiling, {@code RLIMIT_NICE}. */
    NICE_PRIORITY("Max nice priority"),
    /** Real-time priority, {@code RLIMIT_RTPRIO}. */
    REALTIME_PRIORITY("Max realtime priority"),
    /** Real-time CPU time without sleep in microseconds, {@code RLIMIT_RTTIME}. */
    REALTIME_TIMEOUT("Max realtime timeout");

    private final String key;

    LimitedResource(String key) {
        this.key = key;
    }

    /**
     * The kernel's name.
     *
     * @return the beginning of the line
     */
    public String key() {
        return key;
    }
}
