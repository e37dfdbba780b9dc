package io.github.memfit.lab.survival;

import io.github.memfit.tuning.jvm.GarbageCollector;
import io.github.memfit.tuning.jvm.JdkVersion;
import io.github.memfit.tuning.jvm.JvmProfile;
import io.github.memfit.tuning.jvm.JvmSample;
import io.github.memfit.unit.Bytes;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/** Runs a program's main method and records the JVM around it: the profile's file is complete after every sample. */
public final class Recorder {

    private static final long EVERY_MILLIS = 40;

    private Recorder() {}

    /** Arguments: the file to record into, the main class, and its arguments. */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        Thread thread = new Thread(() -> record(file), "recorder");
        thread.setDaemon(true);
        thread.start();
        Class.forName(arguments[1]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(arguments, 2, arguments.length));
    }

    private static void record(Path file) {
        Optional<JvmProfile> sum = Optional.empty();
        try {
            while (true) {
                JvmProfile now = sample().toProfile();
                JvmProfile merged = sum.map(now::merge).orElse(now);
                sum = Optional.of(merged);
                Path fresh = file.resolveSibling(file.getFileName() + ".new");
                Files.writeString(fresh, merged.toString());
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
                MemoryGroup.pause(EVERY_MILLIS);
            }
        } catch (IOException e) {
            e.printStackTrace();
        }
    }

    private static JvmSample sample() throws IOException {
        long heap = 0;
        long metaspace = 0;
        long code = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getUsage();
            if (pool.getType() == java.lang.management.MemoryType.HEAP) {
                heap += usage.getCommitted();
            } else if (pool.getName().equals("Metaspace")) {
                metaspace = usage.getCommitted();
            } else if (pool.getName().startsWith("Code")) {
                code += usage.getCommitted();
            }
        }
        long anonymous = 0;
        long threads = 0;
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("RssAnon:")) {
                anonymous = number(line) << 10;
            } else if (line.startsWith("Threads:")) {
                threads = number(line);
            }
        }
        return new JvmSample(
                JdkVersion.of(java.lang.Runtime.version().feature()),
                collector(),
                Bytes.of(anonymous),
                Bytes.of(heap),
                Bytes.ZERO, // what is alive grows on purpose here: it is no need of the program
                Bytes.of(direct()),
                Bytes.of(metaspace),
                Bytes.of(code),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                threads);
    }

    private static long direct() {
        long direct = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            direct += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
        }
        return direct;
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }

    private static GarbageCollector collector() {
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (bean.getName().startsWith("G1")) {
                return GarbageCollector.G1;
            }
        }
        return GarbageCollector.SERIAL;
    }
}
