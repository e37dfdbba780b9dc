package io.github.memfit.lab.survival;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a program's main method and tells, through a mapped file, what only the JVM itself knows. It does as little as possible:
 * what it would allocate, load and have compiled would be measured as the program's. {@link Recording} reads the file and
 * {@code /proc}, from outside.
 */
public final class Recorder {

    /** Where each number lies in the file; classes are written last, and are not zero from then on. */
    static final int DIRECT = 0;

    static final int METASPACE = 8;
    static final int CODE = 16;
    static final int CLASSES = 24;
    static final int LENGTH = 32;

    private static final long EVERY_MILLIS = 10;

    /** Class metadata and code only grow. */
    private static final int RARELY = 20;

    private Recorder() {}

    /** Arguments: the file to write into, the main class, and its arguments. */
    public static void main(String[] arguments) throws Exception {
        MappedByteBuffer file = map(Path.of(arguments[0]));
        Thread thread = new Thread(() -> tell(file), "recorder");
        thread.setDaemon(true);
        thread.start();
        Class.forName(arguments[1]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(arguments, 2, arguments.length));
    }

    private static MappedByteBuffer map(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH);
        }
    }

    private static void tell(MappedByteBuffer file) {
        BufferPoolMXBean direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .findFirst()
                .orElseThrow();
        List<MemoryPoolMXBean> code = new ArrayList<>();
        List<MemoryPoolMXBean> metaspace = new ArrayList<>();
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().startsWith("Code")) {
                code.add(pool);
            } else if (pool.getName().equals("Metaspace")) {
                metaspace.add(pool);
            }
        }
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        for (long round = 0; ; round++) {
            file.putLong(DIRECT, direct.getMemoryUsed());
            if (round % RARELY == 0) {
                file.putLong(METASPACE, committed(metaspace));
                file.putLong(CODE, committed(code));
                file.putLong(CLASSES, classes.getLoadedClassCount());
            }
            MemoryGroup.pause(EVERY_MILLIS);
        }
    }

    private static long committed(List<MemoryPoolMXBean> pools) {
        long committed = 0;
        for (MemoryPoolMXBean pool : pools) {
            committed += pool.getUsage().getCommitted();
        }
        return committed;
    }
}
