package io.github.memfit.sizing.vpa;

import io.github.memfit.sizing.vpa.VpaPodResources.VpaCap;
import io.github.memfit.unit.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From recommendations to the requests and limits of a pod, as VPA's admission controller and updater do it. Immutable and
 * thread-safe.
 *
 * <p>In this order: the LimitRange of pods scales all containers; the LimitRange of containers, the policy and, where only
 * requests are controlled, the container's limit cap each; then the limit follows the request in proportion. Products are
 * exact, quotients rounded down, results above 2^63 - 1 cut to that. Source: {@code utils/vpa/capping.go},
 * {@code utils/vpa/limit_and_request_scaling.go}, {@code utils/limitrange} of recommender 1.8.0.
 *
 * <p>Where a pod's LimitRange must scale a bound that a container does not have, VPA panics; here that container keeps none.
 *
 * @since 0.1
 */
public final class VpaAdmission {

    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private final Optional<VpaLimitRange> podRange;
    private final Optional<VpaLimitRange> containerRange;

    private VpaAdmission(Optional<VpaLimitRange> podRange, Optional<VpaLimitRange> containerRange) {
        this.podRange = podRange;
        this.containerRange = containerRange;
    }

    /**
     * Admission into a namespace.
     *
     * @param podRange its LimitRange of type Pod, if any
     * @param containerRange its LimitRange of type Container, if any
     * @return the rules
     */
    public static VpaAdmission of(Optional<VpaLimitRange> podRange, Optional<VpaLimitRange> containerRange) {
        return new VpaAdmission(podRange, containerRange);
    }

    /**
     * What is set on each container of a pod.
     *
     * @param containers the containers of the pod
     * @return one result per container, in the same order; unmodifiable
     */
    public List<VpaPodResources> apply(List<VpaPodContainer> containers) {
        List<Optional<Bytes>> targets = new ArrayList<>();
        List<Optional<Bytes>> lowers = new ArrayList<>();
        List<Optional<Bytes>> uppers = new ArrayList<>();
        for (VpaPodContainer container : containers) {
            Optional<VpaBounds> bounds = container.recommendation();
            boolean takesRequest = podRange.isPresent() && !container.request().isZero();
            targets.add(bounds.map(VpaBounds::target)
                    .or(() -> takesRequest ? Optional.of(container.request()) : Optional.empty()));
            lowers.add(bounds.map(VpaBounds::lowerBound));
            uppers.add(bounds.map(VpaBounds::upperBound));
        }
        scaleToPodRange(containers, targets);
        scaleToPodRange(containers, lowers);
        scaleToPodRange(containers, uppers);
        List<VpaPodResources> results = new ArrayList<>();
        for (int i = 0; i < containers.size(); i++) {
            results.add(apply(containers.get(i), targets.get(i), lowers.get(i), uppers.get(i)));
        }
        return List.copyOf(results);
    }

    private void scaleToPodRange(List<VpaPodContainer> containers, List<Optional<Bytes>> amounts) {
        if (podRange.isEmpty()) {
            return;
        }
        BigInteger min = big(podRange.get().min());
        BigInteger max = big(podRange.get().max());
        BigInteger sumRequest = BigInteger.ZERO;
        BigInteger sumLimit = BigInteger.ZERO;
        for (int i = 0; i < containers.size(); i++) {
            Bytes amount = amounts.get(i).orElse(Bytes.ZERO);
            sumRequest = sumRequest.add(big(amount));
            sumLimit = sumLimit.add(
                    proportionalLimit(containers.get(i), amount, podRange.get().defaultLimit())
                            .orElse(BigInteger.ZERO)
                            .min(LARGEST));
        }
        boolean fits = min.compareTo(sumLimit) <= 0
                && min.compareTo(sumRequest) <= 0
                && (max.signum() == 0 || max.compareTo(sumLimit) >= 0);
        if (fits || sumLimit.signum() == 0) {
            return;
        }
        BigInteger factor = min;
        BigInteger divisor = sumRequest;
        if (min.compareTo(sumRequest) <= 0) {
            factor = max.signum() != 0 && max.compareTo(sumLimit) < 0 ? max : min;
            divisor = sumLimit;
        }
        for (int i = 0; i < amounts.size(); i++) {
            if (amounts.get(i).isPresent()) {
                amounts.set(
                        i,
                        Optional.of(
                                bytes(big(amounts.get(i).get()).multiply(factor).divide(divisor))));
            }
        }
    }

    private VpaPodResources apply(
            VpaPodContainer container, Optional<Bytes> target, Optional<Bytes> lower, Optional<Bytes> upper) {
        List<VpaCap> caps = new ArrayList<>();
        Optional<Bytes> request = target.map(amount -> capped(container, amount, caps));
        Optional<Bytes> limit = Optional.empty();
        if (request.isPresent() && container.policy().controlsLimits()) {
            Bytes defaultLimit = containerRange.map(VpaLimitRange::defaultLimit).orElse(Bytes.ZERO);
            Optional<BigInteger> exact = proportionalLimit(container, request.get(), defaultLimit);
            if (exact.isPresent() && exact.get().compareTo(LARGEST) > 0) {
                caps.add(VpaCap.RATIO_OVERFLOW);
            }
            limit = exact.map(VpaAdmission::bytes);
        }
        return new VpaPodResources(
                container.name(),
                request,
                limit,
                lower.map(amount -> capped(container, amount, new ArrayList<>())),
                upper.map(amount -> capped(container, amount, new ArrayList<>())),
                caps);
    }

    private Bytes capped(VpaPodContainer container, Bytes amount, List<VpaCap> caps) {
        Bytes capped = amount;
        if (containerRange.isPresent()) {
            VpaLimitRange range = containerRange.get();
            Bytes min = boundary(container, range.min(), range.defaultLimit()).max(range.min());
            Bytes max = boundary(container, range.max(), range.defaultLimit());
            capped = raise(capped, min, VpaCap.LIMIT_RANGE_MIN, caps);
            capped = cut(capped, max, VpaCap.LIMIT_RANGE_MAX, caps);
        }
        VpaContainerPolicy policy = container.policy();
        capped = raise(capped, policy.minAllowed(), VpaCap.MIN_ALLOWED, caps);
        capped = cut(capped, policy.maxAllowed(), VpaCap.MAX_ALLOWED, caps);
        return policy.controlsLimits() ? capped : cut(capped, container.limit(), VpaCap.CONTAINER_LIMIT, caps);
    }

    private static Bytes raise(Bytes amount, Bytes min, VpaCap rule, List<VpaCap> caps) {
        if (min.isZero() || !amount.isLessThan(min)) {
            return amount;
        }
        caps.add(rule);
        return min;
    }

    private static Bytes cut(Bytes amount, Bytes max, VpaCap rule, List<VpaCap> caps) {
        if (max.isZero() || !amount.isMoreThan(max)) {
            return amount;
        }
        caps.add(rule);
        return max;
    }

    /** The request whose limit in proportion is the boundary; zero for none. */
    private static Bytes boundary(VpaPodContainer container, Bytes boundary, Bytes defaultLimit) {
        Bytes limit = container.limit().isZero() ? defaultLimit : container.limit();
        if (limit.isZero()) {
            return Bytes.ZERO;
        }
        return container.request().isZero()
                ? boundary
                : bytes(big(container.request()).multiply(big(boundary)).divide(big(limit)));
    }

    private static Optional<BigInteger> proportionalLimit(
            VpaPodContainer container, Bytes newRequest, Bytes defaultLimit) {
        Bytes limit = container.limit().isZero() ? defaultLimit : container.limit();
        if (limit.isZero() || newRequest.isZero()) {
            return Optional.empty();
        }
        return Optional.of(
                container.request().isZero() || container.request().equals(limit)
                        ? big(newRequest)
                        : big(limit).multiply(big(newRequest)).divide(big(container.request())));
    }

    private static BigInteger big(Bytes bytes) {
        return BigInteger.valueOf(bytes.value());
    }

    private static Bytes bytes(BigInteger exact) {
        return Bytes.of(exact.min(LARGEST).longValueExact());
    }

    /** One line: the ranges. */
    @Override
    public String toString() {
        return "VpaAdmission[pods=" + podRange.map(VpaLimitRange::toString).orElse("any") + ", containers="
                + containerRange.map(VpaLimitRange::toString).orElse("any") + "]";
    }
}
