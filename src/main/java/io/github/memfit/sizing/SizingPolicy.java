package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import io.github.memfit.usage.UsageHistory;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A rule that turns usage into a memory request and a memory limit. Immutable and thread-safe; a value: compare it, print
 * it, parse it, store it.
 *
 * <p>Request and limit are separate answers: the request follows from an {@link Estimator}, the limit from the request or
 * from an estimator of its own ({@link LimitRule}). A percentile is a fine request and a bad limit; such a limit draws a
 * warning. Each replica is estimated for itself, and {@link SizingPolicyBuilder#cover} says how many of them the answer must cover.
 *
 * {@snippet :
 * SizingPolicy policy = SizingPolicy.builder()
 *         .request(percentile(95).plus(percent(15)))
 *         .limit(PriceTail.balanced(8))
 *         .hold(percent(15), percent(3))
 *         .build();
 * policy.toString();              // request=p95+15%, limit=priceTail(8), hold=15%|3%
 * policy.recommend(history);      // request=420Mi limit=768Mi (GOOD confidence)
 * policy.backtest(history, Duration.ofDays(1)).killsPerWeek();
 * }
 *
 * @since 0.1
 */
public final class SizingPolicy {

    static final Bytes DEFAULT_ROUNDING = Bytes.mebi(1);
    static final Duration DEFAULT_HISTORY = Duration.ofDays(1);
    static final int DEFAULT_SAMPLES = 24;
    static final Bytes NO_MAXIMUM = Bytes.of(Tracker.LARGEST);
    private static final Duration DEFAULT_AFTER_KILL = Duration.ofDays(3);

    private final Estimator request;
    private final LimitRule limit;
    private final Duration halfLife;
    private final Ratio holdDown;
    private final Ratio holdUp;
    private final Bytes minimum;
    private final Bytes maximum;
    private final Bytes rounding;
    private final Duration history;
    private final int samples;
    private final Duration startUp;
    private final Optional<Duration> afterKill;
    private final Ratio cover;
    private final boolean holdOnLeak;

    SizingPolicy(SizingPolicyBuilder builder, Estimator request, LimitRule limit) {
        this.request = request;
        this.limit = limit;
        halfLife = builder.halfLife;
        holdDown = builder.holdDown;
        holdUp = builder.holdUp;
        minimum = builder.minimum;
        maximum = builder.maximum;
        rounding = builder.rounding;
        history = builder.history;
        samples = builder.samples;
        startUp = builder.startUp;
        afterKill = builder.afterKill;
        cover = builder.cover;
        holdOnLeak = builder.holdOnLeak;
    }

    /**
     * Starts an empty builder; request and limit have to be set.
     *
     * @return the builder
     */
    public static SizingPolicyBuilder builder() {
        return new SizingPolicyBuilder();
    }

    /**
     * One estimator for request and limit alike: what keeps the memory of a pod Guaranteed.
     *
     * @param both the estimator
     * @return the policy
     */
    public static SizingPolicy equal(Estimator both) {
        return builder().request(both).limitEqualsRequest().build();
    }

    /**
     * Reads what {@link #toString()} writes: settings {@code key=value}, separated by commas, in any order, each at most
     * once; blanks do not matter.
     *
     * <ul>
     *   <li>{@code request=}, {@code limit=}: an estimator. {@code peak}, {@code peak(14d)}, {@code firstPeak(1d)}, {@code
     *       weekdayPeak}, {@code p95}, {@code p98(48h)}, {@code mean}, {@code vpa(90%)}, {@code vpaUpper(95%)}, {@code
     *       priceTail(8)} with {@code GBd} or {@code x} after the price, a size, {@code max(a, b)}, {@code min(a, b)}; each
     *       with any number of margins ({@code +15%}) and amounts ({@code +64Mi})
     *   <li>{@code limit=request}, {@code limit=request*150%}, {@code limit=request+64Mi}: the {@link LimitRule}s
     *   <li>{@code halfLife=24h}, {@code hold=15%|3%}, {@code minimum=64Mi}, {@code maximum=8Gi}, {@code round=1Mi}, {@code
     *       history=1d}, {@code samples=24}, {@code startUp=5m}, {@code afterKill=3d}, {@code cover=90%}, {@code leak=hold}:
     *       as the methods of {@link SizingPolicyBuilder}
     * </ul>
     *
     * @param text at most 20000 characters
     * @return the policy
     * @throws io.github.memfit.unit.MalformedException if the text is none or a value is out of range
     */
    public static SizingPolicy parse(CharSequence text) {
        return SizingText.parse(text);
    }

    /**
     * What the policy gives for a history. "Now" is the last sample.
     *
     * @param usage the history
     * @return the recommendation, or what is missing
     */
    public Recommendation recommend(UsageHistory usage) {
        return recommend(usage, Deployed.unknown());
    }

    /**
     * What the policy gives for a history, given what is set today: changes too small to matter are held back, the floor of
     * unreclaimable memory is respected, nothing is lowered under pressure, and savings are counted.
     *
     * @param usage the history
     * @param deployed what is set today
     * @return the recommendation, or what is missing
     */
    public Recommendation recommend(UsageHistory usage, Deployed deployed) {
        return new Recommender(this, usage, deployed).recommend();
    }

    /**
     * What the policy would have cost on a history: {@link Backtest} with a warm-up of one interval.
     *
     * @param usage the history
     * @param every how often the limit is decided anew
     * @return the score
     * @throws IllegalArgumentException if the interval is not positive
     */
    public BacktestScore backtest(UsageHistory usage, Duration every) {
        return Backtest.of(every, every).run(this, usage);
    }

    /**
     * Starts a builder with everything of this policy; each setting may be replaced once.
     *
     * @return the builder
     */
    public SizingPolicyBuilder toBuilder() {
        SizingPolicyBuilder builder = new SizingPolicyBuilder();
        builder.request = Optional.of(request);
        builder.limit = Optional.of(limit);
        builder.halfLife = halfLife;
        builder.holdDown = holdDown;
        builder.holdUp = holdUp;
        builder.minimum = minimum;
        builder.maximum = maximum;
        builder.rounding = rounding;
        builder.history = history;
        builder.samples = samples;
        builder.startUp = startUp;
        builder.afterKill = afterKill;
        builder.cover = cover;
        builder.holdOnLeak = holdOnLeak;
        return builder;
    }

    /**
     * What the request follows from.
     *
     * @return the estimator
     */
    public Estimator request() {
        return request;
    }

    /**
     * How the limit stands to the request.
     *
     * @return the rule
     */
    public LimitRule limit() {
        return limit;
    }

    /**
     * The half-life of percentiles and means that have none of their own.
     *
     * @return the time, or empty if samples weigh the same for ever
     */
    public Optional<Duration> halfLife() {
        return halfLife.isZero() ? Optional.empty() : Optional.of(halfLife);
    }

    /**
     * The share by which a change must lower the value to be made.
     *
     * @return the share; 0 if each change is made
     */
    public Ratio holdDown() {
        return holdDown;
    }

    /**
     * The share by which a change must raise the value to be made.
     *
     * @return the share; 0 if each change is made
     */
    public Ratio holdUp() {
        return holdUp;
    }

    /**
     * No answer is lower.
     *
     * @return the bytes; 0 if there is no minimum
     */
    public Bytes minimum() {
        return minimum;
    }

    /**
     * No answer is higher.
     *
     * @return the bytes; 2^50 if there is no maximum
     */
    public Bytes maximum() {
        return maximum;
    }

    /**
     * Answers are rounded up to multiples of this.
     *
     * @return the bytes
     */
    public Bytes rounding() {
        return rounding;
    }

    /**
     * How much time the samples must span.
     *
     * @return the time
     */
    public Duration neededHistory() {
        return history;
    }

    /**
     * How many samples there must be.
     *
     * @return the number
     */
    public int neededSamples() {
        return samples;
    }

    /**
     * How long after a restart usage counts as start-up, which the limit covers and the request does not.
     *
     * @return the time, or empty if start-up is usage like any other
     */
    public Optional<Duration> startUp() {
        return startUp.isZero() ? Optional.empty() : Optional.of(startUp);
    }

    /**
     * How long the limit stays above one that was not enough.
     *
     * @return the time; zero if kills do not matter, or the limit's estimator takes them into account itself
     */
    public Duration afterKill() {
        return afterKill.orElse(limitReadsKills() ? Duration.ZERO : DEFAULT_AFTER_KILL);
    }

    private boolean limitReadsKills() {
        Estimator estimator = limit instanceof LimitRule.Independent own ? own.estimator() : request;
        return Estimators.readsKills(estimator);
    }

    /**
     * The share of the replicas that the answer covers.
     *
     * @return the share
     */
    public Ratio cover() {
        return cover;
    }

    /**
     * Is the limit not raised for a leak?
     *
     * @return true if a suspected leak holds the limit where it is
     */
    public boolean holdsOnLeak() {
        return holdOnLeak;
    }

    boolean limitIsBelowThePeak() {
        Estimator estimator = limit instanceof LimitRule.Independent own ? own.estimator() : request;
        return Estimators.mayLieBelowThePeak(estimator);
    }

    /** Equal if the texts are equal, which say all settings. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SizingPolicy that
                && request.equals(that.request)
                && limit.equals(that.limit)
                && SizingText.settings(this).equals(SizingText.settings(that));
    }

    @Override
    public int hashCode() {
        return Objects.hash(request, limit, SizingText.settings(this));
    }

    /** As in {@code request=p95+15%, limit=peak+20%, halfLife=1d}; {@link #parse} is the inverse. Defaults are left out. */
    @Override
    public String toString() {
        return "request=" + request + ", limit=" + limit + SizingText.settings(this);
    }

    Optional<Duration> afterKillSetting() {
        return afterKill;
    }
}
