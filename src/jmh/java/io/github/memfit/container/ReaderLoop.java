package io.github.memfit.container;

import io.github.memfit.cgroup.CgroupVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The reads of {@code src/lab/native/pread-loop.c} in Java, measured as that program measures: processor time of this thread
 * over batches of 64 reads, smallest and median batch. On a busy machine these ratios stand where averages do not.
 */
public final class ReaderLoop {

    private static final int BATCH = 64;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Keeps results alive. */
    static volatile long sink;

    private ReaderLoop() {}

    public static void main(String[] args) throws IOException {
        long millis = Long.parseLong(args[0]);
        Container self = Container.self();
        Path group = self.accountingDirectory().orElseThrow();
        boolean v2 = self.memory().version() == CgroupVersion.V2;
        Path usage = group.resolve(v2 ? "memory.current" : "memory.usage_in_bytes");
        Path stat = group.resolve("memory.stat");
        ByteBuffer buffer = ByteBuffer.allocateDirect(16 * 1024);
        for (int round = 0; round < 2; round++) { // The first round lets the compilers see every call.
            boolean print = round == 1;
            try (FileChannel usageFile = FileChannel.open(usage, StandardOpenOption.READ);
                    FileChannel statFile = FileChannel.open(stat, StandardOpenOption.READ);
                    MemoryProbe usageOnly = self.probe(EnumSet.of(MemoryFigure.USAGE));
                    MemoryProbe both = self.probe(EnumSet.of(MemoryFigure.USAGE, MemoryFigure.WORKING_SET))) {
                measure(print, millis, "usage, FileChannel", () -> raw(usageFile, buffer));
                measure(print, millis, "usage, probe", usageOnly::usageBytes);
                measure(print, millis, "memory.stat, FileChannel", () -> raw(statFile, buffer));
                measure(
                        print,
                        millis,
                        "usage + memory.stat, FileChannel",
                        () -> raw(usageFile, buffer) + raw(statFile, buffer));
                measure(
                        print,
                        millis,
                        "usage + working set, probe",
                        () -> both.sample() ? both.value(MemoryFigure.WORKING_SET) : 0);
            }
        }
    }

    private static long raw(FileChannel file, ByteBuffer buffer) {
        try {
            buffer.clear();
            return file.read(buffer, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void measure(boolean print, long millis, String name, LongSupplier read) {
        long[] batches = new long[2_000_000];
        int count = 0;
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end && count < batches.length) {
            long start = THREADS.getCurrentThreadCpuTime();
            long sum = 0;
            for (int i = 0; i < BATCH; i++) {
                sum += read.getAsLong();
            }
            batches[count++] = THREADS.getCurrentThreadCpuTime() - start;
            sink = sum;
        }
        Arrays.sort(batches, 0, count);
        if (print) {
            System.out.printf(
                    Locale.ROOT,
                    "%s min_ns %.1f median_ns %.1f%n",
                    name,
                    (double) batches[0] / BATCH,
                    (double) batches[count / 2] / BATCH);
        }
    }
}
