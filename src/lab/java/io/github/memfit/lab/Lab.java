package io.github.memfit.lab;

import io.github.memfit.container.Container;
import io.github.memfit.container.ContainerProcess;
import io.github.memfit.container.Limit;
import io.github.memfit.container.LimitSource;
import io.github.memfit.container.MemoryFigure;
import io.github.memfit.container.MemoryProbe;
import io.github.memfit.container.MemorySnapshot;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The checks that run on a real kernel; see src/lab/run. */
public final class Lab {

    private static final long MIB = 1 << 20;

    private final Checks checks = new Checks();
    private final Path top;
    private final boolean v2;
    private final boolean booted;
    private final long slack = 64L * 4096 * Runtime.getRuntime().availableProcessors();
    private final String suffix = Long.toString(System.nanoTime() & 0xffffff, 36);

    private Lab(Path top, boolean v2, boolean booted) {
        this.top = top;
        this.booted = booted;
        this.v2 = v2;
    }

    public static void main(String[] arguments) throws Exception {
        boolean v2 = List.of("v2", "mixed").contains(arguments[0]);
        Path top = Path.of(
                switch (arguments[0]) {
                    case "v2" -> "/sys/fs/cgroup";
                    case "mixed" -> "/sys/fs/cgroup/unified";
                    default -> "/sys/fs/cgroup/memory";
                });
        System.out.println("note kernel " + System.getProperty("os.version") + ", JDK "
                + System.getProperty("java.version") + ", memory on " + (v2 ? "v2" : "v1"));
        Lab lab = new Lab(top, v2, !arguments[0].equals("native"));
        lab.all(arguments[0]);
        System.out.println("END OF LAB");
        System.exit(lab.checks.failed() == 0 ? 0 : 1);
    }

    private void all(String name) {
        checks.run(name + ": the own group is found", () -> {
            MemorySnapshot now = Container.self().memory();
            Checks.that(now.location().directory().isPresent(), now.location().explain());
            Checks.same("version", v2 ? "V2" : "V1", now.version().name());
            // The v2 root group has no usage file; every other group has one.
            boolean root = now.location().directory().orElseThrow().equals(top);
            Checks.that(now.usage().isPresent() || v2 && root, "usage " + now.usage());
        });
        checks.run(name + ": figures equal the kernel's files", this::figures);
        checks.run(name + ": page cache is not working set", this::pageCache);
        checks.run(name + ": a parent's tighter limit binds", this::parentLimit);
        checks.run(name + ": an OOM kill raises the count", this::oomKill);
        checks.run(name + ": processes of the group with RSS, PSS and USS", this::processes);
        checks.run(name + ": a removed group is gone, a new one of its name is read again", this::removal);
        checks.run(name + ": odd names are found", this::oddNames);
        checks.run(name + ": children of a group", this::children);
        if (v2) {
            checks.run(name + ": memory.high throttles and is told apart from the limit", this::throttle);
        } else {
            checks.run(name + ": a limit outside the view is told by v1", this::hiddenLimit);
        }
    }

    private LabGroup group(String purpose) throws IOException {
        return LabGroup.make(top, "memfit-lab-" + purpose + "-" + suffix, v2);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("waited in vain: " + what);
    }

    private static long quiet(LongReader reader) {
        try {
            return reader.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface LongReader {
        long read() throws IOException;
    }

    private static long bytes(Reading<Bytes> reading) {
        return reading.value()
                .orElseThrow(() -> new AssertionError(reading.absence().orElseThrow()))
                .value();
    }

    private static long count(Reading<Long> reading) {
        return reading.value()
                .orElseThrow(() -> new AssertionError(reading.absence().orElseThrow()));
    }

    private void figures() throws Exception {
        try (LabGroup group = group("figures").limit(256 * MIB)) {
            hold(group, 40);
            Container container = Container.at(group.directory());
            Checks.bracketed(
                    "usage",
                    () -> quiet(group::usage),
                    () -> bytes(container.memory().usage()),
                    slack);
            String anon = v2 ? "anon" : "total_rss";
            String file = v2 ? "file" : "total_cache";
            String inactive = v2 ? "inactive_file" : "total_inactive_file";
            TimeUnit.MILLISECONDS.sleep(2500); // memory.stat is flushed every 2 s
            Checks.bracketed(
                    "rss",
                    () -> quiet(() -> group.number("memory.stat", anon)),
                    () -> bytes(container.memory().rss()),
                    slack);
            Checks.bracketed(
                    "cache",
                    () -> quiet(() -> group.number("memory.stat", file)),
                    () -> bytes(container.memory().cache()),
                    slack);
            Checks.bracketed(
                    "working set",
                    () -> quiet(() -> Math.max(0, group.usage() - group.number("memory.stat", inactive))),
                    () -> bytes(container.memory().workingSet()),
                    slack);
            Checks.bracketed(
                    "page faults",
                    () -> quiet(() -> group.number("memory.stat", v2 ? "pgfault" : "total_pgfault")),
                    () -> count(container.memory().pageFaults()),
                    0);
            String peak = v2 ? "memory.peak" : "memory.max_usage_in_bytes";
            if (group.has(peak)) {
                Checks.same("peak", group.number(peak), bytes(container.memory().peak()));
            }
            MemorySnapshot now = container.memory();
            Checks.same("limit", Bytes.of(256 * MIB), ((Limit.Bounded) now.limit()).bytes());
            Checks.same(
                    "who",
                    LimitSource.Kind.OWN,
                    ((Limit.Bounded) now.limit()).source().kind());
            Checks.that(bytes(now.rss()) >= 40_000_000, "40 MB are held, rss is " + now.rss());
            long unexplained = bytes(now.unexplained());
            Checks.that(Math.abs(unexplained) <= 2 * slack + MIB, "unexplained " + now.unexplained());
            try (MemoryProbe probe = container.probe()) {
                Checks.that(probe.sample(), "the probe samples");
                Checks.bracketed(
                        "probe",
                        () -> quiet(group::usage),
                        () -> {
                            probe.sample();
                            return probe.usageBytes();
                        },
                        slack);
                Checks.bracketed(
                        "probe snapshot",
                        () -> quiet(group::usage),
                        () -> bytes(probe.snapshot().usage()),
                        slack);
            }
            Checks.same("headroom", 256 * MIB - bytes(now.usage()), bytes(now.headroom()));
        }
    }

    /** Starts a holder and waits until its memory is charged. */
    private Process hold(LabGroup group, int mebibytes) throws Exception {
        Process holder = group.start(
                "sh", "-c", "x=$(head -c " + mebibytes + "000000 /dev/zero | tr '\\0' x); sleep 1000; echo \"$x\"");
        await(mebibytes + " MB held", () -> quiet(group::usage) > mebibytes * 1_000_000L);
        // The pipe's writers have ended when the usage stands still.
        long last = -1;
        for (long now = group.usage(); now != last; now = group.usage()) {
            last = now;
            TimeUnit.MILLISECONDS.sleep(300);
        }
        return holder;
    }

    private void pageCache() throws Exception {
        Path file = Files.createTempFile(Path.of("/var/tmp"), "memfit-lab", ".data");
        try (LabGroup group = group("cache")) {
            if (booted) {
                // A booted kernel's host file system keeps the pages of open files only, and none that it has written.
                Files.write(file, new byte[(int) (24 * MIB)]);
                Checks.same("sync", 0, new ProcessBuilder("sync").start().waitFor());
                Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "3");
                group.start("sh", "-c", "exec 3<\"$0\"; cat <&3 >/dev/null; exec sleep 1000", file.toString());
                await("24 MiB read", () -> quiet(group::usage) > 20 * MIB);
            } else {
                Process writer = group.start("dd", "if=/dev/zero", "of=" + file, "bs=1M", "count=24", "conv=fsync");
                Checks.that(writer.waitFor(60, TimeUnit.SECONDS), "dd ends");
            }
            TimeUnit.MILLISECONDS.sleep(2500);
            MemorySnapshot now = Container.at(group.directory()).memory();
            long cache = bytes(now.cache());
            Checks.that(cache >= 20 * MIB, "24 MiB were copied, the cache is " + now.cache());
            Checks.that(
                    bytes(now.workingSet()) <= bytes(now.usage()) - bytes(now.inactiveCache()) + slack, now.toString());
            Checks.that(bytes(now.unreclaimable()) < 8 * MIB, "floor " + now.unreclaimable());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void parentLimit() throws Exception {
        try (LabGroup parent = group("parent").limit(96 * MIB);
                LabGroup child = parent.child("child").limit(256 * MIB);
                LabGroup sibling = parent.child("sibling")) {
            hold(sibling, 20);
            Process inside = hold(child, 10);
            MemorySnapshot now = Container.ofPid(inside.pid()).memory();
            Limit.Bounded limit = (Limit.Bounded) now.limit();
            Checks.same("limit", Bytes.of(96 * MIB), limit.bytes());
            Checks.same("who", LimitSource.Kind.ANCESTOR, limit.source().kind());
            Checks.that(limit.source().directory().equals(parent.directory().toString()), limit.toString());
            long expected = 96 * MIB - parent.usage();
            Checks.that(
                    Math.abs(bytes(now.headroom()) - expected) <= 2 * slack,
                    "headroom counts the sibling: expected " + expected + ", got " + now.headroom());
        }
    }

    private void oomKill() throws Exception {
        try (LabGroup group = group("oom").limit(32 * MIB)) {
            if (!v2 && group.has("memory.memsw.limit_in_bytes")) {
                group.write("memory.memsw.limit_in_bytes", Long.toString(32 * MIB));
            } else if (v2 && group.has("memory.swap.max")) {
                group.write("memory.swap.max", "0");
            }
            Container container = Container.at(group.directory());
            try (MemoryProbe probe = container.probe(EnumSet.of(MemoryFigure.OOM_KILLS))) {
                probe.sample();
                Checks.same("before", 0L, probe.value(MemoryFigure.OOM_KILLS));
                Process hog = group.start("tail", "/dev/zero");
                Checks.that(hog.waitFor(60, TimeUnit.SECONDS), "the hog ends");
                Checks.same("killed by SIGKILL", 137, hog.exitValue());
                probe.sample();
                Checks.same("probe", group.kills(), probe.value(MemoryFigure.OOM_KILLS));
            }
            MemorySnapshot now = container.memory();
            Checks.same("kills", 1L, count(now.killedProcesses()));
            Checks.same("kernel's count", group.kills(), count(now.oomKills()));
            String hits = v2 ? "memory.events" : "memory.failcnt";
            Checks.same("limit hits", v2 ? group.number(hits, "max") : group.number(hits), count(now.limitHits()));
        }
    }

    private void processes() throws Exception {
        try (LabGroup group = group("processes")) {
            Process holder = hold(group, 20);
            List<ContainerProcess> processes = Container.ofPid(holder.pid()).processes();
            ContainerProcess shell = processes.stream()
                    .filter(p -> p.pid() == holder.pid())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not listed: " + processes));
            Checks.that(bytes(shell.rss()) > 20_000_000, "rss " + shell.rss());
            Checks.that(bytes(shell.uss()) <= bytes(shell.pss()), shell.uss() + " of " + shell.pss());
            Checks.that(bytes(shell.pss()) <= bytes(shell.rss()) + slack, shell.pss() + " of " + shell.rss());
            Checks.that(bytes(shell.uss()) > 20_000_000, "uss " + shell.uss());
        }
    }

    private void removal() throws Exception {
        LabGroup group = group("removal");
        Container container = Container.at(group.directory());
        try (MemoryProbe probe = container.probe()) {
            Checks.that(probe.sample(), "there at first");
            group.close();
            Checks.that(!probe.sample(), "a sample of a removed group says so");
            Checks.that(probe.usageBytes() == MemoryProbe.ABSENT, "no number for a removed group");
            Checks.that(probe.snapshot().usage().absence().isPresent(), "no usage in a snapshot");
            Checks.that(container.memory().usage().absence().isPresent(), "no usage in a fresh snapshot");
            Checks.that(!container.exists(), "does not exist");
            try (LabGroup again = group("removal")) {
                again.limit(64 * MIB);
                Checks.that(probe.sample(), "the new group of that name is read");
                Checks.same(
                        "its limit",
                        Bytes.of(64 * MIB),
                        ((Limit.Bounded) probe.snapshot().limit()).bytes());
            }
        }
    }

    private void oddNames() throws Exception {
        try (LabGroup group = group("odd a:b (c) #d\u0009e")) {
            group.limit(64 * MIB);
            Process inside = group.start("sleep", "1000");
            await("inside", () -> quiet(group::usage) > 0);
            MemorySnapshot now = Container.ofPid(inside.pid()).memory();
            Checks.same("limit", Bytes.of(64 * MIB), ((Limit.Bounded) now.limit()).bytes());
            Checks.that(now.toString().chars().allMatch(c -> c >= ' ' && c < 0x7f), "printable: " + now);
        }
    }

    private void children() throws Exception {
        try (LabGroup parent = group("children");
                LabGroup one = parent.child("one");
                LabGroup two = parent.child("two")) {
            List<Container> children = Container.at(parent.directory()).children();
            Checks.same("children", 2, children.size());
        }
    }

    private void throttle() throws Exception {
        try (LabGroup group = group("high").limit(256 * MIB)) {
            group.write("memory.high", Long.toString(24 * MIB));
            Process hog = group.start("sh", "-c", "head -c 60000000 /dev/zero | tail -c 50000000 | wc -c");
            MemorySnapshot[] last = new MemorySnapshot[1];
            await("throttled", () -> {
                last[0] = Container.at(group.directory()).memory();
                return count(last[0].throttles()) > 0;
            });
            Checks.same("throttle line", Bytes.of(24 * MIB), ((Limit.Bounded) last[0].throttle()).bytes());
            Checks.same("first limit", Bytes.of(24 * MIB), ((Limit.Bounded) last[0].firstLimit()).bytes());
            Checks.same("limit", Bytes.of(256 * MIB), ((Limit.Bounded) last[0].limit()).bytes());
            hog.descendants().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private void hiddenLimit() throws Exception {
        try (LabGroup parent = group("hidden").limit(96 * MIB);
                LabGroup child = parent.child("child").limit(256 * MIB)) {
            Checks.same("the kernel's own minimum", 96 * MIB, child.number("memory.stat", "hierarchical_memory_limit"));
            Limit.Bounded limit =
                    (Limit.Bounded) Container.at(child.directory()).memory().limit();
            Checks.same("limit", Bytes.of(96 * MIB), limit.bytes());
        }
    }
}
