/**
 * Node.js inside a memory limit: what V8 takes by itself, what its flags really do, and the flags that make an
 * allocation-heavy server die of a V8 error and not of the kernel.
 *
 * <p>The rules were taken from Node's and libuv's source ({@code src/api/environment.cc}, {@code src/unix/linux.c}) and V8's
 * heap configuration and hold for x86-64, Node 12 to 26; figures called measured come from real processes in real memory groups.
 * All types are immutable and thread-safe unless said otherwise; a {@code null} argument is a {@link NullPointerException}.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.tuning.node;

import org.jspecify.annotations.NullMarked;
