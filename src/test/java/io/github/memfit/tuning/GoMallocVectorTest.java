package io.github.memfit.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.memfit.testing.Json;
import io.github.memfit.testing.Vectors;
import io.github.memfit.tuning.go.AutoMemLimit;
import io.github.memfit.tuning.go.GoFlags;
import io.github.memfit.tuning.go.GoForecast;
import io.github.memfit.tuning.go.GoMemoryLimit;
import io.github.memfit.tuning.malloc.GlibcArenas;
import io.github.memfit.tuning.malloc.JemallocConf;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Go's memory limit and the allocators, as they were run. */
class GoMallocVectorTest {

    private static final Map<String, Consumer<Json>> HANDLERS = Map.of(
            "go-gomemlimit", GoMallocVectorTest::go,
            "malloc-rss", GoMallocVectorTest::resident,
            "malloc-validation", GoMallocVectorTest::validation);

    /** The machine of the measurements. */
    private static final int CPUS = 2;

    @TestFactory
    Stream<DynamicNode> vectors() {
        return Stream.of("go", "malloc")
                .flatMap(family -> Vectors.files(family).stream())
                .map(GoMallocVectorTest::file);
    }

    private static DynamicNode file(Path file) {
        Consumer<Json> handler = HANDLERS.get(Vectors.longestPrefix(file, HANDLERS.keySet()));
        Json root = Json.read(file).ignoring("title", "how", "rule", "rules", "note", "set");
        List<DynamicNode> cases = new ArrayList<>();
        int index = 0;
        for (Json one : root.field("cases").items()) {
            String text = one.toString();
            cases.add(dynamicTest("#" + index++ + " " + text.substring(0, Math.min(110, text.length())), () -> {
                handler.accept(one);
                one.assertAllRead();
            }));
        }
        root.assertAllRead();
        return dynamicContainer(file.getFileName().toString(), cases);
    }

    private static void go(Json one) {
        Json expect = one.ignoring("n").field("expect");
        switch (one.field("kind").string()) {
            case "parse" -> {
                String text = one.field("GOMEMLIMIT").string();
                if (expect.has("fatal")) {
                    assertEquals("malformed GOMEMLIMIT", expect.field("fatal").string());
                    assertThrows(MalformedException.class, () -> GoMemoryLimit.parse(text));
                } else {
                    GoMemoryLimit limit = GoMemoryLimit.parse(text);
                    assertEquals(
                            expect.field("limitBytes").longValue(),
                            limit.bytes().value());
                    assertEquals(limit, GoMemoryLimit.parse(limit.toString()));
                }
            }
            case "automemlimit" -> autoMemLimit(one, expect);
            case "survival" -> survival(one, expect);
            default -> throw new AssertionError("unknown kind " + one);
        }
        expect.assertAllRead();
    }

    private static void autoMemLimit(Json one, Json expect) {
        AutoMemLimit outcome = AutoMemLimit.of(
                Bytes.of(one.field("cgroupLimit").longValue()),
                one.optional("AUTOMEMLIMIT").map(Json::string));
        one.field("AUTOMEMLIMIT");
        if (expect.has("error")) {
            assertEquals(
                    expect.field("error").string(),
                    assertInstanceOf(AutoMemLimit.Failed.class, outcome).message());
        } else if (expect.field("set").bool()) {
            assertEquals(
                    expect.field("limitBytes").longValue(),
                    assertInstanceOf(AutoMemLimit.Limited.class, outcome)
                            .limit()
                            .bytes()
                            .value());
        } else {
            AutoMemLimit.Skipped skipped = assertInstanceOf(AutoMemLimit.Skipped.class, outcome);
            expect.optional("reason").ifPresent(reason -> assertEquals(reason.string(), skipped.reason()));
        }
    }

    private static void survival(Json one, Json expect) {
        GoMemoryLimit limit = one.optional("GOMEMLIMITMiB")
                .map(mebi -> new GoMemoryLimit(Bytes.mebi(mebi.longValue())))
                .orElse(GoMemoryLimit.OFF);
        one.field("GOMEMLIMITMiB");
        GoForecast forecast = GoForecast.of(
                Bytes.mebi(one.field("limitMiB").longValue()),
                Bytes.mebi(one.field("liveHeapMiB").longValue()),
                new GoFlags(limit, gogc(one.field("GOGC"))));
        String outcome = expect.field("outcome").string();
        if (outcome.startsWith("survives")) {
            assertEquals(GoForecast.SURVIVES, forecast);
        } else if (outcome.equals("kernel-oom-kill") && limit.equals(GoMemoryLimit.OFF)) {
            assertEquals(GoForecast.KILLED, forecast);
        } else {
            assertTrue(forecast != GoForecast.SURVIVES, outcome + " and not " + forecast);
        }
    }

    /** Off, in any spelling, lets all of the heap become garbage first. */
    private static int gogc(Json value) {
        if (value.isNull()) {
            return 100;
        }
        return value.isNumber() && value.intValue() > 0 ? value.intValue() : Integer.MAX_VALUE;
    }

    /** glibc by its rule; of the other allocators only that our own setting is among the cheapest. */
    private static void resident(Json one) {
        Json given = one.ignoring("config").field("given").ignoring("maxBlock", "keepOneIn", "rounds");
        int threads = given.field("threads").intValue();
        Json observed = one.field("observed").ignoring("vszMiB");
        Json env = one.field("env");
        boolean glibc = !env.has("LD_PRELOAD");
        int arenas = arenas(env);
        env.optional("MALLOC_CONF").ifPresent(conf -> assertEquals(List.of(), JemallocConf.complaints(conf.string())));
        switch (one.field("program").string()) {
            case "threads burst in turn, keep 1 %" -> {
                Bytes burst = Bytes.mebi(given.field("burstMiB").longValue());
                double end = observed.field("endRssMiB").doubleValue();
                if (glibc) {
                    Bytes rule = GlibcArenas.afterBursts(threads, burst, arenas);
                    assertEquals(end, rule.value() / (double) (1 << 20), 2.0);
                }
                assertTrue(observed.field("after3sMiB").doubleValue() <= end + 1);
            }
            case "steady churn then free 90 %" -> {
                double live = given.field("liveMiB").doubleValue();
                double peak = observed.field("peakRssMiB").doubleValue();
                assertTrue(
                        peak >= live && (!glibc || peak <= live * 1.2), "equal load hardly depends on arenas: " + peak);
                double freed = observed.field("afterFreeMiB").doubleValue();
                assertTrue(observed.field("after3sMiB").doubleValue() <= freed + 1);
            }
            default -> throw new AssertionError("unknown program " + one);
        }
        env.ignoring("LD_PRELOAD", "MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_")
                .assertAllRead();
        given.assertAllRead();
        observed.assertAllRead();
    }

    private static int arenas(Json env) {
        Optional<String> variable = env.optional("MALLOC_ARENA_MAX").map(Json::string);
        Optional<String> tunable = env.optional("GLIBC_TUNABLES")
                .flatMap(text -> Stream.of(text.string().split(":"))
                        .filter(setting -> setting.startsWith("glibc.malloc.arena_max="))
                        .reduce((one, other) -> other))
                .map(text -> text.substring(text.indexOf('=') + 1));
        OptionalInt bound = variable.or(() -> tunable).map(GlibcArenas::bound).orElse(OptionalInt.empty());
        return bound.orElse(GlibcArenas.byDefault(CPUS));
    }

    private static void validation(Json one) {
        Json given = one.ignoring("n").field("given");
        String expect = one.field("expect").string();
        if (given.has("MALLOC_ARENA_MAX")) {
            OptionalInt bound =
                    GlibcArenas.bound(given.field("MALLOC_ARENA_MAX").string());
            // To a program of few threads a bound beyond every number of arenas looks like an ignored one.
            boolean bounds = bound.isPresent() && bound.getAsInt() < Integer.MAX_VALUE;
            assertEquals(expect.contains("ignored"), !bounds, expect);
        }
        if (given.has("MALLOC_CONF")) {
            List<String> complaints =
                    JemallocConf.complaints(given.field("MALLOC_CONF").string());
            if (expect.startsWith("accepted")) {
                assertEquals(List.of(), complaints);
            } else {
                assertTrue(
                        complaints.stream().anyMatch(text -> expect.contains(text)) || expect.contains("abort"),
                        complaints + " for " + expect);
            }
        }
        given.ignoring("LD_PRELOAD", "MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES")
                .assertAllRead();
    }
}
