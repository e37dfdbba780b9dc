package io.github.memfit.tuning.malloc;

/**
 * Which allocator serves {@code malloc}.
 *
 * @since 0.1
 */
public enum Allocator {
    /** glibc's own. It has 8 arenas per CPU of the host, whatever the quota of the container is. */
    GLIBC,
    /** jemalloc, preloaded. Its defaults keep dirty pages for 10 s and purge only while the program allocates. */
    JEMALLOC,
    /** musl, tcmalloc, mimalloc: no variable of ours applies. */
    OTHER
}
