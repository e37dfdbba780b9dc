package io.github.memfit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.memfit.tuning.jvm.GarbageCollector;
import io.github.memfit.tuning.jvm.JvmProfile;
import io.github.memfit.tuning.jvm.JvmSample;
import io.github.memfit.tuning.jvm.NativeMemory;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class LiveJvmTest {

    @Test
    void aSampleOfThisJvmHangsTogether() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "no /proc here");
        JvmSample sample = LiveJvm.self().sample().value().orElseThrow();
        assertEquals(Runtime.version().feature(), sample.jdk().feature());
        assertTrue(sample.classes() > 400, sample.toString());
        assertTrue(sample.threads() >= 10, sample.toString());
        assertTrue(sample.metaspace().isMoreThan(Bytes.mebi(1)), sample.toString());
        assertTrue(sample.code().isMoreThan(Bytes.mebi(1)), sample.toString());
        assertTrue(sample.anonymous().isMoreThan(sample.metaspace()), sample.toString());
        assertTrue(sample.outsideHeap().isMoreThan(sample.metaspace()), sample.toString());
        assertTrue(sample.heapCounted() || sample.collector() == GarbageCollector.ZGC, sample.toString());
        JvmProfile profile = sample.toProfile();
        assertEquals(profile, JvmProfile.parse(profile.toString()));
    }

    @Test
    void directBuffersAreSeen() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "no /proc here");
        Bytes before = LiveJvm.self().sample().value().orElseThrow().direct();
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocateDirect(5 << 20);
        Bytes after = LiveJvm.self().sample().value().orElseThrow().direct();
        assertTrue(after.minus(before).compareTo(Bytes.mebi(4)) > 0, before + " then " + after);
        assertEquals(5 << 20, buffer.capacity());
    }

    @Test
    void collectorsAreKnownByTheirBeans() {
        assertEquals(Optional.of(GarbageCollector.SERIAL), LiveJvm.collector("MarkSweepCompact"));
        assertEquals(Optional.of(GarbageCollector.SERIAL), LiveJvm.collector("Copy"));
        assertEquals(Optional.of(GarbageCollector.PARALLEL), LiveJvm.collector("PS Scavenge"));
        assertEquals(Optional.of(GarbageCollector.G1), LiveJvm.collector("G1 Concurrent GC"));
        assertEquals(Optional.of(GarbageCollector.ZGC), LiveJvm.collector("ZGC Major Cycles"));
        assertEquals(Optional.of(GarbageCollector.SHENANDOAH), LiveJvm.collector("Shenandoah Pauses"));
        assertEquals(Optional.empty(), LiveJvm.collector("Epsilon"));
        assertTrue(LiveJvm.self().collector().isPresent());
    }

    @Test
    void theLargestHeapIsTheOneThatHotSpotDecidedOn() {
        Bytes heap = LiveJvm.self().maxHeap().value().orElseThrow();
        // maxMemory() leaves out one survivor space with some collectors.
        assertTrue(heap.value() >= Runtime.getRuntime().maxMemory(), heap.toString());
        LiveJvm.self()
                .options()
                .number("MaxHeapSize")
                .ifPresent(given -> assertTrue(heap.value() >= given, heap + " for " + given));
    }

    @Test
    void theOptionsOfThisJvmAreRead() {
        assertTrue(LiveJvm.self().options().options().stream()
                .noneMatch(option -> option.text().isEmpty()));
    }

    @Test
    void withoutTrackingThereIsNoReport() {
        boolean tracked = LiveJvm.self().options().has("NativeMemoryTracking");
        Reading<NativeMemory> report = LiveJvm.self().nativeMemory();
        assertEquals(tracked, report.isPresent());
        assertFalse(report.toString().isEmpty());
    }
}
