package io.github.memfit.procfs;

/**
 * A process and no other: its number and the time of its start. Numbers are used again, with another start. Immutable and
 * thread-safe.
 *
 * @param pid the process id, as seen from the pid namespace of the proc file system
 * @param startTicks the start after boot in clock ticks, field 22 of {@code stat}
 * @since 0.1
 */
public record ProcessId(int pid, long startTicks) {

    /** {@code 4711@123456}. */
    @Override
    public String toString() {
        return pid + "@" + startTicks;
    }
}
