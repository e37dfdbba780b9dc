package io.github.memfit.cgroup;

/**
 * Which control group file systems a process can see. It says nothing about where the memory controller is: in a hybrid
 * layout it can be on either side.
 *
 * @since 0.1
 */
public enum CgroupLayout {
    /** No control group file system is visible. */
    NONE,
    /** Only v1 hierarchies. */
    V1,
    /** Only the unified hierarchy. */
    V2,
    /** Both. */
    HYBRID
}
