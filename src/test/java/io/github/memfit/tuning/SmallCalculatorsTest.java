package io.github.memfit.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.tuning.dotnet.DotNet;
import io.github.memfit.tuning.dotnet.DotNetFlags;
import io.github.memfit.tuning.go.Go;
import io.github.memfit.tuning.go.GoFlags;
import io.github.memfit.tuning.go.GoForecast;
import io.github.memfit.tuning.go.GoMemoryLimit;
import io.github.memfit.tuning.malloc.Allocator;
import io.github.memfit.tuning.malloc.GlibcArenas;
import io.github.memfit.tuning.malloc.JemallocConf;
import io.github.memfit.tuning.malloc.Malloc;
import io.github.memfit.tuning.malloc.MallocFlags;
import io.github.memfit.tuning.spring.SpringThreads;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("bare")
class SmallCalculatorsTest {

    @Test
    void goLeavesATenthAndSaysSo() {
        Fit.Fits<GoFlags> plan =
                fits(Go.within(Bytes.mebi(256)).liveHeap(Bytes.mebi(100)).fit());
        assertEquals(
                "GOMEMLIMIT=230MiB", plan.flags().environment().get(0).toShell().replace("'", ""));
        assertEquals(1, plan.flags().environment().size());
        assertEquals(List.of(), plan.warnings());
        assertEquals(GoForecast.SURVIVES, GoForecast.of(Bytes.mebi(256), Bytes.mebi(100), plan.flags()));
        assertEquals(
                GoForecast.KILLED,
                GoForecast.of(Bytes.mebi(256), Bytes.mebi(100), new GoFlags(GoMemoryLimit.OFF, 100)));
        assertEquals(
                2,
                fits(Go.within(Bytes.mebi(256)).gogc(40).fit())
                        .flags()
                        .environment()
                        .size());
    }

    @Test
    void goRefusesDataThatWouldKeepTheCollectorBusy() {
        Fit.TooSmall<GoFlags> small = assertInstanceOf(
                Fit.TooSmall.class,
                Go.within(Bytes.mebi(256)).liveHeap(Bytes.mebi(200)).fit());
        assertTrue(Go.within(small.needed()).liveHeap(Bytes.mebi(200)).fit().isFit());
        assertFalse(Go.within(small.needed().minus(Bytes.mebi(2)))
                .liveHeap(Bytes.mebi(200))
                .fit()
                .isFit());
    }

    @Test
    void goKeepsALimitThatIsThereIfItFits() {
        GoMemoryLimit given = GoMemoryLimit.parse("200MiB");
        assertEquals(
                given,
                fits(Go.within(Bytes.mebi(256)).existing(given).fit()).flags().memoryLimit());
        assertFalse(Go.within(Bytes.mebi(200)).existing(given).fit().isFit());
        assertEquals(
                Bytes.mebi(230),
                fits(Go.within(Bytes.mebi(256)).existing(GoMemoryLimit.OFF).fit())
                        .flags()
                        .memoryLimit()
                        .bytes());
        assertTrue(fits(Go.within(Bytes.mebi(256))
                        .existing(given)
                        .liveHeap(Bytes.mebi(190))
                        .fit())
                .warnings()
                .stream()
                .anyMatch(warning -> warning.about().equals("GOMEMLIMIT")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1KB",
                "1 MiB",
                "MiB",
                "1mib",
                "0x10",
                "9223372036854775808",
                "8796093022208TiB",
                "1MiBB",
                "+1",
                "１MiB"
            })
    void goTextsThatStopAProgramAreRefused(String text) {
        assertThrows(MalformedException.class, () -> GoMemoryLimit.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0B",
        "1024,1KiB",
        "10B,10B",
        "'',off",
        "off,off",
        "0001,1B",
        "9223372036854775807,off",
        "3072MiB,3GiB"
    })
    void goTextsComeBackInTheirLargestUnit(String text, String printed) {
        assertEquals(printed, GoMemoryLimit.parse(text).toString());
    }

    @Test
    void arenasAreAsManyAsRunInParallelAndFit() {
        Malloc python = Malloc.within(Bytes.mebi(256))
                .threads(16)
                .burst(Bytes.mebi(32))
                .cpus(8)
                .globalLock();
        assertEquals(
                List.of(EnvironmentVariable.of("MALLOC_ARENA_MAX", "2")),
                fits(python.fit()).flags().environment());
        Fit.Fits<MallocFlags> parallel = fits(Malloc.within(Bytes.mebi(256))
                .threads(16)
                .burst(Bytes.mebi(32))
                .cpus(8)
                .fit());
        assertEquals(7, parallel.flags().arenas());
        assertEquals("MALLOC_ARENA_MAX", parallel.warnings().get(0).about());
        Fit.TooSmall<MallocFlags> small = assertInstanceOf(
                Fit.TooSmall.class,
                Malloc.within(Bytes.mebi(40)).threads(16).burst(Bytes.mebi(32)).fit());
        assertTrue(Malloc.within(small.needed())
                .threads(16)
                .burst(Bytes.mebi(32))
                .fit()
                .isFit());
    }

    @Test
    void everyTextForJemallocIsOneItTakes() {
        MallocFlags flags = fits(Malloc.within(Bytes.gibi(1))
                        .threads(8)
                        .cpus(4)
                        .allocator(Allocator.JEMALLOC)
                        .fit())
                .flags();
        assertEquals(List.of(), JemallocConf.complaints(flags.toMallocConf()));
        assertEquals("MALLOC_CONF", flags.environment().get(0).name());
        assertEquals(List.of(), new MallocFlags(Allocator.OTHER, 2, Optional.empty()).environment());
        Fit.Fits<MallocFlags> trimmed =
                fits(Malloc.within(Bytes.gibi(1)).trimThreshold(Bytes.kibi(128)).fit());
        assertEquals(
                EnvironmentVariable.of("MALLOC_TRIM_THRESHOLD_", "131072"),
                trimmed.flags().environment().get(1));
        assertEquals("MALLOC_TRIM_THRESHOLD_", trimmed.warnings().get(0).about());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bogus:1|Invalid conf pair",
                "narenas:x|Invalid conf value",
                "narenas:0|Out-of-range conf value",
                "thp:maybe|Invalid conf value",
                "narenas|Conf string ends with key",
                "narenas:2,|Conf string ends with comma",
                ",narenas:2|Malformed conf string",
                "narenas,tcache:true|Malformed conf string",
                ":1|Invalid conf value",
                "narenas:2x|Invalid conf value",
                "narenas:08|Invalid conf value",
                "narenas:99999999999999999999|Invalid conf value",
                "dirty_decay_ms:18446744072001|Out-of-range conf value",
                "oversize_threshold:-1|Out-of-range conf value",
                "mutex_max_spin:-2|Out-of-range conf value",
                "cache_oblivious:true|Invalid conf pair",
                "dirty_decay_ms:1;narenas:2|Invalid conf value",
                "a b:1|Malformed conf string"
            })
    void jemallocComplainsInItsWords(String text, String complaint) {
        assertEquals(List.of(complaint), JemallocConf.complaints(text));
    }

    /** Run on jemalloc 5.3.0: numbers are C's, a negative one is a very large one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "narenas:-1",
                "narenas:0x2",
                "narenas: 2",
                "narenas:010",
                "dirty_decay_ms:-1",
                "dirty_decay_ms:18446744073709551615",
                "dirty_decay_ms:18446744072000",
                "tcache_max:-1",
                "zero_realloc:alloc",
                "mutex_max_spin:-1",
                "stats_print_opts:a",
                "slab_sizes:1-4096:2",
                "junk:alloc"
            })
    void jemallocTakesMoreThanPlainNumbers(String text) {
        assertEquals(List.of(), JemallocConf.complaints(text));
    }

    /** Run on glibc 2.36 with 40 threads on 2 CPUs, by variable and by tunable. */
    @ParameterizedTest
    @CsvSource({"2x,2", "0x3,3", "010,8", "' 3',3", "+3,3", "1.5,1", "-1,2147483647", "9999999999,2147483647"})
    void glibcReadsWhatStandsInFront(String value, int bound) {
        assertEquals(OptionalInt.of(bound), GlibcArenas.bound(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "", "x1", "09", "0x", "-", "-0", " "})
    void whatGlibcCannotReadIsNoBound(String value) {
        assertEquals(OptionalInt.empty(), GlibcArenas.bound(value));
    }

    @Test
    void dotNetIsHexadecimalInTheEnvironment() {
        Fit.Fits<DotNetFlags> plan =
                fits(DotNet.within(Bytes.mebi(250)).nativeMemory(Bytes.mebi(50)).fit());
        assertEquals(
                EnvironmentVariable.of("DOTNET_GCHeapHardLimit", "C800000"),
                plan.flags().environment().get(0));
        assertEquals(
                EnvironmentVariable.of("DOTNET_gcServer", "0"),
                plan.flags().environment().get(1));
        assertEquals(
                EnvironmentVariable.of("DOTNET_GCConserveMemory", "5"),
                plan.flags().environment().get(2));
        assertTrue(plan.flags().toRuntimeConfig().contains("\"System.GC.HeapHardLimit\": 209715200,"));
        DotNetFlags old =
                fits(DotNet.within(Bytes.gibi(2)).cpus(4).major(5).fit()).flags();
        assertEquals("COMPlus_gcServer=1", old.environment().get(1).toShell().replace("'", ""));
        assertEquals(
                Bytes.gibi(2).dividedByRoundedDown(5).times(4), old.heapLimit().roundDownTo(Bytes.of(4)));
        assertEquals(Bytes.mebi(20), DotNet.defaultHeapLimit(Bytes.mebi(16)));
    }

    @Test
    void dotNetNeedsItsLeastHeap() {
        Fit.TooSmall<DotNetFlags> small = assertInstanceOf(
                Fit.TooSmall.class, DotNet.within(Bytes.mebi(32)).fit());
        assertTrue(DotNet.within(small.needed()).fit().isFit());
        Fit.TooSmall<DotNetFlags> crowded = assertInstanceOf(
                Fit.TooSmall.class,
                DotNet.within(Bytes.mebi(64)).nativeMemory(Bytes.mebi(60)).fit());
        assertEquals("native memory", crowded.cuts().get(0).region());
    }

    @Test
    void springThreadsCostWhatTheyCost() {
        assertEquals(Bytes.kibi(17_550), SpringThreads.cost(200).minus(SpringThreads.cost(50)));
        Fit.Fits<SpringThreads> plan = fits(SpringThreads.within(Bytes.mebi(16), 50));
        assertEquals("server.tomcat.threads.max=50", plan.flags().toProperty());
        assertEquals(
                EnvironmentVariable.of("SERVER_TOMCAT_THREADS_MAX", "50"),
                plan.flags().toVariable());
        Fit.TooSmall<SpringThreads> small =
                assertInstanceOf(Fit.TooSmall.class, SpringThreads.within(Bytes.mebi(16), 200));
        assertEquals("140 threads instead of 200", small.cuts().get(0).how());
        assertFalse(SpringThreads.within(Bytes.ZERO, 1).isFit());
    }

    @Test
    void settersAreCalledOnceAndNumbersAreChecked() {
        assertThrows(
                IllegalStateException.class,
                () -> Go.within(Bytes.gibi(1)).gogc(100).gogc(50));
        assertThrows(IllegalArgumentException.class, () -> Go.within(Bytes.ZERO));
        assertThrows(
                IllegalStateException.class,
                () -> Malloc.within(Bytes.gibi(1)).cpus(1).cpus(2));
        assertThrows(
                IllegalStateException.class,
                () -> DotNet.within(Bytes.gibi(1)).major(8).major(9));
        assertThrows(IllegalArgumentException.class, () -> SpringThreads.of(0));
    }

    @SuppressWarnings("unchecked")
    private static <F> Fit.Fits<F> fits(Fit<F> answer) {
        return assertInstanceOf(Fit.Fits.class, answer);
    }
}
