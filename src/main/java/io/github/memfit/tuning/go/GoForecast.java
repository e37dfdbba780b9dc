package io.github.memfit.tuning.go;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;

/**
 * How a Go program with that much live data fares under a limit.
 *
 * <p>Calibrated on runs of Go 1.19 under 256 MiB with small objects, which cost about 1.3 of their nominal size: without {@code
 * GOMEMLIMIT} the resident peak is 10/3 of the live data at {@code GOGC=100}; with it, the program lives as long as its data fit.
 *
 * @since 0.1
 */
public enum GoForecast {
    /** It lives; the collector may be busy. */
    SURVIVES,
    /** The live data exceed {@code GOMEMLIMIT}: minutes of back-to-back collections, then a kill or not. */
    THRASHES,
    /** The kernel kills it. */
    KILLED;

    private static final Ratio OBJECT_COST = Ratio.percent(130);
    private static final Ratio PEAK_PER_LIVE = Ratio.of(5, 3);

    /**
     * The forecast.
     *
     * @param limit the memory limit
     * @param liveHeap the live data, by the nominal size of the objects
     * @param flags {@code GOMEMLIMIT} and {@code GOGC}
     * @return what happens
     */
    public static GoForecast of(Bytes limit, Bytes liveHeap, GoFlags flags) {
        Bytes peak = liveHeap.timesRoundedUp(PEAK_PER_LIVE.times(Ratio.of(100L + flags.gogc(), 100)));
        Bytes bound = flags.memoryLimit().bytes();
        if (!peak.min(bound).isMoreThan(limit)) {
            return liveHeap.timesRoundedUp(OBJECT_COST).isMoreThan(bound) ? THRASHES : SURVIVES;
        }
        return KILLED;
    }
}
