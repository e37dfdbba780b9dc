package io.github.memfit.lab.survival;

import io.github.memfit.tuning.jvm.JvmProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final List<Long> HEAPS_MIB = List.of(32L, 48L, 64L, 96L, 128L, 192L);

    /** The peaks of the same program differ by up to a fifth from run to run, with what is compiled when. */
    private static final int RUNS = 3;

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
    Profile of(Program program, Runtime runtime, long limit) throws IOException {
        if (runtime.kind() != Runtime.Kind.JVM) {
            return known(program, runtime, "", 0);
        }
        long guess = nearest(limit * 3 / 8);
        Profile first = known(program, runtime, guess);
        long planned = MemfitPolicy.heap(limit, Survival.CPUS, runtime, first).orElse(0);
        return known(program, runtime, nearest(planned));
    }

    private static long nearest(long heap) {
        return HEAPS_MIB.stream()
                        .min(Comparator.comparing(mebi -> Math.abs((mebi << 20) - heap)))
                        .orElseThrow()
                << 20;
    }

    private Profile known(Program program, Runtime runtime, long heap) throws IOException {
        return known(program, runtime, " " + (heap >> 20) + "m", heap);
    }

    private Profile known(Program program, Runtime runtime, String size, long heap) throws IOException {
        String key = program.name() + ' ' + runtime.name() + size;
        if (!profiles.containsKey(key)) {
            profiles.put(key, measure(program, runtime, heap));
            Files.write(
                    file,
                    profiles.entrySet().stream()
                            .map(entry -> entry.getKey() + '\t' + entry.getValue())
                            .toList());
        }
        return new Profile(profiles.get(key));
    }

    /**
     * The heap has its full size from the start and all of it is touched: a sample takes what is committed for resident, and
     * pages of the heap that are not would hide as much of what is beside it. Direct memory has a cap, since without one it is garbage that is
     * measured. Live data fill five eighths: the old generation, without bringing the collector to its knees.
     */
    private static List<String> flags(long heap) {
        String size = (heap >> 20) + "m";
        return List.of(
                "-XX:+UseSerialGC", "-Xms" + size, "-Xmx" + size, "-XX:+AlwaysPreTouch", "-XX:MaxDirectMemorySize=64m");
    }

    private String measure(Program program, Runtime runtime, long heap) throws IOException {
        if (runtime.kind() != Runtime.Kind.JVM) {
            return runtime.kind() == Runtime.Kind.NODE
                    ? NodePolicies.measure(program, runtime, home)
                    : GunicornPolicies.measure(program, runtime, home);
        }
        JvmProfile profile = measureOnce(program, runtime, heap);
        for (int run = 1; run < RUNS; run++) {
            profile = profile.merge(measureOnce(program, runtime, heap));
        }
        System.out.println("profile " + program.name() + ' ' + runtime.name() + ": " + profile);
        return profile.toString();
    }

    private JvmProfile measureOnce(Program program, Runtime runtime, long heap) throws IOException {
        List<String> flags = flags(heap);
        Path record = home.resolve("profile.txt");
        Files.deleteIfExists(record);
        List<String> own = List.of(System.getProperty("java.class.path"), Recorder.class.getName(), record.toString());
        Program recorded = program.recordedBy(own.get(0), own.subList(1, own.size()));
        Trial.Outcome seen = new Trial(
                        recorded.command(runtime, flags),
                        // What the plan sets for programs with direct memory; for others it makes a few MiB at most.
                        Map.of("MALLOC_ARENA_MAX", "2", "MALLOC_MMAP_THRESHOLD_", "1048576"),
                        LIMIT,
                        4L << 20,
                        heap * 5 / 8,
                        home.resolve("logs")
                                .resolve("profile-" + program.name() + '-' + runtime.name() + '-' + (heap >> 20)),
                        (pid, group) -> {})
                .run();
        System.out.println("measured run of " + program.name() + " with " + String.join(" ", flags) + ": " + seen);
        if (seen.end() == Trial.End.KILLED || seen.end() == Trial.End.BROKEN) {
            throw new IOException("the measured run of " + program.name() + " ended as " + seen.end());
        }
        return JvmProfile.parse(Files.readString(record));
    }
}
