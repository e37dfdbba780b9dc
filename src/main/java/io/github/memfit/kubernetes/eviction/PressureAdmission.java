package io.github.memfit.kubernetes.eviction;

import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.kubernetes.QosClass;
import java.util.Objects;
import java.util.Set;

/**
 * Whether a kubelet under pressure takes a new pod. Immutable and thread-safe.
 *
 * <p>Rule: Kubernetes 1.36, pkg/kubelet/eviction/eviction_manager.go. Critical pods are always taken. Memory pressure alone
 * refuses only BestEffort pods, and not those that tolerate {@code node.kubernetes.io/memory-pressure:NoSchedule}; any other
 * pressure refuses all others.
 *
 * @param admitted is the pod taken
 * @param reason why
 * @since 0.1
 */
public record PressureAdmission(boolean admitted, String reason) {

    /** A condition of a node. */
    public enum Pressure {
        /** Too little memory. */
        MEMORY("MemoryPressure"),
        /** Too little disk. */
        DISK("DiskPressure"),
        /** Too few process ids. */
        PID("PIDPressure");

        private final String text;

        Pressure(String text) {
            this.text = text;
        }

        /**
         * The pressure that a node's condition names.
         *
         * @param condition {@code MemoryPressure}, {@code DiskPressure} or {@code PIDPressure}
         * @return the pressure
         * @throws IllegalArgumentException if it is none of them
         */
        public static Pressure of(String condition) {
            for (Pressure pressure : values()) {
                if (pressure.text.equals(condition)) {
                    return pressure;
                }
            }
            throw new IllegalArgumentException("no condition of pressure: " + condition);
        }

        /** The type of the condition. */
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Checks for null.
     *
     * @param admitted is the pod taken
     * @param reason why
     */
    public PressureAdmission {
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * Decides for a pod.
     *
     * @param pod the pod, as stored
     * @param version the cluster's version
     * @param toleratesMemoryPressure does it tolerate the taint of memory pressure
     * @param conditions the node's conditions
     * @return the decision
     */
    public static PressureAdmission of(
            PodResources pod, KubernetesVersion version, boolean toleratesMemoryPressure, Set<Pressure> conditions) {
        return of(QosClass.of(pod, version), pod.isCritical(), toleratesMemoryPressure, conditions);
    }

    /**
     * Decides from what counts.
     *
     * @param qos the pod's class
     * @param critical is the pod critical
     * @param toleratesMemoryPressure does it tolerate the taint of memory pressure
     * @param conditions the node's conditions
     * @return the decision
     */
    public static PressureAdmission of(
            QosClass qos, boolean critical, boolean toleratesMemoryPressure, Set<Pressure> conditions) {
        if (conditions.isEmpty()) {
            return new PressureAdmission(true, "the node is not under pressure");
        }
        if (critical) {
            return new PressureAdmission(true, "the pod is critical");
        }
        if (!conditions.equals(Set.of(Pressure.MEMORY))) {
            return new PressureAdmission(false, "under other pressure than memory alone only critical pods are taken");
        }
        if (qos != QosClass.BEST_EFFORT) {
            return new PressureAdmission(true, "under memory pressure only BestEffort pods are refused");
        }
        return toleratesMemoryPressure
                ? new PressureAdmission(true, "the pod tolerates the taint of memory pressure")
                : new PressureAdmission(false, "the node is under memory pressure and the pod is BestEffort");
    }

    /** The decision and why. */
    @Override
    public String toString() {
        return (admitted ? "admitted: " : "refused: ") + reason;
    }
}
