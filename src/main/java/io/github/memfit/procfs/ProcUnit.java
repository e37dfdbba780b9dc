package io.github.memfit.procfs;

/**
 * What a figure of procfs is counted in.
 *
 * @since 0.1
 */
public enum ProcUnit {
    /** 1024 bytes, printed with {@code kB} behind the number. */
    KIBIBYTES,
    /** Pages of the machine's page size. */
    PAGES,
    /** Things or events. */
    COUNT
}
