package io.github.memfit.tuning.prefork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.tuning.EnvironmentVariable;
import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("bare")
class GunicornTest {

    private static final PreforkMemory TABLE = PreforkMemory.of(Bytes.mebi(20), Bytes.mebi(68));

    @Test
    void memoryDecidesWhereItIsScarce() {
        Fit.Fits<GunicornFlags> plan =
                fits(Gunicorn.within(Bytes.mebi(256)).cpus(2).measured(TABLE).fit());
        assertEquals(2, plan.flags().workers());
        assertEquals(
                List.of("--workers=2", "--worker-tmp-dir=/dev/shm"),
                plan.flags().toArguments());
        assertEquals(
                Provenance.MEASURED, plan.plan().row("workers").orElseThrow().provenance());
        assertTrue(plan.warnings().stream().anyMatch(warning -> warning.text().startsWith("memory decides")));
    }

    @Test
    void cpusDecideWhereMemoryIsPlenty() {
        assertEquals(5, workers(Gunicorn.within(Bytes.gibi(4)).cpus(2).measured(TABLE)));
        assertEquals(
                5, workers(Gunicorn.within(Bytes.gibi(4)).cpus(Ratio.of(3, 2)).measured(TABLE)));
        assertEquals(
                2, workers(Gunicorn.within(Bytes.gibi(4)).cpus(2).threads(4).measured(TABLE)));
        assertEquals(12, workers(Gunicorn.within(Bytes.gibi(4)).cpus(64).measured(TABLE)));
        assertEquals(
                20,
                workers(Gunicorn.within(Bytes.gibi(4)).cpus(64).measured(TABLE).atMostWorkers(20)));
    }

    @Test
    void threadsTurnSyncIntoGthread() {
        Fit.Fits<GunicornFlags> plan = fits(Gunicorn.within(Bytes.gibi(1))
                .cpus(2)
                .threads(8)
                .framework(PythonFramework.FLASK)
                .fit());
        assertEquals(GunicornWorkerClass.GTHREAD, plan.flags().workerClass());
        assertEquals(
                List.of("--workers=2", "--threads=8", "--worker-class=gthread", "--worker-tmp-dir=/dev/shm"),
                plan.flags().toArguments());
        assertThrows(
                IllegalArgumentException.class,
                () -> Gunicorn.within(Bytes.gibi(1))
                        .threads(8)
                        .workerClass(GunicornWorkerClass.GEVENT)
                        .fit());
    }

    @Test
    void leaksAreOutrunByReplacingWorkers() {
        Fit.Fits<GunicornFlags> plan = fits(Gunicorn.within(Bytes.gibi(1))
                .cpus(2)
                .measured(TABLE)
                .leakPerRequest(Bytes.kibi(64))
                .fit());
        GunicornFlags flags = plan.flags();
        assertTrue(flags.maxRequests() > 0 && flags.maxRequestsJitter() <= flags.maxRequests());
        Bytes grown = Bytes.kibi(64).times((long) flags.maxRequests() + flags.maxRequestsJitter());
        assertTrue(!grown.isMoreThan(
                plan.plan().row("growth").orElseThrow().bytes().dividedByRoundedUp(flags.workers())));
        assertTrue(plan.plan().row("replacement").isPresent());
    }

    @Test
    void workersThatAreNeverReplacedAreSaidToLeakOn() {
        Fit.Fits<GunicornFlags> fits = fits(Gunicorn.within(Bytes.gibi(1))
                .cpus(2)
                .measured(TABLE)
                .leakPerRequest(Bytes.kibi(64))
                .existing(GunicornOptions.parse("--max-requests=0"))
                .fit());
        assertEquals(0, fits.flags().maxRequests());
        assertEquals(0, fits.flags().maxRequestsJitter());
        assertEquals(
                1,
                fits.warnings().stream()
                        .filter(warning -> warning.text().startsWith("0 never replaces a worker"))
                        .count(),
                () -> fits.warnings().toString());
        assertTrue(fits.plan().row("growth").isPresent(), () -> fits.plan().toTable());
    }

    @Test
    void settingsOfTheUserAreKept() {
        Fit.Fits<GunicornFlags> plan = fits(Gunicorn.within(Bytes.gibi(1))
                .cpus(2)
                .measured(TABLE)
                .existing(GunicornOptions.parse("-w 3 --bind=:8000 --name 'my app' --threads 2 --worker-tmp-dir /tmp"))
                .application("shop.wsgi:application")
                .fit());
        assertEquals(3, plan.flags().workers());
        assertEquals(
                List.of(
                        "-w",
                        "3",
                        "--bind=:8000",
                        "--name",
                        "my app",
                        "--threads",
                        "2",
                        "--worker-tmp-dir",
                        "/tmp",
                        "--worker-class=gthread",
                        "shop.wsgi:application"),
                plan.flags().toArguments());
        assertTrue(plan.flags().toCmdArgs().contains("--name 'my app'"));
    }

    @Test
    void tooManyWorkersAreAnsweredWithWhatTheyNeed() {
        Fit.TooSmall<GunicornFlags> small = assertInstanceOf(
                Fit.TooSmall.class,
                Gunicorn.within(Bytes.mebi(256)).measured(TABLE).workers(5).fit());
        assertEquals("2 workers instead of 5", small.cuts().get(0).how());
        assertEquals(5, workers(Gunicorn.within(small.needed()).measured(TABLE).workers(5)));
        assertTrue(!Gunicorn.within(small.needed().minus(Bytes.mebi(1)))
                .measured(TABLE)
                .workers(5)
                .fit()
                .isFit());
        Fit.TooSmall<GunicornFlags> tiny = assertInstanceOf(
                Fit.TooSmall.class,
                Gunicorn.within(Bytes.mebi(64)).measured(TABLE).fit());
        assertEquals("workers", tiny.largest().region());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-w 0", "-w abc", "--threads 0", "-k gthread --threads 0", "--timeout -1", "-k my.Class", "-w"})
    void optionsWithWhichNobodyIsServedAreRefused(String options) {
        assertThrows(
                IllegalArgumentException.class,
                () -> Gunicorn.within(Bytes.gibi(1))
                        .existing(GunicornOptions.parse(options))
                        .fit());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "app:", "app:x()y", "app;rm -rf /", "$(id)", "-c", "app:obj\n", "ä:x"})
    void applicationsAreNamesAndNothingElse(String name) {
        assertThrows(
                IllegalArgumentException.class,
                () -> Gunicorn.within(Bytes.gibi(1)).application(name));
    }

    @Test
    void theSameSettingsInThreeForms() {
        GunicornFlags flags = fits(Gunicorn.within(Bytes.gibi(1))
                        .cpus(1)
                        .framework(PythonFramework.DJANGO)
                        .preload()
                        .fit())
                .flags();
        assertEquals("""
                workers = 3
                threads = 1
                worker_class = "sync"
                preload_app = True
                max_requests = 0
                max_requests_jitter = 0
                worker_tmp_dir = "/dev/shm"
                """, flags.toConfigFile());
        assertEquals("--workers=3 --preload --worker-tmp-dir=/dev/shm", flags.toCmdArgs());
        assertEquals(
                EnvironmentVariable.of("GUNICORN_CMD_ARGS", flags.toCmdArgs()),
                flags.environment().get(0));
        assertEquals("\"a\\\"\\\\\\U0000000a\\U0001f600\"", GunicornFlags.python("a\"\\\n\ud83d\ude00"));
    }

    @Test
    void shortAndLongOptionsAreOne() {
        GunicornOptions options = GunicornOptions.parse("-w3 --workers=4 -k gevent -t 5 --preload app:x -w 7");
        assertEquals("7", options.value("workers").orElseThrow());
        assertEquals("gevent", options.value("worker-class").orElseThrow());
        assertEquals("", options.value("preload").orElseThrow());
        assertEquals(Optional.empty(), options.value("threads"));
        assertEquals(
                List.of("-k", "gevent", "-t", "5", "--preload", "app:x", "--workers=2"),
                options.with("workers", "2").words());
        assertThrows(IllegalArgumentException.class, () -> options.with("bind", ":80"));
    }

    @Test
    void theConfigFileIsWeakerThanTheVariableAndStrongerThanTheDefault() {
        GunicornLaunch launch = GunicornLaunch.of(
                Optional.of("9"),
                Map.of("workers", "0x10", "preload", "True"),
                GunicornOptions.none(),
                GunicornOptions.none());
        GunicornLaunch.Started started = assertInstanceOf(GunicornLaunch.Started.class, launch);
        assertEquals(16, started.workers());
        assertTrue(started.preload());
        assertInstanceOf(
                GunicornLaunch.Refused.class,
                GunicornLaunch.of(
                        Optional.of("x"), Map.of("workers", "3"), GunicornOptions.none(), GunicornOptions.none()));
    }

    @Test
    void uwsgiCountsInItsUnits() {
        UwsgiFlags flags = fits(Uwsgi.within(Bytes.mebi(512))
                        .cpus(2)
                        .measured(TABLE)
                        .maxRequests(500)
                        .cheaper()
                        .fit())
                .flags();
        assertEquals(5, flags.processes());
        assertEquals(Bytes.mebi(122), flags.reloadOnRss());
        assertEquals("""
                [uwsgi]
                master = true
                processes = 5
                cheaper = 2
                reload-on-rss = 122
                max-requests = 500
                max-requests-delta = 50
                die-on-term = true
                need-app = true
                """, flags.toIni());
        assertEquals("--master", flags.toArguments().get(0));
        assertTrue(!Uwsgi.within(Bytes.mebi(64)).processes(4).fit().isFit());
    }

    @Test
    void pumaIsOneProcessWhereOnlyOneFits() {
        PreforkMemory rails = PreforkMemory.of(Bytes.mebi(60), Bytes.mebi(200));
        assertEquals(
                new PumaFlags(0, 5),
                fits(Puma.within(Bytes.mebi(400)).cpus(4).measured(rails).fit()).flags());
        PumaFlags cluster =
                fits(Puma.within(Bytes.gibi(1)).cpus(4).measured(rails).fit()).flags();
        assertEquals(new PumaFlags(4, 5), cluster);
        assertEquals(List.of("--workers", "4", "--threads", "5:5", "--preload"), cluster.toArguments());
        assertTrue(!Puma.within(Bytes.mebi(256)).fit().isFit());
    }

    @Test
    void phpChildrenAreCountedByWhatTheyHoldForThemselves() {
        Fit.Fits<PhpFpmPool> pool = fits(PhpFpm.within(Bytes.mebi(512))
                .perChild(Bytes.mebi(12))
                .opcache(Bytes.mebi(128))
                .manager(PhpFpmManager.DYNAMIC)
                .fit());
        assertEquals(25, pool.flags().maxChildren());
        assertEquals(Optional.empty(), pool.flags().complaint());
        assertTrue(pool.warnings().stream().anyMatch(warning -> warning.about().equals("memory_limit")));
        assertEquals("""
                pm = dynamic
                pm.max_children = 25
                pm.start_servers = 9
                pm.min_spare_servers = 6
                pm.max_spare_servers = 12
                """, pool.flags().toConfig());
        assertEquals(3, fits(PhpFpm.within(Bytes.mebi(512)).fit()).flags().maxChildren());
    }

    private static int workers(Gunicorn gunicorn) {
        return fits(gunicorn.fit()).flags().workers();
    }

    private static <F> Fit.Fits<F> fits(Fit<F> answer) {
        return GunicornVectorTest.fits(answer);
    }
}
