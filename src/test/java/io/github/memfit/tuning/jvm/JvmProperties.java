package io.github.memfit.tuning.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.MemoryPlan;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

@Tag("bare")
class JvmProperties {

    private static final long SMALLEST = 32L << 20;
    private static final long LARGEST = 1L << 38;

    /** A question that can be asked again with another limit or other options. */
    record Asked(
            JdkVersion jdk,
            int cpus,
            Optional<GarbageCollector> collector,
            JvmGoal goal,
            Optional<JvmProfile> profile,
            Optional<Integer> classes) {

        Fit<JvmFlags> within(Bytes limit, JvmOptions options) {
            Jvm jvm = Jvm.within(limit).jdk(jdk).cpus(cpus).goal(goal).options(options);
            collector.ifPresent(jvm::collector);
            profile.ifPresent(jvm::profile);
            classes.ifPresent(jvm::loadedClasses);
            return jvm.fit();
        }

        Fit<JvmFlags> within(Bytes limit) {
            return within(limit, JvmOptions.none());
        }
    }

    @Provide
    Arbitrary<Asked> asked() {
        return Combinators.combine(
                        Arbitraries.of(17, 21, 25, 26, 27).map(JdkVersion::of),
                        Arbitraries.integers().between(1, 64),
                        Arbitraries.of(GarbageCollector.values()).optional(0.4),
                        Arbitraries.of(JvmGoal.values()),
                        profiles().optional(0.6),
                        Arbitraries.integers().between(500, 60_000).optional(0.3))
                .as(Asked::new);
    }

    @Provide
    Arbitrary<JvmProfile> profiles() {
        Arbitrary<Bytes> small = Arbitraries.longs().between(0, 400L << 20).map(Bytes::of);
        return Combinators.combine(
                        Arbitraries.of(17, 25).map(JdkVersion::of),
                        Arbitraries.of(GarbageCollector.values()),
                        small,
                        small,
                        small,
                        small,
                        small,
                        Arbitraries.longs().between(0, 120).map(Duration::ofSeconds))
                .as((jdk, collector, outside, direct, metaspace, code, live, worked) -> new JvmProfile(
                        jdk,
                        collector,
                        3,
                        outside,
                        direct,
                        together(outside, direct, metaspace),
                        metaspace,
                        code,
                        live.timesRoundedUp(Ratio.of(1, 8)),
                        live,
                        9000,
                        40,
                        worked));
    }

    /** Anything from the larger of the two to their sum. */
    private static Bytes together(Bytes outside, Bytes direct, Bytes some) {
        return outside.max(direct).plus(outside.min(direct).min(some));
    }

    @Property
    void aPlanStaysWithinTheLimitAndItsHeapIsTheFlag(
            @ForAll("asked") Asked asked, @ForAll @LongRange(min = SMALLEST, max = LARGEST) long limit) {
        if (asked.within(Bytes.of(limit)) instanceof Fit.Fits<JvmFlags> fits) {
            MemoryPlan plan = fits.plan();
            assertTrue(plan.total().compareTo(Bytes.of(limit)) <= 0, plan.toString());
            assertEquals(plan.row("heap").orElseThrow().bytes(), fits.flags().heap());
            assertEquals(
                    "-Xmx" + VmNumbers.print(fits.flags().heap()),
                    fits.flags().arguments().get(0));
        }
    }

    @Property
    void theJvmTakesTheFlagsAndMakesTheHeapOfThePlan(
            @ForAll("asked") Asked asked, @ForAll @LongRange(min = SMALLEST, max = LARGEST) long limit) {
        if (asked.within(Bytes.of(limit)) instanceof Fit.Fits<JvmFlags> fits) {
            JvmStart start = HotSpot.predict(
                    asked.jdk(),
                    Bytes.of(limit),
                    asked.cpus(),
                    JvmOptions.parse(fits.flags().arguments()));
            ErgonomicFlags flags = assertInstanceOf(JvmStart.Starts.class, start, start::toString)
                    .flags();
            assertEquals(fits.flags().heap(), flags.maxHeapSize());
            assertEquals(fits.flags().collector(), flags.collector());
            assertEquals(fits.plan().row("direct memory").orElseThrow().bytes(), flags.maxDirectMemorySize());
            assertFalse(flags.oopsCliff());
        }
    }

    @Property
    void aLargerLimitNeverGivesASmallerHeap(
            @ForAll("asked") Asked asked,
            @ForAll @LongRange(min = SMALLEST, max = LARGEST) long limit,
            @ForAll @LongRange(min = 0, max = 1L << 31) long more) {
        if (asked.within(Bytes.of(limit)) instanceof Fit.Fits<JvmFlags> fits) {
            Fit.Fits<JvmFlags> larger = assertInstanceOf(Fit.Fits.class, asked.within(Bytes.of(limit + more)));
            assertTrue(
                    larger.flags().heap().compareTo(fits.flags().heap()) >= 0,
                    fits.flags() + " then " + larger.flags());
        }
    }

    @Property
    void aLargerProfileNeverGivesALargerHeap(
            @ForAll("asked") Asked asked,
            @ForAll("profiles") JvmProfile one,
            @ForAll("profiles") JvmProfile other,
            @ForAll @LongRange(min = SMALLEST, max = LARGEST) long limit) {
        JvmProfile same = new JvmProfile(
                one.jdk(),
                one.collector(),
                other.samples(),
                other.outsideHeap(),
                other.direct(),
                other.offHeap(),
                other.metaspace(),
                other.code(),
                other.sockets(),
                other.liveHeap(),
                other.classes(),
                other.threads(),
                one.worked());
        Asked small = new Asked(
                asked.jdk(), asked.cpus(), asked.collector(), asked.goal(), Optional.of(one), Optional.empty());
        Asked merged = new Asked(
                asked.jdk(),
                asked.cpus(),
                asked.collector(),
                asked.goal(),
                Optional.of(one.merge(same)),
                Optional.empty());
        if (merged.within(Bytes.of(limit)) instanceof Fit.Fits<JvmFlags> tight) {
            Fit.Fits<JvmFlags> loose = assertInstanceOf(Fit.Fits.class, small.within(Bytes.of(limit)));
            assertTrue(loose.flags().heap().compareTo(tight.flags().heap()) >= 0);
        }
    }

    @Property
    void fedItsOwnFlagsItGivesThemAgain(
            @ForAll("asked") Asked asked,
            @ForAll @LongRange(min = SMALLEST, max = LARGEST) long limit,
            @ForAll OptionChannel channel) {
        if (asked.within(Bytes.of(limit)) instanceof Fit.Fits<JvmFlags> first) {
            JvmOptions own = JvmOptions.none().with(channel, first.flags().toJavaToolOptions());
            Fit.Fits<JvmFlags> second = assertInstanceOf(
                    Fit.Fits.class,
                    asked.within(Bytes.of(limit), own),
                    () -> first.plan().toTable());
            assertEquals(first.flags().allArguments(), second.flags().allArguments());
            assertEquals(List.of(), second.flags().arguments(), "nothing is left to add");
            assertEquals(sizes(first.plan()), sizes(second.plan()));
        }
    }

    private static List<Bytes> sizes(MemoryPlan plan) {
        return plan.rows().stream().map(row -> row.bytes()).collect(Collectors.toList());
    }

    @Property
    void whatIsNeededFitsAndAMebibyteLessDoesNot(
            @ForAll("asked") Asked asked, @ForAll @LongRange(min = 4096, max = 1L << 31) long limit) {
        if (asked.within(Bytes.of(limit)) instanceof Fit.TooSmall<JvmFlags> small) {
            assertTrue(asked.within(small.needed()).isFit(), () -> small + " but " + asked.within(small.needed()));
            Bytes less = small.needed().minus(Bytes.mebi(1));
            assertFalse(asked.within(less).isFit(), () -> small + " but fits " + less);
            Bytes demand = MemoryPlan.sum(small.demand());
            assertTrue(demand.compareTo(small.needed()) <= 0, demand + " of " + small.needed());
        }
    }

    @Property
    void sizesThatTheUserGaveAreKept(
            @ForAll("asked") Asked asked,
            @ForAll @LongRange(min = 64L << 20, max = LARGEST) long limit,
            @ForAll @IntRange(min = 1, max = 512) int heapSteps,
            @ForAll @IntRange(min = 1, max = 256) int directMebi) {
        String xmx = "-XX:MaxHeapSize=" + heapSteps * 32 + "m";
        String direct = "-XX:MaxDirectMemorySize=" + directMebi + "M";
        Fit<JvmFlags> fit = asked.within(Bytes.of(limit), JvmOptions.of(xmx, direct));
        if (fit instanceof Fit.Fits<JvmFlags> fits) {
            assertEquals(Bytes.mebi(heapSteps * 32L), fits.flags().heap());
            assertEquals(
                    Bytes.mebi(directMebi),
                    fits.plan().row("direct memory").orElseThrow().bytes());
            assertTrue(fits.flags().allArguments().containsAll(List.of(xmx, direct)));
            assertTrue(fits.flags().arguments().stream().noneMatch(option -> option.startsWith("-Xmx")));
        }
    }

    @Property
    void strangeOptionsNeverBreakAPlan(
            @ForAll("asked") Asked asked,
            @ForAll @LongRange(min = SMALLEST, max = LARGEST) long limit,
            @ForAll("strangeOptions") List<String> options) {
        JvmOptions parsed = JvmOptions.parse(options);
        Fit<JvmFlags> fit = asked.within(Bytes.of(limit), parsed);
        assertEquals(Bytes.of(limit), fit.limit());
        HotSpot.predict(asked.jdk(), Bytes.of(limit), asked.cpus(), parsed);
    }

    @Provide
    Arbitrary<List<String>> strangeOptions() {
        Arbitrary<String> number = Arbitraries.oneOf(
                Arbitraries.longs().between(0, Long.MAX_VALUE).map(String::valueOf),
                Arbitraries.of(
                        "0", "-1", "1g", "64m", "7K", "0x40", "1.5g", "", "18446744073709551615", "\u0663m", "8E"));
        Arbitrary<String> flag = Arbitraries.of(
                "-Xmx",
                "-Xms",
                "-Xmn",
                "-Xss",
                "-mx",
                "-Xmaxjitcodesize",
                "-XX:MaxHeapSize=",
                "-XX:NewSize=",
                "-XX:MaxNewSize=",
                "-XX:NewRatio=",
                "-XX:MaxRAM=",
                "-XX:MaxRAMPercentage=",
                "-XX:MinRAMFraction=",
                "-XX:ReservedCodeCacheSize=",
                "-XX:MaxMetaspaceSize=",
                "-XX:CompressedClassSpaceSize=",
                "-XX:MaxDirectMemorySize=",
                "-XX:G1HeapRegionSize=",
                "-XX:ThreadStackSize=",
                "-XX:ActiveProcessorCount=",
                "-XX:ParallelGCThreads=",
                "-XX:ConcGCThreads=",
                "-XX:CICompilerCount=",
                "-XX:ObjectAlignmentInBytes=",
                "-XX:SurvivorRatio=",
                "-XX:MinHeapSize=",
                "-XX:TieredStopAtLevel=");
        Arbitrary<String> toggle = Arbitraries.of(
                "-XX:+UseG1GC",
                "-XX:+UseZGC",
                "-XX:-UseSerialGC",
                "-XX:+AggressiveHeap",
                "-Xint",
                "-XX:",
                "-XX:+NeverActAsServerClassMachine",
                "-XX:+UseShenandoahGC",
                "-XX:-UseCompressedOops",
                "-javaagent:a.jar");
        return Arbitraries.oneOf(Combinators.combine(flag, number).as(String::concat), toggle, Arbitraries.strings())
                .list()
                .ofMaxSize(6);
    }

    @Property
    void quotedOptionsReadBack(@ForAll @Size(max = 6) List<String> words) {
        List<JvmSetting> settings = new ArrayList<>();
        for (String word : words) {
            // Argument files and variables carry text; a NUL ends it in C.
            settings.add(new JvmSetting("-D" + word.replace('\0', '0'), "", false));
        }
        JvmFlags flags = new JvmFlags(Bytes.mebi(64), GarbageCollector.SERIAL, settings, java.util.Map.of());
        assertEquals(flags.arguments(), OptionTokens.split(flags.toJavaToolOptions()));
        assertEquals(flags.arguments(), OptionTokens.argumentFile(flags.toArgumentFile()));
    }

    @Property
    void numbersReadBack(@ForAll @LongRange(min = 0) long value) {
        assertEquals(value, VmNumbers.parse(VmNumbers.print(Bytes.of(value))).orElseThrow());
    }

    @Property
    void profilesReadBackAndMergeInAnyOrder(
            @ForAll("profiles") JvmProfile a, @ForAll("profiles") JvmProfile b, @ForAll("profiles") JvmProfile c) {
        assertEquals(a, JvmProfile.parse(a.toString()));
        if (a.jdk().equals(b.jdk()) && b.jdk().equals(c.jdk())) {
            assertEquals(a.merge(b), b.merge(a));
            assertEquals(a.merge(b).merge(c), a.merge(b.merge(c)));
            assertEquals(a.outsideHeap().max(b.outsideHeap()), a.merge(b).outsideHeap());
        }
    }

    @Property
    void predictedHeapsAreAlignedAndOrdered(
            @ForAll("asked") Asked asked,
            @ForAll @LongRange(min = 16L << 20, max = 1L << 42) long memory,
            @ForAll @IntRange(min = 1, max = 100) int percent) {
        List<String> options = new ArrayList<>();
        asked.collector().ifPresent(collector -> options.add(collector.option()));
        if (percent > 20) {
            options.add("-XX:MaxRAMPercentage=" + percent);
        }
        JvmStart start = HotSpot.predict(asked.jdk(), Bytes.of(memory), asked.cpus(), JvmOptions.parse(options));
        if (start instanceof JvmStart.Starts starts) {
            ErgonomicFlags flags = starts.flags();
            long alignment = flags.heapAlignment().value();
            assertEquals(0, flags.maxHeapSize().value() % alignment);
            assertTrue(flags.minHeapSize().compareTo(flags.initialHeapSize()) <= 0);
            assertTrue(flags.initialHeapSize().compareTo(flags.maxHeapSize()) <= 0);
            assertTrue(flags.maxDirectMemorySize().compareTo(flags.maxHeapSize()) <= 0);
        }
    }

    @Property
    void thePaketoCalculatorNeverPromisesMoreThanThereIs(
            @ForAll @LongRange(min = 0, max = 1L << 40) long total,
            @ForAll @IntRange(min = 0, max = 100) int headRoom,
            @ForAll @IntRange(min = 0, max = 100_000) int classes,
            @ForAll @IntRange(min = 0, max = 5000) int threads) {
        PaketoCalculator.Outcome outcome = new PaketoCalculator(Bytes.of(total), headRoom, classes, threads)
                .calculate("-XX:MaxDirectMemorySize=1m");
        if (outcome instanceof PaketoCalculator.Calculated calculated) {
            Bytes sum = calculated
                    .heap()
                    .plus(calculated.metaspace())
                    .plus(calculated.direct())
                    .plus(calculated.codeCache())
                    .plus(calculated.stack().times(threads))
                    .plus(calculated.headRoom());
            assertEquals(Bytes.of(total), sum);
        } else {
            PaketoCalculator.Refused refused = assertInstanceOf(PaketoCalculator.Refused.class, outcome);
            assertTrue(refused.required().isMoreThan(refused.available()));
        }
    }
}
