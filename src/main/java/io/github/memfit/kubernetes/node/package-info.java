/**
 * What a node writes for a pod: cgroup paths, memory limits of the pod's cgroup, Memory QoS and swap files, and what an OCI
 * runtime makes of its memory settings on cgroup v2.
 *
 * <p>All types are immutable and thread-safe. A {@code null} argument is a {@link NullPointerException}.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.kubernetes.node;

import org.jspecify.annotations.NullMarked;
