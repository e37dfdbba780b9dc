package io.github.memfit.live;

import io.github.memfit.tuning.EnvironmentVariable;
import io.github.memfit.tuning.node.NodeFlags;
import io.github.memfit.tuning.node.NodeOptions;
import io.github.memfit.tuning.node.NodeVersion;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Launches Node with flags, only to see which heap it gets: {@code node FLAGS -e '...'} prints {@code heap_size_limit}, about a
 * twentieth of a second, no program of the user runs. Options and pool size are taken out of the environment first, so that the
 * answer is about the flags alone; everything else, the memory limit of this process above all, is inherited. V8 sizes its young
 * generation by the memory that it sees: a plan agrees where it was made for the version of that Node and is verified within the
 * limit that it was made for.
 *
 * {@snippet :
 * NodeVerification answer = NodeVerifier.of(Path.of("/usr/bin/node")).verify(flags);
 * answer.agrees();
 * }
 *
 * <p>Thread-safe. Starts a process and waits for it.
 *
 * @since 0.1
 */
public final class NodeVerifier {

    private static final Set<String> VARIABLES = Set.of("NODE_OPTIONS", "UV_THREADPOOL_SIZE", "MALLOC_ARENA_MAX");
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(20);
    private static final String HEAP = "heap_size_limit";
    private static final String MARK = "memfit ";

    private static final String SCRIPT =
            "console.log('" + MARK + "' + process.version + ' ' + require('v8').getHeapStatistics().heap_size_limit)";

    private final Path node;
    private final Duration limit;

    private NodeVerifier(Path node, Duration limit) {
        this.node = node;
        this.limit = limit;
    }

    /**
     * A verifier for an installed Node.
     *
     * @param node the executable
     * @return a verifier with a time limit of 20 seconds
     */
    public static NodeVerifier of(Path node) {
        return new NodeVerifier(Objects.requireNonNull(node, "node"), DEFAULT_LIMIT);
    }

    /**
     * Another time limit.
     *
     * @param duration after which the launched Node is killed, positive
     * @return a verifier with that limit
     * @throws IllegalArgumentException if it is not positive
     */
    public NodeVerifier within(Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("a time limit is positive, got " + duration);
        }
        return new NodeVerifier(node, duration);
    }

    /**
     * Launches with the environment of a plan and the options that stay on its command line.
     *
     * @param flags the flags
     * @return what Node made of them; a difference if its heap is another one than planned
     */
    public NodeVerification verify(NodeFlags flags) {
        Map<String, String> environment = new TreeMap<>();
        for (EnvironmentVariable variable : flags.environment()) {
            environment.put(variable.name(), variable.value());
        }
        return launch(
                environment,
                flags.commandLine().words(),
                Optional.of(flags.heap().heapSizeLimit()));
    }

    /**
     * Launches with options in {@code NODE_OPTIONS} and on the command line, and says which heap they give.
     *
     * @param environment the options for {@code NODE_OPTIONS}
     * @param commandLine the options for the command line
     * @return what Node made of them, without differences since nothing was meant
     * @throws IllegalArgumentException if {@code environment} holds an empty word
     */
    public NodeVerification verify(NodeOptions environment, NodeOptions commandLine) {
        Map<String, String> variables =
                environment.isEmpty() ? Map.of() : Map.of("NODE_OPTIONS", environment.toNodeOptions());
        return launch(variables, commandLine.words(), Optional.empty());
    }

    private NodeVerification launch(Map<String, String> environment, List<String> options, Optional<Bytes> intended) {
        List<String> command = new ArrayList<>();
        command.add(node.toString());
        command.addAll(options);
        command.add("-e");
        command.add(SCRIPT);
        Launch launch;
        try {
            launch = Launch.run(command, environment, VARIABLES, limit);
        } catch (IOException e) {
            return new NodeVerification.Unverified(oneLine("cannot launch " + node + ": " + e.getMessage()));
        }
        if (launch.exitCode().isEmpty()) {
            return new NodeVerification.Unverified("Node did not answer within " + limit);
        }
        if (!launch.succeeded()) {
            return new NodeVerification.Refused(
                    launch.exitCode().getAsInt(), oneLine(launch.firstLine().orElse("no message")));
        }
        return launch.output()
                .lines()
                .filter(line -> line.startsWith(MARK))
                .findFirst()
                .map(line -> answer(line.substring(MARK.length()), intended))
                .orElseGet(() -> new NodeVerification.Unverified("the program did not answer like Node"));
    }

    private static NodeVerification answer(String line, Optional<Bytes> intended) {
        int blank = line.indexOf(' ');
        try {
            NodeVersion version = NodeVersion.parse(line.substring(0, Math.max(0, blank)));
            Bytes actual = Bytes.of(Long.parseLong(line.substring(blank + 1).strip()));
            List<FlagDifference> differences = intended.filter(bytes -> !bytes.equals(actual))
                    .map(bytes -> List.of(new FlagDifference(HEAP, bytes.toString(), actual.toString())))
                    .orElse(List.of());
            return new NodeVerification.Launched(version, actual, differences);
        } catch (MalformedException | NumberFormatException e) {
            return new NodeVerification.Unverified("not an answer of Node: " + oneLine(line));
        }
    }

    static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 200 ? line : line.substring(0, 197) + "...";
    }
}
