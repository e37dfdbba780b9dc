package io.github.memfit.lab.survival;

import io.github.memfit.tuning.jvm.JdkVersion;
import io.github.memfit.tuning.jvm.JvmProfile;
import io.github.memfit.unit.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measured runs, one for each program, runtime and size of heap, kept in a file. */
final class Profiles {

    private static final long LIMIT = 2L << 30;

    /**
     * Heaps that are measured. What is beside a heap grows with it, since a program that holds more runs for longer, and what is measured
     * with a large heap overstates what a small one needs: the one nearest to the planned heap counts.
     */
    private static final List<Long> HEAPS_MIB = List.of(48L, 64L, 96L, 144L, 192L);

    /** The peaks of the same program differ by up to a fifth from run to run, with what is compiled when. */
    private static final int RUNS = 5;

    /** A small heap is soon full, and some large methods are compiled in few of those short runs: they go on for so long. */
    private static final long LEAST_NANOS = 40_000_000_000L;

    private static final long SMALL_HEAP = 64L << 20;

    /** As the plan sets it. */
    static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2", "MALLOC_MMAP_THRESHOLD_", "1048576");

    private final Path file;
    private final Path home;
    private final Map<String, String> profiles = new TreeMap<>();

    Profiles(Path file, Path home) throws IOException {
        this.file = file;
        this.home = home;
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int tab = line.indexOf('\t');
                profiles.put(line.substring(0, tab), line.substring(tab + 1));
            }
        }
    }

    /** A profile of a program near the heap that it gets under a limit, measured now if there is none yet. */
    Profile of(Program program, Runtime runtime, long limit, boolean touched) throws IOException {
        if (runtime.kind() != Runtime.Kind.JVM) {
            return known(program.name() + ' ' + runtime.name(), () -> other(program, runtime));
        }
        Profile first = known(program, runtime, nearest(limit * 3 / 8), touched);
        long planned = MemfitPolicy.heap(limit, Survival.CPUS, runtime, first).orElse(0);
        return known(program, runtime, nearest(planned), touched);
    }

    private static long nearest(long heap) {
        return HEAPS_MIB.stream()
                        .min(Comparator.comparing(mebi -> Math.abs((mebi << 20) - heap)))
                        .orElseThrow()
                << 20;
    }

    private Profile known(Program program, Runtime runtime, long heap, boolean touched) throws IOException {
        String key = program.name() + ' ' + runtime.name() + ' ' + (heap >> 20) + 'm' + (touched ? " touched" : "");
        return known(key, () -> measure(program, runtime, heap, touched).toString());
    }

    private interface Measurement {
        String text() throws IOException;
    }

    private Profile known(String key, Measurement measurement) throws IOException {
        if (!profiles.containsKey(key)) {
            String text = measurement.text();
            System.out.println("profile " + key + ": " + text);
            profiles.put(key, text);
            Files.write(
                    file,
                    profiles.entrySet().stream()
                            .map(entry -> entry.getKey() + '\t' + entry.getValue())
                            .toList());
        }
        return new Profile(profiles.get(key));
    }

    /**
     * What the plan sets, with a cap of direct memory, since without one it is garbage that is measured. Live data fill five eighths:
     * the old generation, without bringing the collector to its knees.
     */
    private static List<String> flags(long heap, boolean touched) {
        String size = (heap >> 20) + "m";
        List<String> flags = new ArrayList<>(
                List.of("-XX:+UseSerialGC", "-Xmx" + size, "-XX:SurvivorRatio=32", "-XX:MaxDirectMemorySize=64m"));
        if (touched) {
            flags.addAll(List.of("-Xms" + size, "-XX:+AlwaysPreTouch"));
        }
        return flags;
    }

    private String other(Program program, Runtime runtime) throws IOException {
        return runtime.kind() == Runtime.Kind.NODE
                ? NodePolicies.measure(program, runtime, home)
                : GunicornPolicies.measure(program, runtime, home);
    }

    private JvmProfile measure(Program program, Runtime runtime, long heap, boolean touched) throws IOException {
        long start = System.nanoTime();
        long least = heap > SMALL_HEAP ? 0 : LEAST_NANOS;
        JvmProfile profile = measureOnce(program, runtime, heap, touched);
        for (int run = 1; run < RUNS || System.nanoTime() - start < least; run++) {
            profile = profile.merge(measureOnce(program, runtime, heap, touched));
        }
        return profile;
    }

    private JvmProfile measureOnce(Program program, Runtime runtime, long heap, boolean touched) throws IOException {
        List<String> flags = flags(heap, touched);
        Path counters = home.resolve("counters");
        Files.deleteIfExists(counters);
        Program recorded = program.recordedBy(
                System.getProperty("java.class.path"), List.of(Recorder.class.getName(), counters.toString()));
        Recording recording = new Recording(counters, JdkVersion.of(runtime.version()), Bytes.of(heap));
        Trial.Outcome seen = new Trial(
                        recorded.command(runtime, flags),
                        ENVIRONMENT,
                        LIMIT,
                        4L << 20,
                        heap * 5 / 8,
                        home.resolve("logs")
                                .resolve("profile-" + program.name() + '-' + runtime.name() + '-' + (heap >> 20)),
                        recording)
                .run();
        System.out.println("measured run of " + program.name() + " with " + String.join(" ", flags) + ": " + seen);
        if (seen.end() == Trial.End.KILLED || seen.end() == Trial.End.BROKEN) {
            throw new IOException("the measured run of " + program.name() + " ended as " + seen.end());
        }
        return recording.profile().orElseThrow(() -> new IOException("no sample of " + program.name()));
    }
}
