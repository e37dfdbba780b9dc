package io.github.memfit.tuning.node;

import io.github.memfit.unit.Bytes;
import java.util.OptionalLong;

/**
 * The {@code resourceLimits} of a {@code worker_threads} worker, and the heap that really comes of them.
 *
 * <p>Two traps, run on Node 18 to 26: what is left out is the <em>main</em> thread's default, so that N workers may grow to N full
 * heaps; and heap flags of the process override the limits of every worker, while {@code worker.resourceLimits} goes on showing
 * the wish. A zero old generation aborts the whole process.
 *
 * {@snippet :
 * NodeWorkerLimits limits = NodeWorkerLimits.none().old(64).young(10);
 * limits.heap(NodeVersion.parse("22.23.3"), Bytes.gibi(1), NodeOptions.none()).heapSizeLimit(); // 76Mi
 * }
 *
 * <p>Immutable and thread-safe.
 *
 * @param oldMebi {@code maxOldGenerationSizeMb}, if given
 * @param youngMebi {@code maxYoungGenerationSizeMb}, if given
 * @since 0.1
 */
public record NodeWorkerLimits(OptionalLong oldMebi, OptionalLong youngMebi) {

    /** {@code stackSizeMb} if nothing is given. */
    public static final int DEFAULT_STACK_MEBI = 4;

    private static final long LARGEST = 1L << 40;

    /**
     * Checks the numbers.
     *
     * @param oldMebi {@code maxOldGenerationSizeMb}, if given
     * @param youngMebi {@code maxYoungGenerationSizeMb}, if given
     * @throws IllegalArgumentException if a number is not positive or larger than any address space
     */
    public NodeWorkerLimits {
        check("maxOldGenerationSizeMb", oldMebi);
        check("maxYoungGenerationSizeMb", youngMebi);
    }

    private static void check(String name, OptionalLong value) {
        if (value.isPresent() && (value.getAsLong() <= 0 || value.getAsLong() > LARGEST)) {
            throw new IllegalArgumentException(
                    name + " must be a positive number of MiB (0 aborts the process), got " + value.getAsLong());
        }
    }

    /**
     * No limit given.
     *
     * @return limits that leave all to Node
     */
    public static NodeWorkerLimits none() {
        return new NodeWorkerLimits(OptionalLong.empty(), OptionalLong.empty());
    }

    /**
     * With a bound of the old generation.
     *
     * @param mebi {@code maxOldGenerationSizeMb}
     * @return the limits
     * @throws IllegalArgumentException if it is not positive
     */
    public NodeWorkerLimits old(long mebi) {
        return new NodeWorkerLimits(OptionalLong.of(mebi), youngMebi);
    }

    /**
     * With a bound of the young generation.
     *
     * @param mebi {@code maxYoungGenerationSizeMb}
     * @return the limits
     * @throws IllegalArgumentException if it is not positive
     */
    public NodeWorkerLimits young(long mebi) {
        return new NodeWorkerLimits(oldMebi, OptionalLong.of(mebi));
    }

    /**
     * The heap that a worker with these limits really gets.
     *
     * @param version the version of Node
     * @param memory the memory that Node believes it has
     * @param processOptions all options of the process, {@code NODE_OPTIONS} before the command line; none of them may stop it
     * @return the bounds of the worker's heap
     * @throws IllegalArgumentException if Node does not start with these options
     */
    public NodeHeap heap(NodeVersion version, Bytes memory, NodeOptions processOptions) {
        NodeHeapFlags flags = new NodeHeapFlags(version, memory, processOptions);
        NodeLaunch launch = flags.launch();
        if (!(launch instanceof NodeLaunch.Started)) {
            throw new IllegalArgumentException("there is no worker where Node does not start: " + launch);
        }
        NodeHeap process = ((NodeLaunch.Started) launch).heap();
        Bytes semi = Bytes.mebi(shownYoungMebi(version, memory)).dividedByRoundedDown(3);
        return new NodeHeap(
                flags.setOldSpace() ? process.oldSpace() : Bytes.mebi(shownOldMebi(version, memory)),
                flags.setYoung() ? process.semiSpace() : Bytes.of(NodeHeap.powerOfTwoAtLeast(semi.value())));
    }

    /**
     * What {@code worker.resourceLimits.maxOldGenerationSizeMb} shows, whatever the flags of the process are.
     *
     * @param version the version of Node
     * @param memory the memory that Node believes it has
     * @return MiB
     */
    public long shownOldMebi(NodeVersion version, Bytes memory) {
        return oldMebi.orElseGet(
                () -> NodeHeap.byDefault(version, memory).oldSpace().value() / NodeHeap.MEBI);
    }

    /**
     * What {@code worker.resourceLimits.maxYoungGenerationSizeMb} shows, whatever the flags of the process are.
     *
     * @param version the version of Node
     * @param memory the memory that Node believes it has
     * @return MiB
     */
    public long shownYoungMebi(NodeVersion version, Bytes memory) {
        return youngMebi.orElseGet(
                () -> NodeHeap.byDefault(version, memory).young().value() / NodeHeap.MEBI);
    }
}
