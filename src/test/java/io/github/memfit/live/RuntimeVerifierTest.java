package io.github.memfit.live;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.tuning.node.NodeOptions;
import io.github.memfit.tuning.prefork.GunicornOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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

    private Path program(String script) throws IOException {
        Path file = directory.resolve("program");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
