/**
 * What the control plane makes of a pod's memory: does it fit a node and how is the node scored, how many replicas does an
 * autoscaler want, what does a pending resize reserve and may it be applied.
 *
 * <p>All types are immutable and thread-safe. A {@code null} argument is a {@link NullPointerException}.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.kubernetes.schedule;

import org.jspecify.annotations.NullMarked;
