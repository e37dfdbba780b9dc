package io.github.memfit.lab.survival.app;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Speaks the protocol of the lab (README.md) on standard input and output for a {@link Holder}. A program that runs out of
 * memory says so and ends with {@value #FAILED}: a clean error. Nothing is allocated for that last line.
 */
final class Stage {

    static final int FAILED = 3;

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
    private static final byte[] OUT_OF_MEMORY = "lab failed out of memory\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ERROR = "lab failed error, see stderr\n".getBytes(StandardCharsets.UTF_8);

    private Stage() {}

    /** Opens a program; its start-up is under test as well. */
    interface Opening {
        Holder open() throws Exception;
    }

    static void play(Opening opening) {
        // Touched now: there may be no memory for class loading when it is needed.
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> fail(error));
        try {
            Holder holder = opening.open();
            say("lab ready");
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                if (line.startsWith("grow ")) {
                    holder.grow(Long.parseLong(line.substring(5)));
                    holder.load();
                } else if (line.equals("load")) {
                    holder.load();
                } else if (line.equals("stop")) {
                    Runtime.getRuntime().halt(0);
                } else {
                    throw new IllegalArgumentException("unknown command: " + line);
                }
                say("lab held " + holder.held());
            }
            Runtime.getRuntime().halt(0);
        } catch (Throwable error) {
            fail(error);
        }
    }

    /** The load level of the command line: 1 light, 2 usual, 3 heavy. */
    static int load(String[] arguments) {
        int level = arguments.length == 0 ? 2 : Integer.parseInt(arguments[0]);
        if (level < 1 || level > 3) {
            throw new IllegalArgumentException("the load level is 1 to 3, got " + level);
        }
        return level;
    }

    /** Ends the program with what went wrong; any thread of it may call this. */
    static void fail(Throwable error) {
        try {
            if (isOutOfMemory(error)) {
                OUT.write(OUT_OF_MEMORY);
            } else {
                OUT.write(ERROR);
                error.printStackTrace();
            }
        } catch (Throwable again) {
            // Nothing is left to say it with; the exit code does.
        } finally {
            Runtime.getRuntime().halt(FAILED);
        }
    }

    private static boolean isOutOfMemory(Throwable error) {
        int depth = 0;
        for (Throwable at = error; at != null && depth < 20; at = at.getCause(), depth++) {
            if (at instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    private static void say(String line) throws IOException {
        OUT.write((line + '\n').getBytes(StandardCharsets.UTF_8));
    }
}
