package io.github.memfit.kubernetes.node;

import io.github.memfit.kubernetes.ContainerResources;
import io.github.memfit.kubernetes.EffectiveResources;
import io.github.memfit.kubernetes.KubernetesFeature;
import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.kubernetes.QosClass;
import io.github.memfit.kubernetes.Quantity;
import io.github.memfit.unit.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The kubelet's Memory QoS: the cgroup v2 files with which it protects and throttles containers, pods and classes. Immutable
 * and thread-safe.
 *
 * <p>Rule: KEP-2570 and Kubernetes 1.26, 1.35 and 1.36 (pkg/kubelet/kuberuntime, pkg/kubelet/cm); 1.37 from the enhancement
 * text. Off by default up to 1.36: nothing is written unless the version has {@link KubernetesFeature#MEMORY_QOS}. Three
 * formulas for {@code memory.high} (1.22, 1.27, 1.37) and two ways to protect (up to 1.35 {@code memory.min} for all; since 1.36
 * by {@link Reservation}).
 *
 * {@snippet :
 * MemoryQos qos = MemoryQos.of(KubernetesVersion.V1_36.with(KubernetesFeature.MEMORY_QOS))
 *     .withReservation(MemoryQos.Reservation.TIERED);
 * qos.container(pod, "app", allocatable);   // memory.high=2040107008 memory.low=1073741824
 * }
 *
 * @param version the kubelet's version with its gates
 * @param throttlingFactor {@code memoryThrottlingFactor}, above 0 and at most 1; empty (since 1.37, and the default there)
 *     means that nothing is throttled
 * @param reservation {@code memoryReservationPolicy}, since 1.36
 * @param pageSize the size of a page on the node
 * @since 0.1
 */
public record MemoryQos(
        KubernetesVersion version, OptionalDouble throttlingFactor, Reservation reservation, Bytes pageSize) {

    /** How memory is protected since 1.36. */
    public enum Reservation {
        /** Not at all: protection is reset to zero. */
        NONE("None"),
        /** Guaranteed pods by {@code memory.min}, the others by {@code memory.low}. */
        TIERED("TieredReservation");

        private final String text;

        Reservation(String text) {
            this.text = text;
        }

        /**
         * The policy of a kubelet's configuration.
         *
         * @param policy {@code None} or {@code TieredReservation}
         * @return the policy
         * @throws IllegalArgumentException if it is neither
         */
        public static Reservation of(String policy) {
            for (Reservation reservation : values()) {
                if (reservation.text.equals(policy)) {
                    return reservation;
                }
            }
            throw new IllegalArgumentException("a reservation policy is None or TieredReservation, got " + policy);
        }

        /** As in the kubelet's configuration. */
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * The files of the cgroups above the pods. Nothing is ever written for the BestEffort class. Immutable and thread-safe.
     *
     * @param kubepods the cgroup of all pods
     * @param burstable the cgroup of Burstable pods
     */
    public record ClassCgroups(CgroupWrites kubepods, CgroupWrites burstable) {

        /**
         * Checks for null.
         *
         * @param kubepods the cgroup of all pods
         * @param burstable the cgroup of Burstable pods
         */
        public ClassCgroups {
            Objects.requireNonNull(kubepods, "kubepods");
            Objects.requireNonNull(burstable, "burstable");
        }
    }

    /**
     * Checks the factor and the page.
     *
     * @param version the kubelet's version with its gates
     * @param throttlingFactor {@code memoryThrottlingFactor}
     * @param reservation {@code memoryReservationPolicy}
     * @param pageSize the size of a page on the node
     * @throws IllegalArgumentException if the factor is not within 0 and 1, or the page is not positive
     */
    public MemoryQos {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(reservation, "reservation");
        if (throttlingFactor.isPresent()
                && !(throttlingFactor.getAsDouble() > 0 && throttlingFactor.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    "a throttling factor is above 0 and at most 1, got " + throttlingFactor.getAsDouble());
        }
        if (pageSize.value() <= 0) {
            throw new IllegalArgumentException("a page is larger than nothing, got " + pageSize);
        }
    }

    /**
     * A kubelet with this version's defaults and pages of 4Ki: factor 0.8 up to 1.26, 0.9 up to 1.36, none since 1.37; nothing
     * reserved since 1.36.
     *
     * @param version the kubelet's version with its gates
     * @return the settings
     */
    public static MemoryQos of(KubernetesVersion version) {
        OptionalDouble factor =
                version.isAtLeast(37) ? OptionalDouble.empty() : OptionalDouble.of(version.isAtLeast(27) ? 0.9 : 0.8);
        return new MemoryQos(version, factor, Reservation.NONE, Bytes.kibi(4));
    }

    /**
     * These settings with another factor.
     *
     * @param factor above 0 and at most 1
     * @return the settings
     * @throws IllegalArgumentException if it is not
     */
    public MemoryQos withThrottlingFactor(double factor) {
        return new MemoryQos(version, OptionalDouble.of(factor), reservation, pageSize);
    }

    /**
     * These settings without a factor.
     *
     * @return the settings
     */
    public MemoryQos withoutThrottling() {
        return new MemoryQos(version, OptionalDouble.empty(), reservation, pageSize);
    }

    /**
     * These settings with another policy.
     *
     * @param policy the policy; no effect before 1.36
     * @return the settings
     */
    public MemoryQos withReservation(Reservation policy) {
        return new MemoryQos(version, throttlingFactor, policy, pageSize);
    }

    /**
     * These settings with another page size.
     *
     * @param size the size of a page
     * @return the settings
     * @throws IllegalArgumentException if it is not positive
     */
    public MemoryQos withPageSize(Bytes size) {
        return new MemoryQos(version, throttlingFactor, reservation, size);
    }

    /**
     * Is the feature on?
     *
     * @return true if anything can be written
     */
    public boolean isOn() {
        return version.has(KubernetesFeature.MEMORY_QOS);
    }

    /**
     * The files of one container. Its own request and limit count, not those of the pod level.
     *
     * @param pod the pod, as stored
     * @param container the container's name
     * @param allocatable the node's allocatable memory, which stands in for a missing limit; zero if unknown
     * @return the files, none while the feature is off
     * @throws NoSuchElementException if there is no such container
     */
    public CgroupWrites container(PodResources pod, String container, Bytes allocatable) {
        ContainerResources resources = pod.container(container);
        if (!isOn()) {
            return CgroupWrites.NONE;
        }
        long request = bytes(resources.requests().memory());
        long limit = bytes(resources.limits().memory());
        CgroupWrites writes = protection(QosClass.of(pod, version), request, true);
        long high = high(request, limit, allocatable.value());
        return high > request && high > 0 ? writes.with(CgroupWrites.HIGH, high) : writes;
    }

    /**
     * The files of the pod's own cgroup, besides its limit. The effective request counts, overhead included.
     *
     * @param pod the pod, as stored
     * @return the files, none while the feature is off
     */
    public CgroupWrites pod(PodResources pod) {
        if (!isOn()) {
            return CgroupWrites.NONE;
        }
        long request = bytes(EffectiveResources.of(pod, version).requests().memory());
        return protection(QosClass.of(pod, version), request, false);
    }

    /**
     * The files of the cgroups above the pods of a node.
     *
     * @param guaranteed the effective memory requests of all Guaranteed pods together
     * @param burstable those of all Burstable pods
     * @return the files, none while the feature is off
     */
    public ClassCgroups classCgroups(Bytes guaranteed, Bytes burstable) {
        if (!isOn()) {
            return new ClassCgroups(CgroupWrites.NONE, CgroupWrites.NONE);
        }
        Bytes all = guaranteed.plus(burstable);
        if (!version.isAtLeast(36)) {
            return new ClassCgroups(
                    positive(CgroupWrites.MIN, all.value()), positive(CgroupWrites.MIN, burstable.value()));
        }
        boolean tiered = reservation == Reservation.TIERED;
        return new ClassCgroups(
                CgroupWrites.NONE.with(CgroupWrites.MIN, tiered ? all.value() : 0),
                CgroupWrites.NONE.with(CgroupWrites.LOW, tiered ? burstable.value() : 0));
    }

    /**
     * The files of the cgroups above the pods of a node.
     *
     * @param pods all pods of the node, as stored
     * @return the files, none while the feature is off
     */
    public ClassCgroups classCgroups(List<PodResources> pods) {
        Bytes guaranteed = Bytes.ZERO;
        Bytes burstable = Bytes.ZERO;
        for (PodResources pod : pods) {
            Bytes request =
                    EffectiveResources.of(pod, version).requests().memory().bytesRoundedUp();
            QosClass qos = QosClass.of(pod, version);
            guaranteed = qos == QosClass.GUARANTEED ? guaranteed.plus(request) : guaranteed;
            burstable = qos == QosClass.BURSTABLE ? burstable.plus(request) : burstable;
        }
        return classCgroups(guaranteed, burstable);
    }

    /** Containers are reset to zero when nothing is protected, pods are left alone. */
    private CgroupWrites protection(QosClass qos, long request, boolean reset) {
        if (!version.isAtLeast(36)) {
            return positive(CgroupWrites.MIN, request);
        }
        if (reservation == Reservation.TIERED && request > 0) {
            return CgroupWrites.NONE.with(qos == QosClass.GUARANTEED ? CgroupWrites.MIN : CgroupWrites.LOW, request);
        }
        return reset ? CgroupWrites.NONE.with(CgroupWrites.MIN, 0).with(CgroupWrites.LOW, 0) : CgroupWrites.NONE;
    }

    /** Double precision and these cuts on purpose: the kubelet's bytes are to be met exactly. */
    private long high(long request, long limit, long allocatable) {
        if (throttlingFactor.isEmpty()) {
            return 0;
        }
        double factor = throttlingFactor.getAsDouble();
        long bound = limit > 0 ? limit : allocatable;
        if (!version.isAtLeast(27)) {
            return (long) (bound * factor);
        }
        boolean exempt = version.isAtLeast(37) ? request == limit && limit > 0 : request == limit;
        if (exempt) {
            return 0;
        }
        double between = Math.floor(request + ((double) bound - request) * factor);
        return (long) (between / pageSize.value()) * pageSize.value();
    }

    private static CgroupWrites positive(String file, long bytes) {
        return bytes > 0 ? CgroupWrites.NONE.with(file, bytes) : CgroupWrites.NONE;
    }

    private static long bytes(Quantity quantity) {
        return quantity.bytesRoundedUp().value();
    }

    /** {@code MemoryQoS of 1.36: factor 0.9, None}. */
    @Override
    public String toString() {
        String factor = throttlingFactor.isPresent()
                ? String.format(Locale.ROOT, "factor %s", throttlingFactor.getAsDouble())
                : "no throttling";
        return "MemoryQoS of " + version + ": " + (isOn() ? factor + ", " + reservation : "off");
    }
}
