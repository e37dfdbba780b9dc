package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One policy at work on one replica: fed in order of time, asked now and then. A recommendation and a back-test run through
 * the same sizer.
 */
final class Sizer {

    /** A kill raises the limit by at least so much (as VPA does). */
    private static final long LEAST_BUMP = 100L << 20;

    /** A kill raises the limit to at least this multiple of it (as VPA does). */
    private static final double BUMP = 1.2;

    private final SizingPolicy policy;
    private final LimitRule rule;
    private final Tracker request;

    /** Null if the limit follows from the request's estimate. */
    private final @Nullable Tracker limit;

    private final long startUp;
    private final long afterKill;
    private final double keepAbove;
    private final double keepBelow;
    private long startUpEnd = Long.MIN_VALUE;
    private long startUpPeak;
    private long killFloor;
    private long killUntil = Long.MIN_VALUE;

    Sizer(SizingPolicy policy) {
        this.policy = policy;
        rule = policy.limit();
        Duration halfLife = policy.halfLife().orElse(Duration.ZERO);
        request = Estimators.tracker(policy.request(), halfLife);
        limit = rule instanceof LimitRule.Independent own && !own.estimator().equals(policy.request())
                ? Estimators.tracker(own.estimator(), halfLife)
                : null;
        startUp = policy.startUp().map(Duration::toMillis).orElse(0L);
        afterKill = policy.afterKill().toMillis();
        keepAbove = 1 - policy.holdDown().toDouble();
        keepBelow = 1 + policy.holdUp().toDouble();
    }

    /** What the simulated or the real limit becomes after a kill. */
    static long raised(long limit) {
        return Math.min(Tracker.LARGEST, Math.max(limit + LEAST_BUMP, (long) Math.ceil(limit * BUMP)));
    }

    void sample(long millis, long bytes) {
        if (millis < startUpEnd) {
            startUpPeak = Math.max(startUpPeak, bytes);
            return;
        }
        request.sample(millis, bytes);
        if (limit != null) {
            limit.sample(millis, bytes);
        }
    }

    void restart(long millis) {
        if (startUp > 0) {
            startUpEnd = millis + startUp;
        }
    }

    void killed(long millis, long tooLow, long raised) {
        request.killed(millis, tooLow, raised);
        if (limit != null) {
            limit.killed(millis, tooLow, raised);
        }
        if (afterKill > 0) {
            killFloor = Math.max(millis < killUntil ? killFloor : 0, raised);
            killUntil = millis + afterKill;
        }
    }

    /** Before anything that concerns several replicas or what is set today; null before the first sample counts. */
    @Nullable
    Sizes estimate(long now) {
        long steady = request.estimate(now);
        if (steady == Tracker.UNKNOWN) {
            return null;
        }
        long top = Math.max(ofRule(steady, now), Math.max(startUpPeak, now < killUntil ? killFloor : 0));
        if (rule instanceof LimitRule.Equal) {
            return new Sizes(top, top);
        }
        return new Sizes(steady, Math.max(top, steady));
    }

    private long ofRule(long steady, long now) {
        if (rule instanceof LimitRule.Times times) {
            return times(steady, times.ratio());
        }
        if (rule instanceof LimitRule.Above above) {
            return Math.min(Tracker.LARGEST, steady + above.headroom().value());
        }
        return limit == null ? steady : limit.estimate(now);
    }

    private static long times(long bytes, Ratio ratio) {
        return Math.min(Tracker.LARGEST, Bytes.of(bytes).timesRoundedUp(ratio).value());
    }

    /** Holds back small changes, rounds, and keeps within minimum and maximum. A current value of 0 is unknown. */
    Sizes settle(Sizes raw, long currentRequest, long currentLimit) {
        long settledLimit = bounded(held(raw.limit(), currentLimit));
        if (rule instanceof LimitRule.Equal) {
            return new Sizes(settledLimit, settledLimit);
        }
        long settledRequest = bounded(held(raw.request(), currentRequest));
        return new Sizes(settledRequest, Math.max(settledLimit, settledRequest));
    }

    private long held(long bytes, long current) {
        if (current > 0) {
            double change = (double) bytes / current;
            if (change > keepAbove && change <= 1 || change > 1 && change < keepBelow) {
                return current;
            }
        }
        return Bytes.of(bytes).roundUpTo(policy.rounding()).value();
    }

    private long bounded(long bytes) {
        return Math.min(
                Math.max(bytes, policy.minimum().value()), policy.maximum().value());
    }

    List<String> reasons(long now) {
        List<String> reasons = new ArrayList<>();
        explain("request", request, now, reasons);
        if (limit != null) {
            explain("limit", limit, now, reasons);
        } else if (!(rule instanceof LimitRule.Independent)) {
            reasons.add("limit: " + rule);
        }
        if (startUpPeak > 0) {
            reasons.add("limit: covers the start-up peak of "
                    + Bytes.of(startUpPeak).toHuman());
        }
        if (now < killUntil) {
            reasons.add("limit: at least " + Bytes.of(killFloor).toHuman() + " until " + Instant.ofEpochMilli(killUntil)
                    + " because of an OOM kill");
        }
        return reasons;
    }

    private static void explain(String what, Tracker tracker, long now, List<String> reasons) {
        List<String> causes = new ArrayList<>();
        tracker.explain(now, causes);
        causes.forEach(cause -> reasons.add(what + ": " + cause));
    }

    /**
     * A pair of answers.
     *
     * @param request bytes
     * @param limit bytes, not below the request
     */
    record Sizes(long request, long limit) {}
}
