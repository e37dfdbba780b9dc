package io.github.memfit.lab.survival;

import io.github.memfit.procfs.ProcFs;
import io.github.memfit.procfs.ProcessFiles;
import io.github.memfit.procfs.ProcessStatus;
import io.github.memfit.tuning.jvm.GarbageCollector;
import io.github.memfit.tuning.jvm.JdkVersion;
import io.github.memfit.tuning.jvm.JvmProfile;
import io.github.memfit.tuning.jvm.JvmSample;
import io.github.memfit.unit.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Samples a JVM from outside, with the numbers that its {@link Recorder} gives, into a profile. How much of the heap is resident is
 * counted page by page, so that it need not be touched to be measured.
 */
final class Recording implements Trial.Watcher {

    /** Without huge pages and below 4 GiB HotSpot lays the heap of a 64-bit JVM so that it ends here, as compressed references like it. */
    private static final long HEAP_END = 1L << 32;

    private final Path counters;
    private final JdkVersion jdk;
    private final Bytes heap;
    private Optional<JvmProfile> profile = Optional.empty();

    /**
     * A recording of a JVM with the collector Serial.
     *
     * @param counters what its recorder writes
     * @param jdk its release
     * @param heap its largest heap
     */
    Recording(Path counters, JdkVersion jdk, Bytes heap) {
        this.counters = counters;
        this.jdk = jdk;
        this.heap = heap;
    }

    @Override
    public void look(long pid, MemoryGroup group) throws IOException {
        if (!Files.exists(counters)) {
            return;
        }
        ByteBuffer told = ByteBuffer.wrap(Files.readAllBytes(counters));
        if (told.capacity() < Recorder.LENGTH || told.getLong(Recorder.CLASSES) == 0) {
            return;
        }
        ProcessFiles process = ProcFs.live().process(Math.toIntExact(pid));
        Optional<ProcessStatus> status = process.status().value();
        Optional<Bytes> anonymous = status.flatMap(read -> read.rssAnon().value());
        Bytes resident = process.residentIn(HEAP_END - heap.value(), HEAP_END).orElse(Bytes.ZERO);
        if (anonymous.isEmpty() || resident.isZero()) {
            return;
        }
        JvmProfile now = new JvmSample(
                        jdk,
                        GarbageCollector.SERIAL,
                        anonymous.get(),
                        resident,
                        true,
                        Bytes.ZERO, // what is alive grows on purpose here: it is no need of the program
                        Bytes.of(told.getLong(Recorder.DIRECT)),
                        Bytes.of(told.getLong(Recorder.METASPACE)),
                        Bytes.of(told.getLong(Recorder.CODE)),
                        Bytes.of(group.sockets()),
                        told.getLong(Recorder.CLASSES),
                        status.flatMap(read -> read.threads().value()).orElse(0L),
                        ProcessHandle.of(pid)
                                .flatMap(handle -> handle.info().totalCpuDuration())
                                .orElse(Duration.ZERO))
                .toProfile();
        profile = Optional.of(profile.map(now::merge).orElse(now));
    }

    /** The peaks of all samples, if there was one. */
    Optional<JvmProfile> profile() {
        return profile;
    }
}
