package io.github.memfit.kubernetes.schedule;

import io.github.memfit.kubernetes.ContainerResources;
import io.github.memfit.kubernetes.KubernetesFeature;
import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.kubernetes.QosClass;
import io.github.memfit.kubernetes.Quantity;
import io.github.memfit.unit.Bytes;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/**
 * What happens when the memory of a running container is changed in place: applied, applied with a restart, refused, or stuck.
 * Immutable and thread-safe.
 *
 * <p>Rule: KEP-1287 and Kubernetes 1.33 to 1.36. A limit may be lowered since 1.34, and the kubelet then compares the new limit
 * with {@code memory.current}, cache included, not with the working set: a container full of page cache cannot shrink. Windows
 * pods cannot be resized and are not modelled.
 *
 * {@snippet :
 * MemoryResize.of(pod, smaller, "app", MemoryResize.Setting.DEFAULT.withUsage(usage), KubernetesVersion.V1_34).outcome();
 * }
 *
 * @param outcome what happens
 * @param reason why
 * @since 0.1
 */
public record MemoryResize(Outcome outcome, String reason) {

    /** What happens to a resize. */
    public enum Outcome {
        /** Nothing of the memory changes. */
        UNCHANGED,
        /** It is applied while the container runs. */
        APPLIED,
        /** It is applied and the container restarts. */
        RESTARTS,
        /** The API server refuses it. */
        REFUSED,
        /** The kubelet will never apply it on this node. */
        INFEASIBLE,
        /** The kubelet does not apply it while so much is used. */
        NOT_APPLIED
    }

    /**
     * Circumstances that decide. Immutable and thread-safe.
     *
     * @param restartsForMemory is the container's {@code resizePolicy} for memory {@code RestartContainer}
     * @param usesSwap may the container use swap (LimitedSwap)
     * @param staticManagers does the node run a static cpu or memory manager
     * @param usage {@code memory.current} of the container, empty if unknown
     */
    public record Setting(boolean restartsForMemory, boolean usesSwap, boolean staticManagers, Optional<Bytes> usage) {

        /** No restart, no swap, no static managers, unknown usage. */
        public static final Setting DEFAULT = new Setting(false, false, false, Optional.empty());

        /**
         * Checks for null.
         *
         * @param restartsForMemory is the container's {@code resizePolicy} for memory {@code RestartContainer}
         * @param usesSwap may the container use swap
         * @param staticManagers does the node run a static cpu or memory manager
         * @param usage {@code memory.current} of the container
         */
        public Setting {
            Objects.requireNonNull(usage, "usage");
        }

        /**
         * This setting with a known usage.
         *
         * @param current {@code memory.current}
         * @return the setting
         */
        public Setting withUsage(Bytes current) {
            return new Setting(restartsForMemory, usesSwap, staticManagers, Optional.of(current));
        }

        /**
         * This setting with a container that restarts for memory.
         *
         * @return the setting
         */
        public Setting withRestart() {
            return new Setting(true, usesSwap, staticManagers, usage);
        }
    }

    /**
     * Checks for null.
     *
     * @param outcome what happens
     * @param reason why
     */
    public MemoryResize {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * Judges a resize of one container's memory.
     *
     * @param before the pod as it runs, as stored
     * @param after the pod as it is asked for
     * @param container the container's name
     * @param setting the circumstances
     * @param version the cluster's version
     * @return what happens
     * @throws NoSuchElementException if one of the pods has no such container
     */
    public static MemoryResize of(
            PodResources before, PodResources after, String container, Setting setting, KubernetesVersion version) {
        ContainerResources old = before.container(container);
        ContainerResources asked = after.container(container);
        Optional<Quantity> oldLimit = old.limits().find("memory");
        Optional<Quantity> limit = asked.limits().find("memory");
        boolean requestChanges =
                !old.requests().find("memory").equals(asked.requests().find("memory"));
        if (!requestChanges && oldLimit.equals(limit)) {
            return new MemoryResize(Outcome.UNCHANGED, "neither memory request nor limit changes");
        }
        Optional<String> refusal = refusal(before, after, old, asked, setting, version);
        if (refusal.isPresent()) {
            return new MemoryResize(Outcome.REFUSED, refusal.get());
        }
        if (setting.staticManagers && QosClass.of(before, version) == QosClass.GUARANTEED) {
            return new MemoryResize(Outcome.INFEASIBLE, "a static manager holds the resources of Guaranteed pods");
        }
        if (setting.usesSwap && requestChanges && !setting.restartsForMemory) {
            return new MemoryResize(
                    Outcome.INFEASIBLE, "the swap allowance follows the request and cannot change while running");
        }
        if (setting.restartsForMemory) {
            return new MemoryResize(Outcome.RESTARTS, "the resize policy for memory is RestartContainer");
        }
        boolean lower = limit.isPresent() && (oldLimit.isEmpty() || limit.get().compareTo(oldLimit.get()) < 0);
        if (!lower) {
            return new MemoryResize(Outcome.APPLIED, "the limit does not go down");
        }
        return lowered(limit.get(), setting.usage);
    }

    /**
     * Is it safe to lower a limit to this now? The kubelet compares with all that is charged, cache included; afterwards the
     * kernel reclaims or kills, so room for growth is advisable.
     *
     * @param newLimit the new limit
     * @param usage {@code memory.current}
     * @return true if the kubelet would apply it
     */
    public static boolean isSafeToLower(Bytes newLimit, Bytes usage) {
        return usage.isLessThan(newLimit);
    }

    private static MemoryResize lowered(Quantity limit, Optional<Bytes> usage) {
        if (usage.isEmpty()) {
            return new MemoryResize(Outcome.APPLIED, "applied if less than the new limit is charged at that moment");
        }
        return isSafeToLower(limit.bytesRoundedUp(), usage.get())
                ? new MemoryResize(Outcome.APPLIED, usage.get() + " charged, below the new limit " + limit)
                : new MemoryResize(
                        Outcome.NOT_APPLIED,
                        usage.get() + " charged, cache included, is not below the new limit " + limit);
    }

    private static Optional<String> refusal(
            PodResources before,
            PodResources after,
            ContainerResources old,
            ContainerResources asked,
            Setting setting,
            KubernetesVersion version) {
        if (!version.has(KubernetesFeature.IN_PLACE_RESIZE)) {
            return Optional.of("pods cannot be resized in " + version);
        }
        if (!before.annotations()
                .getOrDefault("kubernetes.io/config.source", "api")
                .equals("api")) {
            return Optional.of("static pods cannot be resized");
        }
        if (old.kind() == ContainerResources.Kind.INIT && !version.has(KubernetesFeature.IN_PLACE_INIT_RESIZE)) {
            return Optional.of("init containers cannot be resized");
        }
        boolean removed = old.requests().names("memory") && !asked.requests().names("memory")
                || old.limits().names("memory") && !asked.limits().names("memory");
        if (removed) {
            return Optional.of("a request or limit cannot be removed");
        }
        QosClass was = QosClass.of(before, version);
        QosClass becomes = QosClass.computed(after, version);
        if (was != becomes) {
            return Optional.of("the class would change from " + was + " to " + becomes);
        }
        Quantity oldLimit = old.limits().memory();
        Quantity limit = asked.limits().memory();
        boolean shrinks = limit.isPositive() && (!oldLimit.isPositive() || limit.compareTo(oldLimit) < 0);
        return shrinks && !version.isAtLeast(34) && !setting.restartsForMemory
                ? Optional.of("up to 1.33 a memory limit can be lowered or added only with a restart")
                : Optional.empty();
    }

    /** The outcome and why. */
    @Override
    public String toString() {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + reason;
    }
}
