package io.github.memfit.tuning.prefork;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The checks of uWSGI 2.0.21 about processes and memory; confined to one call. */
final class UwsgiRules {

    private static final String SOFT = "cheaper-rss-limit-soft";
    private static final String HARD = "cheaper-rss-limit-hard";

    private static final long LEAST_ADDRESS_SPACE = 64;

    private final Map<String, String> options;

    UwsgiRules(Map<String, String> options) {
        this.options = options;
    }

    Optional<String> complaint() {
        return processes()
                .or(this::addressSpace)
                .or(this::cheaper)
                .or(this::cheaperRss)
                .or(this::lifetime);
    }

    private Optional<String> processes() {
        if (!options.containsKey("processes")) {
            return Optional.empty();
        }
        long processes = number("processes").orElse(0);
        if (processes < 0) {
            return Optional.of("invalid value for option \"processes\": must be > 0");
        }
        return processes == 0 ? Optional.of("starts a master with no worker") : Optional.empty();
    }

    /** In MiB; Python with the server maps more than that before it serves. */
    private Optional<String> addressSpace() {
        OptionalLong mebi = number("limit-as");
        return mebi.isPresent() && mebi.getAsLong() < LEAST_ADDRESS_SPACE
                ? Optional.of("unable to allocate")
                : Optional.empty();
    }

    private Optional<String> cheaper() {
        OptionalLong cheaper = number("cheaper");
        return cheaper.isPresent() && cheaper.getAsLong() >= number("processes").orElse(1)
                ? Optional.of("invalid cheaper value: must be lower than processes")
                : Optional.empty();
    }

    private Optional<String> cheaperRss() {
        if (options.containsKey(SOFT) && !options.containsKey("memory-report")) {
            return Optional.of("enabling " + SOFT + " requires enabling also memory-report");
        }
        if (options.containsKey(HARD) && !options.containsKey(SOFT)) {
            return Optional.of("requires setting also " + SOFT);
        }
        return options.containsKey(HARD)
                        && number(HARD).orElse(0) <= number(SOFT).orElse(0)
                ? Optional.of(HARD + " value must be higher than " + SOFT + " value")
                : Optional.empty();
    }

    private Optional<String> lifetime() {
        OptionalLong least = number("min-worker-lifetime");
        OptionalLong most = number("max-worker-lifetime");
        return least.isPresent() && most.isPresent() && least.getAsLong() >= most.getAsLong()
                ? Optional.of("invalid min-worker-lifetime value (" + least.getAsLong() + "), must be lower than"
                        + " max-worker-lifetime (" + most.getAsLong() + ")")
                : Optional.empty();
    }

    /** What is no number counts as absent; uWSGI reads it as 0. */
    private OptionalLong number(String option) {
        String text = options.getOrDefault(option, "");
        return text.matches("-?[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
