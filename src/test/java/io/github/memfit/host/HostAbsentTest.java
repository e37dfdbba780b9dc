package io.github.memfit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs with OSHI and, in the run without the optional libraries, without it. */
@Tag("bare")
class HostAbsentTest {

    @Test
    void saysWhatToAdd() throws Exception {
        URL classes = Host.class.getProtectionDomain().getCodeSource().getLocation();
        // No parent: the loaders of the platform would find OSHI on a module path.
        try (URLClassLoader bare = new URLClassLoader(new URL[] {classes}, null)) {
            Class<?> host = bare.loadClass("io.github.memfit.host.Host");
            Throwable thrown = assertThrows(
                            InvocationTargetException.class,
                            () -> host.getMethod("here").invoke(null))
                    .getCause();
            assertSaysWhatToAdd(thrown);
        }
    }

    @Test
    void worksOrSaysWhatToAdd() {
        try {
            Class.forName("oshi.spi.SystemInfoProvider");
        } catch (ClassNotFoundException absent) {
            assertSaysWhatToAdd(assertThrows(IllegalStateException.class, Host::here));
            return;
        }
        assertTrue(Host.here().memory().isPresent(), Host.here().toString());
    }

    private static void assertSaysWhatToAdd(Throwable thrown) {
        assertEquals(IllegalStateException.class, thrown.getClass());
        assertTrue(thrown.getMessage().contains("com.github.oshi:oshi-common"), thrown.getMessage());
    }
}
