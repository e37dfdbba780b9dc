package io.github.memfit.tuning.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.tuning.Cut;
import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.tuning.Warning;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class JvmTest {

    private static final JvmProfile SPRING =
            JvmProfile.parse("jdk=25 collector=Serial samples=90 outside=170Mi direct=0"
                    + " metaspace=80Mi code=37Mi live=20Mi classes=16198 threads=63 worked=90s");

    private static Fit.Fits<JvmFlags> fits(Jvm jvm) {
        Fit<JvmFlags> fit = jvm.fit();
        return assertInstanceOf(Fit.Fits.class, fit, fit::toString);
    }

    private static Fit.TooSmall<JvmFlags> tooSmall(Jvm jvm) {
        Fit<JvmFlags> fit = jvm.fit();
        return assertInstanceOf(Fit.TooSmall.class, fit, fit::toString);
    }

    private static List<String> warned(Fit.Fits<JvmFlags> fits) {
        return fits.warnings().stream().map(Warning::about).collect(Collectors.toList());
    }

    @Test
    void aMeasuredApplicationGetsWhatIsLeft() {
        Fit.Fits<JvmFlags> fits = fits(Jvm.within(Bytes.mebi(512)).cpus(2).profile(SPRING));
        assertEquals(
                List.of(
                        "-Xmx324m",
                        "-XX:+UseSerialGC",
                        "-XX:SurvivorRatio=32",
                        "-XX:MaxDirectMemorySize=2m",
                        "-XX:MaxMetaspaceSize=112m",
                        "-XX:+ExitOnOutOfMemoryError"),
                fits.flags().arguments());
        assertEquals(List.of(), fits.warnings());
        assertEquals(
                Provenance.MEASURED, fits.plan().row("metaspace").orElseThrow().provenance());
        assertEquals("2", fits.flags().environment().get("MALLOC_ARENA_MAX"));
    }

    @Test
    void everyOutputSaysTheSame() {
        JvmFlags flags = fits(Jvm.within(Bytes.mebi(512)).profile(SPRING).heapDump("/var/my dumps"))
                .flags();
        assertTrue(flags.toJavaToolOptions().endsWith("\"-XX:HeapDumpPath=/var/my dumps\""), flags.toJavaToolOptions());
        assertEquals(flags.toJavaToolOptions(), flags.toJdkJavaOptions());
        assertTrue(flags.toArgumentFile().startsWith("-Xmx324m\n-XX:+UseSerialGC\n"), flags.toArgumentFile());
        assertTrue(flags.toDockerfile().startsWith("ENV JAVA_TOOL_OPTIONS=\"-Xmx324m "), flags.toDockerfile());
        assertTrue(flags.toDockerfile().contains("ENV MALLOC_ARENA_MAX=\"2\""), flags.toDockerfile());
        assertTrue(flags.toKubernetesEnv().startsWith("- name: JAVA_TOOL_OPTIONS\n  value: \"-Xmx324m "));
        assertTrue(flags.toString().length() <= 200);
    }

    @Test
    void predictableStartsWithTheWholeHeapAndDenseTrims() {
        JvmFlags whole = fits(Jvm.within(Bytes.gibi(1)).profile(SPRING).goal(JvmGoal.PREDICTABLE))
                .flags();
        assertEquals("-Xms" + VmNumbers.print(whole.heap()), whole.arguments().get(1));
        assertEquals("-XX:+AlwaysPreTouch", whole.arguments().get(2));
        JvmFlags dense = fits(Jvm.within(Bytes.gibi(1)).profile(SPRING).goal(JvmGoal.DENSE))
                .flags();
        assertTrue(dense.heap().isMoreThan(whole.heap()));
        assertTrue(dense.arguments().contains("-XX:ReservedCodeCacheSize=80m"), dense.toString());
        assertTrue(dense.arguments().contains("-XX:TrimNativeHeapInterval=5000"), dense.toString());
        JvmFlags old = fits(Jvm.within(Bytes.gibi(1)).jdk(JdkVersion.V17).goal(JvmGoal.DENSE))
                .flags();
        assertTrue(old.arguments().stream().noneMatch(option -> option.contains("Trim")), "JDK 17 would refuse it");
    }

    @Test
    void theCollectorFollowsTheMachineUnlessTold() {
        assertEquals(
                GarbageCollector.SERIAL,
                fits(Jvm.within(Bytes.gibi(1)).cpus(8)).flags().collector());
        assertEquals(
                GarbageCollector.SERIAL,
                fits(Jvm.within(Bytes.gibi(8)).cpus(1)).flags().collector());
        assertEquals(
                GarbageCollector.G1,
                fits(Jvm.within(Bytes.gibi(2)).cpus(2)).flags().collector());
        assertEquals(
                GarbageCollector.G1,
                fits(Jvm.within(Bytes.gibi(1)).jdk(JdkVersion.of(27))).flags().collector());
        assertEquals(
                GarbageCollector.ZGC,
                fits(Jvm.within(Bytes.gibi(2)).collector(GarbageCollector.ZGC))
                        .flags()
                        .collector());
    }

    @Test
    void aCollectorThatIsSwitchedOffIsNotPlanned() {
        Fit.Fits<JvmFlags> large = fits(
                Jvm.within(Bytes.gibi(4)).options(JvmOptions.of("-XX:-UseG1GC")).loadedClasses(4000));
        assertEquals(GarbageCollector.SERIAL, large.flags().collector());
        assertTrue(large.flags().arguments().contains("-XX:+UseSerialGC"));
        Fit.Fits<JvmFlags> small = fits(Jvm.within(Bytes.gibi(1))
                .options(JvmOptions.of("-XX:-UseSerialGC"))
                .loadedClasses(4000));
        assertEquals(GarbageCollector.G1, small.flags().collector());
        assertTrue(small.flags().arguments().contains("-XX:+UseG1GC"));
    }

    @Test
    void theInitialHeapIsNeverAboveTheUsersOwnMaximum() {
        Fit.Fits<JvmFlags> fits = fits(Jvm.within(Bytes.gibi(1))
                .options(JvmOptions.of("-Xmx333m"))
                .goal(JvmGoal.PREDICTABLE)
                .loadedClasses(4000));
        assertEquals(Bytes.mebi(334), fits.flags().heap());
        assertTrue(
                fits.flags().arguments().contains("-Xms333m"),
                fits.flags().arguments().toString());
    }

    @Test
    void shenandoahRoundsNoPlannedHeapUp() {
        for (int limit = 8450; limit < 8700; limit++) {
            JvmFlags flags = fits(Jvm.within(Bytes.mebi(limit))
                            .collector(GarbageCollector.SHENANDOAH)
                            .loadedClasses(4000))
                    .flags();
            JvmStart start = HotSpot.predict(JdkVersion.V25, Bytes.mebi(limit), 2, JvmOptions.parse(flags.arguments()));
            assertEquals(
                    flags.heap(),
                    assertInstanceOf(JvmStart.Starts.class, start).flags().maxHeapSize());
        }
    }

    @Test
    void aggressiveHeapBringsItsCollector() {
        Fit.Fits<JvmFlags> fits = fits(Jvm.within(Bytes.gibi(4))
                .options(JvmOptions.of("-XX:+AggressiveHeap"))
                .loadedClasses(4000));
        assertEquals(GarbageCollector.PARALLEL, fits.flags().collector());
    }

    @Test
    void conflictsAreNamed() {
        JvmOptions options = JvmOptions.of(
                        "-Xmx300m", "-XX:+UseG1GC", "-XX:MaxDirectMemorySize=0", "-Xss200k", "-javaagent:a.jar")
                .with(OptionChannel.JAVA_TOOL_OPTIONS, "-XX:MaxRAMPercentage=75 -Xmx200m");
        Fit.Fits<JvmFlags> fits = fits(
                Jvm.within(Bytes.gibi(1)).options(options).loadedClasses(4000).collector(GarbageCollector.PARALLEL));
        assertEquals(
                List.of(
                        "-XX:MaxRAMPercentage=75 (JAVA_TOOL_OPTIONS)",
                        "-Xmx200m (JAVA_TOOL_OPTIONS)",
                        "-XX:+UseParallelGC",
                        "MaxDirectMemorySize",
                        "ThreadStackSize",
                        "-javaagent",
                        "metaspace",
                        "G1"),
                warned(fits));
        assertEquals(Bytes.mebi(300), fits.flags().heap());
        assertTrue(fits.flags().arguments().contains("-XX:MaxDirectMemorySize=16m"), "0 is no cap");
    }

    @Test
    void whatTheJvmWouldRefuseIsSaid() {
        Fit.Fits<JvmFlags> fits = fits(Jvm.within(Bytes.gibi(1))
                .options(JvmOptions.of("-XX:ReservedCodeCacheSize=1m"))
                .loadedClasses(2000));
        assertTrue(
                fits.warnings().stream()
                        .anyMatch(warning -> warning.text().contains("Must be at least InitialCodeCacheSize")),
                fits.warnings().toString());
    }

    @Test
    void tooSmallSaysWhatToCut() {
        Fit.TooSmall<JvmFlags> small = tooSmall(Jvm.within(Bytes.mebi(256))
                .options(JvmOptions.of("-Xmx200m"))
                .profile(SPRING)
                .directMemory(Bytes.mebi(64))
                .threads(400));
        assertEquals("heap", small.largest().region());
        assertEquals(
                List.of("heap", "direct memory", "more threads", "margin"),
                small.cuts().stream().map(Cut::region).collect(Collectors.toList()));
        assertTrue(small.needed().isMoreThan(Bytes.mebi(470)), small.toString());
    }

    @Test
    void aProfileOfAnotherJdkWidensTheMargin() {
        Fit.Fits<JvmFlags> same = fits(Jvm.within(Bytes.gibi(1)).profile(SPRING));
        Fit.Fits<JvmFlags> other =
                fits(Jvm.within(Bytes.gibi(1)).jdk(JdkVersion.V17).profile(SPRING));
        assertTrue(other.flags().heap().isLessThan(same.flags().heap()));
        assertEquals(List.of("profile"), warned(other));
    }

    /** However many samples there are: only time shows what is compiled in the end. */
    @Test
    void aProfileOfLessThanAMinuteLeavesMoreRoomAndSaysSo() {
        JvmProfile young = JvmProfile.parse(SPRING.toString().replace("worked=90s", "worked=59s"));
        JvmProfile unknown = JvmProfile.parse(SPRING.toString().replace(" worked=90s", ""));
        assertFalse(young.isSettled());
        assertFalse(unknown.isSettled());
        assertFalse(JvmProfile.parse(SPRING.toString().replace("samples=90", "samples=59"))
                .isSettled());
        assertTrue(young.merge(SPRING).isSettled());
        assertEquals(Duration.ofSeconds(90), young.merge(SPRING).worked());
        Fit.Fits<JvmFlags> settled = fits(Jvm.within(Bytes.gibi(1)).profile(SPRING));
        Fit.Fits<JvmFlags> less = fits(Jvm.within(Bytes.gibi(1)).profile(young));
        assertEquals(
                Bytes.mebi(170).timesRoundedUp(Ratio.percent(25)),
                less.plan().row("margin").orElseThrow().bytes());
        assertTrue(less.flags().heap().isLessThan(settled.flags().heap()));
        assertTrue(less.flags().arguments().contains("-XX:MaxMetaspaceSize=160m"), less.flags()::toString);
        assertTrue(less.warnings().toString().contains("90 samples and 59 s of"), less.warnings()::toString);
        assertTrue(fits(Jvm.within(Bytes.gibi(1)).profile(unknown))
                .warnings()
                .toString()
                .contains("unknown processor time"));
        Fit.Fits<JvmFlags> dense =
                fits(Jvm.within(Bytes.gibi(1)).profile(SPRING).goal(JvmGoal.DENSE));
        assertEquals(
                Bytes.mebi(170).timesRoundedUp(Ratio.percent(3)),
                dense.plan().row("margin").orElseThrow().bytes());
    }

    /** An echo server in a control group of version 2 was killed with 15 MiB of them that nobody had planned. */
    @Test
    void socketBuffersAreARowWhereTheyAreCharged() {
        JvmProfile served = JvmProfile.parse(SPRING.toString().replace("sockets=0", "sockets=15Mi"));
        Fit.Fits<JvmFlags> plain = fits(Jvm.within(Bytes.mebi(512)).profile(SPRING));
        Fit.Fits<JvmFlags> with = fits(Jvm.within(Bytes.mebi(512)).profile(served));
        assertTrue(plain.plan().row("socket buffers").isEmpty());
        assertEquals(
                Bytes.mebi(15), with.plan().row("socket buffers").orElseThrow().bytes());
        assertEquals(plain.flags().heap().minus(Bytes.mebi(16)), with.flags().heap());
        assertEquals(Bytes.mebi(15), SPRING.merge(served).sockets());
        assertEquals(served, JvmProfile.parse(served.toString()));
        // Of what direct memory stands for as well the margin is counted, beside socket buffers too.
        JvmProfile netty = JvmProfile.parse("jdk=17 collector=Serial samples=600 outside=60Mi direct=40Mi both=87Mi"
                + " metaspace=8Mi code=8Mi sockets=20Mi live=0 classes=2000 threads=19 worked=75s");
        assertEquals(
                Bytes.mebi(60 + 20).timesRoundedUp(Ratio.percent(6)),
                fits(Jvm.within(Bytes.mebi(256)).jdk(JdkVersion.V17).profile(netty))
                        .plan()
                        .row("margin")
                        .orElseThrow()
                        .bytes());
    }

    @Test
    void theMarginIsASixtyFourthOfTheLimitAtLeast() {
        assertTrue(fits(Jvm.within(Bytes.mebi(512)).profile(SPRING))
                .plan()
                .row("more margin")
                .isEmpty());
        Fit.Fits<JvmFlags> large = fits(Jvm.within(Bytes.gibi(1)).profile(SPRING));
        assertEquals(
                Bytes.mebi(16),
                large.plan()
                        .row("margin")
                        .orElseThrow()
                        .bytes()
                        .plus(large.plan().row("more margin").orElseThrow().bytes()));
        assertTrue(fits(Jvm.within(Bytes.gibi(1)).profile(SPRING).goal(JvmGoal.DENSE))
                .plan()
                .row("more margin")
                .isEmpty());
        // What is refused names a limit that is enough, whichever margin counts there.
        for (Jvm asked : List.of(
                Jvm.within(Bytes.mebi(128)).profile(SPRING),
                Jvm.within(Bytes.mebi(256)).profile(SPRING).options(JvmOptions.of("-Xmx2g")))) {
            Bytes needed = tooSmall(asked).needed();
            Bytes less = needed.minus(Bytes.mebi(1));
            boolean given = needed.isMoreThan(Bytes.gibi(1));
            JvmOptions options = given ? JvmOptions.of("-Xmx2g") : JvmOptions.none();
            fits(Jvm.within(needed).profile(SPRING).options(options));
            tooSmall(Jvm.within(less).profile(SPRING).options(options));
        }
    }

    @Test
    void heapsStayBelowTheOopsCliff() {
        Fit.Fits<JvmFlags> fits = fits(Jvm.within(Bytes.gibi(36)).cpus(4).profile(SPRING));
        assertEquals(Bytes.gibi(30), fits.flags().heap());
        assertTrue(warned(fits).contains("heap"));
        assertTrue(fits(Jvm.within(Bytes.gibi(64)).cpus(4).profile(SPRING))
                .flags()
                .heap()
                .isMoreThan(Bytes.gibi(60)));
    }

    @Test
    void aPropertyIsSetOnceAndChecked() {
        assertThrows(
                IllegalStateException.class,
                () -> Jvm.within(Bytes.gibi(1)).cpus(1).cpus(2));
        assertThrows(
                IllegalStateException.class,
                () -> Jvm.within(Bytes.gibi(1)).loadedClasses(1).classesInJars(2));
        assertThrows(IllegalArgumentException.class, () -> Jvm.within(Bytes.ZERO));
        assertThrows(IllegalArgumentException.class, () -> Jvm.within(Bytes.of(9_223_372_036_854_771_712L)));
        assertThrows(
                IllegalArgumentException.class, () -> Jvm.within(Bytes.gibi(1)).heapDump("a\nb"));
        assertThrows(
                IllegalArgumentException.class, () -> Jvm.within(Bytes.gibi(1)).threads(0));
        assertThrows(
                IllegalArgumentException.class, () -> Jvm.within(Bytes.gibi(1)).directMemory(Bytes.ZERO));
    }

    private static void refused(String from, String to, int column, String rule) {
        String whole = SPRING.toString();
        assertTrue(whole.contains(from), whole);
        MalformedException error =
                assertThrows(MalformedException.class, () -> JvmProfile.parse(whole.replace(from, to)), to);
        assertEquals(column, error.column(), error.getMessage());
        assertTrue(error.getMessage().contains(rule), error.getMessage());
    }

    @Test
    void profilesAreRefusedWhenBroken() {
        refused("jdk=25", "jdk=x", 5, "jdk is a JDK release such as 25");
        refused("Serial", "serial", 18, "collector is a collector such as Serial");
        refused("170Mi", "-1", 44, "outside is a size from 0 to 2^56 bytes");
        refused("170Mi", "8Ei", 44, "outside is a size from 0 to 2^56 bytes");
        refused("samples=90", "samples=+90", 33, "samples is a whole number");
        refused("samples=90", "samples=0", 1, "at least one sample");
        refused("jdk=25", "jdk=25 jdk=25", 8, "jdk stands here twice");
        refused("jdk=25", "jdk=25 x=1", 8, "the parts are jdk, collector, ");
        refused("jdk=25 ", "", SPRING.toString().length() - 6, "jdk is missing");
        refused("worked=90s", "worked=90", SPRING.toString().length() - 2, "worked is whole seconds such as 90s");
        refused("worked=90s", "worked=-1s", SPRING.toString().length() - 2, "worked is whole seconds such as 90s");
        refused("worked=90s", "worked=9999999999s", 1, "0 to 100,000 days");
        refused("both=170Mi", "both=171Mi", 1, "together are not 171Mi");
        for (String text : List.of("", " ", "jdk=25", "a a a", "jdk", "=", "x".repeat(5000), "jdk=25 ".repeat(900))) {
            assertThrows(MalformedException.class, () -> JvmProfile.parse(text), text);
        }
        assertEquals(SPRING, JvmProfile.parse("  " + SPRING.toString().replace(" both=170Mi", "")));
        JvmProfile other = JvmProfile.parse(SPRING.toString().replace("jdk=25", "jdk=17"));
        assertThrows(IllegalArgumentException.class, () -> SPRING.merge(other));
    }

    @Test
    void directMemoryAndWhatIsBesideItArePlannedByTheirPeakTogether() {
        String netty = "jdk=17 collector=Serial samples=600 outside=60Mi direct=40Mi both=87Mi metaspace=8Mi code=8Mi"
                + " live=0 classes=2000 threads=19 worked=75s";
        Fit.Fits<JvmFlags> together =
                fits(Jvm.within(Bytes.mebi(256)).jdk(JdkVersion.V17).profile(JvmProfile.parse(netty)));
        // 87 at once, of which 40 are direct; the cap is a sixteenth and a MiB more.
        assertEquals(
                Bytes.mebi(47 - 8 - 8),
                together.plan().row("rest of the JVM").orElseThrow().bytes());
        assertEquals(
                Bytes.mebi(44),
                together.plan().row("direct memory").orElseThrow().bytes());
        // 6 % of the 60 that were outside at most.
        assertEquals(
                Bytes.mebi(60).timesRoundedUp(Ratio.percent(6)),
                together.plan().row("margin").orElseThrow().bytes());
        // 512 KiB, 28 KiB for each of 19 threads, and 1/512 of 256 MiB.
        assertEquals(
                Bytes.kibi(512 + 19 * 28 + 512),
                together.plan().row("kernel").orElseThrow().bytes());
        // The measured rest has Serial's fixed part: 1/307 of the heap remains of it.
        assertTrue(together.plan().row("collector").orElseThrow().bytes().isLessThan(Bytes.mebi(1)));
        assertEquals(
                "G1: 9.60 MiB and 3.8% of the heap",
                fits(Jvm.within(Bytes.mebi(256))
                                .jdk(JdkVersion.V17)
                                .collector(GarbageCollector.G1)
                                .profile(JvmProfile.parse(netty)))
                        .plan()
                        .row("collector")
                        .orElseThrow()
                        .reason());
        assertEquals("1048576", together.flags().environment().get("MALLOC_MMAP_THRESHOLD_"));
        // A cap below what was measured changes what the program does.
        Fit.Fits<JvmFlags> capped = fits(Jvm.within(Bytes.mebi(256))
                .jdk(JdkVersion.V17)
                .directMemory(Bytes.mebi(30))
                .profile(JvmProfile.parse(netty)));
        assertEquals(
                Bytes.mebi(60 - 8 - 8),
                capped.plan().row("rest of the JVM").orElseThrow().bytes());
        assertEquals(
                Map.of("MALLOC_ARENA_MAX", "2", "MALLOC_MMAP_THRESHOLD_", "1048576"),
                fits(Jvm.within(Bytes.gibi(1)).profile(SPRING)).flags().environment());
        // Where nothing was measured and little is direct, nothing relies on it.
        assertEquals(
                Map.of("MALLOC_ARENA_MAX", "2"),
                fits(Jvm.within(Bytes.gibi(1))).flags().environment());
    }

    @Test
    void survivorSpacesAreSmallUnlessTheUserSaysOtherwiseOrTheCollectorIsAnother() {
        JvmFlags given = fits(Jvm.within(Bytes.gibi(1)).profile(SPRING).options(JvmOptions.of("-XX:SurvivorRatio=6")))
                .flags();
        assertTrue(given.allArguments().contains("-XX:SurvivorRatio=6"), given.toString());
        assertTrue(given.arguments().stream().noneMatch(option -> option.contains("Survivor")), given.toString());
        JvmFlags g1 = fits(Jvm.within(Bytes.gibi(1)).profile(SPRING).collector(GarbageCollector.G1))
                .flags();
        assertTrue(g1.arguments().stream().noneMatch(option -> option.contains("Survivor")), g1.toString());
    }

    @Test
    void aReportOfNativeMemoryMakesAProfile() {
        NativeMemory report = NativeMemory.parse("Total: reserved=1000MB, committed=300MB\n"
                        + "-  Java Heap (reserved=200MB, committed=100MB)\n"
                        + "-  Class (reserved=100MB, committed=10MB)\n (classes #5000)\n"
                        + "-  Other (reserved=30MB, committed=30MB)\n"
                        + "-  Shared class space (reserved=16MB, committed=12MB)\n"
                        + "-  Metaspace (reserved=60MB, committed=40MB)\n")
                .orElseThrow();
        JvmProfile profile = JvmProfile.of(JdkVersion.V25, GarbageCollector.SERIAL, report);
        assertEquals(Bytes.mebi(30), profile.direct());
        assertEquals(Bytes.mebi(50), profile.metaspace());
        assertEquals(Bytes.mebi(300 - 100 - 12 - 30 + 40 + 4), profile.outsideHeap());
        assertEquals(5000, profile.classes());
    }

    @Test
    void blindJvmsAreFound() {
        ContainerSight child =
                new ContainerSight(List.of(Optional.empty(), Optional.of(Bytes.mebi(512))), Bytes.gibi(8), true, false);
        assertEquals(Bytes.mebi(512), child.enforced());
        assertTrue(child.isBlind(JdkVersion.V17));
        assertEquals(Bytes.mebi(512), child.seenBy(JdkVersion.V25));
        assertThrows(IllegalArgumentException.class, () -> new ContainerSight(List.of(), Bytes.gibi(8), true, true));
    }
}
