package io.github.memfit.lab.survival;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One launch of one program in a group of its own: grows its live data step by step until it fails, is killed, holds as
 * much as asked, or gives no answer any more.
 */
final class Trial {

    /** How a launch ended. */
    enum End {
        /** It held all that was asked. */
        SURVIVED,
        /** It ran out of memory and said so itself: the limit of the runtime came before the kernel's. */
        CLEAN,
        /** The kernel killed a process of it. */
        KILLED,
        /** It gave no answer for too long. */
        STALLED,
        /** It ended for another reason, such as flags that the runtime rejects. */
        BROKEN
    }

    /**
     * What was seen.
     *
     * @param end how it ended
     * @param held the most live data it confirmed, bytes
     * @param peak the kernel's high-water mark of the charge, bytes
     * @param working the highest charge without file pages that was sampled, bytes
     * @param seconds how long it took
     * @param text the last words, for the log
     */
    record Outcome(End end, long held, long peak, long working, long seconds, String text) {}

    /** A booted kernel emulates its system calls: everything takes longer there. */
    private static final int PATIENCE = MemoryGroup.version().equals("v2") ? 15 : 1;

    private static final long START_SECONDS = 90 * PATIENCE;
    private static final long ANSWER_SECONDS = 120 * PATIENCE;

    /** Processor time for one answer: a machine that is busy with other things must not decide. */
    private static final Duration ANSWER_PROCESSOR = Duration.ofSeconds(4 * PATIENCE);

    /** Until it holds a tenth of the limit: the first work also loads classes and compiles. */
    private static final Duration WARM_UP = Duration.ofSeconds(15 * PATIENCE);

    private static final long ALL_SECONDS = 900 * PATIENCE;

    private final List<String> command;
    private final Map<String, String> environment;
    private final long limit;
    private final long step;
    private final long most;
    private final Path log;
    private final Watcher watcher;
    private long answerSeconds = ANSWER_SECONDS;
    private Duration answerProcessor = ANSWER_PROCESSOR;
    private Duration pace = Duration.ZERO;

    /** Looks at a running program from outside, at every sample. */
    interface Watcher {
        void look(long pid, MemoryGroup group) throws IOException;

        /** The program holds its most and waits. */
        default void full(long pid) throws IOException {}
    }

    Trial(
            List<String> command,
            Map<String, String> environment,
            long limit,
            long step,
            long most,
            Path log,
            Watcher watcher) {
        this.command = command;
        this.environment = environment;
        this.limit = limit;
        this.step = step;
        this.most = most;
        this.log = log;
        this.watcher = watcher;
    }

    /** V8 collects for long before it gives up, and then it does. */
    Trial patience(long seconds, Duration processor) {
        answerSeconds = seconds;
        answerProcessor = processor;
        return this;
    }

    /**
     * A step of growth takes that much processor time of the program at least: until then it works without keeping more. What lies beside a
     * heap comes from work, above all from what is compiled, and a small heap is full before that is done.
     */
    Trial pace(Duration processor) {
        pace = processor;
        return this;
    }

    Outcome run() throws IOException {
        Files.createDirectories(log.getParent());
        try (MemoryGroup group = MemoryGroup.make(limit)) {
            ProcessBuilder builder = new ProcessBuilder(group.enter(command));
            builder.environment().putAll(environment);
            builder.redirectError(log.toFile());
            Process process = builder.start();
            try {
                return follow(process, group);
            } finally {
                process.destroyForcibly();
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                await(process);
            }
        }
    }

    private Outcome follow(Process process, MemoryGroup group) throws IOException {
        long start = System.nanoTime();
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        Thread listener = new Thread(() -> listen(process, answers), "answers");
        listener.setDaemon(true);
        listener.start();
        Sampler sampler = new Sampler(process.pid(), group, watcher);
        sampler.start();
        End end;
        long held = 0;
        Duration stepped = Duration.ZERO;
        String last = "";
        try (Writer commands = process.outputWriter(StandardCharsets.UTF_8)) {
            String answer = answer(process, answers, START_SECONDS, Duration.ofSeconds(START_SECONDS));
            while (true) {
                last = answer;
                boolean full = answer.startsWith("lab full ");
                if (full || answer.startsWith("lab held ")) {
                    held = Long.parseLong(answer.substring(9));
                } else if (!answer.equals("lab ready")) {
                    end = answer.equals(SILENT)
                            ? End.STALLED
                            : answer.startsWith("lab failed") ? End.CLEAN : End.BROKEN;
                    break;
                }
                if (full || held >= most) {
                    end = End.SURVIVED;
                    watcher.full(process.pid());
                    tell(commands, "stop");
                    break;
                }
                if (System.nanoTime() - start > ALL_SECONDS * 1_000_000_000L) {
                    end = End.STALLED;
                    break;
                }
                Duration worked = processorTime(process);
                if (held > 0 && worked.minus(stepped).compareTo(pace) < 0) {
                    tell(commands, "load");
                } else {
                    stepped = worked;
                    tell(commands, "grow " + Math.min(step, most - held));
                }
                boolean warm = held > limit / 10;
                answer = answer(process, answers, answerSeconds, warm ? answerProcessor : warmUp());
            }
        } catch (IOException e) {
            end = End.BROKEN;
            last = e.toString();
        }
        if (end != End.STALLED) {
            await(process);
        }
        sampler.end();
        // A machine that is out of memory as a whole kills as well; that is no verdict on the limit.
        if (group.kills() > 0 && group.peak() > limit - limit / 20) {
            end = End.KILLED;
        } else if (end == End.BROKEN && !process.isAlive() && saysOutOfMemory(process.exitValue())) {
            end = End.CLEAN;
        }
        String exit = process.isAlive() ? "alive" : "exit " + process.exitValue();
        return new Outcome(
                end,
                held,
                group.peak(),
                sampler.working,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
                exit + ", " + last + "; at the peak " + sampler.at);
    }

    /** The JVM's exit code with ExitOnOutOfMemoryError, and V8's abort: each is the runtime's own word. */
    private boolean saysOutOfMemory(int exit) throws IOException {
        if (exit != 3 && exit != 1 && exit != 134) {
            return false;
        }
        String text = Files.readString(log, StandardCharsets.ISO_8859_1);
        return exit == 3
                || text.contains("OutOfMemoryError")
                || text.contains("heap out of memory")
                || text.contains("MemoryError");
    }

    private static final String SILENT = "(silent)";
    private static final String CLOSED = "(closed)";

    private Duration warmUp() {
        return answerProcessor.compareTo(WARM_UP) > 0 ? answerProcessor : WARM_UP;
    }

    /** The next line, or {@link #SILENT} once the program worked or slept on it for too long. */
    private static String answer(Process process, BlockingQueue<String> answers, long seconds, Duration most) {
        Duration before = processorTime(process);
        try {
            for (long i = 0; i < 5 * seconds; i++) {
                String answer = answers.poll(200, TimeUnit.MILLISECONDS);
                if (answer != null) {
                    return answer;
                }
                if (processorTime(process).minus(before).compareTo(most) > 0) {
                    return SILENT;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return SILENT;
    }

    private static Duration processorTime(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void tell(Writer commands, String line) throws IOException {
        commands.write(line + '\n');
        commands.flush();
    }

    private static void listen(Process process, BlockingQueue<String> answers) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("lab ")) {
                    answers.add(line);
                }
            }
        } catch (IOException e) {
            // The program is gone; its end says why.
        }
        answers.add(CLOSED);
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Sampler extends Thread {
        private final long pid;
        private final MemoryGroup group;
        private final Watcher watcher;
        private volatile boolean ended;
        private volatile long working;
        private volatile String at = "";

        Sampler(long pid, MemoryGroup group, Watcher watcher) {
            super("samples");
            setDaemon(true);
            this.pid = pid;
            this.group = group;
            this.watcher = watcher;
        }

        @Override
        public void run() {
            while (!ended) {
                try {
                    long file = group.file();
                    long usage = group.usage() - file;
                    if (usage > working) {
                        working = usage;
                        at = group.explain();
                    }
                    watcher.look(pid, group);
                } catch (IOException e) {
                    // A process that just ended cannot be looked at.
                }
                MemoryGroup.pause(25);
            }
        }

        void end() throws IOException {
            ended = true;
            try {
                join(5000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new IOException("interrupted"));
            }
        }
    }
}
