package io.github.memfit.tuning.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Bytes;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules at the edges of flags, each as JDK 17.0.15 and 25.0.3 answered it when they were launched. */
@Tag("bare")
class HotSpotTest {

    private static JvmStart predict(int jdk, Bytes memory, int cpus, String... options) {
        return HotSpot.predict(JdkVersion.of(jdk), memory, cpus, JvmOptions.of(options));
    }

    private static ErgonomicFlags flags(int jdk, int cpus, String... options) {
        return assertInstanceOf(JvmStart.Starts.class, predict(jdk, Bytes.gibi(2), cpus, options))
                .flags();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "17,25 | -XX:-UseG1GC                        | Garbage collector not selected (default collector explicitly disabled)",
                "17,25 | -XX:SoftMaxHeapSize=513m            | SoftMaxHeapSize must be less than or equal to the maximum heap size",
                "17,25 | -Xmx0                               | Invalid maximum heap size: -Xmx0",
                "17,25 | -XX:MaxHeapSize=0                   | Invalid maximum heap size: -XX:MaxHeapSize=0",
                "17,25 | -Xmx=512m                           | Invalid maximum heap size: -Xmx=512m",
                "17,25 | -Xmn0                               | Invalid initial young generation size: -Xmn0",
                "17,25 | -XX:ReservedCodeCacheSize=0         | Invalid maximum code cache size: -XX:ReservedCodeCacheSize=0.",
                "17,25 | -Xmaxjitcodesize=64m                | Invalid maximum code cache size: -Xmaxjitcodesize=64m.",
                "17,25 | -XX:InitialHeapSize=foo             | Improperly specified VM option 'InitialHeapSize=foo'",
                "17,25 | -XX:MinHeapSize=foo                 | Improperly specified VM option 'MinHeapSize=foo'",
                "17,25 | -XX:MaxHeapSize                     | Improperly specified VM option 'MaxHeapSize'",
                "17,25 | -XX:ActiveProcessorCount=foo        | Improperly specified VM option 'ActiveProcessorCount=foo'",
                "17,25 | -XX:+MaxHeapSize                    | Unexpected +/- setting in VM option 'MaxHeapSize'",
                "17,25 | -XX:UseG1GC=true                    | Missing +/- setting for VM option 'UseG1GC=true'",
                "17,25 | -XX:+UseG1GC=true                   | Improperly specified VM option 'UseG1GC=true'",
                "17,25 | -XX:MaxHeapSize:=512m               | Unrecognized VM option 'MaxHeapSize:=512m'",
                "17,25 | -XX:MaxPermSize=128m                | Unrecognized VM option 'MaxPermSize=128m'",
                "17,25 | -XX:+UseConcMarkSweepGC             | Unrecognized VM option 'UseConcMarkSweepGC'",
                "17,25 | -XX:MaxMetaspaceSize=100000         | OutOfMemoryError: Metaspace",
                "17,25 | -XX:CICompilerCount=0               | 'CICompilerCount (0) must be at least 2 '",
                "17,25 | -XX:CICompilerCount=-1              | intx CICompilerCount=-1 is outside the allowed range [ 0 ... 2147483647 ]",
                "17,25 | -XX:TieredStopAtLevel=5             | intx TieredStopAtLevel=5 is outside the allowed range [ 0 ... 4 ]",
                "17,25 | -XX:ThreadStackSize=1048577         | intx ThreadStackSize=1048577 is outside the allowed range [ 0 ... 1048576 ]",
                "17    | -XX:ObjectAlignmentInBytes=4        | intx ObjectAlignmentInBytes=4 is outside the allowed range [ 8 ... 256 ]",
                "25    | -XX:ObjectAlignmentInBytes=512      | int ObjectAlignmentInBytes=512 is outside the allowed range [ 8 ... 256 ]",
                "17,25 | -XX:ObjectAlignmentInBytes=24       | ObjectAlignmentInBytes (24) must be power of 2",
                "17,25 | -XX:SurvivorRatio=0                 | uintx SurvivorRatio=0 is outside the allowed range [ 1 ... 18446744073709551613 ]",
                "17    | -XX:MaxRAMFraction=0                | uintx MaxRAMFraction=0 is outside the allowed range [ 1 ... 18446744073709551615 ]",
                "17    | -XX:MaxRAMPercentage=1e1            | Improperly specified VM option 'MaxRAMPercentage=1e1'",
                "17    | -XX:MaxRAMPercentage=-1             | Improperly specified VM option 'MaxRAMPercentage=-1'",
                "25    | -XX:MaxRAMPercentage=-1             | double MaxRAMPercentage=-1.000000 is outside the allowed range [ 0.000000 ... 100.000000 ]",
                "17,25 | -XX:MaxRAMPercentage=75%            | Improperly specified VM option 'MaxRAMPercentage=75%'",
                "17,25 | -XX:ParallelGCThreads=0             | The flag -XX:+UseG1GC can not be combined with -XX:ParallelGCThreads=0",
                "17    | -XX:ConcGCThreads=3                 | ConcGCThreads (3) must be less than or equal to ParallelGCThreads (2)",
                "17,25 | -XX:+UseParallelGC -XX:ParallelGCThreads=0 | The Parallel GC can not be combined with -XX:ParallelGCThreads=0",
                "17,25 | -XX:+UseShenandoahGC -XX:ParallelGCThreads=1 -XX:ConcGCThreads=3 | 'Shenandoah expects ConcGCThreads <= ParallelGCThreads, check -XX:ParallelGCThreads, -XX:ConcGCThreads'",
                "17,25 | -XX:+UseShenandoahGC -XX:ConcGCThreads=0   | 'Shenandoah expects ConcGCThreads > 0, check -XX:ConcGCThreads=#'",
            })
    void whatIsRefusedAndInWhichWords(String jdks, String options, String message) {
        for (String jdk : jdks.split(",")) {
            JvmStart start = predict(Integer.parseInt(jdk.strip()), Bytes.gibi(2), 2, options.split(" "));
            assertEquals(new JvmStart.Refuses(message), start, "JDK " + jdk);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "17, 0x10, 328",
        "25, 0x10, 328",
        "25, 1e1, 206",
        "25, .5, 126",
        "25, +50, 1024",
        "17, 33.3, 682",
        "25, 5., 126"
    })
    void percentagesInEverySpellingThatIsTaken(int jdk, String percentage, long mebi) {
        ErgonomicFlags flags = flags(jdk, 2, "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=" + percentage);
        assertEquals(Bytes.mebi(mebi), flags.maxHeapSize());
    }

    @Test
    void aServerNeedsTheMemoryForItsAggressiveHeapBeforeAnythingElse() {
        assertEquals(
                new JvmStart.Refuses("You need at least 256mb of memory to use -XX:+AggressiveHeap"),
                predict(17, Bytes.mebi(48), 2, "-XX:+UseShenandoahGC", "-XX:+AggressiveHeap"));
    }

    @Test
    void anInitialHeapBeyondCompressedOopsTakesTheHeapAlong() {
        for (int jdk : new int[] {17, 25}) {
            ErgonomicFlags flags = flags(jdk, 2, "-XX:+UseSerialGC", "-Xms31g");
            assertEquals(Bytes.gibi(31), flags.maxHeapSize());
            assertEquals(Bytes.gibi(31), flags.initialHeapSize());
        }
    }

    @Test
    void theCodeCacheIsNotRounded() {
        assertEquals(
                Bytes.of(100_000_001),
                flags(17, 2, "-XX:ReservedCodeCacheSize=100000001").reservedCodeCacheSize());
    }

    @Test
    void aSmallCodeCacheHoldsFewCompilerThreads() {
        for (int jdk : new int[] {17, 25}) {
            assertEquals(10, flags(jdk, 64, "-XX:ReservedCodeCacheSize=2496k").compilerThreads());
            assertEquals(17, flags(jdk, 64, "-XX:ReservedCodeCacheSize=3856k").compilerThreads());
            assertEquals(18, flags(jdk, 64, "-XX:ReservedCodeCacheSize=3860k").compilerThreads());
            assertEquals(
                    3,
                    flags(jdk, 64, "-XX:ReservedCodeCacheSize=2496k", "-XX:TieredStopAtLevel=1")
                            .compilerThreads());
        }
    }

    @Test
    void compilerThreadsOfTheUser() {
        assertEquals(
                1,
                flags(17, 2, "-XX:CICompilerCount=1", "-XX:TieredStopAtLevel=1").compilerThreads());
        assertEquals(0, flags(17, 2, "-XX:CICompilerCount=0", "-Xint").compilerThreads());
        assertEquals(0, flags(25, 2, "-XX:CICompilerCount=3", "-Xint").compilerThreads());
    }

    @Test
    void shenandoahPausesWithAtLeastItsConcurrentThreads() {
        for (int jdk : new int[] {17, 25}) {
            ErgonomicFlags flags = flags(jdk, 2, "-XX:+UseShenandoahGC", "-XX:ConcGCThreads=3");
            assertEquals(OptionalInt.of(3), flags.parallelGcThreads());
        }
        assertEquals(
                OptionalInt.of(1),
                flags(17, 12, "-XX:+UseShenandoahGC", "-XX:ParallelGCThreads=1").concGcThreads());
        assertEquals(OptionalInt.of(3), flags(25, 2, "-XX:ConcGCThreads=3").concGcThreads());
    }

    @Test
    void shenandoahsRegionIsRoundedUpToAPageFirst() {
        assertEquals(
                Bytes.mebi(2043),
                flags(17, 2, "-XX:+UseShenandoahGC", "-Xmx2091262k").maxHeapSize());
    }

    @Test
    void shenandoahAlignsTheReachOfCompressedOopsLikeG1() {
        for (int jdk : new int[] {17, 25}) {
            assertFalse(flags(jdk, 2, "-XX:+UseShenandoahGC", "-Xmx32766m").compressedOops());
            assertTrue(flags(jdk, 2, "-XX:+UseShenandoahGC", "-Xmx32736m").compressedOops());
            assertTrue(flags(jdk, 2, "-XX:+UseSerialGC", "-Xmx32766m").compressedOops());
        }
    }

    @Test
    void withoutCompressedClassPointersTheClassSpaceIsPrintedAsGiven() {
        assertEquals(
                Bytes.gibi(1),
                flags(17, 2, "-XX:-UseCompressedClassPointers", "-XX:MaxMetaspaceSize=128m")
                        .compressedClassSpaceSize());
    }

    @Test
    void anObsoleteFlagIsTaken() {
        assertEquals(
                GarbageCollector.ZGC,
                flags(25, 2, "-XX:+UseZGC", "-XX:-ZGenerational").collector());
    }
}
