/**
 * What the kubelet does when a node runs out of memory: thresholds, the order of eviction, admission under pressure, and how
 * much memory pods may use in the first place. The kernel's own choice is {@link io.github.memfit.kubernetes.OomVictims}.
 *
 * <p>All types are immutable and thread-safe. A {@code null} argument is a {@link NullPointerException}.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.kubernetes.eviction;

import org.jspecify.annotations.NullMarked;
