package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import io.github.memfit.usage.UsageHistory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Replays recorded usage against policies and counts what each would have cost. Immutable and thread-safe; starts no
 * thread.
 *
 * <p>For each replica, policies watch the warm-up; then they decide on a limit (of at least 4 MiB) at fixed intervals, each
 * time from the samples before. A sample above the limit is an OOM episode: the limit is raised to the larger of 100 MiB
 * more and 1.2 times as much until the sample fits, each step a kill that the policy is told of; the raised limit holds
 * until the next decision. Each sample counts until the next one, but for no more than three median steps. The replay is
 * open: a kill does not change later demand, and recorded kills, which belong to limits of the past, are passed over. All
 * this flatters whatever adapts, to the same degree. Usage between two samples stays unseen; in a gap that spans more than
 * 1,000 intervals, only the last 1,000 decisions are taken.
 *
 * {@snippet :
 * BacktestTable table = Backtest.daily().compare(NamedPolicies.families(), fleet);
 * table.pareto(BacktestMetric.LIMIT_OVER_USE).forEach(System.out::println);
 * Backtest.daily().calibrate(NamedPolicies.priceTail(), fleet, 0.1).policy();
 * }
 *
 * @since 0.1
 */
public final class Backtest {

    static final long SMALLEST_LIMIT = Bytes.mebi(4).value();
    private static final int REFINEMENTS = 6;

    /** With no event in n trials, the rate is below 3/n with 95% certainty. */
    private static final double RULE_OF_THREE = 3;

    private final Duration warmUp;
    private final Duration every;
    private final Optional<Ratio> guard;

    private Backtest(Duration warmUp, Duration every, Optional<Ratio> guard) {
        this.warmUp = warmUp;
        this.every = every;
        this.guard = guard;
    }

    /**
     * Any warm-up and interval.
     *
     * @param warmUp how long policies only watch
     * @param every how often the limit is decided anew
     * @return the back-test
     * @throws IllegalArgumentException if a time is not from a millisecond to ten years
     */
    public static Backtest of(Duration warmUp, Duration every) {
        return new Backtest(Durations.window(warmUp), Durations.window(every), Optional.empty());
    }

    /**
     * A day of warm-up, then a decision a day.
     *
     * @return the back-test
     */
    public static Backtest daily() {
        return of(Duration.ofDays(1), Duration.ofDays(1));
    }

    /**
     * Raises limits in place: when a sample is above a share of the limit, the limit becomes 1.25 times the sample, which
     * counts as a change.
     *
     * @param share the share of the limit, above 0% and at most 100%
     * @return a copy with that guard
     * @throws IllegalArgumentException if the share is out of range
     */
    public Backtest withGuard(Ratio share) {
        if (share.numerator() <= 0 || share.compareTo(Ratio.ONE) > 0) {
            throw new IllegalArgumentException("a guard must be above 0% and at most 100% of the limit, got " + share);
        }
        return new Backtest(warmUp, every, Optional.of(share));
    }

    /**
     * How long policies only watch.
     *
     * @return the time
     */
    public Duration warmUp() {
        return warmUp;
    }

    /**
     * How often the limit is decided anew.
     *
     * @return the time
     */
    public Duration every() {
        return every;
    }

    /**
     * From which share of the limit on it is raised in place.
     *
     * @return the share, or empty if it is not
     */
    public Optional<Ratio> guard() {
        return guard;
    }

    /**
     * One policy on one history.
     *
     * @param policy the policy
     * @param history the history; each replica counts as a container of its own
     * @return what it would have cost
     */
    public BacktestScore run(SizingPolicy policy, UsageHistory history) {
        return run(policy, List.of(history));
    }

    /**
     * One policy on a fleet.
     *
     * @param policy the policy
     * @param fleet the histories; each replica of each counts as a container of its own
     * @return what it would have cost
     */
    public BacktestScore run(SizingPolicy policy, Collection<UsageHistory> fleet) {
        return compare(List.of(PolicyFamily.of("", policy)), fleet)
                .rows()
                .get(0)
                .score();
    }

    /**
     * Several families of policies on a fleet, one history after the other.
     *
     * @param families the families
     * @param fleet the histories; each replica of each counts as a container of its own
     * @return one row for each policy
     */
    public BacktestTable compare(List<PolicyFamily> families, Collection<UsageHistory> fleet) {
        return compare(families, fleet, Runnable::run);
    }

    /**
     * Several families of policies on a fleet, the histories spread over an executor. The result does not depend on it.
     *
     * @param families the families
     * @param fleet the histories; each replica of each counts as a container of its own
     * @param executor runs one task for each history
     * @return one row for each policy
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not take a task
     */
    public BacktestTable compare(List<PolicyFamily> families, Collection<UsageHistory> fleet, Executor executor) {
        List<BacktestRow> blank = new ArrayList<>();
        for (PolicyFamily family : families) {
            family.dial()
                    .forEach(dial -> blank.add(
                            new BacktestRow(family.name(), dial, family.policy().apply(dial), BacktestScore.NONE)));
        }
        List<CompletableFuture<List<BacktestScore>>> tasks = new ArrayList<>();
        for (UsageHistory history : fleet) {
            tasks.add(CompletableFuture.supplyAsync(() -> scores(blank, history), executor));
        }
        List<List<BacktestScore>> scores =
                tasks.stream().map(CompletableFuture::join).toList();
        List<BacktestRow> rows = new ArrayList<>();
        for (int i = 0; i < blank.size(); i++) {
            BacktestScore sum = BacktestScore.NONE;
            for (List<BacktestScore> ofHistory : scores) {
                sum = sum.plus(ofHistory.get(i));
            }
            BacktestRow row = blank.get(i);
            rows.add(new BacktestRow(row.family(), row.dial(), row.policy(), sum));
        }
        return new BacktestTable(rows);
    }

    /** One history at a time, so that what a replay needs of it is gone before the next. */
    private List<BacktestScore> scores(List<BacktestRow> rows, UsageHistory history) {
        List<ReplayTrace> traces = ReplayTrace.of(history, this);
        List<BacktestScore> scores = new ArrayList<>(rows.size());
        for (BacktestRow row : rows) {
            BacktestScore sum = BacktestScore.NONE;
            for (ReplayTrace trace : traces) {
                sum = sum.plus(Replay.score(row.policy(), trace, this));
            }
            scores.add(sum);
        }
        return scores;
    }

    /**
     * Finds the least setting of a family that keeps to a risk target on recorded histories. Between two neighbouring
     * settings the dial is refined, to three significant digits.
     *
     * @param family the family
     * @param fleet the histories
     * @param killsPerWeek the highest rate of OOM kills per container-week, positive
     * @return the policy and its score, or why there is none
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    public Calibration calibrate(PolicyFamily family, Collection<UsageHistory> fleet, double killsPerWeek) {
        if (!(killsPerWeek > 0) || Double.isInfinite(killsPerWeek)) {
            throw new IllegalArgumentException("a rate of kills must be positive, got " + killsPerWeek);
        }
        List<BacktestRow> rows = compare(List.of(family), fleet).rows();
        double weeks = rows.get(0).score().weeks();
        if (weeks < RULE_OF_THREE / killsPerWeek) {
            return new Calibration(
                    Optional.empty(),
                    String.format(
                            Locale.ROOT,
                            "not enough evidence: a rate of %s kills a week needs %.0f container-weeks, there are %.1f",
                            killsPerWeek,
                            Math.ceil(RULE_OF_THREE / killsPerWeek),
                            weeks));
        }
        int last = rows.size() - 1;
        while (last >= 0 && rows.get(last).score().killsPerWeek() <= killsPerWeek) {
            last--;
        }
        if (last == rows.size() - 1) {
            return new Calibration(
                    Optional.empty(),
                    "no setting of " + family.name() + " keeps to " + killsPerWeek
                            + " kills a week; the safest has "
                            + String.format(
                                    Locale.ROOT, "%.3f", rows.get(last).score().killsPerWeek()));
        }
        BacktestRow best = rows.get(last + 1);
        if (last >= 0) {
            best = refine(family, fleet, killsPerWeek, rows.get(last).dial(), best);
        }
        return new Calibration(
                Optional.of(best),
                String.format(
                        Locale.ROOT,
                        "%.3f kills a week in %.0f container-weeks, at most %s wanted",
                        best.score().killsPerWeek(),
                        weeks,
                        killsPerWeek));
    }

    private BacktestRow refine(
            PolicyFamily family, Collection<UsageHistory> fleet, double rate, Ratio unsafe, BacktestRow safe) {
        Ratio low = unsafe;
        BacktestRow best = safe;
        for (int i = 0; i < REFINEMENTS; i++) {
            Ratio middle = between(low, best.dial());
            if (middle.compareTo(low) <= 0 || middle.compareTo(best.dial()) >= 0) {
                break;
            }
            SizingPolicy policy = family.policy().apply(middle);
            BacktestScore score = run(policy, fleet);
            if (score.killsPerWeek() <= rate) {
                best = new BacktestRow(family.name(), middle, policy, score);
            } else {
                low = middle;
            }
        }
        return best;
    }

    /** The middle, to three significant digits so that the policy's text stays readable. */
    private static Ratio between(Ratio low, Ratio high) {
        double middle = (low.toDouble() + high.toDouble()) / 2;
        return Ratio.of(new BigDecimal(middle).round(new MathContext(3)));
    }

    /** As in {@code Backtest[warmUp=1d, every=1d]}. */
    @Override
    public String toString() {
        return "Backtest[warmUp=" + Durations.text(warmUp) + ", every=" + Durations.text(every)
                + guard.map(share -> ", guard=" + share).orElse("") + "]";
    }
}
