package io.github.memfit.tuning.malloc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What jemalloc 5.3.0 says to a text of {@code MALLOC_CONF}: it prints a complaint, keeps its default and goes on, so that a wrong
 * text looks like one that works. Check it before it is used; {@code abort_conf:true} makes jemalloc itself strict.
 *
 * {@snippet :
 * JemallocConf.complaints("dirty_decay_ms=1000"); // [Malformed conf string]
 * }
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class JemallocConf {

    private static final Set<String> SWITCHES = Set.of(
            "abort",
            "abort_conf",
            "background_thread",
            "cache_oblivious",
            "confirm_conf",
            "hpa",
            "prof",
            "prof_active",
            "prof_final",
            "prof_leak",
            "retain",
            "stats_print",
            "tcache",
            "trust_madvise",
            "utrace",
            "xmalloc",
            "zero");

    private static final Map<String, Set<String>> CHOICES = Map.of(
            "dss", Set.of("disabled", "primary", "secondary"),
            "junk", Set.of("true", "false", "alloc", "free"),
            "metadata_thp", Set.of("disabled", "auto", "always"),
            "percpu_arena", Set.of("disabled", "percpu", "phycpu"),
            "thp", Set.of("default", "always", "never"));

    private static final Set<String> DECAYS = Set.of("dirty_decay_ms", "muzzy_decay_ms");

    /** Numbers with the least value that is taken. */
    private static final Map<String, Long> NUMBERS = Map.of(
            "narenas", 1L,
            "max_background_threads", 1L,
            "oversize_threshold", 0L,
            "lg_extent_max_active_fit", 0L,
            "lg_tcache_max", 0L,
            "tcache_max", 0L,
            "lg_prof_sample", 0L);

    private JemallocConf() {}

    /**
     * The complaints in the order of the text.
     *
     * @param text the value of {@code MALLOC_CONF}
     * @return {@code Invalid conf pair}, {@code Invalid conf value}, {@code Out-of-range conf value} or {@code Malformed conf string}
     *     for each pair that is not taken; nothing if all are
     */
    public static List<String> complaints(String text) {
        List<String> complaints = new ArrayList<>();
        if (text.isEmpty()) {
            return List.of();
        }
        for (String pair : text.split(",", -1)) {
            int colon = pair.indexOf(':');
            if (colon < 0 || !pair.substring(0, colon).matches("[A-Za-z0-9_]+")) {
                complaints.add("Malformed conf string");
                break;
            }
            complaint(pair.substring(0, colon), pair.substring(colon + 1)).ifPresent(complaints::add);
        }
        return List.copyOf(complaints);
    }

    private static Optional<String> complaint(String key, String value) {
        if (SWITCHES.contains(key)) {
            return invalidUnless(value.equals("true") || value.equals("false"));
        }
        if (CHOICES.containsKey(key)) {
            return invalidUnless(CHOICES.getOrDefault(key, Set.of()).contains(value));
        }
        if (DECAYS.contains(key)) {
            return number(value, -1);
        }
        if (key.equals("narenas") && value.equals("default")) {
            return Optional.empty();
        }
        return NUMBERS.containsKey(key)
                ? number(value, NUMBERS.getOrDefault(key, 0L))
                : Optional.of("Invalid conf pair");
    }

    private static Optional<String> invalidUnless(boolean valid) {
        return valid ? Optional.empty() : Optional.of("Invalid conf value");
    }

    private static Optional<String> number(String value, long least) {
        if (!value.matches("-?[0-9]{1,18}")) {
            return Optional.of("Invalid conf value");
        }
        return Long.parseLong(value) < least ? Optional.of("Out-of-range conf value") : Optional.empty();
    }
}
