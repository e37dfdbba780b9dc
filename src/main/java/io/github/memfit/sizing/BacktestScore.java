package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import java.util.Locale;

/**
 * What a policy would have cost on one container or on many. Immutable and thread-safe. Scores add up: {@link #plus}.
 *
 * <p>An <em>episode</em> is a moment at which usage passes the limit; its <em>kills</em> are how often the raised limit was
 * still too low. A container-week is a week of samples of one replica after the warm-up. Without any scored time all
 * figures are 0 and {@link #isEmpty()} holds.
 *
 * @since 0.1
 */
public final class BacktestScore {

    /** Nothing was scored. */
    static final BacktestScore NONE = new BacktestScore(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static final double WEEK_MILLIS = 7 * 86_400_000.0;

    private final int containers;
    private final int containersKilled;
    private final long episodes;
    private final long kills;
    private final long killDays;
    private final long changes;
    private final double millis;
    private final double slacks;
    private final double logReservations;
    private final double limitTime;
    private final double requestTime;
    private final double usedTime;
    private final double overRequest;

    private BacktestScore(
            int containers,
            int containersKilled,
            long episodes,
            long kills,
            long killDays,
            long changes,
            double millis,
            double slacks,
            double logReservations,
            double limitTime,
            double requestTime,
            double usedTime,
            double overRequest) {
        this.containers = containers;
        this.containersKilled = containersKilled;
        this.episodes = episodes;
        this.kills = kills;
        this.killDays = killDays;
        this.changes = changes;
        this.millis = millis;
        this.slacks = slacks;
        this.logReservations = logReservations;
        this.limitTime = limitTime;
        this.requestTime = requestTime;
        this.usedTime = usedTime;
        this.overRequest = overRequest;
    }

    static BacktestScore of(ReplayTrace trace, Replay replay) {
        if (replay.limitTime() == 0) {
            return NONE;
        }
        return new BacktestScore(
                1,
                replay.episodes() > 0 ? 1 : 0,
                replay.episodes(),
                replay.kills(),
                replay.killDays(),
                replay.changes(),
                trace.scoredMillis,
                replay.slackTime() / trace.scoredMillis,
                StrictMath.log(replay.limitTime() / trace.oracle),
                replay.limitTime(),
                replay.requestTime(),
                trace.used,
                replay.overRequestTime());
    }

    /**
     * Both together.
     *
     * @param other another score
     * @return the score over the containers of both
     */
    public BacktestScore plus(BacktestScore other) {
        return new BacktestScore(
                containers + other.containers,
                containersKilled + other.containersKilled,
                episodes + other.episodes,
                kills + other.kills,
                killDays + other.killDays,
                changes + other.changes,
                millis + other.millis,
                slacks + other.slacks,
                logReservations + other.logReservations,
                limitTime + other.limitTime,
                requestTime + other.requestTime,
                usedTime + other.usedTime,
                overRequest + other.overRequest);
    }

    /**
     * Was nothing scored, because every history ends within the warm-up?
     *
     * @return true without any scored time
     */
    public boolean isEmpty() {
        return containers == 0;
    }

    /**
     * How many replicas were scored.
     *
     * @return the number
     */
    public int containers() {
        return containers;
    }

    /**
     * The scored time of all replicas together.
     *
     * @return container-weeks
     */
    public double weeks() {
        return millis / WEEK_MILLIS;
    }

    /**
     * Moments at which usage passed the limit.
     *
     * @return the number
     */
    public long episodes() {
        return episodes;
    }

    /**
     * OOM kills: one per episode, and one more each time the raised limit was still too low.
     *
     * @return the number
     */
    public long kills() {
        return kills;
    }

    /**
     * Days (in UTC) with an episode, summed over the containers.
     *
     * @return the number
     */
    public long killDays() {
        return killDays;
    }

    /**
     * How often a decision moved the limit by more than 1%.
     *
     * @return the number
     */
    public long changes() {
        return changes;
    }

    /**
     * Episodes per container-week.
     *
     * @return the rate
     */
    public double episodesPerWeek() {
        return perWeek(episodes);
    }

    /**
     * Kills per container-week.
     *
     * @return the rate
     */
    public double killsPerWeek() {
        return perWeek(kills);
    }

    /**
     * Limit changes per container-week.
     *
     * @return the rate
     */
    public double changesPerWeek() {
        return perWeek(changes);
    }

    private double perWeek(long count) {
        return millis == 0 ? 0 : count / weeks();
    }

    /**
     * The share of containers with at least one episode.
     *
     * @return from 0 to 1
     */
    public double shareKilled() {
        return containers == 0 ? 0 : (double) containersKilled / containers;
    }

    /**
     * The unused share of the limit over time, averaged over containers. Saturates at 1, so it hides waste: read it together
     * with {@link #limitOverUse()}.
     *
     * @return from 0 to 1
     */
    public double meanSlack() {
        return containers == 0 ? 0 : slacks / containers;
    }

    /**
     * The reserved memory over that of an oracle, which sets each interval's limit to the peak to come; the geometric mean
     * over containers. Below 1 only at the price of kills.
     *
     * @return the factor
     */
    public double reservationFactor() {
        return containers == 0 ? 0 : StrictMath.exp(logReservations / containers);
    }

    /**
     * All reserved over all used byte-hours: the memory of the fleet, dominated by its largest containers.
     *
     * @return at least 1, or 0 if nothing was scored
     */
    public double limitOverUse() {
        return usedTime == 0 ? 0 : limitTime / usedTime;
    }

    /**
     * All requested over all used byte-hours.
     *
     * @return the factor, or 0 if nothing was scored
     */
    public double requestOverUse() {
        return usedTime == 0 ? 0 : requestTime / usedTime;
    }

    /**
     * The share of time in which usage was above the request, so that under node pressure the container ranks high for
     * eviction.
     *
     * @return from 0 to 1
     */
    public double timeOverRequest() {
        return millis == 0 ? 0 : overRequest / millis;
    }

    /**
     * The limit of one container, averaged over time and containers.
     *
     * @return bytes, rounded to the nearest
     */
    public Bytes meanLimit() {
        return Bytes.of(millis == 0 ? 0 : Math.round(limitTime / millis));
    }

    /** One line: rates of episodes and changes, and the three metrics. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d containers, %.1f weeks: %.3f OOM episodes and %.3f kills per week, slack %.3f, reservation %.2f,"
                        + " limit/use %.2f, %.1f changes per week",
                containers,
                weeks(),
                episodesPerWeek(),
                killsPerWeek(),
                meanSlack(),
                reservationFactor(),
                limitOverUse(),
                changesPerWeek());
    }
}
