package io.github.memfit.tuning.prefork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.testing.Json;
import io.github.memfit.unit.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences of {@code gunicorn-prefork-peers.json}: what other servers cost and refuse. */
final class PreforkPeerCases {

    private static final Pattern PAIR =
            Pattern.compile("([a-z_-]+)[= ]+(-?[0-9]+|abc|static|dynamic|ondemand|bogus)s?\\b");

    private PreforkPeerCases() {}

    static void check(Json one) {
        String server = one.ignoring("n").field("server").string();
        String given = one.field("given").string();
        switch (one.field("kind").string()) {
            case "measured" -> measured(server, given, one);
            case "validation" -> {
                String expect = one.field("expect").string();
                if (server.equals("php-fpm")) {
                    php(given, expect);
                } else {
                    assertEquals("uwsgi", server);
                    uwsgi(given, expect);
                }
            }
            default -> throw new AssertionError("unknown kind " + one);
        }
    }

    /** A plan's model, without a measurement, promises no less than what was measured of a small application. */
    private static void measured(String server, String given, Json one) {
        double idle = anonymous(one, "idle");
        double loaded = Math.max(idle, anonymous(one, "loaded"));
        int count = firstNumber(given, "-w ([0-9]+)|([0-9]+) (?:processes|process|children|workers)|\\+ ([0-9]+)")
                .orElse(1);
        int threads = firstNumber(given, "([0-9]+) threads|:([0-9]+)").orElse(1);
        Bytes promised;
        if (server.startsWith("uWSGI")) {
            promised = PythonFramework.FLASK
                    .memory(
                            threads > 1 ? GunicornWorkerClass.GTHREAD : GunicornWorkerClass.SYNC,
                            !given.contains("lazy"))
                    .total(count, threads);
        } else if (server.startsWith("Puma")) {
            Bytes each = Puma.BARE_PROCESS.plus(Bytes.kibi(512).times(threads));
            promised = each.times(Math.max(1, count + (count > 0 ? 1 : 0)));
            assertTrue(Puma.RAILS_WORKER.isMoreThan(each));
        } else {
            assertTrue(server.startsWith("PHP-FPM"), server);
            promised = Bytes.mebi(8).plus(Bytes.mebi(1).times(Math.max(8, count)));
        }
        assertTrue(loaded <= promised.value() / (double) (1 << 20), loaded + " measured, " + promised + " promised");
    }

    private static double anonymous(Json one, String phase) {
        Optional<Json> found = one.optional(phase);
        if (found.isEmpty()) {
            return 0;
        }
        double anonymous = found.get().field("anonMiB").doubleValue();
        found.get().optional("sumRssMiB").ifPresent(rss -> assertTrue(rss.doubleValue() > anonymous));
        found.get().assertAllRead();
        return anonymous;
    }

    private static OptionalInt firstNumber(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            return OptionalInt.empty();
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return OptionalInt.of(Integer.parseInt(matcher.group(group)));
            }
        }
        return OptionalInt.empty();
    }

    private static Map<String, String> pairs(String given) {
        Map<String, String> pairs = new LinkedHashMap<>();
        Matcher matcher = PAIR.matcher(given);
        while (matcher.find()) {
            pairs.put(matcher.group(1), matcher.group(2));
        }
        return pairs;
    }

    private static void php(String given, String expect) {
        Map<String, String> pairs = pairs(given);
        Optional<PhpFpmManager> manager = PhpFpmManager.of(pairs.getOrDefault("pm", "dynamic"));
        if (manager.isEmpty()) {
            assertEquals("invalid process manager (static, dynamic or ondemand)", expect);
            return;
        }
        int idle = PhpFpmPool.USUAL_IDLE_SECONDS;
        for (String name : pairs.keySet()) {
            if (name.contains("idle") || name.contains("timeout")) {
                idle = Integer.parseInt(pairs.get(name));
            }
        }
        PhpFpmPool pool = new PhpFpmPool(
                manager.get(),
                number(pairs, "max", "max_children"),
                number(pairs, "start", "start_servers"),
                number(pairs, "min_spare", "min_spare_servers"),
                number(pairs, "max_spare", "max_spare_servers"),
                idle);
        if (expect.startsWith("accepted") || expect.startsWith("ok") || expect.contains("been set to")) {
            assertEquals(Optional.empty(), pool.complaint());
            if (expect.contains("been set to")) {
                int start = pool.minSpare() + (pool.maxSpare() - pool.minSpare()) / 2;
                assertTrue(expect.contains("been set to " + start), expect);
            }
        } else {
            assertEquals(expect, pool.complaint().orElse("accepted"));
        }
    }

    private static int number(Map<String, String> pairs, String name, String longName) {
        return Integer.parseInt(pairs.getOrDefault(name, pairs.getOrDefault(longName, "0")));
    }

    private static void uwsgi(String given, String expect) {
        if (given.equals("units")) {
            UwsgiFlags flags = new UwsgiFlags(2, 1, OptionalInt.empty(), Bytes.mebi(300), OptionalInt.empty(), false);
            assertTrue(expect.contains("are MiB") && flags.toIni().contains("reload-on-rss = 300\n"));
            return;
        }
        Map<String, String> options = new LinkedHashMap<>();
        if (given.startsWith("SIGTERM")) {
            UwsgiFlags flags = new UwsgiFlags(2, 1, OptionalInt.empty(), Bytes.mebi(300), OptionalInt.empty(), false);
            assertTrue(flags.toIni().contains("die-on-term = true\n"), expect);
            return;
        }
        if (given.equals("hard <= soft")) {
            options.putAll(Map.of("memory-report", "", "cheaper-rss-limit-soft", "9", "cheaper-rss-limit-hard", "9"));
        } else if (given.startsWith("processes 0 or abc")) {
            assertEquals(
                    expect, UwsgiFlags.complaint(Map.of("processes", "abc")).orElseThrow());
            options.put("processes", "0");
        } else {
            options.putAll(pairs(given));
            options.put("processes", options.getOrDefault("processes", "2"));
            for (String option : new String[] {"cheaper-rss-limit-soft", "cheaper-rss-limit-hard"}) {
                if (given.startsWith(option)) {
                    options.put(option, "1000000");
                    options.put("memory-report", "");
                    options.remove(given.contains("without memory-report") ? "memory-report" : "");
                }
            }
        }
        Optional<String> complaint = UwsgiFlags.complaint(options);
        if (expect.startsWith("accepted")) {
            assertEquals(Optional.empty(), complaint);
        } else {
            boolean told = complaint.isPresent() && expect.startsWith(complaint.get());
            boolean inOtherWords = complaint.isPresent()
                    && (options.getOrDefault("processes", "2").startsWith("-") || options.containsKey("limit-as"));
            assertTrue(told || inOtherWords, complaint + " for " + expect);
        }
    }
}
