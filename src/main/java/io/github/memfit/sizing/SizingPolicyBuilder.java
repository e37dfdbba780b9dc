package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Collects the settings of a policy; each at most once. Not thread-safe; confine to one thread.
 *
 * @since 0.1
 */
public final class SizingPolicyBuilder {

    private final Set<String> done = new HashSet<>();
    Optional<Estimator> request = Optional.empty();
    Optional<LimitRule> limit = Optional.empty();
    Duration halfLife = Duration.ZERO;
    Ratio holdDown = Ratio.ZERO;
    Ratio holdUp = Ratio.ZERO;
    Bytes minimum = Bytes.ZERO;
    Bytes maximum = SizingPolicy.NO_MAXIMUM;
    Bytes rounding = SizingPolicy.DEFAULT_ROUNDING;
    Duration history = SizingPolicy.DEFAULT_HISTORY;
    int samples = SizingPolicy.DEFAULT_SAMPLES;
    Duration startUp = Duration.ZERO;
    Optional<Duration> afterKill = Optional.empty();
    Ratio cover = Ratio.ONE;
    boolean holdOnLeak;

    SizingPolicyBuilder() {}

    private void once(String setting) {
        if (!done.add(setting)) {
            throw new IllegalStateException(setting + " is set already");
        }
    }

    /**
     * Sets what the request follows from.
     *
     * @param estimator the estimator
     * @return this
     */
    public SizingPolicyBuilder request(Estimator estimator) {
        once("request");
        request = Optional.of(estimator);
        return this;
    }

    /**
     * Gives the limit an estimator of its own. The limit is never below the request.
     *
     * @param estimator the estimator
     * @return this
     */
    public SizingPolicyBuilder limit(Estimator estimator) {
        return limit(new LimitRule.Independent(estimator));
    }

    /**
     * Sets how the limit stands to the request.
     *
     * @param rule the rule
     * @return this
     */
    public SizingPolicyBuilder limit(LimitRule rule) {
        once("limit");
        limit = Optional.of(rule);
        return this;
    }

    /**
     * The limit is the request: memory as Guaranteed pods have it.
     *
     * @return this
     */
    public SizingPolicyBuilder limitEqualsRequest() {
        return limit(new LimitRule.Equal());
    }

    /**
     * The limit is a multiple of the request.
     *
     * @param ratio from 100% to 10000%
     * @return this
     * @throws IllegalArgumentException if the ratio is out of range
     */
    public SizingPolicyBuilder limitTimesRequest(Ratio ratio) {
        return limit(new LimitRule.Times(ratio));
    }

    /**
     * The limit is the request and a headroom.
     *
     * @param headroom from 0 to 2^50 bytes
     * @return this
     * @throws IllegalArgumentException if the headroom is out of range
     */
    public SizingPolicyBuilder limitAboveRequest(Bytes headroom) {
        return limit(new LimitRule.Above(headroom));
    }

    /**
     * Lets samples weigh less with age in percentiles and means that have no half-life of their own.
     *
     * @param time the time in which a weight halves; from an hour to ten years
     * @return this
     * @throws IllegalArgumentException if the time is out of range
     */
    public SizingPolicyBuilder halfLife(Duration time) {
        once("halfLife");
        halfLife = Durations.halfLife(time);
        return this;
    }

    /**
     * Keeps what is set as long as the change would be small. Falling should take more than rising.
     *
     * @param down a change down must be at least this share
     * @param up a change up must be at least this share
     * @return this
     * @throws IllegalArgumentException if a share is not from 0% to 100%
     */
    public SizingPolicyBuilder hold(Ratio down, Ratio up) {
        once("hold");
        holdDown = share("hold", down);
        holdUp = share("hold", up);
        return this;
    }

    /**
     * No answer is lower.
     *
     * @param bytes the minimum, from 0 to 2^50 bytes
     * @return this
     * @throws IllegalArgumentException if the amount is out of range
     */
    public SizingPolicyBuilder minimum(Bytes bytes) {
        once("minimum");
        minimum = Estimators.checkAmount(bytes);
        return this;
    }

    /**
     * No answer is higher.
     *
     * @param bytes the maximum, from 0 to 2^50 bytes
     * @return this
     * @throws IllegalArgumentException if the amount is out of range
     */
    public SizingPolicyBuilder maximum(Bytes bytes) {
        once("maximum");
        maximum = Estimators.checkAmount(bytes);
        return this;
    }

    /**
     * Rounds answers up to multiples; without this, to whole mebibytes.
     *
     * @param unit the unit, from a byte to a tebibyte
     * @return this
     * @throws IllegalArgumentException if the unit is out of range
     */
    public SizingPolicyBuilder roundUpTo(Bytes unit) {
        once("round");
        if (unit.value() < 1 || unit.isMoreThan(Bytes.tebi(1))) {
            throw new IllegalArgumentException("a unit to round to must be from 1 to 1Ti, got " + unit);
        }
        rounding = unit;
        return this;
    }

    /**
     * Asks for so much history before anything is recommended; without this, for a day and 24 samples. A back-test has a
     * warm-up instead.
     *
     * @param span the time that the samples must span, from zero to ten years
     * @param count how many samples there must be, at least 1
     * @return this
     * @throws IllegalArgumentException if a value is out of range
     */
    public SizingPolicyBuilder needs(Duration span, int count) {
        once("history");
        if (count < 1) {
            throw new IllegalArgumentException("at least one sample is needed, got " + count);
        }
        history = span.isZero() ? span : Durations.window(span);
        samples = count;
        return this;
    }

    /**
     * Keeps start-up apart: what is used this soon after a restart counts for the limit, not for the request, and only by
     * its peak.
     *
     * @param time how long a start takes, from a millisecond to ten years
     * @return this
     * @throws IllegalArgumentException if the time is out of range
     */
    public SizingPolicyBuilder startUp(Duration time) {
        once("startUp");
        startUp = Durations.window(time);
        return this;
    }

    /**
     * Keeps the limit above one that an OOM kill proved too low: at least 100 MiB and 20% above it for this long. Without
     * this, three days, unless the limit's estimator takes kills into account itself. Kills are evidence apart from
     * usage: they never change a percentile.
     *
     * @param time how long a kill counts, from zero (not at all) to ten years
     * @return this
     * @throws IllegalArgumentException if the time is out of range
     */
    public SizingPolicyBuilder afterKill(Duration time) {
        once("afterKill");
        afterKill = Optional.of(time.isZero() ? time : Durations.window(time));
        return this;
    }

    /**
     * Covers so many of the replicas, rounded up to whole ones; without this, all. Replicas beyond are named in the
     * reasons.
     *
     * @param share above 0%, at most 100%
     * @return this
     * @throws IllegalArgumentException if the share is out of range
     */
    public SizingPolicyBuilder cover(Ratio share) {
        once("cover");
        if (share.numerator() <= 0 || share.compareTo(Ratio.ONE) > 0) {
            throw new IllegalArgumentException("cover must be above 0% and at most 100%, got " + share);
        }
        cover = share;
        return this;
    }

    /**
     * Does not raise the limit for a suspected leak, which is flagged in any case.
     *
     * @return this
     */
    public SizingPolicyBuilder holdOnLeak() {
        once("leak");
        holdOnLeak = true;
        return this;
    }

    /**
     * Builds the policy.
     *
     * @return the policy
     * @throws IllegalStateException if request or limit is missing, or the minimum is above the maximum
     */
    public SizingPolicy build() {
        if (minimum.isMoreThan(maximum)) {
            throw new IllegalStateException("minimum " + minimum + " is above maximum " + maximum);
        }
        return new SizingPolicy(
                this,
                request.orElseThrow(() -> new IllegalStateException("the request is not set")),
                limit.orElseThrow(() ->
                        new IllegalStateException("the limit is not set; limitEqualsRequest() makes it the request")));
    }

    private static Ratio share(String name, Ratio share) {
        if (share.numerator() < 0 || share.compareTo(Ratio.ONE) > 0) {
            throw new IllegalArgumentException(name + " must be from 0% to 100%, got " + share);
        }
        return share;
    }
}
