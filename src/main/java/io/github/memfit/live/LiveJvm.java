package io.github.memfit.live;

import io.github.memfit.procfs.ProcFs;
import io.github.memfit.procfs.ProcessFiles;
import io.github.memfit.procfs.ProcessStatus;
import io.github.memfit.tuning.jvm.GarbageCollector;
import io.github.memfit.tuning.jvm.JdkVersion;
import io.github.memfit.tuning.jvm.JvmOptions;
import io.github.memfit.tuning.jvm.JvmProfile;
import io.github.memfit.tuning.jvm.JvmSample;
import io.github.memfit.tuning.jvm.NativeMemory;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MemfitException;
import io.github.memfit.unit.Reading;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * The JVM that this program runs on, seen from inside: what a {@link JvmProfile} is made of. Nothing is attached, launched or
 * switched on; a reading takes well below a millisecond.
 *
 * <p>Pools are told apart by what HotSpot 17 to 25 call them with each collector. {@code Compressed Class Space} is a part of
 * {@code Metaspace} and is not added to it; the code cache is one pool or three. Resident memory and the committed heap are
 * read one right after the other, since only their difference at one moment says what is outside the heap. On a large machine a
 * young JVM commits much heap before it touches it: {@link JvmSample#isOutsideHidden()} says when that hides the rest, and a
 * profile should be sampled under load.
 *
 * {@snippet :
 * JvmProfile profile = LiveJvm.self().sample().value().orElseThrow().toProfile();
 * }
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class LiveJvm {

    private static final String DIAGNOSTIC_COMMAND = "com.sun.management:type=DiagnosticCommand";
    private static final String HOTSPOT_DIAGNOSTIC = "com.sun.management:type=HotSpotDiagnostic";
    private static final String BEANS = "java.lang.management";
    private static final LiveJvm SELF = new LiveJvm(ProcFs.live());

    private final ProcFs proc;

    private LiveJvm(ProcFs proc) {
        this.proc = proc;
    }

    /**
     * This JVM.
     *
     * @return the one instance
     */
    public static LiveJvm self() {
        return SELF;
    }

    /**
     * Its release.
     *
     * @return the release, absent for one whose rules are not known
     */
    public Reading<JdkVersion> jdk() {
        try {
            return Reading.of(JdkVersion.of(Runtime.version().feature()));
        } catch (IllegalArgumentException e) {
            return Reading.absent(Absence.Reason.NOT_APPLICABLE, "java.version", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Its collector.
     *
     * @return the collector, absent for one that is not known
     */
    public Reading<GarbageCollector> collector() {
        StringBuilder names = new StringBuilder();
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            Optional<GarbageCollector> collector = collector(bean.getName());
            if (collector.isPresent()) {
                return Reading.of(collector.get());
            }
            names.append(names.length() == 0 ? "" : ", ").append(bean.getName());
        }
        return Reading.absent(Absence.Reason.NOT_APPLICABLE, BEANS, "collectors: " + names);
    }

    static Optional<GarbageCollector> collector(String bean) {
        if (bean.startsWith("G1 ")) {
            return Optional.of(GarbageCollector.G1);
        }
        if (bean.startsWith("ZGC")) {
            return Optional.of(GarbageCollector.ZGC);
        }
        if (bean.startsWith("Shenandoah")) {
            return Optional.of(GarbageCollector.SHENANDOAH);
        }
        if (bean.startsWith("PS ")) {
            return Optional.of(GarbageCollector.PARALLEL);
        }
        return bean.equals("Copy") || bean.equals("MarkSweepCompact")
                ? Optional.of(GarbageCollector.SERIAL)
                : Optional.empty();
    }

    /**
     * The options that it was started with, those of variables included. In the order in which they took effect; which channel
     * each came through is not told, all are given as {@code COMMAND_LINE}.
     *
     * @return the options
     */
    public JvmOptions options() {
        return JvmOptions.parse(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    /**
     * The heap that it may grow to, whether an option says so or HotSpot chose it: {@code MaxHeapSize} of the diagnostic bean.
     * {@link Runtime#maxMemory()} is less by a survivor space with some collectors.
     *
     * @return the size; absent where the bean is not there
     */
    public Reading<Bytes> maxHeap() {
        try {
            Object option = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName(HOTSPOT_DIAGNOSTIC),
                            "getVMOption",
                            new Object[] {"MaxHeapSize"},
                            new String[] {String.class.getName()});
            return Reading.of(Bytes.of(Long.parseLong(String.valueOf(((CompositeData) option).get("value")))));
        } catch (JMException | RuntimeException e) {
            return Reading.absent(Absence.Reason.NOT_REPORTED, HOTSPOT_DIAGNOSTIC, String.valueOf(e.getMessage()));
        }
    }

    /**
     * What it needs at this moment.
     *
     * @return the sample; absent where {@code /proc} does not tell the resident memory, or for an unknown release or collector
     */
    public Reading<JvmSample> sample() {
        ProcessFiles process = proc.self();
        // Resident memory first: the heap may only grow until it is asked, and the difference then is too small, never
        // too
        // large; over many samples the peak is right.
        Reading<ProcessStatus> status = process.status();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        Reading<Bytes> anonymous = status.flatMap(ProcessStatus::rssAnon);
        Reading<Long> threads = status.flatMap(ProcessStatus::threads);
        return jdk().flatMap(jdk -> collector()
                .flatMap(collector ->
                        anonymous.map(resident -> sample(jdk, collector, resident, heap, threads.orElse((long)
                                ManagementFactory.getThreadMXBean().getThreadCount())))));
    }

    private static JvmSample sample(
            JdkVersion jdk, GarbageCollector collector, Bytes anonymous, MemoryUsage heap, long threads) {
        long metaspace = 0;
        long code = 0;
        long live = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getUsage();
            MemoryUsage collected = pool.getCollectionUsage();
            if (usage == null) {
                continue;
            }
            if (pool.getType() == MemoryType.HEAP) {
                live += collected == null ? 0 : collected.getUsed();
            } else if (pool.getName().equals("Metaspace")) {
                metaspace = usage.getCommitted();
            } else if (pool.getName().startsWith("CodeHeap ") || pool.getName().equals("CodeCache")) {
                code += usage.getCommitted();
            }
        }
        return new JvmSample(
                jdk,
                collector,
                anonymous,
                Bytes.of(heap.getCommitted()),
                Bytes.of(live),
                Bytes.of(direct()),
                Bytes.of(metaspace),
                Bytes.of(code),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                threads);
    }

    private static long direct() {
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            if (pool.getName().equals("direct")) {
                return Math.max(0, pool.getMemoryUsed());
            }
        }
        return 0;
    }

    /**
     * The native memory report of this JVM, through its own diagnostic command bean.
     *
     * @return the report; absent if tracking is off ({@code -XX:NativeMemoryTracking=summary} switches it on at start) or the
     *     bean is not there
     */
    public Reading<NativeMemory> nativeMemory() {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            Object answer = server.invoke(
                    new ObjectName(DIAGNOSTIC_COMMAND),
                    "vmNativeMemory",
                    new Object[] {new String[] {"summary"}},
                    new String[] {String[].class.getName()});
            Optional<NativeMemory> report = NativeMemory.parse(String.valueOf(answer));
            return report.isPresent()
                    ? Reading.of(report.get())
                    : Reading.absent(Absence.Reason.NOT_REPORTED, DIAGNOSTIC_COMMAND, "native memory tracking is off");
        } catch (JMException | MemfitException e) {
            return Reading.absent(Absence.Reason.NOT_REPORTED, DIAGNOSTIC_COMMAND, String.valueOf(e.getMessage()));
        }
    }
}
