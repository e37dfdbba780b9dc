package io.github.memfit.container;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What the running JVM says of itself and of its container. The operating-system bean is asked by attribute names, so that the
 * module {@code jdk.management} is used where it is and not required.
 */
final class JvmView {

    private static final String OPERATING_SYSTEM = "java.lang:type=OperatingSystem";

    private JvmView() {}

    static ToolView compare(MemorySnapshot now) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        long buffers = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            buffers += Math.max(0, pool.getMemoryUsed());
        }
        Reading<Bytes> total = attribute("TotalMemorySize");
        Reading<Bytes> free = attribute("FreeMemorySize");
        Reading<Bytes> limit = ToolView.amount(now.limit());
        List<ToolView.Row> rows = new ArrayList<>();
        rows.add(new ToolView.Row("TotalMemorySize", total, limit, reason(now, total.equals(limit))));
        rows.add(new ToolView.Row(
                "TotalMemorySize - FreeMemorySize",
                Readings.minus(total, free),
                now.usage(),
                "the JVM reads the usage of its own group against the limit that it sees"));
        rows.add(new ToolView.Row(
                "heap committed",
                Reading.of(Bytes.of(heap.getCommitted())),
                now.rss(),
                "committed heap that was never touched is not resident; threads, code and native memory are not heap"));
        rows.add(new ToolView.Row(
                "heap, non-heap and buffers in use",
                Reading.of(Bytes.of(heap.getUsed() + other.getUsed() + buffers)),
                now.rss(),
                "the beans do not count thread stacks, GC structures, malloc overhead and other native memory"));
        rows.add(new ToolView.Row(
                "heap maximum",
                heap.getMax() < 0
                        ? Reading.absent(Absence.Reason.NOT_APPLICABLE, "MemoryMXBean", "the heap has no maximum")
                        : Reading.of(Bytes.of(heap.getMax())),
                limit,
                "the rest of the limit must hold everything that is not heap"));
        return new ToolView("JVM", rows);
    }

    /** Why the JVM does not see the limit, where that can be told, and what helps. */
    private static String reason(MemorySnapshot now, boolean seen) {
        if (seen) {
            return "the JVM sees the limit";
        }
        String causes = JvmBlindSpot.of(now, Runtime.version().feature()).stream()
                .map(JvmBlindSpot::explanation)
                .collect(Collectors.joining("; "));
        return "the JVM does not see the limit that binds" + (causes.isEmpty() ? "" : ": " + causes)
                + "; its default heap is sized for what it sees: set -Xmx or -XX:MaxRAM by hand";
    }

    private static Reading<Bytes> attribute(String name) {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            Object value = server.getAttribute(new ObjectName(OPERATING_SYSTEM), name);
            if (value instanceof Number number && number.longValue() >= 0) {
                return Reading.of(Bytes.of(number.longValue()));
            }
            return Reading.absent(Absence.Reason.NOT_REPORTED, OPERATING_SYSTEM, name + " is " + value);
        } catch (JMException | RuntimeException e) {
            // JDK 17 throws a NullPointerException where the mount root begins with /.. and for some escaped names.
            return Reading.absent(
                    Absence.Reason.NOT_REPORTED, OPERATING_SYSTEM, name + " cannot be asked: " + e.getMessage());
        }
    }
}
