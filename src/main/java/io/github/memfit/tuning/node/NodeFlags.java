package io.github.memfit.tuning.node;

import io.github.memfit.tuning.EnvironmentVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The settings of a Node program: options, and variables of its environment.
 *
 * <p>Use {@link #toArguments()} where a list can be given, {@link #environment()} where only the environment can be set; both say
 * the same. Options that Node refuses in {@code NODE_OPTIONS} are only ever in the arguments.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class NodeFlags {

    private final NodeOptions environmentOptions;
    private final NodeOptions commandLine;
    private final NodeHeap heap;
    private final int processes;
    private final int workerThreads;
    private final OptionalInt threadPool;
    private final boolean fewArenas;

    NodeFlags(
            NodeOptions environmentOptions,
            NodeOptions commandLine,
            NodeHeap heap,
            int processes,
            int workerThreads,
            OptionalInt threadPool,
            boolean fewArenas) {
        this.environmentOptions = environmentOptions;
        this.commandLine = commandLine;
        this.heap = heap;
        this.processes = processes;
        this.workerThreads = workerThreads;
        this.threadPool = threadPool;
        this.fewArenas = fewArenas;
    }

    /**
     * The bounds of every heap: of each process, and of each worker thread unless it sets its own.
     *
     * @return old space and semi space
     */
    public NodeHeap heap() {
        return heap;
    }

    /**
     * How many processes work; the primary of a cluster, which only distributes, is not counted.
     *
     * @return 1 or more
     */
    public int processes() {
        return processes;
    }

    /**
     * How many worker threads each process runs.
     *
     * @return 0 or more
     */
    public int workerThreads() {
        return workerThreads;
    }

    /**
     * The options for {@code NODE_OPTIONS}: those that were there, with the memory options in their place.
     *
     * @return the options
     */
    public NodeOptions environmentOptions() {
        return environmentOptions;
    }

    /**
     * The options for the command line if nothing is put into {@code NODE_OPTIONS}: the same and those that only the command line
     * takes.
     *
     * @return the words between {@code node} and the script, unmodifiable
     */
    public List<String> toArguments() {
        NodeOptions all = environmentOptions;
        for (String word : commandLine.words()) {
            all = all.then(NodeOptions.of(List.of(word)));
        }
        return all.words();
    }

    /**
     * The options that were given on the command line and stay there.
     *
     * @return the options, to be used beside {@link #environment()}
     */
    public NodeOptions commandLine() {
        return commandLine;
    }

    /**
     * The text of {@code NODE_OPTIONS}.
     *
     * @return the options, quoted by the variable's own rules
     */
    public String toNodeOptions() {
        return environmentOptions.toNodeOptions();
    }

    /**
     * The variables to set: {@code NODE_OPTIONS}, {@code UV_THREADPOOL_SIZE} if a pool was asked for, {@code MALLOC_ARENA_MAX} if the
     * program has native add-ons.
     *
     * @return the variables, unmodifiable
     */
    public List<EnvironmentVariable> environment() {
        List<EnvironmentVariable> variables = new ArrayList<>();
        if (!environmentOptions.isEmpty()) {
            variables.add(EnvironmentVariable.of("NODE_OPTIONS", toNodeOptions()));
        }
        threadPool.ifPresent(
                size -> variables.add(EnvironmentVariable.of("UV_THREADPOOL_SIZE", Integer.toString(size))));
        if (fewArenas) {
            variables.add(EnvironmentVariable.of("MALLOC_ARENA_MAX", "2"));
        }
        return List.copyOf(variables);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeFlags
                && environmentOptions.equals(((NodeFlags) other).environmentOptions)
                && commandLine.equals(((NodeFlags) other).commandLine)
                && heap.equals(((NodeFlags) other).heap)
                && processes == ((NodeFlags) other).processes
                && workerThreads == ((NodeFlags) other).workerThreads
                && threadPool.equals(((NodeFlags) other).threadPool)
                && fewArenas == ((NodeFlags) other).fewArenas;
    }

    @Override
    public int hashCode() {
        return Objects.hash(environmentOptions, commandLine, heap, processes, workerThreads, threadPool, fewArenas);
    }

    /** The options, at most 200 characters. */
    @Override
    public String toString() {
        return NodeOptions.of(toArguments()).toString();
    }
}
