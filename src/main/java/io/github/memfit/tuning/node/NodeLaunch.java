package io.github.memfit.tuning.node;

import io.github.memfit.tuning.Warning;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a start of Node ends: with a heap of known bounds, refused, or in a crash. Reproduces 1917 of 1917 launches of Node 12 to
 * 26 with heap flags.
 *
 * {@snippet :
 * NodeLaunch launch = NodeLaunch.of(NodeVersion.parse("22.23.3"), Bytes.gibi(1),
 *     NodeOptions.parse("--max-old-space-size=300"), NodeOptions.none());
 * if (launch instanceof NodeLaunch.Started started) {
 *   started.heap().heapSizeLimit(); // 312Mi: the young generation still follows the container
 * }
 * }
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface NodeLaunch {

    /**
     * Node runs.
     *
     * @param heap the bounds of its heap
     * @param warnings options that do not do what they seem to, unmodifiable
     * @since 0.1
     */
    record Started(NodeHeap heap, List<Warning> warnings) implements NodeLaunch {

        /**
         * Copies the warnings.
         *
         * @param heap the bounds of its heap
         * @param warnings options that do not do what they seem to
         */
        public Started {
            Objects.requireNonNull(heap, "heap");
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Node says no before it runs anything.
     *
     * @param exitCode 9 for a bad option, 133 (132 up to Node 14) for the three heap flags together
     * @param message the decisive part of what it prints
     * @since 0.1
     */
    record Refused(int exitCode, String message) implements NodeLaunch {}

    /**
     * Node dies while it starts, because the old space is too small for its own library.
     *
     * @param oldSpace the old space it was given
     * @param segmentationFault true if it dies without a message, false for V8's "heap out of memory"
     * @since 0.1
     */
    record Crashed(Bytes oldSpace, boolean segmentationFault) implements NodeLaunch {}

    /**
     * What happens with these options.
     *
     * @param version the version of Node
     * @param memory the memory that Node believes it has, see {@link NodeMemory#seenBy}
     * @param environment the options of {@code NODE_OPTIONS}
     * @param commandLine the options of the command line, which win
     * @return the outcome
     */
    static NodeLaunch of(NodeVersion version, Bytes memory, NodeOptions environment, NodeOptions commandLine) {
        NodeOptions read = environment.readFromEnvironment();
        List<String> refused = read.refusedInEnvironment(version);
        if (!refused.isEmpty()) {
            return new Refused(9, NodeOptions.nameOf(refused.get(0)) + " is not allowed in NODE_OPTIONS");
        }
        NodeLaunch launch = new NodeHeapFlags(version, memory, read.then(commandLine)).launch();
        if (launch instanceof Started started && !read.equals(environment)) {
            List<Warning> warnings = new ArrayList<>(started.warnings());
            String end = Printable.escaped(environment.words().get(read.words().size()));
            warnings.add(new Warning(
                    "NODE_OPTIONS", "Node reads no further than the word " + end + ": what follows has no effect"));
            return new Started(started.heap(), warnings);
        }
        return launch;
    }
}
