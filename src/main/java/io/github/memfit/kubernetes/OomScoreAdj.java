package io.github.memfit.kubernetes;

import io.github.memfit.unit.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * The {@code oom_score_adj} that the kubelet gives to the processes of one container, and why. The higher, the sooner the
 * kernel kills it when memory runs out. Immutable and thread-safe.
 *
 * <p>Rule: Kubernetes 1.17 to 1.37, pkg/kubelet/qos/policy.go and helpers.go. Burstable containers get
 * {@code 1000 - 1000 * request / capacity}, within 3 (up to 1.19: 2) and 999. Six eras: see {@code docs/COMPATIBILITY.md}. The
 * capacity is the machine's memory, not what is allocatable.
 *
 * {@snippet :
 * OomScoreAdj.of(pod, Bytes.gibi(16), KubernetesVersion.V1_34); // [app: 938 (burstable, counts 1Gi of 16Gi)]
 * OomScoreReading.of(938, Bytes.gibi(16));                      // burstable, request 1015Mi..1031Mi or so
 * }
 *
 * @param container the container's name
 * @param value the score adjustment, -1000 to 1000
 * @param reason why it is that
 * @param counted the memory request that the formula counted; zero where the request does not matter
 * @since 0.1
 */
public record OomScoreAdj(String container, int value, Reason reason, Bytes counted) {

    /** Why a score is what it is. */
    public enum Reason {
        /** The pod is critical and its class is system-node-critical (up to 1.21: any critical pod). */
        NODE_CRITICAL,
        /** The pod is Guaranteed. */
        GUARANTEED,
        /** The pod is BestEffort. */
        BEST_EFFORT,
        /** The formula for Burstable. */
        BURSTABLE,
        /** The formula with the smallest request among the app containers, because that protects the sidecar better. */
        SIDECAR_OF_BURSTABLE,
        /** The formula, raised to the lowest score of Burstable. */
        BURSTABLE_FLOOR,
        /** The formula, lowered to the highest score of Burstable: the request buys no protection. */
        BURSTABLE_CEILING
    }

    /** The score of a Guaranteed or node-critical pod since 1.20. */
    public static final int GUARANTEED = -997;

    /** The score of a BestEffort pod. */
    public static final int BEST_EFFORT = 1000;

    /** The score of the kubelet and of kube-proxy. */
    public static final int NODE_DAEMON = -999;

    /** The score of a pod's sandbox (pause) under containerd and CRI-O. */
    public static final int SANDBOX = -998;

    private static final BigInteger THOUSAND = BigInteger.valueOf(1000);

    /**
     * Checks for null.
     *
     * @param container the container's name
     * @param value the score adjustment
     * @param reason why it is that
     * @param counted the memory request that the formula counted
     */
    public OomScoreAdj {
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(counted, "counted");
    }

    /**
     * The scores of all containers of a pod, app containers first.
     *
     * @param pod the pod, as stored
     * @param capacity the machine's memory
     * @param version the cluster's version
     * @return one score per container
     * @throws IllegalArgumentException if the capacity is not positive
     * @throws ArithmeticException if a request does not fit 64 bits
     */
    public static List<OomScoreAdj> of(PodResources pod, Bytes capacity, KubernetesVersion version) {
        if (capacity.value() <= 0) {
            throw new IllegalArgumentException("a machine has memory, got a capacity of " + capacity);
        }
        QosClass qos = QosClass.of(pod, version);
        boolean critical = version.isAtLeast(22) ? pod.isNodeCritical() : pod.isCritical();
        long share = qos == QosClass.BURSTABLE ? podLevelShare(pod, version) : 0;
        List<OomScoreAdj> scores = new ArrayList<>();
        for (ContainerResources container : pod.allContainers()) {
            scores.add(
                    critical
                            ? new OomScoreAdj(container.name(), best(version), Reason.NODE_CRITICAL, Bytes.ZERO)
                            : switch (qos) {
                                case GUARANTEED ->
                                    new OomScoreAdj(container.name(), best(version), Reason.GUARANTEED, Bytes.ZERO);
                                case BEST_EFFORT ->
                                    new OomScoreAdj(container.name(), BEST_EFFORT, Reason.BEST_EFFORT, Bytes.ZERO);
                                case BURSTABLE -> burstable(pod, container, share, capacity, version);
                            });
        }
        return Collections.unmodifiableList(scores);
    }

    /**
     * The score of one container.
     *
     * @param pod the pod, as stored
     * @param container the container's name
     * @param capacity the machine's memory
     * @param version the cluster's version
     * @return its score
     * @throws NoSuchElementException if there is no container of that name
     * @throws IllegalArgumentException if the capacity is not positive
     */
    public static OomScoreAdj of(PodResources pod, String container, Bytes capacity, KubernetesVersion version) {
        pod.container(container);
        return of(pod, capacity, version).stream()
                .filter(score -> score.container.equals(container))
                .findFirst()
                .orElseThrow();
    }

    /**
     * How much memory one step of the score is worth: requests that differ by less may score the same.
     *
     * @param capacity the machine's memory
     * @return a thousandth, rounded up
     */
    public static Bytes step(Bytes capacity) {
        return capacity.dividedByRoundedUp(1000);
    }

    /**
     * The smallest request that scores better than no request at all: anything below two steps still scores 999.
     *
     * @param capacity the machine's memory
     * @return two thousandths, rounded up
     */
    public static Bytes smallestUsefulRequest(Bytes capacity) {
        return Bytes.of(OomScoreReading.multipleRoundedUp(2, capacity));
    }

    private static int best(KubernetesVersion version) {
        return version.isAtLeast(20) ? GUARANTEED : -998;
    }

    private static OomScoreAdj burstable(
            PodResources pod, ContainerResources container, long share, Bytes capacity, KubernetesVersion version) {
        long own = Math.addExact(memory(container), share);
        long adj = formula(own, capacity);
        Reason reason = Reason.BURSTABLE;
        long counted = own;
        if (version.isAtLeast(32) && container.kind() == ContainerResources.Kind.SIDECAR) {
            long smallest = Long.MAX_VALUE;
            for (ContainerResources app : pod.containers()) {
                smallest = Math.min(smallest, memory(app));
            }
            long borrowed = Math.addExact(smallest, share);
            long better = formula(borrowed, capacity);
            if (better < adj) {
                adj = better;
                counted = borrowed;
                reason = Reason.SIDECAR_OF_BURSTABLE;
            }
        }
        int floor = 1000 + best(version);
        if (adj < floor) {
            adj = floor;
            reason = Reason.BURSTABLE_FLOOR;
        } else if (adj == BEST_EFFORT) {
            adj = BEST_EFFORT - 1;
            reason = Reason.BURSTABLE_CEILING;
        }
        return new OomScoreAdj(container.name(), (int) Math.min(adj, Integer.MAX_VALUE), reason, Bytes.of(counted));
    }

    /** 1000 - 1000 * request / capacity, the quotient cut towards zero, without overflow. */
    private static long formula(long request, Bytes capacity) {
        if (Math.abs(request) < Long.MAX_VALUE / 1000) {
            return 1000 - 1000 * request / capacity.value();
        }
        BigInteger quotient =
                BigInteger.valueOf(request).multiply(THOUSAND).divide(BigInteger.valueOf(capacity.value()));
        return quotient.bitLength() < 63
                ? 1000 - quotient.longValue()
                : quotient.signum() > 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** What each container gets of the pod-level request that no container asked for; negative when they asked for more. */
    private static long podLevelShare(PodResources pod, KubernetesVersion version) {
        if (!version.isAtLeast(34)
                || !version.has(KubernetesFeature.POD_LEVEL_RESOURCES)
                || pod.podLevel().isEmpty()) {
            return 0;
        }
        Quantity requested = pod.podLevel().get().requests().memory();
        if (!requested.isPositive()) {
            return 0;
        }
        long asked = EffectiveResources.requestedMemory(pod, version.has(KubernetesFeature.SIDECAR_CONTAINERS))
                .bytesRoundedUp()
                .value();
        long rest = Math.subtractExact(requested.bytesRoundedUp().value(), asked);
        return rest / (pod.containers().size() + pod.initContainers().size());
    }

    private static long memory(ContainerResources container) {
        return container.requests().memory().bytesRoundedUp().value();
    }

    /** {@code app: 938 (burstable, counts 1Gi)}. */
    @Override
    public String toString() {
        String why = reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String shown = container.length() <= 100 ? container : container.substring(0, 100) + "...";
        return shown + ": " + value + " (" + why + (counted.isZero() ? "" : ", counts " + counted) + ")";
    }
}
