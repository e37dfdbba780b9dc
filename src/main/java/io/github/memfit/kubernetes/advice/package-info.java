/**
 * What follows from all the rules together: what changes if something is changed, what the next version changes, and the traps
 * that a manifest walks into.
 *
 * <p>All types are immutable and thread-safe. A {@code null} argument is a {@link NullPointerException}.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.kubernetes.advice;

import org.jspecify.annotations.NullMarked;
