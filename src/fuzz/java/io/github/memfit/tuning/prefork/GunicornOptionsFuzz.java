package io.github.memfit.tuning.prefork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.unit.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Any text of GUNICORN_CMD_ARGS: nothing is lost, nothing but the options about memory changes, every launch has an end. */
class GunicornOptionsFuzz {

    @FuzzTest
    void parse(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8).replace("\0", "");
        GunicornOptions options;
        try {
            options = GunicornOptions.parse(text);
        } catch (MalformedException e) {
            return;
        }
        assertEquals(options, GunicornOptions.parse(options.toCmdArgs()));
        GunicornOptions changed = options.with("workers", "7").withPreload();
        assertEquals(Optional.of("7"), changed.value("workers"));
        assertEquals(options.value("threads"), changed.value("threads"));
        assertEquals(Optional.of(""), changed.value("preload"));
        GunicornLaunch launch = GunicornLaunch.of(Optional.of(text), Map.of(), GunicornOptions.none(), options);
        if (launch instanceof GunicornLaunch.Started started) {
            assertTrue(started.workers() >= 0 && started.threads() >= 0);
        }
    }
}
