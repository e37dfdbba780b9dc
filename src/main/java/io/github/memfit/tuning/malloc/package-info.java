/**
 * The allocator under a program: how much of what was freed it keeps, and the variables that bound it. Figures were measured with
 * glibc 2.36 and jemalloc 5.3.0 on two CPUs.
 *
 * <p>A {@code null} argument is a {@link NullPointerException}.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.tuning.malloc;

import org.jspecify.annotations.NullMarked;
