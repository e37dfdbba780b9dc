package io.github.memfit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.tuning.prefork.Gunicorn;
import io.github.memfit.tuning.prefork.GunicornFlags;
import io.github.memfit.tuning.prefork.GunicornLaunch;
import io.github.memfit.tuning.prefork.GunicornOptions;
import io.github.memfit.tuning.prefork.PythonFramework;
import io.github.memfit.unit.Bytes;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings against the Gunicorn of this machine, where there is one. */
@Tag("bare")
class GunicornLaunchTest {

    private static final GunicornVerifier VERIFIER = GunicornVerifier.of(Path.of("gunicorn"));

    @BeforeAll
    static void findGunicorn() {
        GunicornVerification here = VERIFIER.verify(GunicornOptions.none());
        Assumptions.assumeTrue(
                here instanceof GunicornVerification.Launched, () -> "skipped, no Gunicorn here: " + here);
    }

    @ParameterizedTest
    @ValueSource(longs = {128, 256, 512, 1024, 4096})
    void gunicornReadsThePlan(long mebi) {
        for (int threads : new int[] {1, 4}) {
            GunicornFlags flags = Gunicorn.within(Bytes.mebi(mebi))
                    .cpus(2)
                    .threads(threads)
                    .framework(PythonFramework.FLASK)
                    .leakPerRequest(Bytes.kibi(8))
                    .fit()
                    .ifFits()
                    .orElseThrow();
            GunicornVerification verification = VERIFIER.verify(flags);
            assertTrue(verification.agrees(), mebi + "Mi: " + verification);
        }
    }

    @Test
    void namesOfTheUserArriveAsTheyAre() {
        String hostile = "it's $(touch x) \"quoted\" \\ `id`";
        GunicornFlags flags = Gunicorn.within(Bytes.mebi(512))
                .existing(GunicornOptions.of(java.util.List.of("--name", hostile, "-w", "2")))
                .fit()
                .ifFits()
                .orElseThrow();
        GunicornVerification.Launched launched =
                assertInstanceOf(GunicornVerification.Launched.class, VERIFIER.verify(flags));
        assertEquals(hostile, launched.settings().get("proc_name"));
        assertEquals("2", launched.settings().get("workers"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-w 3",
                "-w3 --workers=4",
                "-w 0",
                "-w 0x2",
                "-w -1",
                "-w abc",
                "--threads 8",
                "--timeout -1",
                "-w 1_0",
                "-w ' 5 '",
                "-w=4",
                "-Dw4",
                "--thread 3",
                "--prelo",
                "--work 3",
                "--preload=True",
                "-w abc -w 3",
                "-w"
            })
    void optionsAreReadAsGunicornReadsThem(String text) {
        GunicornOptions options = GunicornOptions.parse(text);
        GunicornLaunch rule = GunicornLaunch.of(Optional.empty(), Map.of(), GunicornOptions.none(), options);
        GunicornVerification truth = VERIFIER.verify(options);
        if (rule instanceof GunicornLaunch.Started started) {
            GunicornVerification.Launched launched = assertInstanceOf(GunicornVerification.Launched.class, truth, text);
            assertEquals(
                    Integer.toString(started.workers()), launched.settings().get("workers"));
            assertEquals(
                    Integer.toString(started.threads()), launched.settings().get("threads"));
        } else {
            assertInstanceOf(GunicornVerification.Refused.class, truth, text);
        }
    }
}
