package io.github.memfit.tuning.prefork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.tuning.ShellWords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spellings that argparse and Gunicorn's own checks read in their way; every row was run on 20.1. */
@Tag("bare")
class GunicornSpellingsTest {

    @ParameterizedTest
    @CsvSource({"-w=4", "-w4", "--workers=4", "-w +4", "-w 0_4", "-Dw4", "-DRw4", "-RD -w 4", "-w \u0664", "-w ' 4 '"})
    void fourWorkers(String words) {
        assertEquals(4, started(words).workers());
    }

    @Test
    void anUnambiguousBeginningIsTheWholeName() {
        assertEquals(3, started("--thread 3").threads());
        assertTrue(started("--prelo").preload());
        assertEquals(
                "9",
                GunicornOptions.of(List.of("--max-requests-j=9"))
                        .value("max-requests-jitter")
                        .orElseThrow());
        assertEquals(
                List.of("--workers=2", "--threads=5"),
                GunicornOptions.of(List.of("--thread", "3", "--workers=2"))
                        .with("threads", "5")
                        .words());
    }

    @Test
    void optionsOfNewerVersionsAreKept() {
        assertEquals(
                List.of("--dirty-workers", "2"),
                GunicornOptions.of(List.of("--dirty-workers", "2")).words());
        assertEquals(1, started("--dirty-workers 2").workers());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--work 4 | ambiguous option: --work",
                "--preload=True | ignored explicit argument 'True'",
                "--worker-class --preload | expected one argument",
                "--workers | expected one argument",
                "-w abc -w 3 | invalid int value: 'abc'",
                "--workers= | invalid int value: ''",
                "-w -3 | Value must be positive: -3",
                "-w 1__0 | invalid int value: '1__0'"
            })
    void whatArgparseRefuses(String words, String message) {
        assertEquals(message, refused(Map.of(), "", words));
    }

    @Test
    void aWrongValueIsRefusedEvenWhereItLoses() {
        assertEquals("invalid int value: 'abc'", refused(Map.of(), "-w abc", "-w 3"));
        assertEquals("Value must be positive: -1", refused(Map.of(), "-w -1", "-w 3"));
        assertEquals("Value must be positive: -2", refused(Map.of("workers", "-2"), "", "-w 3"));
        assertEquals("invalid literal for int() with base 0: 'abc'", refused(Map.of("workers", "abc"), "", "-w 3"));
    }

    @ParameterizedTest
    @CsvSource({"0x1F,31", "+0x2,2", "0X_1f,31", "0b11,3", "0o17,15", "' 5 ',5", "1_0,10", "00,0"})
    void theFileIsReadWithBaseZero(String text, int workers) {
        assertEquals(workers, inFile(Map.of("workers", text)).workers());
    }

    @Test
    void theFileHasItsOwnNames() {
        assertTrue(inFile(Map.of("preload_app", "True")).preload());
        assertTrue(inFile(Map.of("preload", "true")).preload());
        assertEquals("Value must be positive: -1", refused(Map.of("keepalive", "-1"), "", ""));
        assertEquals("Value must be positive: -1", refused(Map.of("max_requests", "-1"), "", ""));
        assertEquals("Invalid boolean: 1", refused(Map.of("preload_app", "1"), "", ""));
        assertEquals("invalid literal for int() with base 0: '010'", refused(Map.of("workers", "010"), "", ""));
    }

    @Test
    void aWorkerClassIsAShortOrADottedName() {
        GunicornLaunch.WorkersFail fail =
                assertInstanceOf(GunicornLaunch.WorkersFail.class, launch(Map.of(), "", "-k bogus"));
        assertEquals("class uri 'bogus' invalid or not found", fail.message());
        assertEquals("a.b.Worker", started("-k a.b.Worker").workerClass());
    }

    @ParameterizedTest
    @CsvSource({
        "-c x.py,true",
        "-cx.py,true",
        "--config=x.py,true",
        "--conf x.py,true",
        "--chdir /srv,true",
        "-Dc x.py,true",
        "--check-config,false",
        "-w 3,false",
        "--capture-output,false"
    })
    void whoNamesAFileOfCodeIsKnown(String words, boolean names) {
        assertEquals(names, GunicornOptions.of(ShellWords.parse(words)).namesConfigFile());
    }

    @Test
    void behindTwoDashesAreNoOptions() {
        GunicornOptions given = GunicornOptions.of(List.of("-w", "4", "--", "--workers=9"));
        assertEquals("4", given.value("workers").orElseThrow());
        assertEquals(
                List.of("--workers=5", "--preload", "--", "--workers=9"),
                given.with("workers", "5").withPreload().words());
    }

    private static GunicornLaunch.Started started(String words) {
        return assertInstanceOf(GunicornLaunch.Started.class, launch(Map.of(), "", words));
    }

    private static GunicornLaunch.Started inFile(Map<String, String> file) {
        return assertInstanceOf(GunicornLaunch.Started.class, launch(file, "", ""));
    }

    private static String refused(Map<String, String> file, String variable, String words) {
        return assertInstanceOf(GunicornLaunch.Refused.class, launch(file, variable, words))
                .message();
    }

    private static GunicornLaunch launch(Map<String, String> file, String variable, String words) {
        return GunicornLaunch.of(
                Optional.empty(), file, GunicornOptions.parse(variable), GunicornOptions.of(ShellWords.parse(words)));
    }
}
