/**
 * The memory files of procfs in the kernel's own words: {@code status}, {@code statm}, {@code stat}, {@code smaps_rollup},
 * {@code smaps} summed, {@code oom_score}, {@code oom_score_adj}, {@code limits}, {@code comm} and {@code cmdline} of a
 * process; {@code meminfo}, {@code vmstat} and {@code pressure/memory} of the machine.
 *
 * <p>{@link io.github.memfit.procfs.ProcFs} is the door. It reads the machine it runs on or any tree of the same shape.
 *
 * <p>Nothing is interpreted: a figure keeps the kernel's name and meaning, and its unit is in its type. No read throws: a
 * figure that is not there is a {@link io.github.memfit.unit.Reading} with the reason. A process that has ended is
 * {@code GONE}; what zombies and kernel threads do not have is {@code NOT_APPLICABLE}; a denied file is {@code DENIED}; a
 * text that is cut or breaks the kernel's format is {@code MALFORMED} and never a wrong number.
 *
 * <p>Sources: Documentation/filesystems/proc.rst and fs/proc of Linux 6.1 and 6.12, compared with files of running kernels
 * 6.1, 6.12 and 6.18.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.procfs;

import org.jspecify.annotations.NullMarked;
