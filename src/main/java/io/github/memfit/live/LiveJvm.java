package io.github.memfit.live;

import io.github.memfit.cgroup.StatKey;
import io.github.memfit.container.Container;
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
import java.time.Duration;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * The JVM that this program runs on, seen from inside: what a {@link JvmProfile} is made of. Nothing is attached, launched or
 * switched on.
 *
 * <p>Pools are told apart by what HotSpot 17 to 25 call them with each collector. {@code Compressed Class Space} is a part of
 * {@code Metaspace} and is not added to it; the code cache is one pool or three. What of the heap is resident is counted page by page
 * where the heap lies, which HotSpot tells; the first sample asks it through its diagnostic command bean. Resident memory and the heap
 * are read one right after the other, since only their difference at one moment says what is outside the heap. Where the place of
 * the heap is not told, or the kernel does not show the pages, the committed heap is taken for resident;
 * {@link JvmSample#isOutsideHidden()} says when that hides the rest.
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
    private volatile @Nullable Optional<HeapRange> heapRange;

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
     * What it needs at this moment. Socket buffers are those of the control group that it runs in, where they are charged to it (version 2
     * of control groups). Takes a millisecond, and more for the pages of the heap: 2 ms for a GiB that it may grow to,
     * 15 ms for a GiB that is resident.
     *
     * @return the sample; absent where {@code /proc} does not tell the resident memory, or for an unknown release or collector
     */
    public Reading<JvmSample> sample() {
        ProcessFiles process = proc.self();
        Optional<HeapRange> range = heapRange();
        // Resident memory first: until the heap is counted it may only grow, and the difference is too small then,
        // never too large; over many samples the peak is right.
        Reading<ProcessStatus> status = process.status();
        Optional<Bytes> heap = range.flatMap(
                place -> process.residentIn(place.from(), place.to()).value());
        Reading<Bytes> anonymous = status.flatMap(ProcessStatus::rssAnon);
        Reading<Long> threads = status.flatMap(ProcessStatus::threads);
        return jdk().flatMap(jdk -> collector()
                .flatMap(collector -> anonymous.map(all -> sample(jdk, collector, all, heap, threads.orElse((long)
                        ManagementFactory.getThreadMXBean().getThreadCount())))));
    }

    /** Asked once, and before anything is measured: the first use of the bean takes memory itself. */
    private Optional<HeapRange> heapRange() {
        Optional<HeapRange> range = heapRange;
        if (range == null) {
            range = command("gcHeapInfo").value().flatMap(HeapRange::parse);
            heapRange = range;
        }
        return range;
    }

    private static JvmSample sample(
            JdkVersion jdk, GarbageCollector collector, Bytes anonymous, Optional<Bytes> residentHeap, long threads) {
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
                residentHeap.orElseGet(() -> committedHeap(collector)),
                residentHeap.isPresent(),
                Bytes.of(live),
                Bytes.of(direct()),
                Bytes.of(metaspace),
                Bytes.of(code),
                sockets(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                threads,
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
    }

    /** Of the one file that tells it. */
    private static Bytes sockets() {
        return Container.self()
                .files()
                .flatMap(group ->
                        group.stat().flatMap(stat -> stat.total(StatKey.SOCK)).value())
                .map(Bytes::of)
                .orElse(Bytes.ZERO);
    }

    static Bytes committedHeap(GarbageCollector collector) {
        long committed =
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getUsage();
            committed += usage != null && hasTwin(collector, pool) ? usage.getCommitted() : 0;
        }
        return Bytes.of(committed);
    }

    /**
     * Of two survivor spaces the beans count the one that is in use. The other one is as large, and resident once it has been
     * copied to: what Serial and Parallel call their capacity is eden and {@code from}, without {@code to} (JDK 17 and 25).
     */
    private static boolean hasTwin(GarbageCollector collector, MemoryPoolMXBean pool) {
        boolean copies = collector == GarbageCollector.SERIAL || collector == GarbageCollector.PARALLEL;
        return copies && pool.getName().endsWith("Survivor Space");
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
        Reading<String> answer = command("vmNativeMemory", "summary");
        try {
            return answer.flatMap(text -> NativeMemory.parse(text)
                    .map(Reading::of)
                    .orElseGet(() -> Reading.absent(
                            Absence.Reason.NOT_REPORTED, DIAGNOSTIC_COMMAND, "native memory tracking is off")));
        } catch (MemfitException e) {
            return Reading.absent(Absence.Reason.NOT_REPORTED, DIAGNOSTIC_COMMAND, String.valueOf(e.getMessage()));
        }
    }

    /** What a diagnostic command prints; a command that takes no arguments has another signature. */
    private static Reading<String> command(String name, String... arguments) {
        boolean none = arguments.length == 0;
        try {
            return Reading.of(String.valueOf(ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName(DIAGNOSTIC_COMMAND),
                            name,
                            none ? new Object[0] : new Object[] {arguments},
                            none ? new String[0] : new String[] {String[].class.getName()})));
        } catch (JMException | RuntimeException e) {
            return Reading.absent(Absence.Reason.NOT_REPORTED, DIAGNOSTIC_COMMAND, String.valueOf(e.getMessage()));
        }
    }
}
