/**
 * Settings that fit a memory limit: for each kind of program a calculator that answers with a {@link Fit}, either flags
 * and a {@link MemoryPlan} that says where every byte of the limit goes, or the smallest limit that would do.
 *
 * <p>Calculators are pure: no file is read, no process is looked at, no clock is asked; the same question has the same
 * answer on every machine. What they need to know about a program is given to them as a value. Sizes are {@link
 * io.github.memfit.unit.Bytes}; a {@code null} argument is a {@link NullPointerException}; all values are immutable and
 * thread-safe.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.tuning;

import org.jspecify.annotations.NullMarked;
