package io.github.memfit.sizing.peers;

import io.github.memfit.sizing.vpa.VpaAmount;
import io.github.memfit.sizing.vpa.VpaRecommendation;
import io.github.memfit.sizing.vpa.VpaRecommender;
import io.github.memfit.sizing.vpa.VpaSettings;
import io.github.memfit.unit.Bytes;
import io.github.memfit.usage.UsageHistory;
import java.util.Objects;

/**
 * Goldilocks: VPA's recommendation as requests and limits for one of two QoS classes. Immutable and thread-safe.
 *
 * <p>Guaranteed: the target for both. Burstable: the lower bound as request, the upper bound as limit, which is absurdly high in
 * the first days. Rounded up to Ki below a MiB, else to Mi. Source: FairwindsOps/goldilocks at 3be8f9e.
 *
 * @param isGuaranteed true for the class Guaranteed, false for Burstable
 * @param settings the flags of VPA
 * @since 0.1
 */
public record Goldilocks(boolean isGuaranteed, VpaSettings settings) implements PeerPolicy {

    /** Request and limit are VPA's target. */
    public static final Goldilocks GUARANTEED = new Goldilocks(true, VpaSettings.DEFAULTS);

    /** Request and limit are VPA's bounds. */
    public static final Goldilocks BURSTABLE = new Goldilocks(false, VpaSettings.DEFAULTS);

    /**
     * Checks that settings are there.
     *
     * @param isGuaranteed true for the class Guaranteed
     * @param settings the flags of VPA
     */
    public Goldilocks {
        Objects.requireNonNull(settings, "settings");
    }

    /**
     * The sizes for a recommendation.
     *
     * @param recommendation VPA's recommendation
     * @return the sizes
     */
    public PeerSizing.Proposed size(VpaRecommendation recommendation) {
        return isGuaranteed
                ? new PeerSizing.Proposed(rounded(recommendation.target()), rounded(recommendation.target()))
                : new PeerSizing.Proposed(rounded(recommendation.lowerBound()), rounded(recommendation.upperBound()));
    }

    private static Bytes rounded(VpaAmount amount) {
        Bytes bytes = Bytes.of(amount.bytes());
        return bytes.roundUpTo(bytes.isLessThan(Bytes.mebi(1)) ? Bytes.kibi(1) : Bytes.mebi(1));
    }

    @Override
    public PeerSizing size(UsageHistory history) {
        String container = "container";
        VpaRecommendation recommendation = VpaRecommender.of(settings)
                .addAll(container, history)
                .recommend()
                .get(container);
        return recommendation == null ? PeerSizing.undecided(PeerMath.NO_DATA) : size(recommendation);
    }

    @Override
    public String name() {
        return isGuaranteed ? "goldilocks guaranteed" : "goldilocks burstable";
    }
}
