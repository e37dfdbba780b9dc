package io.github.memfit.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A control group of the lab's own: made here, and removed with every process that was started in it. */
final class LabGroup implements AutoCloseable {

    private static final String ENTER = "echo $$ > \"$0/cgroup.procs\" || exit 125; exec \"$@\"";

    private final Path directory;
    private final boolean v2;
    private final List<Process> started = new ArrayList<>();

    private LabGroup(Path directory, boolean v2) {
        this.directory = directory;
        this.v2 = v2;
    }

    static LabGroup make(Path parent, String name, boolean v2) throws IOException {
        Path directory = Files.createDirectory(parent.resolve(name));
        return new LabGroup(directory, v2);
    }

    /** A group below this one. */
    LabGroup child(String name) throws IOException {
        if (v2) {
            Files.writeString(directory.resolve("cgroup.subtree_control"), "+memory");
        }
        return make(directory, name, v2);
    }

    Path directory() {
        return directory;
    }

    LabGroup limit(long bytes) throws IOException {
        write(v2 ? "memory.max" : "memory.limit_in_bytes", Long.toString(bytes));
        return this;
    }

    void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    boolean has(String file) {
        return Files.exists(directory.resolve(file));
    }

    /** One number that fills a file. */
    long number(String file) throws IOException {
        return Long.parseLong(Files.readString(directory.resolve(file)).strip());
    }

    /** The number of one key of a file. */
    long number(String file, String key) throws IOException {
        for (String line : Files.readString(directory.resolve(file)).split("\n")) {
            if (line.startsWith(key + " ")) {
                return Long.parseLong(line.substring(key.length() + 1).strip());
            }
        }
        throw new IOException("no " + key + " in " + file);
    }

    long usage() throws IOException {
        return number(v2 ? "memory.current" : "memory.usage_in_bytes");
    }

    /** The file and the key that count kills. */
    long kills() throws IOException {
        return number(v2 ? "memory.events" : "memory.oom_control", "oom_kill");
    }

    /** Starts a program inside the group. */
    Process start(String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of("sh", "-c", ENTER, directory.toString()));
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process);
        return process;
    }

    /** Ends what was started. */
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
        started.clear();
    }

    /** Removes the group; its processes must have ended. */
    void remove() throws IOException, InterruptedException {
        for (int attempt = 0; Files.exists(directory); attempt++) {
            try {
                Files.delete(directory);
            } catch (IOException e) {
                if (attempt == 50) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stop();
        remove();
    }
}
