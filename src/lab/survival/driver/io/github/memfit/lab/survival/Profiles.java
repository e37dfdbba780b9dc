package io.github.memfit.lab.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measured runs, one for each program and runtime, kept in a file. */
final class Profiles {

    private static final long LIMIT = 2L << 30;

    /** Live data of the measured run: it fills the old generation, and does not bring the collector to its knees. */
    private static final long HELD = 120L << 20;

    /**
     * The heap has its full size from the start: what is resident beside it can only be told once all of it is touched, and
     * earlier samples come out too small, never too large. Direct memory has a cap, since without one it is garbage that is
     * measured.
     */
    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-Xms192m", "-Xmx192m", "-XX:MaxDirectMemorySize=64m");

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

    /** The profile of a program, measured now if there is none yet. */
    Profile of(Program program, Runtime runtime) throws IOException {
        String key = program.name() + ' ' + runtime.name();
        if (!profiles.containsKey(key)) {
            profiles.put(key, measure(program, runtime));
            Files.write(
                    file,
                    profiles.entrySet().stream()
                            .map(entry -> entry.getKey() + '\t' + entry.getValue())
                            .toList());
        }
        return new Profile(profiles.get(key));
    }

    private String measure(Program program, Runtime runtime) throws IOException {
        if (runtime.kind() != Runtime.Kind.JVM) {
            return runtime.kind() == Runtime.Kind.NODE
                    ? NodePolicies.measure(program, runtime, home)
                    : GunicornPolicies.measure(program, runtime, home);
        }
        Path record = home.resolve("profile.txt");
        Files.deleteIfExists(record);
        List<String> own = List.of(System.getProperty("java.class.path"), Recorder.class.getName(), record.toString());
        Program recorded = program.recordedBy(own.get(0), own.subList(1, own.size()));
        Trial.Outcome seen = new Trial(
                        recorded.command(runtime, FLAGS),
                        Map.of("MALLOC_ARENA_MAX", "2"),
                        LIMIT,
                        4L << 20,
                        HELD,
                        home.resolve("logs").resolve("profile-" + program.name() + '-' + runtime.name()),
                        (pid, group) -> {})
                .run();
        System.out.println("measured run of " + program.name() + " with " + String.join(" ", FLAGS) + ": " + seen);
        if (seen.end() == Trial.End.KILLED || seen.end() == Trial.End.BROKEN) {
            throw new IOException("the measured run of " + program.name() + " ended as " + seen.end());
        }
        String profile = Files.readString(record);
        System.out.println("profile " + program.name() + ' ' + runtime.name() + ": " + profile);
        return profile;
    }
}
