package io.github.memfit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.jvm.ErgonomicFlags;
import io.github.memfit.tuning.jvm.GarbageCollector;
import io.github.memfit.tuning.jvm.HotSpot;
import io.github.memfit.tuning.jvm.JdkVersion;
import io.github.memfit.tuning.jvm.Jvm;
import io.github.memfit.tuning.jvm.JvmFlags;
import io.github.memfit.tuning.jvm.JvmGoal;
import io.github.memfit.tuning.jvm.JvmOptions;
import io.github.memfit.tuning.jvm.JvmProfile;
import io.github.memfit.tuning.jvm.JvmSample;
import io.github.memfit.tuning.jvm.JvmStart;
import io.github.memfit.tuning.jvm.OptionChannel;
import io.github.memfit.unit.Bytes;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flags of plans, and predictions, against JVMs that are really launched: each JDK of this machine that rules are known for. */
class JvmLaunchTest {

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"([^\"]+)\"");

    private static final JvmProfile PROFILE =
            JvmProfile.parse("jdk=25 collector=Serial samples=90 outside=90Mi direct=3Mi"
                    + " metaspace=20Mi code=11Mi live=10Mi classes=5000 threads=40 worked=90s");

    /** The JDK of this test and its neighbours, the first of each release. */
    private static Map<JdkVersion, Path> installed() {
        Map<JdkVersion, Path> found = new TreeMap<>();
        List<Path> homes = new ArrayList<>();
        homes.add(Path.of(System.getProperty("java.home")));
        String variable = System.getenv("JAVA_HOME");
        if (variable != null) {
            homes.add(Path.of(variable));
        }
        try (Stream<Path> others = Files.list(Path.of("/usr/lib/jvm"))) {
            others.sorted().forEach(homes::add);
        } catch (IOException e) {
            // No such folder on this system: the JDK of the test remains.
        }
        for (Path home : homes) {
            try {
                Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
                if (version.find() && Files.isExecutable(home.resolve("bin/java"))) {
                    found.putIfAbsent(JdkVersion.parse(version.group(1)), home);
                }
            } catch (IOException | IllegalArgumentException | io.github.memfit.unit.MemfitException e) {
                // Not a JDK whose rules are known.
            }
        }
        return found;
    }

    /** Prints the committed heap of this JVM, and what a sample says of the heap and beside it. */
    static final class Heap {
        public static void main(String[] arguments) {
            byte[] some = new byte[10 << 20];
            JvmSample sample = LiveJvm.self().sample().value().orElseThrow();
            System.out.println(LiveJvm.committedHeap(sample.collector()).value() + " "
                    + sample.heap().value() + " "
                    + (sample.anonymous().value() - sample.heap().value()) + " " + some.length);
        }
    }

    /**
     * The beans leave out one survivor space of Serial and Parallel; what is outside the heap would be as much too large. Of a
     * heap that is committed and not touched nothing is taken for resident.
     */
    @TestFactory
    List<DynamicTest> aSampleKnowsTheHeap() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/pagemap")), "no /proc/self/pagemap here");
        List<DynamicTest> tests = new ArrayList<>();
        installed().forEach((jdk, home) -> {
            for (GarbageCollector collector :
                    List.of(GarbageCollector.SERIAL, GarbageCollector.PARALLEL, GarbageCollector.G1)) {
                tests.add(dynamicTest(jdk + " " + collector, () -> heapIsKnown(home, collector)));
            }
        });
        assumeTrue(!tests.isEmpty(), "no JDK from 17 to 27 found");
        return tests;
    }

    private static void heapIsKnown(Path home, GarbageCollector collector) throws Exception {
        long[] lazy = heap(home, collector);
        long[] touched = heap(home, collector, "-XX:+AlwaysPreTouch");
        assertEquals(96L << 20, lazy[0]);
        assertEquals(96L << 20, touched[0]);
        assertEquals(96L << 20, touched[1]);
        assertTrue(lazy[1] >= 10 << 20 && lazy[1] < 48 << 20, "resident heap " + lazy[1]);
        // All else is as large whether the heap is touched or not, code cache and class archive apart.
        assertTrue(lazy[2] > 10 << 20 && lazy[2] < touched[2], lazy[2] + " and " + touched[2]);
        assertTrue(touched[2] - lazy[2] < 24 << 20, lazy[2] + " and " + touched[2]);
    }

    private static long[] heap(Path home, GarbageCollector collector, String... more) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.addAll(List.of(collector.option(), "-Xms96m", "-Xmx96m"));
        command.addAll(List.of(more));
        command.addAll(List.of(
                "-cp", location(LiveJvm.class) + File.pathSeparator + location(Heap.class), Heap.class.getName()));
        Launch launch = Launch.run(command, Map.of(), Set.of(), Duration.ofSeconds(60));
        assertTrue(launch.output().matches("[0-9]+ [0-9]+ [0-9]+ [0-9]+\\R"), launch.output() + launch.errors());
        return Stream.of(launch.output().strip().split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @TestFactory
    List<DynamicTest> plansAreTakenAsTheyAreMeant() {
        Map<JdkVersion, Path> jdks = installed();
        assumeTrue(!jdks.isEmpty(), "no JDK from 17 to 27 found");
        List<DynamicTest> tests = new ArrayList<>();
        long[] limits = {100, 131, 200, 257, 512, 1000, 1792, 2048, 4099, 6000};
        jdks.forEach((jdk, home) -> {
            int turn = 0;
            for (long limit : limits) {
                for (GarbageCollector collector : GarbageCollector.values()) {
                    // Every limit with every collector; cpus, goal and channel take turns.
                    int cpus = new int[] {1, 2, 8}[turn % 3];
                    JvmGoal goal = JvmGoal.values()[turn % 3];
                    OptionChannel channel = OptionChannel.values()[turn % 4];
                    boolean profile = turn % 2 == 0;
                    turn++;
                    tests.add(dynamicTest(
                            jdk + " " + collector + " in " + limit + " MiB, " + cpus + " cpus, " + goal + " by "
                                    + channel,
                            () -> taken(home, jdk, Bytes.mebi(limit), cpus, collector, goal, channel, profile)));
                }
            }
        });
        return tests;
    }

    private static void taken(
            Path home,
            JdkVersion jdk,
            Bytes limit,
            int cpus,
            GarbageCollector collector,
            JvmGoal goal,
            OptionChannel channel,
            boolean profile) {
        Jvm jvm = Jvm.within(limit)
                .jdk(jdk)
                .cpus(cpus)
                .collector(collector)
                .goal(goal)
                .options(JvmOptions.of("-XX:ActiveProcessorCount=" + cpus));
        Fit<JvmFlags> fit =
                profile ? jvm.profile(PROFILE).fit() : jvm.loadedClasses(1000).fit();
        if (fit instanceof Fit.TooSmall<JvmFlags> small) {
            assertTrue(small.needed().isMoreThan(limit));
            return;
        }
        JvmFlags flags = fit.ifFits().orElseThrow();
        JvmVerification answer = JvmVerifier.of(home).verify(flags.allArguments(), channel);
        assumeTrue(
                !(answer instanceof JvmVerification.Refused refused
                        && refused.message().contains("Unrecognized VM option '" + collector.flag())),
                "this build of the JDK has no " + collector);
        JvmVerification.Launched launched = assertInstanceOf(JvmVerification.Launched.class, answer, answer::toString);
        assertEquals(List.of(), launched.differences());
        assertEquals(flags.heap(), launched.actual().bytes("MaxHeapSize").orElseThrow());
        assertEquals(collector, launched.actual().collector().orElseThrow());
    }

    @TestFactory
    List<DynamicTest> predictionsComeTrue() {
        List<DynamicTest> tests = new ArrayList<>();
        List<List<String>> grid = List.of(
                List.of("-XX:MaxRAM=100m"),
                List.of("-XX:MaxRAM=300m", "-XX:MaxRAMPercentage=61.5"),
                List.of("-XX:MaxRAM=3g", "-XX:InitialRAMPercentage=33.3", "-XX:+UseParallelGC"),
                List.of("-XX:MaxRAM=50g", "-XX:MaxRAMPercentage=70"),
                List.of("-Xmx77m", "-Xmn13m", "-XX:+UseSerialGC"),
                List.of("-Xmx77m", "-XX:NewRatio=3", "-XX:+UseG1GC"),
                List.of("-Xmx5g", "-XX:+UseShenandoahGC", "-XX:ActiveProcessorCount=6"),
                List.of("-Xmx777m", "-XX:+UseZGC", "-XX:ActiveProcessorCount=11"),
                List.of("-Xmx300m", "-XX:TieredStopAtLevel=1", "-XX:ActiveProcessorCount=9"),
                List.of("-Xms100m", "-XX:MaxMetaspaceSize=70m", "-Xss333k"));
        installed()
                .forEach((jdk, home) -> grid.forEach(arguments -> tests.add(dynamicTest(jdk + " " + arguments, () -> {
                    JvmVerification answer = JvmVerifier.of(home).verify(arguments, OptionChannel.COMMAND_LINE);
                    JvmVerification.Launched launched =
                            assertInstanceOf(JvmVerification.Launched.class, answer, answer::toString);
                    predicted(jdk, JvmOptions.parse(arguments), launched);
                }))));
        return tests;
    }

    private static void predicted(JdkVersion jdk, JvmOptions options, JvmVerification.Launched launched)
            throws JMException {
        // The memory of this machine matters only where no option sets the base; then it is far above every bound used.
        // The attribute is asked by its name: com.sun.management is no module of ours.
        Bytes host = Bytes.of((Long) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("java.lang:type=OperatingSystem"), "TotalMemorySize"));
        int cpus = Runtime.getRuntime().availableProcessors();
        JvmStart start = HotSpot.predict(jdk, host, cpus, options);
        ErgonomicFlags flags =
                assertInstanceOf(JvmStart.Starts.class, start, start::toString).flags();
        assertEquals(flags.collector(), launched.actual().collector().orElseThrow());
        assertEquals(flags.maxHeapSize(), launched.actual().bytes("MaxHeapSize").orElseThrow(), "MaxHeapSize");
        assertEquals(flags.minHeapSize(), launched.actual().bytes("MinHeapSize").orElseThrow(), "MinHeapSize");
        if (options.has("MaxRAM") || options.has("InitialHeapSize")) {
            assertEquals(
                    flags.initialHeapSize(),
                    launched.actual().bytes("InitialHeapSize").orElseThrow(),
                    "InitialHeapSize");
        }
        flags.maxNewSize()
                .ifPresent(size ->
                        assertEquals(size, launched.actual().bytes("MaxNewSize").orElseThrow(), "MaxNewSize"));
        assertEquals(
                flags.compilerThreads(),
                launched.actual().number("CICompilerCount").orElseThrow());
        assertEquals(flags.compressedOops(), launched.actual().isOn("UseCompressedOops"));
        flags.parallelGcThreads()
                .ifPresent(count -> assertEquals(
                        count, launched.actual().number("ParallelGCThreads").orElseThrow(), "ParallelGCThreads"));
        flags.concGcThreads()
                .ifPresent(count -> assertEquals(
                        count, launched.actual().number("ConcGCThreads").orElseThrow(), "ConcGCThreads"));
        assertEquals(
                flags.compressedClassSpaceSize(),
                launched.actual().bytes("CompressedClassSpaceSize").orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(OptionChannel.class)
    void noLaunchTouchesTheWholeHeap(OptionChannel channel) {
        JvmVerification.Launched launched = assertInstanceOf(
                JvmVerification.Launched.class,
                JvmVerifier.ofRunning()
                        .verify(List.of("-Xms64m", "-XX:+AlwaysPreTouch", "-Xmx64m", "-XX:+UseSerialGC"), channel));
        assertFalse(launched.actual().isOn("AlwaysPreTouch"));
        assertEquals(List.of(), launched.differences());
    }

    @Test
    void whatTheJvmRoundsIsADifference() {
        JvmVerification answer =
                JvmVerifier.ofRunning().verify(List.of("-XX:+UseSerialGC", "-Xmx33m"), OptionChannel.COMMAND_LINE);
        JvmVerification.Launched launched = assertInstanceOf(JvmVerification.Launched.class, answer, answer::toString);
        assertFalse(answer.agrees());
        assertEquals(List.of(new FlagDifference("MaxHeapSize", "34603008", "35651584")), launched.differences());
    }

    @Test
    void aPercentageIsTakenInEachOfItsSpellings() {
        for (String percentage : List.of("75", "75.0", "33.3")) {
            JvmVerification answer = JvmVerifier.ofRunning()
                    .verify(List.of("-XX:MaxRAMPercentage=" + percentage), OptionChannel.COMMAND_LINE);
            assertTrue(answer.agrees(), answer.toString());
        }
    }

    /** The program does not exist: a launcher that came to it would fail. */
    @Test
    void noProgramIsRun() {
        for (List<String> program :
                List.of(List.of("-jar", "app.jar"), List.of("Main"), List.of("-m", "a/b"), List.of("Main.java"))) {
            List<String> arguments = new ArrayList<>(List.of("-Xmx64m"));
            arguments.addAll(program);
            for (OptionChannel channel : OptionChannel.values()) {
                JvmVerification answer = JvmVerifier.ofRunning().verify(arguments, channel);
                assertTrue(answer.agrees(), arguments + " in " + channel + ": " + answer);
            }
        }
    }

    @Test
    void aRefusalCarriesTheMessage() {
        JvmVerification answer =
                JvmVerifier.ofRunning().verify(List.of("-Xms64m", "-Xmx32m"), OptionChannel.JAVA_TOOL_OPTIONS);
        assertEquals(
                new JvmVerification.Refused(1, "Initial heap size set to a larger value than the maximum heap size"),
                answer);
    }

    @Test
    void withoutAJvmNothingIsVerified() {
        assertInstanceOf(
                JvmVerification.Unverified.class,
                JvmVerifier.of(Path.of("no-such-folder")).verify(List.of(), OptionChannel.COMMAND_LINE));
        assertInstanceOf(
                JvmVerification.Unverified.class,
                JvmVerifier.ofRunning().within(Duration.ofMillis(1)).verify(List.of(), OptionChannel.COMMAND_LINE));
    }
}
