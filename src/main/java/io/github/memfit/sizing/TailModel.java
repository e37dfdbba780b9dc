package io.github.memfit.sizing;

/**
 * The arithmetic of {@link PriceTail} at one moment: a Pareto tail over hourly peaks, a prior for level shifts, and the
 * limit at which one more byte costs as much as the kills that it prevents.
 *
 * @param threshold bytes from which on the tail is modelled
 * @param share share of the hourly peaks that lie in the tail
 * @param index tail index; the larger, the heavier
 * @param recent highest peak of the last 24 hours in bytes
 * @param limit the best limit in bytes
 * @param killsPerDay what the model expects at that limit
 */
record TailModel(double threshold, double share, double index, double recent, double limit, double killsPerDay) {

    private static final double HOURS_PER_DAY = 24;
    private static final double HEADROOM_OVER_RECENT = 1.05;
    private static final double WIDEST = StrictMath.log(64);
    private static final double GIGABYTE = 1e9;

    /** Shrinkage of the tail index: this many peaks' worth of belief in a prior that grows with the spread. */
    private static final double PRIOR_WEIGHT = 3;

    private static final double PRIOR_BASE = 0.015;
    private static final double PRIOR_PER_SPREAD = 0.3;
    private static final double HEAVIEST = 0.95;

    boolean isTailUnknown() {
        return share == 0;
    }

    static TailModel of(LogHistogram peaks, long now, double recent, PriceTail price, double meanUse) {
        double total = peaks.total();
        if (total <= 0) {
            return new TailModel(recent, 0, PRIOR_BASE, recent, recent * HEADROOM_OVER_RECENT, 0);
        }
        int start = peaks.bucketFromTop(price.tail().toDouble(), total);
        double logThreshold = peaks.upperEdge(start);
        double weight = 0;
        double excess = 0;
        for (int b = start; b <= peaks.highest(); b++) {
            weight += peaks.weight(b);
            excess += peaks.weight(b) * (peaks.upperEdge(b) - logThreshold);
        }
        double share = weight / total;
        double fresh = peaks.factorAt(now);
        double prior = PRIOR_BASE + PRIOR_PER_SPREAD * peaks.spread(total);
        double index = Math.min(HEAVIEST, (excess * fresh + PRIOR_WEIGHT * prior) / (weight * fresh + PRIOR_WEIGHT));
        return new Solver(logThreshold, share, index, recent, price, meanUse).solve();
    }

    /** Finds the cheapest limit by halving an interval of logarithms. */
    private static final class Solver {

        private final double logThreshold;
        private final double share;
        private final double index;
        private final double logRecent;
        private final double shiftRate;
        private final double shiftIndex;
        private final double price;
        private final double meanUse;

        Solver(double logThreshold, double share, double index, double recent, PriceTail price, double meanUse) {
            this.logThreshold = logThreshold;
            this.share = share;
            this.index = index;
            this.logRecent = StrictMath.log(recent);
            this.shiftRate = price.shiftsPerDay().toDouble();
            this.shiftIndex = price.shiftIndex().toDouble();
            this.meanUse = price.unit() == PriceTail.Unit.SLACK_DAYS ? meanUse : 0;
            double amount = price.amount().toDouble();
            this.price = switch (price.unit()) {
                case BALANCED -> amount * Math.sqrt(StrictMath.exp(logThreshold) * GIGABYTE);
                case COPY_DAYS -> amount * StrictMath.exp(logThreshold);
                case GIGABYTE_DAYS -> amount * GIGABYTE;
                case SLACK_DAYS -> amount;
            };
        }

        TailModel solve() {
            double low = Math.max(logThreshold, logRecent + StrictMath.log(HEADROOM_OVER_RECENT));
            double high = low + WIDEST;
            for (int i = 0; i < 50; i++) {
                double middle = (low + high) / 2;
                if (costOfOneMore(middle) < price * killsSaved(middle)) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            double best = (low + high) / 2;
            double kills = HOURS_PER_DAY * share * exceeding(best, logThreshold, index)
                    + shiftRate * exceeding(best, logRecent, shiftIndex);
            return new TailModel(
                    StrictMath.exp(logThreshold), share, index, StrictMath.exp(logRecent), StrictMath.exp(best), kills);
        }

        /** Derivative of the reservation (or of the slack) by the logarithm of the limit. */
        private double costOfOneMore(double logLimit) {
            return meanUse > 0 ? meanUse / StrictMath.exp(logLimit) : StrictMath.exp(logLimit);
        }

        /** Derivative of the expected kills per day by the logarithm of the limit, with the sign turned. */
        private double killsSaved(double logLimit) {
            return HOURS_PER_DAY * share / index * exceeding(logLimit, logThreshold, index)
                    + shiftRate / shiftIndex * exceeding(logLimit, logRecent, shiftIndex);
        }

        private static double exceeding(double logLimit, double logStart, double tailIndex) {
            return StrictMath.exp((logStart - logLimit) / tailIndex);
        }
    }
}
