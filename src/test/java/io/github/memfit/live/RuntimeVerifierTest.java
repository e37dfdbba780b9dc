package io.github.memfit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.tuning.jvm.OptionChannel;
import io.github.memfit.tuning.node.NodeOptions;
import io.github.memfit.tuning.prefork.GunicornOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are not there, say something else, or never end. */
@Tag("bare")
@EnabledOnOs(OS.LINUX)
class RuntimeVerifierTest {

    @TempDir
    Path directory;

    @Test
    void aMissingProgramIsAnAnswer() {
        Path missing = directory.resolve("nothing");
        assertInstanceOf(
                NodeVerification.Unverified.class,
                NodeVerifier.of(missing).verify(NodeOptions.none(), NodeOptions.none()));
        assertInstanceOf(
                GunicornVerification.Unverified.class,
                GunicornVerifier.of(missing).verify(GunicornOptions.none()));
    }

    @Test
    void anotherProgramIsNotMistaken() throws IOException {
        Path liar = program("echo 'memfit v1.2 x'; echo hello");
        assertInstanceOf(
                NodeVerification.Unverified.class,
                NodeVerifier.of(liar).verify(NodeOptions.none(), NodeOptions.none()));
        assertInstanceOf(
                GunicornVerification.Unverified.class, GunicornVerifier.of(liar).verify(GunicornOptions.none()));
    }

    @Test
    void aFailureCarriesItsCodeAndOneLine() throws IOException {
        Path failing = program("printf 'bad\\033[31m option\\nsecond\\n' >&2; exit 9");
        NodeVerification.Refused refused = assertInstanceOf(
                NodeVerification.Refused.class,
                NodeVerifier.of(failing).verify(NodeOptions.none(), NodeOptions.none()));
        assertTrue(refused.exitCode() == 9 && refused.message().equals("bad?[31m option"), refused.message());
    }

    @Test
    void aProgramThatNeverEndsIsKilled() throws IOException {
        Path endless = program("while :; do sleep 1; done");
        assertInstanceOf(
                NodeVerification.Unverified.class,
                NodeVerifier.of(endless).within(Duration.ofMillis(300)).verify(NodeOptions.none(), NodeOptions.none()));
        assertInstanceOf(
                GunicornVerification.Unverified.class,
                GunicornVerifier.of(endless).within(Duration.ofMillis(300)).verify(GunicornOptions.none()));
        assertThrows(
                IllegalArgumentException.class, () -> NodeVerifier.of(endless).within(Duration.ZERO));
        assertThrows(
                IllegalArgumentException.class,
                () -> GunicornVerifier.of(endless).within(Duration.ZERO));
    }

    /** Gunicorn would run a gunicorn.conf.py that lies where it starts. */
    @Test
    void gunicornStartsWhereNothingOfTheUserLies() throws IOException {
        Path look = program("pwd > '" + directory + "/where'; ls -A | wc -l >> '" + directory + "/where'; exit 1");
        GunicornVerifier.of(look).verify(GunicornOptions.none());
        List<String> apart = Files.readAllLines(directory.resolve("where"));
        assertEquals("0", apart.get(1).strip(), apart.toString());
        assertFalse(Files.exists(Path.of(apart.get(0))), "left behind: " + apart.get(0));
        GunicornVerifier.of(look).verify(GunicornOptions.of(List.of("--config", "conf/gunicorn.py")));
        assertEquals(
                Path.of("").toRealPath(),
                Path.of(Files.readAllLines(directory.resolve("where")).get(0)).toRealPath());
    }

    @Test
    void aJvmIsNeverLaunchedWithItsProgram() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path java =
                Files.move(program("printf '%s\n' \"$@\" > '" + directory + "/words'; exit 1"), bin.resolve("java"));
        assertTrue(Files.isExecutable(java));
        JvmVerifier.of(directory)
                .verify(List.of("-cp", "a b", "-Xmx64m", "-jar", "app.jar", "-Xmx1m"), OptionChannel.COMMAND_LINE);
        assertEquals(
                List.of("-cp", "a b", "-Xmx64m", "-XX:+PrintFlagsFinal", "-version"),
                Files.readAllLines(directory.resolve("words")));
    }

    private Path program(String script) throws IOException {
        Path file = directory.resolve("program");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
