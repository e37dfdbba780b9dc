package io.github.memfit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.memfit.tuning.jvm.NativeMemory;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Reading;
import io.github.memfit.unit.UnreadableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("bare")
class ClassFilesTest {

    private static byte[] jar(byte[] inner, String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                if (name.endsWith(".jar")) {
                    zip.write(inner);
                }
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void jarsAndTheJarsInThemAreCounted(@TempDir Path folder) throws IOException {
        byte[] third = jar(new byte[0], "X.class");
        byte[] second = jar(third, "A.class", "B.class", "deeper.jar", "text.txt");
        Files.write(folder.resolve("app.jar"), jar(second, "Main.class", "lib/second.jar", "a/"));
        Files.createDirectories(folder.resolve("classes/p"));
        Files.write(folder.resolve("classes/p/C.class"), new byte[0]);
        assertEquals(4, ClassFiles.count(folder), "the third level is not looked at");
        assertEquals(3, ClassFiles.count(folder.resolve("app.jar")));
    }

    @Test
    void whatIsNotThereCannotBeCounted(@TempDir Path folder) {
        assertThrows(UnreadableException.class, () -> ClassFiles.count(folder.resolve("none")));
    }

    @Test
    void jcmdSaysWhyThereIsNoReport() {
        Path home = Path.of(System.getProperty("java.home"));
        assertEquals(
                Optional.of(Absence.Reason.NO_FILE),
                Jcmd.of(Path.of("no-such-folder")).nativeMemory(1).absence().map(Absence::reason));
        assumeTrue(Files.isExecutable(home.resolve("bin/jcmd")), "a runtime without jcmd");
        Reading<NativeMemory> gone = Jcmd.of(home).nativeMemory(Integer.MAX_VALUE);
        assertEquals(Optional.of(Absence.Reason.GONE), gone.absence().map(Absence::reason), gone.toString());
        boolean tracked = LiveJvm.self().options().has("NativeMemoryTracking");
        Reading<NativeMemory> own =
                Jcmd.of(home).nativeMemory(ProcessHandle.current().pid());
        assertEquals(tracked, own.isPresent(), own.toString());
    }

    @Test
    void aNameThatIsNoTextMakesTheJarUnreadable(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("odd.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar), StandardCharsets.ISO_8859_1)) {
            zip.putNextEntry(new ZipEntry("\u00ff.class"));
        }
        assertThrows(UnreadableException.class, () -> ClassFiles.count(jar));
    }
}
