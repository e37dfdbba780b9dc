package io.github.memfit.cgroup;

/**
 * What a number in a kernel file counts.
 *
 * @since 0.1
 */
public enum StatUnit {
    /** Bytes: the kernel has multiplied pages already. */
    BYTES,
    /** Pages. */
    PAGES,
    /** Events since the group was made. */
    COUNT,
    /** 0 or 1. */
    FLAG,
    /** Millionths of a second. */
    MICROSECONDS
}
