import io.github.memfit.container.Container;
import io.github.memfit.container.MemoryFigure;
import io.github.memfit.container.MemoryProbe;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;

/**
 * Records the memory of a container, a sample a second, as a history that the library reads again.
 *
 * <p>Usage: {@code java -cp memfit.jar Record.java DIRECTORY SECONDS FILE.csv}
 */
public class Record {

    public static void main(String[] args) throws IOException, InterruptedException {
        Container container = Container.at(Path.of(args[0]));
        long seconds = Long.parseLong(args[1]);
        long kills = 0;
        try (MemoryProbe probe = container.probe(EnumSet.of(MemoryFigure.WORKING_SET, MemoryFigure.OOM_KILLS));
                PrintStream out = new PrintStream(Files.newOutputStream(Path.of(args[2])))) {
            out.println("epoch_s,bytes");
            long start = System.currentTimeMillis() / 1000;
            for (long second = 0; second < seconds; second++) {
                long now = start + second;
                Thread.sleep(Math.max(0, now * 1000 - System.currentTimeMillis()));
                if (!probe.sample()) {
                    continue; // A gap stays a gap.
                }
                if (probe.value(MemoryFigure.OOM_KILLS) > kills) {
                    kills = probe.value(MemoryFigure.OOM_KILLS);
                    out.println(now + ",oom_kill");
                }
                out.println(now + "," + probe.value(MemoryFigure.WORKING_SET));
            }
        }
    }
}
