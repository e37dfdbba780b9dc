package io.github.memfit.sizing;

import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.util.Objects;

/**
 * The limit at which reserved memory and the price of OOM kills together cost least. Immutable and thread-safe;
 * value-based.
 *
 * <p>The caller says what one kill costs. The tail of a decaying histogram of hourly peaks (2% buckets) is taken for a
 * Pareto distribution whose index is estimated from the peaks and shrunk towards the spread; a small prior stands for level
 * shifts that no history announces. With {@code U} the start of the tail, {@code z} its share, {@code b} its index and
 * {@code R} the highest peak of the last day, a limit {@code L} meets {@code K(L) = 24 z (L/U)^(-1/b) + s (L/R)^(-1/i)}
 * kills per day, and the estimate is the {@code L} of at least {@code max(U, 1.05 R)} with the least {@code L + price*K(L)}.
 * Steady containers so get a few percent of headroom, spiky ones half as much again. {@code K} ranks limits well but is not
 * calibrated: hourly peaks come in clusters. Read the price as a dial and set it with {@link Backtest#calibrate}.
 *
 * <p>A kill counts as a peak of what the limit is raised to, since the true demand is hidden. With less than an hour of
 * history the estimate is the peak plus 5%.
 *
 * {@snippet :
 * SizingPolicy.builder().request(percentile(95)).limit(PriceTail.balanced(8)).build();
 * }
 *
 * @since 0.1
 */
public final class PriceTail implements Estimator {

    /**
     * What a price is counted in: the reservation that one kill is worth.
     *
     * @since 0.1
     */
    public enum Unit {
        /**
         * The geometric mean of the other two: good on the memory of a fleet and on each container alike, where each of the
         * others is good on one only.
         */
        BALANCED(""),
        /** 10^9 bytes reserved for a day: right when the goal is the memory of a fleet alone. */
        GIGABYTE_DAYS("GBd"),
        /** One more copy of this container for a day: right when each container counts the same, however small. */
        COPY_DAYS("x"),
        /**
         * A day of complete slack. Optimises the mean unused share, a figure that hides waste: what has much slack is given
         * still more. For comparisons only.
         */
        SLACK_DAYS("slack");

        private final String suffix;

        Unit(String suffix) {
            this.suffix = suffix;
        }

        String suffix() {
            return suffix;
        }
    }

    private static final Ratio DEFAULT_TAIL = Ratio.percent(2);
    private static final Duration DEFAULT_HALF_LIFE = Duration.ofDays(14);
    private static final Ratio DEFAULT_SHIFTS = Ratio.percent(1);
    private static final Ratio DEFAULT_SHIFT_INDEX = Ratio.percent(50);

    private final Ratio amount;
    private final Unit unit;
    private final Ratio tail;
    private final Duration halfLife;
    private final Ratio shiftsPerDay;
    private final Ratio shiftIndex;

    private PriceTail(Ratio amount, Unit unit, Ratio tail, Duration halfLife, Ratio shiftsPerDay, Ratio shiftIndex) {
        this.amount = amount;
        this.unit = unit;
        this.tail = tail;
        this.halfLife = halfLife;
        this.shiftsPerDay = shiftsPerDay;
        this.shiftIndex = shiftIndex;
    }

    /**
     * A price for the memory of a fleet and each container alike.
     *
     * @param price the price of a kill in days of the geometric mean of this container and 10^9 bytes; 8 is a good start
     * @return the estimator
     * @throws IllegalArgumentException if the price is not positive
     */
    public static PriceTail balanced(long price) {
        return of(Ratio.of(price, 1), Unit.BALANCED);
    }

    /**
     * A price for the memory of a fleet.
     *
     * @param price the price of a kill in days of 10^9 reserved bytes; 8 is a good start
     * @return the estimator
     * @throws IllegalArgumentException if the price is not positive
     */
    public static PriceTail gigabyteDays(long price) {
        return of(Ratio.of(price, 1), Unit.GIGABYTE_DAYS);
    }

    /**
     * A price relative to the container.
     *
     * @param price the price of a kill in days of one more copy of the container; 16 is a good start
     * @return the estimator
     * @throws IllegalArgumentException if the price is not positive
     */
    public static PriceTail copyDays(long price) {
        return of(Ratio.of(price, 1), Unit.COPY_DAYS);
    }

    /**
     * Any price.
     *
     * @param price the price of a kill in the unit, positive and at most 10^12
     * @param unit what it is counted in
     * @return the estimator with tail 2%, half-life 14 days, and one level shift per 100 days of index 0.5
     * @throws IllegalArgumentException if the price is out of range
     */
    public static PriceTail of(Ratio price, Unit unit) {
        Objects.requireNonNull(unit, "unit");
        if (price.numerator() <= 0 || price.compareTo(Ratio.of(1_000_000_000_000L, 1)) > 0) {
            throw new IllegalArgumentException("the price of a kill must be above 0 and at most 10^12, got " + price);
        }
        return new PriceTail(price, unit, DEFAULT_TAIL, DEFAULT_HALF_LIFE, DEFAULT_SHIFTS, DEFAULT_SHIFT_INDEX);
    }

    /**
     * Models another share of the hourly peaks as the tail.
     *
     * @param share the highest share, above 0 and below 1
     * @return a copy with that share
     * @throws IllegalArgumentException if the share is out of range
     */
    public PriceTail withTail(Ratio share) {
        if (share.numerator() <= 0 || share.compareTo(Ratio.ONE) >= 0) {
            throw new IllegalArgumentException("the tail must be above 0% and below 100%, got " + share);
        }
        return new PriceTail(amount, unit, share, halfLife, shiftsPerDay, shiftIndex);
    }

    /**
     * Forgets faster or slower.
     *
     * @param time the time in which the weight of an hourly peak halves; from an hour to ten years
     * @return a copy with that half-life
     * @throws IllegalArgumentException if the time is out of range
     */
    public PriceTail withHalfLife(Duration time) {
        return new PriceTail(amount, unit, tail, Durations.halfLife(time), shiftsPerDay, shiftIndex);
    }

    /**
     * Expects more or fewer level shifts.
     *
     * @param perDay how many per day pass the recent peak, from 0 to 1
     * @param index how far they go: the chance to pass {@code x} times the recent peak falls with {@code x^(-1/index)}; above
     *     0, at most 1
     * @return a copy with that prior
     * @throws IllegalArgumentException if a value is out of range
     */
    public PriceTail withLevelShifts(Ratio perDay, Ratio index) {
        if (perDay.numerator() < 0 || perDay.compareTo(Ratio.ONE) > 0) {
            throw new IllegalArgumentException("level shifts per day must be from 0 to 1, got " + perDay);
        }
        if (index.numerator() <= 0 || index.compareTo(Ratio.ONE) > 0) {
            throw new IllegalArgumentException("the index of level shifts must be above 0, at most 1, got " + index);
        }
        return new PriceTail(amount, unit, tail, halfLife, perDay, index);
    }

    /**
     * The price of one kill.
     *
     * @return the amount in {@link #unit()}
     */
    public Ratio amount() {
        return amount;
    }

    /**
     * What the price is counted in.
     *
     * @return the unit
     */
    public Unit unit() {
        return unit;
    }

    /**
     * The share of the hourly peaks that is modelled as a tail.
     *
     * @return the share
     */
    public Ratio tail() {
        return tail;
    }

    /**
     * The time in which the weight of an hourly peak halves.
     *
     * @return the half-life
     */
    public Duration halfLife() {
        return halfLife;
    }

    /**
     * Expected level shifts per day.
     *
     * @return the rate
     */
    public Ratio shiftsPerDay() {
        return shiftsPerDay;
    }

    /**
     * How far level shifts go.
     *
     * @return the tail index
     */
    public Ratio shiftIndex() {
        return shiftIndex;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PriceTail that
                && amount.equals(that.amount)
                && unit == that.unit
                && tail.equals(that.tail)
                && halfLife.equals(that.halfLife)
                && shiftsPerDay.equals(that.shiftsPerDay)
                && shiftIndex.equals(that.shiftIndex);
    }

    @Override
    public int hashCode() {
        return Objects.hash(amount, unit, tail, halfLife, shiftsPerDay, shiftIndex);
    }

    /**
     * {@code priceTail(8GBd)}; what differs from the defaults follows, as in {@code priceTail(8, tail=5%, halfLife=7d,
     * shifts=2%, shiftIndex=25%)}.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("priceTail(")
                .append(Estimators.number(amount))
                .append(unit.suffix());
        if (!tail.equals(DEFAULT_TAIL)) {
            text.append(", tail=").append(tail);
        }
        if (!halfLife.equals(DEFAULT_HALF_LIFE)) {
            text.append(", halfLife=").append(Durations.text(halfLife));
        }
        if (!shiftsPerDay.equals(DEFAULT_SHIFTS)) {
            text.append(", shifts=").append(shiftsPerDay);
        }
        if (!shiftIndex.equals(DEFAULT_SHIFT_INDEX)) {
            text.append(", shiftIndex=").append(shiftIndex);
        }
        return text.append(')').toString();
    }

    String priceInWords() {
        String number = Estimators.number(amount);
        return switch (unit) {
            case BALANCED -> number + " days of the geometric mean of this container and 1 GB";
            case GIGABYTE_DAYS -> number + " GB-days";
            case COPY_DAYS -> number + " days of one more copy";
            case SLACK_DAYS -> number + " days of complete slack";
        };
    }
}
