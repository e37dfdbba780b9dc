package io.github.memfit.live;

import io.github.memfit.tuning.jvm.NativeMemory;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.MemfitException;
import io.github.memfit.unit.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Another JVM seen through {@code jcmd}, which must run as the same user and see the same process ids and temporary folder. The
 * variable {@code JAVA_TOOL_OPTIONS} is taken out of its environment: {@code jcmd} is a JVM too and would take the heap that is
 * meant for the application.
 *
 * <p>Thread-safe. Starts a process and waits for it, at most 20 seconds.
 *
 * @since 0.1
 */
public final class Jcmd {

    private static final Set<String> VARIABLES = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path javaHome;

    private Jcmd(Path javaHome) {
        this.javaHome = javaHome;
    }

    /**
     * The {@code jcmd} of a JDK; a mere runtime has none.
     *
     * @param javaHome the directory that has {@code bin/jcmd}
     * @return the tool
     */
    public static Jcmd of(Path javaHome) {
        return new Jcmd(Objects.requireNonNull(javaHome, "javaHome"));
    }

    /**
     * The native memory report of a running JVM.
     *
     * @param pid its process id
     * @return the report; absent if tracking is off there, the process is gone, or {@code jcmd} cannot attach
     */
    public Reading<NativeMemory> nativeMemory(long pid) {
        String source = "jcmd " + pid + " VM.native_memory";
        Path tool = javaHome.resolve("bin").resolve("jcmd");
        List<String> command = List.of(tool.toString(), Long.toString(pid), "VM.native_memory", "summary");
        try {
            Launch launch = Launch.run(command, Map.of(), VARIABLES, LIMIT);
            if (launch.exitCode().isEmpty()) {
                return Reading.absent(Absence.Reason.REFUSED, source, "no answer within " + LIMIT);
            }
            if (!launch.succeeded()) {
                return Reading.absent(
                        Absence.Reason.GONE, source, launch.firstLine().orElse("no message"));
            }
            Optional<NativeMemory> report = NativeMemory.parse(launch.output());
            return report.isPresent()
                    ? Reading.of(report.get())
                    : Reading.absent(Absence.Reason.NOT_REPORTED, source, "native memory tracking is off");
        } catch (IOException e) {
            return Reading.absent(Absence.Reason.NO_FILE, tool.toString(), String.valueOf(e.getMessage()));
        } catch (MemfitException e) {
            return Reading.absent(Absence.Reason.MALFORMED, source, String.valueOf(e.getMessage()));
        }
    }
}
