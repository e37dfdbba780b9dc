package io.github.memfit.kubernetes;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A set of edits that together give a pod another class, none of them superfluous. Immutable and thread-safe.
 *
 * @param edits the edits, in the order of the manifest
 * @param requestChange how much more memory the scheduler reserves afterwards, negative if less; empty while a number is still
 *     to be chosen
 * @since 0.1
 */
public record QosChange(List<QosEdit> edits, Optional<Quantity> requestChange) {

    /**
     * Copies the list.
     *
     * @param edits the edits
     * @param requestChange how much more memory the scheduler reserves afterwards
     */
    public QosChange {
        edits = List.copyOf(edits);
        Objects.requireNonNull(requestChange, "requestChange");
    }

    static QosChange of(PodResources stored, List<QosEdit> edits, KubernetesVersion version) {
        QosChange change = new QosChange(edits, Optional.empty());
        if (change.needsNumbers()) {
            return change;
        }
        Quantity before = EffectiveResources.of(stored, version).requests().memory();
        PodResources changed = change.applyTo(stored, ResourceList.EMPTY).asStored(version);
        Quantity after = EffectiveResources.of(changed, version).requests().memory();
        return new QosChange(edits, Optional.of(after.minus(before)));
    }

    /**
     * Does a person have to choose a number for one of the edits?
     *
     * @return true if the specification does not imply all of them
     */
    public boolean needsNumbers() {
        return edits.stream().anyMatch(QosEdit::needsNumber);
    }

    /**
     * The changed pod.
     *
     * @param pod the pod
     * @param chosen the amounts to take where an edit implies none, by resource
     * @return the pod with all edits
     * @throws IllegalArgumentException if a number is needed that {@code chosen} does not have
     */
    public PodResources applyTo(PodResources pod, ResourceList chosen) {
        PodResources changed = pod;
        for (QosEdit edit : edits) {
            changed = edit.applyTo(changed, chosen);
        }
        return changed;
    }

    /** The edits, cut to 200 characters. */
    @Override
    public String toString() {
        String cost = requestChange
                .map(change -> " (reserves " + (change.signum() < 0 ? "" : "+") + change + ")")
                .orElse("");
        String text = edits + cost;
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
