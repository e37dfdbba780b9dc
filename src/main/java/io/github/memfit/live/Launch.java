package io.github.memfit.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program to its end: an argument list, a changed environment, a time limit, bounded output. Output goes through
 * temporary files, so that no thread is needed to drain pipes.
 */
final class Launch {

    private static final int MOST_OUTPUT = 4 << 20;

    private final OptionalInt exitCode;
    private final String output;
    private final String errors;

    private Launch(OptionalInt exitCode, String output, String errors) {
        this.exitCode = exitCode;
        this.output = output;
        this.errors = errors;
    }

    /**
     * Runs a program.
     *
     * @return the end of it; no exit code if the time was over and it was killed
     * @throws IOException if it cannot be started
     */
    static Launch run(List<String> command, Map<String, String> add, Set<String> remove, Duration limit)
            throws IOException {
        return run(command, add, remove, limit, Optional.empty());
    }

    /** Runs a program in an empty directory of its own, so that it finds no file that it would read or run by itself. */
    static Launch runApart(List<String> command, Map<String, String> add, Set<String> remove, Duration limit)
            throws IOException {
        Path directory = Files.createTempDirectory("memfit-launch");
        try {
            return run(command, add, remove, limit, Optional.of(directory));
        } finally {
            try {
                Files.deleteIfExists(directory);
            } catch (DirectoryNotEmptyException e) {
                // The program has left something in it; it is no more ours to delete than anything else of the program.
            }
        }
    }

    private static Launch run(
            List<String> command, Map<String, String> add, Set<String> remove, Duration limit, Optional<Path> directory)
            throws IOException {
        Path output = Files.createTempFile("memfit-launch", ".out");
        try {
            Path errors = Files.createTempFile("memfit-launch", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(nothing().toFile()))
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
                directory.ifPresent(path -> builder.directory(path.toFile()));
                builder.environment().keySet().removeAll(remove);
                builder.environment().putAll(add);
                OptionalInt exit = waitFor(builder.start(), limit);
                return new Launch(exit, read(output), read(errors));
            } finally {
                Files.deleteIfExists(errors);
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static Path nothing() {
        return Path.of(Files.exists(Path.of("/dev/null")) ? "/dev/null" : "NUL");
    }

    private static OptionalInt waitFor(Process process, Duration limit) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return OptionalInt.of(process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return OptionalInt.empty();
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
        }
    }

    /** The exit code; empty if the program was killed because its time was over. */
    OptionalInt exitCode() {
        return exitCode;
    }

    boolean succeeded() {
        return exitCode.isPresent() && exitCode.getAsInt() == 0;
    }

    String output() {
        return output;
    }

    String errors() {
        return errors;
    }

    /** The first line that says something, of either stream. */
    Optional<String> firstLine() {
        return (errors + '\n' + output)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst();
    }
}
