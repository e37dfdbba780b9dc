package io.github.memfit.procfs;

/**
 * A figure of a procfs file under the kernel's name for it.
 *
 * @since 0.1
 */
public sealed interface ProcField permits StatusField, SmapsField, MemInfoField, VmStatField {

    /**
     * The kernel's name of the figure, as in {@code VmRSS}.
     *
     * @return the name, without a colon
     */
    String key();

    /**
     * What the kernel counts in.
     *
     * @return the unit in the file
     */
    ProcUnit unit();

    /**
     * The first mainline kernel that prints the figure; {@code "2.6"} if it has been there for longer than anybody needs.
     *
     * @return a version, as {@code "4.5"}
     */
    String since();
}
