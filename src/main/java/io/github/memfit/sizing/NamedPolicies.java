package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The policies that people use today, under their names, and ours: as single policies with their defaults, and as families
 * for sweeps. All set the limit equal to the request, as their models do, unless said otherwise. Stateless and thread-safe.
 *
 * <p>They are the rules of these tools in the form of a {@link SizingPolicy}, so that they can be replayed; calculators that
 * match the tools to the byte are in {@code io.github.memfit.sizing.vpa} and {@code io.github.memfit.sizing.peers}.
 *
 * @since 0.1
 */
public final class NamedPolicies {

    private static final Ratio DEFAULT_MARGIN = Ratio.percent(15);
    private static final Ratio HOLD_DOWN = Ratio.percent(15);
    private static final Ratio HOLD_UP = Ratio.percent(3);
    private static final Duration TWO_WEEKS = Duration.ofDays(14);

    private NamedPolicies() {}

    /**
     * The maximum of two weeks and a margin, as KRR's {@code simple} strategy.
     *
     * @return the family; the dial is the margin, 15% in KRR
     */
    public static PolicyFamily krr() {
        return margins("krr-max14d", Estimator.peak(TWO_WEEKS));
    }

    /**
     * The target of VPA's recommender without its floor of 250 MiB.
     *
     * @return the family; the dial is the margin, 15% in VPA
     */
    public static PolicyFamily vpaTarget() {
        return margins("vpa-target", Estimator.vpa(Ratio.percent(90)));
    }

    /**
     * The upper bound of VPA's recommender, which Goldilocks shows as the limit of a Burstable pod.
     *
     * @return the family; the dial is the margin, 15% in VPA
     */
    public static PolicyFamily vpaUpper() {
        return margins("vpa-upper", Estimator.vpaUpper(Ratio.percent(95)));
    }

    /**
     * The maximum of a week and a margin, one of Autopilot's moving windows.
     *
     * @return the family; the dial is the margin
     */
    public static PolicyFamily autopilotMax() {
        return margins("autopilot-max7d", Estimator.peak(Duration.ofDays(7)));
    }

    /**
     * The 98th percentile of samples with a half-life of 48 hours and a margin, Autopilot's default statistic.
     *
     * @return the family; the dial is the margin
     */
    public static PolicyFamily autopilotPercentile() {
        return margins("autopilot-p98", Estimator.percentile(Ratio.percent(98), Duration.ofHours(48)));
    }

    /**
     * The 99th percentile of all samples and a margin. A request at most: as a limit it is unsafe.
     *
     * @return the family; the dial is the margin
     */
    public static PolicyFamily percentile99() {
        return margins("p99-all", Estimator.percentile(99));
    }

    /**
     * The maximum of all samples and a margin.
     *
     * @return the family; the dial is the margin
     */
    public static PolicyFamily max() {
        return margins("max-all", Estimator.peak());
    }

    /**
     * The maximum of the first day and a margin, set once.
     *
     * @return the family; the dial is the margin
     */
    public static PolicyFamily firstDay() {
        return PolicyFamily.margins(
                "static-day1",
                margin -> SizingPolicy.equal(
                                Estimator.firstPeak(Duration.ofDays(1)).plus(margin))
                        .toBuilder()
                        .roundUpTo(Bytes.of(1))
                        .afterKill(Duration.ofDays(3653))
                        .build());
    }

    /**
     * The policy to start with: {@link PriceTail} with the balanced price, and no change for less than 15% down or 3% up.
     *
     * @return the family; the dial is the price of a kill
     */
    public static PolicyFamily priceTail() {
        return prices("pricetail", PriceTail.Unit.BALANCED);
    }

    /**
     * {@link PriceTail} with a price in any unit, and no change for less than 15% down or 3% up.
     *
     * @param unit the unit of the price
     * @return the family; the dial is the price of a kill
     */
    public static PolicyFamily priceTail(PriceTail.Unit unit) {
        return switch (unit) {
            case BALANCED -> prices("pricetail", unit);
            case GIGABYTE_DAYS -> prices("pricetail-gib", unit);
            case COPY_DAYS -> prices("pricetail-rel", unit);
            case SLACK_DAYS -> prices("pricetail-slack", unit);
        };
    }

    /**
     * All families.
     *
     * @return an unmodifiable list
     */
    public static List<PolicyFamily> families() {
        return List.of(
                vpaTarget(),
                vpaUpper(),
                krr(),
                autopilotMax(),
                autopilotPercentile(),
                percentile99(),
                max(),
                firstDay(),
                priceTail(PriceTail.Unit.COPY_DAYS),
                priceTail(PriceTail.Unit.GIGABYTE_DAYS),
                priceTail(PriceTail.Unit.SLACK_DAYS),
                priceTail());
    }

    /**
     * Single policies as their tools ship them, and ours from thrifty to paranoid. The comments in {@code docs/BACKTEST.md}
     * say what each costs on real traces.
     *
     * @return an unmodifiable map from name to policy, in a fixed order
     */
    public static Map<String, SizingPolicy> defaults() {
        Map<String, SizingPolicy> all = new LinkedHashMap<>();
        all.put("vpa", vpaTarget().policy().apply(DEFAULT_MARGIN));
        all.put("goldilocks-burstable", goldilocksBurstable());
        all.put("krr", krr().policy().apply(DEFAULT_MARGIN));
        all.put("autopilot-max7d", autopilotMax().policy().apply(DEFAULT_MARGIN));
        all.put("autopilot-p98", autopilotPercentile().policy().apply(DEFAULT_MARGIN));
        all.put("p99", percentile99().policy().apply(Ratio.percent(20)));
        all.put("max", max().policy().apply(Ratio.percent(20)));
        all.put("thrifty", price(4));
        all.put("balanced", price(8));
        all.put("careful", price(128));
        all.put("paranoid", price(600));
        return Collections.unmodifiableMap(all);
    }

    /** Request and limit are VPA's lower and upper bound. */
    private static SizingPolicy goldilocksBurstable() {
        return SizingPolicy.builder()
                .request(Estimator.vpa(Ratio.percent(50)).plus(DEFAULT_MARGIN))
                .limit(Estimator.vpaUpper(Ratio.percent(95)).plus(DEFAULT_MARGIN))
                .roundUpTo(Bytes.of(1))
                .build();
    }

    private static SizingPolicy price(long price) {
        return priceTail().policy().apply(Ratio.of(price, 1));
    }

    /** Without rounding and memory of kills, which would blur what the statistic itself does. */
    private static PolicyFamily margins(String name, Estimator base) {
        return PolicyFamily.margins(
                name,
                margin -> SizingPolicy.equal(base.plus(margin)).toBuilder()
                        .roundUpTo(Bytes.of(1))
                        .afterKill(Duration.ZERO)
                        .build());
    }

    private static PolicyFamily prices(String name, PriceTail.Unit unit) {
        return PolicyFamily.prices(
                name,
                price -> SizingPolicy.equal(PriceTail.of(price, unit)).toBuilder()
                        .roundUpTo(Bytes.of(1))
                        .hold(HOLD_DOWN, HOLD_UP)
                        .build());
    }
}
