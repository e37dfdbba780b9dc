package io.github.memfit.lab.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A memory cgroup of our own: made with a limit, watched, and removed with everything that runs in it. */
abstract class MemoryGroup implements AutoCloseable {

    final Path path;
    private Thread last = Thread.currentThread();

    MemoryGroup(Path path) {
        this.path = path;
    }

    /** Makes a group below the memory hierarchy that this machine has. */
    static MemoryGroup make(long limitBytes) throws IOException {
        String name = "memfit-survival-" + Long.toHexString(new SecureRandom().nextLong());
        Path v1 = Path.of("/sys/fs/cgroup/memory");
        MemoryGroup group = Files.exists(v1.resolve("memory.limit_in_bytes"))
                ? new V1(v1.resolve(name))
                : new V2(Path.of("/sys/fs/cgroup").resolve(name));
        Files.createDirectory(group.path);
        // Also when the driver is told to end in the middle.
        group.last = new Thread(group::closeQuietly, "last");
        java.lang.Runtime.getRuntime().addShutdownHook(group.last);
        try {
            group.limit(limitBytes);
            return group;
        } catch (IOException e) {
            group.close();
            throw e;
        }
    }

    /** What every group of this machine is: {@code v1} or {@code v2}. */
    static String version() {
        return Files.exists(Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes")) ? "v1" : "v2";
    }

    abstract void limit(long bytes) throws IOException;

    /** Bytes charged now, page cache included. */
    abstract long usage() throws IOException;

    /** Socket buffers that are part of the usage. */
    abstract long sockets() throws IOException;

    /** The most that was ever charged, page cache included; the kernel's own mark. */
    abstract long peak() throws IOException;

    /** How much of the charge is file pages: the kernel takes these back before it kills. */
    abstract long file() throws IOException;

    /** Processes killed by the kernel for want of memory. */
    abstract long kills() throws IOException;

    /** What the charge consists of, for the log. */
    abstract String explain() throws IOException;

    /** A command that moves itself into the group and becomes the given one. */
    List<String> enter(List<String> command) {
        List<String> all = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "echo $$ >\"$0\" && exec \"$@\"",
                path.resolve("cgroup.procs").toString()));
        all.addAll(command);
        return all;
    }

    @Override
    public void close() throws IOException {
        try {
            java.lang.Runtime.getRuntime().removeShutdownHook(last);
        } catch (IllegalStateException e) {
            // The driver is ending: the hook is what runs.
        }
        remove();
    }

    private void closeQuietly() {
        try {
            remove();
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    private void remove() throws IOException {
        for (int i = 0; i < 100 && Files.exists(path); i++) {
            for (String pid : Files.readAllLines(path.resolve("cgroup.procs"))) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
            try {
                Files.delete(path);
                return;
            } catch (IOException e) {
                pause(50);
            }
        }
        if (Files.exists(path)) {
            throw new IOException("could not remove " + path);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long number(String file) throws IOException {
        return Long.parseLong(Files.readString(path.resolve(file)).trim());
    }

    long field(String file, String name) throws IOException {
        for (String line : Files.readAllLines(path.resolve(file))) {
            if (line.startsWith(name + ' ')) {
                return Long.parseLong(line.substring(name.length() + 1).trim());
            }
        }
        throw new IOException(path.resolve(file) + " has no " + name);
    }

    private static final class V1 extends MemoryGroup {
        V1(Path path) {
            super(path);
        }

        @Override
        void limit(long bytes) throws IOException {
            Files.writeString(path.resolve("memory.limit_in_bytes"), Long.toString(bytes));
            Path withSwap = path.resolve("memory.memsw.limit_in_bytes");
            if (Files.exists(withSwap)) {
                Files.writeString(withSwap, Long.toString(bytes));
            }
        }

        @Override
        long usage() throws IOException {
            return number("memory.usage_in_bytes");
        }

        @Override
        long sockets() {
            return 0; // apart, in memory.kmem.tcp.usage_in_bytes
        }

        @Override
        long peak() throws IOException {
            return number("memory.max_usage_in_bytes");
        }

        @Override
        long file() throws IOException {
            return field("memory.stat", "total_active_file") + field("memory.stat", "total_inactive_file");
        }

        @Override
        String explain() throws IOException {
            return "anon " + (field("memory.stat", "total_rss") >> 10) + " KiB, kernel "
                    + (number("memory.kmem.usage_in_bytes") >> 10) + " KiB, file " + (file() >> 10) + " KiB";
        }

        @Override
        long kills() throws IOException {
            return field("memory.oom_control", "oom_kill");
        }
    }

    private static final class V2 extends MemoryGroup {
        V2(Path path) {
            super(path);
        }

        @Override
        void limit(long bytes) throws IOException {
            Files.writeString(path.resolve("memory.max"), Long.toString(bytes));
        }

        @Override
        long usage() throws IOException {
            return number("memory.current");
        }

        @Override
        long sockets() throws IOException {
            return field("memory.stat", "sock");
        }

        @Override
        long peak() throws IOException {
            return number("memory.peak");
        }

        @Override
        long file() throws IOException {
            return field("memory.stat", "active_file") + field("memory.stat", "inactive_file");
        }

        @Override
        String explain() throws IOException {
            return "anon " + (field("memory.stat", "anon") >> 10) + " KiB, kernel "
                    + (field("memory.stat", "kernel") >> 10) + " KiB, sockets " + (sockets() >> 10) + " KiB, file "
                    + (file() >> 10) + " KiB";
        }

        @Override
        long kills() throws IOException {
            return field("memory.events", "oom_kill");
        }
    }
}
