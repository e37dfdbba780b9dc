/**
 * Control groups in the kernel's own words: where a process's group lies, which files it has, what their texts say. Nothing
 * is interpreted here; the meaning is in the {@code container} package.
 *
 * <p>Every figure is a {@link io.github.memfit.unit.Reading}: the value, or the reason why there is none. Nothing throws for
 * a missing, denied, cut or garbled file. Text is split at LF only and a line without LF at its end is not used.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.cgroup;

import org.jspecify.annotations.NullMarked;
