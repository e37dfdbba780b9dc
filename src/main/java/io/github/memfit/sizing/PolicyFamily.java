package io.github.memfit.sizing;

import io.github.memfit.unit.Ratio;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Policies that differ by one dial, such as the margin or the price, from the least safe to the safest. Immutable and
 * thread-safe if the function is.
 *
 * {@snippet :
 * PolicyFamily.margins("max of two weeks", margin -> SizingPolicy.equal(peak(Duration.ofDays(14)).plus(margin)));
 * }
 *
 * @param name what the family is called in tables
 * @param dial the settings to try, ascending
 * @param policy the policy of a setting
 * @since 0.1
 */
public record PolicyFamily(String name, List<Ratio> dial, Function<Ratio, SizingPolicy> policy) {

    private static final List<Ratio> MARGINS = Stream.of(
                    "-10%", "0", "2%", "5%", "10%", "15%", "20%", "30%", "40%", "60%", "80%", "1", "1.4", "2", "3")
            .map(Ratio::parse)
            .toList();

    private static final List<Ratio> PRICES = Stream.of(
                    "0.003", "0.01", "0.03", "0.06", "0.12", "0.25", "0.5", "1", "2", "4", "8", "16", "32", "64", "128",
                    "256", "600", "1500", "5000", "20000")
            .map(Ratio::parse)
            .toList();

    /**
     * Checks the order.
     *
     * @param name what the family is called in tables
     * @param dial the settings to try, ascending
     * @param policy the policy of a setting
     * @throws IllegalArgumentException if there is no setting or they do not ascend
     */
    public PolicyFamily {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(policy, "policy");
        dial = List.copyOf(dial);
        if (dial.isEmpty()) {
            throw new IllegalArgumentException("a family needs at least one setting");
        }
        for (int i = 1; i < dial.size(); i++) {
            if (dial.get(i - 1).compareTo(dial.get(i)) >= 0) {
                throw new IllegalArgumentException("settings must ascend, got " + dial);
            }
        }
    }

    /**
     * Margins from -10% to 300%.
     *
     * @param name what the family is called
     * @param policy the policy of a margin
     * @return the family
     */
    public static PolicyFamily margins(String name, Function<Ratio, SizingPolicy> policy) {
        return new PolicyFamily(name, MARGINS, policy);
    }

    /**
     * Prices from 0.003 to 20000.
     *
     * @param name what the family is called
     * @param policy the policy of a price
     * @return the family
     */
    public static PolicyFamily prices(String name, Function<Ratio, SizingPolicy> policy) {
        return new PolicyFamily(name, PRICES, policy);
    }

    /**
     * A single policy.
     *
     * @param name what it is called
     * @param only the policy
     * @return the family, with the one setting 0
     */
    public static PolicyFamily of(String name, SizingPolicy only) {
        Objects.requireNonNull(only, "only");
        return new PolicyFamily(name, List.of(Ratio.ZERO), ignored -> only);
    }
}
