package io.github.memfit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LaunchTest {

    /** Gunicorn runs a gunicorn.conf.py that it finds beside it, so there must be nothing beside it. */
    @Test
    void aProgramRunsInAnEmptyDirectoryThatIsGoneAfterwards() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "skipped, no sh here");
        Launch launch =
                Launch.runApart(List.of("/bin/sh", "-c", "pwd -P; ls -A"), Map.of(), Set.of(), Duration.ofSeconds(20));
        List<String> lines = launch.output().lines().toList();
        assertEquals(1, lines.size(), lines.toString());
        assertNotEquals(Path.of("").toRealPath(), Path.of(lines.get(0)));
        assertFalse(Files.exists(Path.of(lines.get(0))));
    }
}
