/**
 * The same container seen by different tools: each tool's number, and why they differ.
 *
 * <p>All types are immutable and thread-safe. A {@code null} argument is a {@link NullPointerException}.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.kubernetes.view;

import org.jspecify.annotations.NullMarked;
