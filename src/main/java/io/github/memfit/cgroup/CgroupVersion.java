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
    V2;

    /** {@code v1} or {@code v2}, as the kernel's documentation writes them. */
    @Override
    public String toString() {
        return this == V1 ? "v1" : "v2";
    }
}
