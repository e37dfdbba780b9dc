package io.github.memfit.lab.survival;

import io.github.memfit.procfs.ProcFs;
import io.github.memfit.procfs.ProcessStatus;
import io.github.memfit.tuning.jvm.GarbageCollector;
import io.github.memfit.tuning.jvm.JdkVersion;
import io.github.memfit.tuning.jvm.JvmProfile;
import io.github.memfit.tuning.jvm.JvmSample;
import io.github.memfit.unit.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Samples a JVM from outside, with the numbers that its {@link Recorder} gives, into a profile. How much of the heap is resident is
 * counted page by page, so that it need not be touched to be measured.
 */
final class Recording implements Trial.Watcher {

    /** Without huge pages and below 4 GiB HotSpot lays the heap of a 64-bit JVM so that it ends here, as compressed references like it. */
    private static final long HEAP_END = 1L << 32;

    private static final int PAGE = 4096;

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
        Optional<ProcessStatus> status =
                ProcFs.live().process(Math.toIntExact(pid)).status().value();
        Optional<Bytes> anonymous = status.flatMap(read -> read.rssAnon().value());
        Bytes resident = residentHeap(pid);
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
                        told.getLong(Recorder.CLASSES),
                        status.flatMap(read -> read.threads().value()).orElse(0L))
                .toProfile();
        profile = Optional.of(profile.map(now::merge).orElse(now));
    }

    /** One number for each page of the address space, its highest bit says whether the page is there (kernel 2.6.25 and newer). */
    private Bytes residentHeap(long pid) throws IOException {
        ByteBuffer pages =
                ByteBuffer.allocate((int) (heap.value() / PAGE * Long.BYTES)).order(ByteOrder.nativeOrder());
        try (FileChannel map = FileChannel.open(Path.of("/proc/" + pid + "/pagemap"))) {
            long at = (HEAP_END - heap.value()) / PAGE * Long.BYTES;
            while (pages.hasRemaining() && map.read(pages, at + pages.position()) > 0) {
                continue;
            }
        }
        pages.flip();
        long resident = 0;
        while (pages.hasRemaining()) {
            resident += pages.getLong() < 0 ? PAGE : 0;
        }
        return Bytes.of(resident);
    }

    /** The peaks of all samples, if there was one. */
    Optional<JvmProfile> profile() {
        return profile;
    }
}
