package io.github.memfit.tuning.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.tuning.Fit;
import io.github.memfit.unit.Bytes;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JvmSampleTest {

    private static JvmSample sample(GarbageCollector collector, long anonymous, long heap, long direct) {
        return sample(collector, anonymous, heap, false, direct);
    }

    private static JvmSample sample(
            GarbageCollector collector, long anonymous, long heap, boolean counted, long direct) {
        return new JvmSample(
                JdkVersion.of(25),
                collector,
                Bytes.mebi(anonymous),
                Bytes.mebi(heap),
                counted,
                Bytes.ZERO,
                Bytes.mebi(direct),
                Bytes.mebi(40),
                Bytes.mebi(20),
                Bytes.mebi(3),
                7000,
                30,
                Duration.ofMillis(90_500));
    }

    @Test
    void whatIsNeitherHeapNorDirectIsOutside() {
        assertEquals(
                Bytes.mebi(500 - 256 - 64),
                sample(GarbageCollector.G1, 500, 256, 64).outsideHeap());
        assertEquals(
                Bytes.mebi(500 - 64), sample(GarbageCollector.ZGC, 500, 256, 64).outsideHeap());
    }

    /** A heap of 2 GiB that is committed and of which 100 MiB were touched hides all that is beside it. */
    @Test
    void aHeapThatIsNotTouchedDoesNotHideTheJvmItself() {
        assertEquals(
                Bytes.mebi(40 + 20 + 16),
                sample(GarbageCollector.SERIAL, 190, 2048, 0).outsideHeap());
        assertTrue(sample(GarbageCollector.SERIAL, 190, 2048, 0).isOutsideHidden());
        assertFalse(sample(GarbageCollector.SERIAL, 190 + 16, 130, 0).isOutsideHidden());
        Fit<JvmFlags> fit = Jvm.within(Bytes.mebi(512))
                .jdk(JdkVersion.of(25))
                .cpus(1)
                .profile(sample(GarbageCollector.SERIAL, 190, 2048, 0).toProfile())
                .fit();
        Bytes rest = ((Fit.Fits<JvmFlags>) fit)
                .plan()
                .row("rest of the JVM")
                .orElseThrow()
                .bytes();
        assertEquals(Bytes.mebi(16), rest);
    }

    /** What is resident of the heap hides nothing, and the rest may be less than what is committed of metaspace and code. */
    @Test
    void aCountedHeapIsTakenAtItsWord() {
        JvmSample young = sample(GarbageCollector.SERIAL, 60, 20, true, 0);
        assertEquals(Bytes.mebi(40), young.outsideHeap());
        assertFalse(young.isOutsideHidden());
        assertTrue(sample(GarbageCollector.SERIAL, 60, 20, 0).isOutsideHidden());
        // Read one after the other, the heap may have grown in between.
        assertEquals(
                Bytes.ZERO, sample(GarbageCollector.SERIAL, 60, 62, true, 0).outsideHeap());
    }

    @Property
    void moreResidentMemoryNeverMeansLessOutside(
            @ForAll @IntRange(max = 4000) int anonymous,
            @ForAll @IntRange(max = 4000) int more,
            @ForAll @IntRange(max = 2000) int heap,
            @ForAll @IntRange(max = 500) int direct) {
        Bytes less = sample(GarbageCollector.SERIAL, anonymous, heap, direct).outsideHeap();
        Bytes larger =
                sample(GarbageCollector.SERIAL, anonymous + more, heap, direct).outsideHeap();
        assertTrue(larger.compareTo(less) >= 0);
        assertTrue(less.compareTo(Bytes.mebi(76)) >= 0);
    }

    @Test
    void aNegativeSizeIsAnError() {
        assertThrows(IllegalArgumentException.class, () -> sample(GarbageCollector.G1, -1, 0, 0));
    }
}
