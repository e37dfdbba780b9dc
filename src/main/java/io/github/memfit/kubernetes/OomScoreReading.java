package io.github.memfit.kubernetes;

import io.github.memfit.unit.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/**
 * What an {@code oom_score_adj} tells about the container that has it: the inverse of {@link OomScoreAdj}, for a container that
 * looks at itself without asking the API server. Immutable and thread-safe.
 *
 * <p>Exact for Kubernetes 1.20 and later; the scores that only older kubelets give are recognized as such. The capacity must be
 * the machine's memory: inside lxcfs or gVisor {@code MemTotal} may be faked, and the range is then wrong.
 *
 * {@snippet :
 * OomScoreReading.of(750, Bytes.gibi(16)).requestAtLeast(); // Optional[4Gi]
 * }
 *
 * @param value the score adjustment that was read
 * @param meaning what gives such a score
 * @param requestAtLeast the smallest effective memory request that gives it; empty where the request does not matter
 * @param requestAtMost the largest; empty where there is no bound or the request does not matter
 * @since 0.1
 */
public record OomScoreReading(
        int value, Meaning meaning, Optional<Bytes> requestAtLeast, Optional<Bytes> requestAtMost) {

    /** What gives a score. */
    public enum Meaning {
        /** -1000: the kernel never kills it; nothing in Kubernetes sets this. */
        EXEMPT,
        /** -999: kubelet, kube-proxy. */
        NODE_DAEMON,
        /** -998: a pod's sandbox, or a Guaranteed pod up to Kubernetes 1.19. */
        SANDBOX_OR_GUARANTEED_BEFORE_1_20,
        /** -997: a Guaranteed pod, or one of the class system-node-critical. */
        GUARANTEED_OR_NODE_CRITICAL,
        /** 3 to 999: a container of a Burstable pod. */
        BURSTABLE,
        /** 2: a container of a Burstable pod with a request as large as the node, up to Kubernetes 1.19. */
        BURSTABLE_BEFORE_1_20,
        /** 1000: a BestEffort pod. */
        BEST_EFFORT,
        /** Any other: not set by the kubelet. */
        NOT_KUBERNETES
    }

    private static final int LOWEST = 3;
    private static final int HIGHEST = 999;

    /**
     * Reads a score.
     *
     * @param value the content of {@code /proc/PID/oom_score_adj}
     * @param capacity the machine's memory
     * @return what it tells
     * @throws IllegalArgumentException if the score is not within -1000 and 1000, or the capacity is not positive
     */
    public static OomScoreReading of(int value, Bytes capacity) {
        if (value < -1000 || value > 1000) {
            throw new IllegalArgumentException("an oom_score_adj is within -1000 and 1000, got " + value);
        }
        if (capacity.value() <= 0) {
            throw new IllegalArgumentException("a machine has memory, got a capacity of " + capacity);
        }
        if (value == HIGHEST) {
            return burstable(value, Meaning.BURSTABLE, 0, multipleRoundedUp(2, capacity) - 1);
        }
        if (value > LOWEST && value < HIGHEST) {
            long least = multipleRoundedUp(1000 - value, capacity);
            return burstable(value, Meaning.BURSTABLE, least, multipleRoundedUp(1001 - value, capacity) - 1);
        }
        return switch (value) {
            case LOWEST -> openEnded(value, Meaning.BURSTABLE, capacity);
            case LOWEST - 1 -> openEnded(value, Meaning.BURSTABLE_BEFORE_1_20, capacity);
            case OomScoreAdj.BEST_EFFORT -> without(value, Meaning.BEST_EFFORT);
            case OomScoreAdj.GUARANTEED -> without(value, Meaning.GUARANTEED_OR_NODE_CRITICAL);
            case OomScoreAdj.SANDBOX -> without(value, Meaning.SANDBOX_OR_GUARANTEED_BEFORE_1_20);
            case OomScoreAdj.NODE_DAEMON -> without(value, Meaning.NODE_DAEMON);
            case -1000 -> without(value, Meaning.EXEMPT);
            default -> without(value, Meaning.NOT_KUBERNETES);
        };
    }

    /**
     * The class that goes with the score, where it tells one. A Guaranteed score may also belong to a node-critical pod.
     *
     * @return the class, empty for scores of daemons, sandboxes and strangers
     */
    public Optional<QosClass> qosClass() {
        return switch (meaning) {
            case GUARANTEED_OR_NODE_CRITICAL -> Optional.of(QosClass.GUARANTEED);
            case BURSTABLE, BURSTABLE_BEFORE_1_20 -> Optional.of(QosClass.BURSTABLE);
            case BEST_EFFORT -> Optional.of(QosClass.BEST_EFFORT);
            default -> Optional.empty();
        };
    }

    /**
     * Could a container with this effective request have this score?
     *
     * @param request the request in bytes
     * @return true if it lies in the range; false where the score tells no range
     */
    public boolean contains(Bytes request) {
        return requestAtLeast.isPresent()
                && !request.isLessThan(requestAtLeast.get())
                && (requestAtMost.isEmpty() || !request.isMoreThan(requestAtMost.get()));
    }

    private static OomScoreReading without(int value, Meaning meaning) {
        return new OomScoreReading(value, meaning, Optional.empty(), Optional.empty());
    }

    private static OomScoreReading openEnded(int value, Meaning meaning, Bytes capacity) {
        Bytes least = Bytes.of(multipleRoundedUp(1000 - value, capacity));
        return new OomScoreReading(value, meaning, Optional.of(least), Optional.empty());
    }

    private static OomScoreReading burstable(int value, Meaning meaning, long least, long most) {
        return new OomScoreReading(value, meaning, Optional.of(Bytes.of(least)), Optional.of(Bytes.of(most)));
    }

    /** ceil(thousandths * capacity / 1000); fits, since it is at most 1000 thousandths. */
    static long multipleRoundedUp(int thousandths, Bytes capacity) {
        return new BigDecimal(BigInteger.valueOf(capacity.value()).multiply(BigInteger.valueOf(thousandths)), 3)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    /** {@code 750: burstable, request 4Gi..4312147165}. */
    @Override
    public String toString() {
        String text = value + ": " + meaning.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (requestAtLeast.isEmpty()) {
            return text;
        }
        return text + ", request " + requestAtLeast.get() + ".."
                + requestAtMost.map(Bytes::toString).orElse("");
    }
}
