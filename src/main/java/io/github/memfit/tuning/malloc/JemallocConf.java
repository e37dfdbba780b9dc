package io.github.memfit.tuning.malloc;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What jemalloc 5.3.0 says to a text of {@code MALLOC_CONF}: it prints a complaint, keeps its default and goes on, so that a wrong
 * text looks like one that works. Check it before it is used; {@code abort_conf:true} makes jemalloc itself strict. Every rule was run
 * on the build of Debian 12, which has no {@code xmalloc}, {@code utrace} and {@code cache_oblivious}.
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
            "confirm_conf",
            "experimental_infallible_new",
            "hpa",
            "prof",
            "prof_accum",
            "prof_active",
            "prof_final",
            "prof_gdump",
            "prof_leak",
            "prof_leak_error",
            "prof_log",
            "prof_stats",
            "prof_sys_thread_name",
            "prof_thread_active_init",
            "retain",
            "stats_print",
            "tcache",
            "trust_madvise",
            "zero");

    private static final Map<String, Set<String>> CHOICES = Map.of(
            "dss", Set.of("disabled", "primary", "secondary"),
            "junk", Set.of("true", "false", "alloc", "free"),
            "metadata_thp", Set.of("disabled", "auto", "always"),
            "percpu_arena", Set.of("disabled", "percpu", "phycpu"),
            "prof_time_resolution", Set.of("default", "high"),
            "thp", Set.of("default", "always", "never"),
            "zero_realloc", Set.of("alloc", "free", "abort"));

    private static final Set<String> DECAYS = Set.of("dirty_decay_ms", "muzzy_decay_ms");

    /** Numbers that are moved into their range without a word, or have none. */
    private static final Set<String> NUMBERS = Set.of(
            "hpa_hugify_delay_ms",
            "hpa_min_purge_interval_ms",
            "hpa_sec_nshards",
            "hpa_slab_max_alloc",
            "lg_prof_sample",
            "lg_tcache_flush_large_div",
            "lg_tcache_flush_small_div",
            "lg_tcache_max",
            "lg_tcache_nslots_mul",
            "max_background_threads",
            "san_guard_large",
            "san_guard_small",
            "tcache_gc_delay_bytes",
            "tcache_gc_incr_bytes",
            "tcache_max",
            "tcache_nslots_large",
            "tcache_nslots_small_max",
            "tcache_nslots_small_min");

    /** Known, with a grammar of their own that is not looked at. */
    private static final Set<String> OTHERS = Set.of(
            "bin_shards",
            "hpa_dirty_mult",
            "hpa_hugification_threshold_ratio",
            "prof_prefix",
            "slab_sizes",
            "stats_interval_opts",
            "stats_print_opts");

    /** Signed numbers, -1 for never or none. */
    private static final Set<String> SIGNED =
            Set.of("lg_prof_interval", "mutex_max_spin", "prof_recent_alloc_max", "stats_interval");

    /** C's {@code strtoumax} with base 0, to the end of the text. */
    private static final Pattern NUMBER = Pattern.compile("[ \\t\\n\\x0B\\f\\r]*" + CNumber.GRAMMAR);

    private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger LONGEST_DECAY = BigInteger.valueOf(18_446_744_072_000L);
    private static final BigInteger LARGEST_EXTENT = BigInteger.valueOf(7).shiftLeft(60);

    private JemallocConf() {}

    /**
     * The complaints in the order of the text.
     *
     * @param text the value of {@code MALLOC_CONF}
     * @return {@code Invalid conf pair}, {@code Invalid conf value}, {@code Out-of-range conf value}, {@code Malformed conf
     *     string}, {@code Conf string ends with key} or {@code Conf string ends with comma}, each for what is not taken, the last three
     *     once, since the rest of the text is not read; nothing if all is taken
     */
    public static List<String> complaints(String text) {
        List<String> complaints = new ArrayList<>();
        if (text.isEmpty()) {
            return List.of();
        }
        String[] pairs = text.split(",", -1);
        for (int i = 0; i < pairs.length; i++) {
            String pair = pairs[i];
            int colon = pair.indexOf(':');
            boolean last = i == pairs.length - 1;
            if (last && i > 0 && pair.isEmpty()) {
                complaints.add("Conf string ends with comma");
                break;
            }
            String key = colon < 0 ? pair : pair.substring(0, colon);
            if (!key.matches("[A-Za-z0-9_]*") || (colon < 0 && !last)) {
                complaints.add("Malformed conf string");
                break;
            }
            if (colon < 0) {
                complaints.add("Conf string ends with key");
                break;
            }
            complaint(key, pair.substring(colon + 1)).ifPresent(complaints::add);
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
        if (OTHERS.contains(key) || (key.equals("narenas") && value.equals("default"))) {
            return Optional.empty();
        }
        if (key.isEmpty()) {
            return invalidUnless(false);
        }
        Optional<BigInteger> number = number(value);
        if (DECAYS.contains(key) || SIGNED.contains(key)) {
            // The same 64 bits, read as a signed number.
            return ranged(
                    number.map(bits -> BigInteger.valueOf(bits.longValue())),
                    BigInteger.ONE.negate(),
                    DECAYS.contains(key) ? LONGEST_DECAY : UNSIGNED);
        }
        return switch (key) {
            case "narenas" -> ranged(number, BigInteger.ONE, UNSIGNED);
            case "oversize_threshold" -> ranged(number, BigInteger.ZERO, LARGEST_EXTENT);
            case "lg_extent_max_active_fit" -> ranged(number, BigInteger.ZERO, BigInteger.valueOf(64));
            default ->
                NUMBERS.contains(key) ? ranged(number, BigInteger.ZERO, UNSIGNED) : Optional.of("Invalid conf pair");
        };
    }

    private static Optional<String> invalidUnless(boolean valid) {
        return valid ? Optional.empty() : Optional.of("Invalid conf value");
    }

    private static Optional<String> ranged(Optional<BigInteger> number, BigInteger least, BigInteger most) {
        if (number.isEmpty()) {
            return invalidUnless(false);
        }
        boolean within = number.get().compareTo(least) >= 0 && number.get().compareTo(most) <= 0;
        return within ? Optional.empty() : Optional.of("Out-of-range conf value");
    }

    /** The 64 bits that C makes of the text: a negative number is a very large one. */
    private static Optional<BigInteger> number(String value) {
        Matcher number = NUMBER.matcher(value);
        if (!number.matches()) {
            return Optional.empty();
        }
        BigInteger read = CNumber.magnitude(number);
        if (read.compareTo(UNSIGNED) >= 0) {
            return Optional.empty();
        }
        return Optional.of(CNumber.isNegative(number) ? read.negate().mod(UNSIGNED) : read);
    }
}
