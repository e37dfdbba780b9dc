package io.github.memfit.kubernetes.eviction;

import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.unit.Bytes;
import java.util.Objects;
import java.util.Optional;

/**
 * A pod on a node with what it uses. Immutable and thread-safe.
 *
 * @param pod the pod, as stored
 * @param workingSet the working set of the pod's cgroup (with its sandbox and tmpfs: more than the sum of containers that
 *     {@code kubectl top} shows); empty when the kubelet has no figures
 * @since 0.1
 */
public record EvictionCandidate(PodResources pod, Optional<Bytes> workingSet) {

    /**
     * Checks for null.
     *
     * @param pod the pod
     * @param workingSet the working set of the pod's cgroup
     */
    public EvictionCandidate {
        Objects.requireNonNull(pod, "pod");
        Objects.requireNonNull(workingSet, "workingSet");
    }

    /**
     * A pod with known usage.
     *
     * @param pod the pod, as stored
     * @param workingSet the working set of its cgroup
     * @return the candidate
     */
    public static EvictionCandidate of(PodResources pod, Bytes workingSet) {
        return new EvictionCandidate(pod, Optional.of(workingSet));
    }

    /** {@code web uses 512Mi}. */
    @Override
    public String toString() {
        String name = pod.name().length() <= 100 ? pod.name() : pod.name().substring(0, 100) + "...";
        return name + (workingSet.isPresent() ? " uses " + workingSet.get() : " has no figures");
    }
}
