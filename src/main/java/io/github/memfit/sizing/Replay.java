package io.github.memfit.sizing;

/**
 * One policy on one trace. Open loop: a kill does not change later demand, and each sample is seen in full, whatever the
 * limit.
 */
final class Replay {

    /** A limit that moves by no more counts as unchanged. */
    private static final double NO_CHANGE = 0.01;

    /** A guard raises the limit to this multiple of what is in use. */
    private static final double GUARD_RAISE = 1.25;

    /** Between two samples; in longer gaps the earlier decisions are skipped, for nothing new is seen. */
    private static final int MOST_DECISIONS = 1000;

    private final ReplayTrace trace;
    private final Backtest setup;
    private final Sizer sizer;
    private final double guard;
    private long limit;
    private long request;
    private long nextDecision;
    private long nextRestart;
    private int restart;
    private int episodes;
    private int kills;
    private int changes;
    private int killDays;
    private long lastKillDay = Long.MIN_VALUE;
    private double slackTime;
    private double limitTime;
    private double requestTime;
    private double overRequestTime;

    private Replay(SizingPolicy policy, ReplayTrace trace, Backtest setup) {
        this.trace = trace;
        this.setup = setup;
        sizer = new Sizer(policy);
        guard = setup.guard().map(ratio -> ratio.toDouble()).orElse(Double.POSITIVE_INFINITY);
        nextDecision = trace.times[0] + setup.warmUp().toMillis();
        nextRestart = trace.restarts.length == 0 ? Long.MAX_VALUE : trace.restarts[0];
    }

    static BacktestScore score(SizingPolicy policy, ReplayTrace trace, Backtest setup) {
        return trace.scoredMillis == 0 ? BacktestScore.NONE : new Replay(policy, trace, setup).run();
    }

    private BacktestScore run() {
        for (int i = 0; i < trace.times.length; i++) {
            long time = trace.times[i];
            long used = trace.values[i];
            while (nextRestart <= time) {
                sizer.restart(nextRestart);
                restart++;
                nextRestart = restart < trace.restarts.length ? trace.restarts[restart] : Long.MAX_VALUE;
            }
            if (nextDecision <= time) {
                decideUpTo(time);
            }
            if (limit > 0) {
                if (used > limit) {
                    kill(time, used);
                }
                score(used, trace.steps[i]);
            }
            sizer.sample(time, used);
            if (limit > 0 && used > guard * limit) {
                raise((long) Math.ceil(used * GUARD_RAISE));
            }
        }
        return BacktestScore.of(trace, this);
    }

    private void decideUpTo(long time) {
        long every = setup.every().toMillis();
        long tooMany = (time - nextDecision) / every - MOST_DECISIONS;
        if (tooMany > 0) {
            nextDecision += tooMany * every;
        }
        while (nextDecision <= time) {
            Sizer.Sizes raw = sizer.estimate(nextDecision);
            if (raw != null) {
                Sizer.Sizes sizes = sizer.settle(raw, request, limit);
                long decided = Math.max(Backtest.SMALLEST_LIMIT, sizes.limit());
                if (limit > 0 && Math.abs((double) decided / limit - 1) > NO_CHANGE) {
                    changes++;
                }
                limit = decided;
                request = sizes.request();
            }
            nextDecision += every;
        }
    }

    private void kill(long time, long used) {
        episodes++;
        long day = Math.floorDiv(time, 86_400_000);
        if (day != lastKillDay) {
            killDays++;
            lastKillDay = day;
        }
        while (used > limit) {
            long raised = Sizer.raised(limit);
            kills++;
            sizer.killed(time, limit, raised);
            limit = raised;
        }
    }

    private void raise(long higher) {
        if (higher > limit) {
            limit = higher;
            changes++;
        }
    }

    private void score(long used, long millis) {
        slackTime += (double) (limit - used) / limit * millis;
        limitTime += (double) limit * millis;
        requestTime += (double) request * millis;
        if (used > request) {
            overRequestTime += millis;
        }
    }

    int episodes() {
        return episodes;
    }

    int kills() {
        return kills;
    }

    int changes() {
        return changes;
    }

    int killDays() {
        return killDays;
    }

    double slackTime() {
        return slackTime;
    }

    double limitTime() {
        return limitTime;
    }

    double requestTime() {
        return requestTime;
    }

    double overRequestTime() {
        return overRequestTime;
    }
}
