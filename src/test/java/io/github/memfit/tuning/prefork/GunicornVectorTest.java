package io.github.memfit.tuning.prefork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.memfit.testing.Json;
import io.github.memfit.testing.Vectors;
import io.github.memfit.tuning.Fit;
import io.github.memfit.unit.Bytes;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

/** Measured and observed Gunicorn servers, its configuration, its peers. */
class GunicornVectorTest {

    private static final Map<String, Consumer<Json>> HANDLERS = Map.of(
            "gunicorn-config", GunicornConfigCases::check,
            "gunicorn-fit", GunicornVectorTest::fit,
            "gunicorn-limits", GunicornVectorTest::limits,
            "gunicorn-memory", GunicornVectorTest::memory,
            "gunicorn-peers-workers", GunicornVectorTest::peers,
            "gunicorn-prefork-peers", PreforkPeerCases::check);

    @TestFactory
    Stream<DynamicNode> vectors() {
        return Vectors.files("gunicorn").stream().map(GunicornVectorTest::file);
    }

    private static DynamicNode file(Path file) {
        Consumer<Json> handler = HANDLERS.get(Vectors.longestPrefix(file, HANDLERS.keySet()));
        Json root = Json.read(file).ignoring("title", "how", "rule", "rules", "fields", "set", "apps", "precedence");
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

    private static void fit(Json one) {
        one.ignoring("app", "workerClass", "threads", "preload", "phase");
        List<PreforkSample> samples = new ArrayList<>();
        for (Json point : one.field("points").items()) {
            List<Json> pair = point.items();
            assertEquals(2, pair.size());
            samples.add(new PreforkSample(pair.get(0).intValue(), mebi(pair.get(1))));
        }
        PreforkMemory line = PreforkMemory.fit(samples);
        Json expect = one.field("expect");
        close(expect.field("masterMiB"), line.master(), 0.015);
        close(expect.field("perWorkerMiB"), line.perWorker(), 0.006);
        close(expect.field("maxAbsErrorMiB"), line.largestError(samples), 0.015);
        expect.assertAllRead();
    }

    /** The model predicts who dies, and our plan never has as many workers as a set that died. */
    private static void limits(Json one) {
        one.ignoring("observed");
        Json model = one.field("model");
        PreforkMemory memory = new PreforkMemory(
                mebi(model.field("masterMiB")),
                mebi(model.field("perWorkerMiB")),
                Bytes.ZERO,
                mebi(model.field("kernelPerProcessMiB")));
        Bytes limit = Bytes.mebi(one.field("limitMiB").longValue());
        int workers = one.field("workers").intValue();
        Bytes predicted = memory.total(workers, 1);
        close(model.field("predictedMiB"), predicted, 0.06);
        model.assertAllRead();
        Json expect = one.field("expect");
        assertEquals(expect.field("modelSaysFits").bool(), !predicted.isMoreThan(limit));
        Gunicorn plan = Gunicorn.within(limit).measured(memory).atMostWorkers(100);
        plan = one.field("preload").bool() ? plan.preload() : plan;
        boolean flask = one.field("app").string().equals("flaskapp");
        int planned = plan.filePages(Bytes.ZERO)
                .fit()
                .ifFits()
                .map(GunicornFlags::workers)
                .orElse(0);
        if (!expect.field("fits").bool()) {
            assertTrue(planned < workers, planned + " workers planned, " + workers + " died");
        }
        assertTrue(planned >= (flask ? 3 : 2), "a plan that wastes more than it saves: " + planned);
        expect.assertAllRead();
    }

    /** The presets never promise less than what was measured, nor much more. */
    private static void memory(Json one) {
        one.ignoring("seq", "MALLOC_ARENA_MAX");
        boolean preload = one.field("preload").bool();
        GunicornWorkerClass workerClass =
                GunicornWorkerClass.of(one.field("workerClass").string()).orElseThrow();
        String app = one.field("app").string();
        int workers = one.field("workers").intValue();
        int threads = one.field("threads").intValue();
        PreforkMemory memory = switch (app) {
            case "plain" -> PythonFramework.WSGI.memory(workerClass, preload);
            case "flaskapp" -> PythonFramework.FLASK.memory(workerClass, preload);
            case "djangoapp" -> PythonFramework.DJANGO.memory(workerClass, preload);
            case "fat" -> PreforkMemory.of(Bytes.mebi(preload ? 77 : 20), Bytes.mebi(preload ? 57 : 69));
            default -> throw new AssertionError("unknown application " + app);
        };
        Bytes promised = memory.total(workers, threads);
        double idle = observed(one.field("idle"), workers);
        double loaded = observed(one.field("loaded"), workers);
        assertTrue(idle <= loaded + 1, idle + " idle, " + loaded + " loaded");
        double megabytes = promised.value() / (double) (1 << 20);
        assertTrue(loaded <= megabytes, loaded + " measured, " + promised + " promised");
        if (!preload && one.field("gcHook").isNull()) {
            assertTrue(megabytes <= loaded * 1.2 + 3, loaded + " measured, " + promised + " promised");
        } else {
            one.ignoring("gcHook");
        }
    }

    /** RSS counts shared pages once per process: its sum is always more than the group holds, which is why nothing here reads it. */
    private static double observed(Json phase, int workers) {
        Json worker = phase.field("workerMean").ignoring("pss", "anon");
        Json master = phase.field("master").ignoring("pss", "anon", "rss");
        double anonymous = phase.field("cgroupAnonMiB").doubleValue();
        assertTrue(phase.field("sumRssMiB").doubleValue() > anonymous);
        assertTrue(phase.field("sumPssMiB").doubleValue() > anonymous);
        assertTrue(worker.field("uss").doubleValue() < worker.field("rss").doubleValue());
        double unique = master.field("uss").doubleValue()
                + workers * worker.field("uss").doubleValue();
        assertTrue(unique < anonymous + 15 + workers, unique + " unique, " + anonymous + " anonymous");
        master.assertAllRead();
        worker.assertAllRead();
        double kernel = phase.field("cgroupKernelMiB").doubleValue();
        phase.assertAllRead();
        return anonymous + kernel;
    }

    private static void peers(Json one) {
        Json in = one.field("in");
        Json expect = one.field("expect");
        switch (one.field("peer").string()) {
            case "heroku python WEB_CONCURRENCY" ->
                assertEquals(
                        expect.field("workers").intValue(),
                        WorkerPeers.herokuPython(
                                in.field("memoryMiB").longValue(),
                                in.field("cores").intValue()));
            case "heroku nodejs WEB_CONCURRENCY" -> {
                long available = in.field("MEMORY_AVAILABLE").longValue();
                OptionalInt web = number(in, "WEB_MEMORY");
                assertEquals(expect.field("workers").intValue(), WorkerPeers.herokuNode(available, web));
                assertEquals(expect.field("webMemoryMiB").intValue(), WorkerPeers.herokuNodeWebMemory(available, web));
            }
            case "uvicorn-gunicorn-docker" ->
                assertEquals(
                        expect.field("workers").intValue(),
                        WorkerPeers.uvicornImage(
                                in.field("cores").intValue(),
                                in.optional("WORKERS_PER_CORE").map(text -> new BigDecimal(text.string())),
                                number(in, "MAX_WORKERS"),
                                number(in, "WEB_CONCURRENCY")));
            case "sclorg s2i python" ->
                assertEquals(
                        expect.field("workers").intValue(),
                        WorkerPeers.s2iPython(
                                in.field("memoryMiB").longValue(),
                                in.field("cores").intValue()));
            case "heroku php autotune" ->
                assertEquals(
                        expect.field("workers").intValue(),
                        WorkerPeers.herokuPhp(
                                phpSize(in.field("memory").string()).orElseThrow(),
                                in.field("cores").intValue(),
                                phpSize(in.field("memory_limit").string())));
            case "paketo node-engine optimize-memory" -> paketo(in, expect);
            default -> throw new AssertionError("unknown peer " + one);
        }
        in.assertAllRead();
        expect.assertAllRead();
    }

    private static void paketo(Json in, Json expect) {
        boolean optimize = in.field("OPTIMIZE_MEMORY").bool();
        Json file = in.field("limitFile");
        if (file.isString()) {
            assertEquals("max", file.string());
            assertFalse(expect.has("MEMORY_AVAILABLE"));
            return;
        }
        Bytes limit = Bytes.of(file.longValue());
        assertEquals(expect.field("MEMORY_AVAILABLE").longValue(), WorkerPeers.paketoNodeMemory(limit));
        assertEquals(optimize, expect.has("NODE_OPTIONS"));
        if (optimize) {
            assertEquals(expect.field("NODE_OPTIONS").string(), WorkerPeers.paketoNode(limit));
        }
    }

    private static OptionalInt number(Json object, String field) {
        return object.optional(field)
                .map(value -> OptionalInt.of(Integer.parseInt(value.toString())))
                .orElse(OptionalInt.empty());
    }

    private static Optional<Bytes> phpSize(String text) {
        if (text.equals("-1")) {
            return Optional.empty();
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return Optional.of(
                switch (text.charAt(text.length() - 1)) {
                    case 'K' -> Bytes.kibi(number);
                    case 'M' -> Bytes.mebi(number);
                    case 'G' -> Bytes.gibi(number);
                    default -> Bytes.of(Long.parseLong(text));
                });
    }

    static Bytes mebi(Json value) {
        return Bytes.of(value.decimal()
                .multiply(BigDecimal.valueOf(1 << 20))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    private static void close(Json expected, Bytes actual, double mebi) {
        assertEquals(expected.doubleValue(), actual.value() / (double) (1 << 20), mebi, expected.where());
    }

    @SuppressWarnings("unchecked")
    static <F> Fit.Fits<F> fits(Fit<F> answer) {
        assertTrue(answer.isFit(), answer.toString());
        return (Fit.Fits<F>) answer;
    }
}
