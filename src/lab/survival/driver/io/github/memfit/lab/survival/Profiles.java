package io.github.memfit.lab.survival;

import io.github.memfit.tuning.jvm.JdkVersion;
import io.github.memfit.tuning.jvm.JvmProfile;
import io.github.memfit.unit.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measured runs, one or two for each program and runtime, kept in a file. */
final class Profiles {

    private static final long LIMIT = 2L << 30;

    private static final long STEP = 4L << 20;

    /** One heap for all limits: what is beside it hardly depends on its size once the program worked for long enough. */
    private static final long HEAP = 96L << 20;

    /** Live data fill the old generation, without bringing the collector to its knees. */
    private static final long LIVE = HEAP * 5 / 8;

    private static final int RUNS = 2;

    /**
     * Processor time of a measured run: what is compiled when differs from run to run, and comes to the same in the end. A web application
     * has its peak after half of that, a full-text index after three quarters.
     */
    private static final Duration RUN = Duration.ofSeconds(75);

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

    /** A profile of a program, measured now if there is none yet. */
    Profile of(Program program, Runtime runtime, boolean touched) throws IOException {
        String key = program.name() + ' ' + runtime.name() + (touched ? " touched" : "");
        if (!profiles.containsKey(key)) {
            String text = measure(program, runtime, touched);
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

    private String measure(Program program, Runtime runtime, boolean touched) throws IOException {
        return switch (runtime.kind()) {
            case JVM -> measureJvm(program, runtime, touched).toString();
            case NODE -> NodePolicies.measure(program, runtime, home);
            case GUNICORN -> GunicornPolicies.measure(program, runtime, home);
        };
    }

    /** What the plan sets, with a cap of direct memory, since without one it is garbage that is measured. */
    private static List<String> flags(boolean touched) {
        String size = (HEAP >> 20) + "m";
        List<String> flags = new ArrayList<>(
                List.of("-XX:+UseSerialGC", "-Xmx" + size, "-XX:SurvivorRatio=32", "-XX:MaxDirectMemorySize=64m"));
        if (touched) {
            flags.addAll(List.of("-Xms" + size, "-XX:+AlwaysPreTouch"));
        }
        return flags;
    }

    private JvmProfile measureJvm(Program program, Runtime runtime, boolean touched) throws IOException {
        JvmProfile profile = measureOnce(program, runtime, touched);
        for (int run = 1; run < RUNS; run++) {
            profile = profile.merge(measureOnce(program, runtime, touched));
        }
        return profile;
    }

    private JvmProfile measureOnce(Program program, Runtime runtime, boolean touched) throws IOException {
        List<String> flags = flags(touched);
        Path counters = home.resolve("counters");
        Files.deleteIfExists(counters);
        Program recorded = program.recordedBy(
                System.getProperty("java.class.path"), List.of(Recorder.class.getName(), counters.toString()));
        Recording recording = new Recording(counters, JdkVersion.of(runtime.version()), Bytes.of(HEAP));
        Trial.Outcome seen = new Trial(
                        recorded.command(runtime, flags),
                        ENVIRONMENT,
                        LIMIT,
                        STEP,
                        LIVE,
                        home.resolve("logs").resolve("profile-" + program.name() + '-' + runtime.name()),
                        recording)
                .pace(RUN.dividedBy(LIVE / STEP))
                .run();
        System.out.println("measured run of " + program.name() + " with " + String.join(" ", flags) + ": " + seen);
        if (seen.end() == Trial.End.KILLED || seen.end() == Trial.End.BROKEN) {
            throw new IOException("the measured run of " + program.name() + " ended as " + seen.end());
        }
        return recording.profile().orElseThrow(() -> new IOException("no sample of " + program.name()));
    }
}
