package io.github.memfit.sizing.vpa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.memfit.sizing.vpa.VpaPodResources.VpaCap;
import io.github.memfit.testing.Json;
import io.github.memfit.unit.Bytes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod with recommendations, and the requests and limits that admission sets. */
final class VpaLimitsCase {

    private static final Map<String, VpaCap> ANNOTATIONS = Map.of(
            "memory capped to fit Min in container LimitRange", VpaCap.LIMIT_RANGE_MIN,
            "memory capped to fit Max in container LimitRange", VpaCap.LIMIT_RANGE_MAX,
            "memory capped to minAllowed", VpaCap.MIN_ALLOWED,
            "memory capped to maxAllowed", VpaCap.MAX_ALLOWED,
            "memory capped to container limit", VpaCap.CONTAINER_LIMIT,
            "memory: failed to keep limit to request ratio; capping limit to int64", VpaCap.RATIO_OVERFLOW);

    private VpaLimitsCase() {}

    static void run(Json json) {
        VpaContainerPolicy policy =
                json.optional("policy").map(VpaLimitsCase::policy).orElse(VpaContainerPolicy.NONE);
        VpaAdmission admission = VpaAdmission.of(
                json.optional("podLimitRange").map(VpaLimitsCase::range),
                json.optional("containerLimitRange").map(VpaLimitsCase::range));
        List<VpaPodContainer> containers = new ArrayList<>();
        for (Json one : json.field("containers").items()) {
            Optional<Bytes> target = one.optional("target").map(VpaLimitsCase::quantity);
            Optional<Bytes> lower =
                    one.optional("lower").map(VpaLimitsCase::quantity).or(() -> target);
            Optional<Bytes> upper =
                    one.optional("upper").map(VpaLimitsCase::quantity).or(() -> target);
            containers.add(new VpaPodContainer(
                    one.field("name").string(),
                    one.optional("request").map(VpaLimitsCase::quantity).orElse(Bytes.ZERO),
                    one.optional("limit").map(VpaLimitsCase::quantity).orElse(Bytes.ZERO),
                    target.map(bytes -> new VpaBounds(bytes, lower.orElseThrow(), upper.orElseThrow())),
                    policy));
            one.assertAllRead();
        }
        Json expected = json.field("expected");
        List<VpaPodResources> results = admission.apply(containers);
        assertEquals(expected.names().size(), results.size());
        for (VpaPodResources result : results) {
            Json one = expected.field(result.container());
            assertEquals(bytes(one, "request"), result.request(), "request");
            assertEquals(bytes(one, "limit"), result.limit(), "limit");
            assertEquals(bytes(one, "cappedTarget"), result.request(), "target");
            assertEquals(bytes(one, "cappedLower"), result.lowerBound(), "lower bound");
            assertEquals(bytes(one, "cappedUpper"), result.upperBound(), "upper bound");
            List<VpaCap> caps = one.optional("annotations").map(Json::strings).orElse(List.of()).stream()
                    .map(ANNOTATIONS::get)
                    .toList();
            assertEquals(caps, result.caps());
            one.assertAllRead();
        }
    }

    private static Optional<Bytes> bytes(Json json, String field) {
        return json.optional(field).map(value -> Bytes.of(value.longValue()));
    }

    private static VpaContainerPolicy policy(Json json) {
        String controlled = json.field("controlledValues").string();
        VpaContainerPolicy policy = new VpaContainerPolicy(
                quantity(json.field("minAllowed")),
                quantity(json.field("maxAllowed")),
                switch (controlled) {
                    case "", "RequestsAndLimits" -> true;
                    case "RequestsOnly" -> false;
                    default -> throw new AssertionError("unknown controlledValues " + controlled);
                });
        json.assertAllRead();
        return policy;
    }

    private static VpaLimitRange range(Json json) {
        VpaLimitRange range = new VpaLimitRange(
                json.optional("min").map(VpaLimitsCase::quantity).orElse(Bytes.ZERO),
                json.optional("max").map(VpaLimitsCase::quantity).orElse(Bytes.ZERO),
                json.optional("default").map(VpaLimitsCase::quantity).orElse(Bytes.ZERO));
        json.assertAllRead();
        return range;
    }

    /** A Kubernetes quantity in whole bytes, rounded up, at most 2^63 - 1; empty text is none. */
    static Bytes quantity(Json json) {
        String text = json.string();
        if (text.isEmpty()) {
            return Bytes.ZERO;
        }
        int end = text.length();
        while (!Character.isDigit(text.charAt(end - 1))) {
            end--;
        }
        String suffix = text.substring(end);
        BigDecimal unit = suffix.endsWith("i")
                ? BigDecimal.valueOf(2).pow(10 * ("KMGTPE".indexOf(suffix.charAt(0)) + 1))
                : BigDecimal.TEN.scaleByPowerOfTen(3 * ("m.kMGTPE".indexOf(suffix.isEmpty() ? "." : suffix) - 1) - 1);
        BigDecimal bytes = new BigDecimal(text.substring(0, end)).multiply(unit).setScale(0, RoundingMode.CEILING);
        return Bytes.of(bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact());
    }
}
