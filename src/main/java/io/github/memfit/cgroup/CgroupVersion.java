package io.github.memfit.cgroup;

/**
 * The two interfaces of the kernel to control groups.
 *
 * @since 0.1
 */
public enum CgroupVersion {
    /** One hierarchy for each controller; memory files such as {@code memory.usage_in_bytes}. */
    V1,
    /** One unified hierarchy; memory files such as {@code memory.current}. */
    V2
}
