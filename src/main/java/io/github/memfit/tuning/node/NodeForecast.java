package io.github.memfit.tuning.node;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;

/**
 * Which death a Node process dies when its JavaScript heap grows without end: V8's own error, which leaves a message and exit
 * code 134, or the kernel's kill, which leaves exit code 137 and no word.
 *
 * <p>Measured on 161 runs of a server that retains objects, Node 18 to 26, 128 MiB to 2 GiB: the edge lies at an old space of 84
 * to 90 % of the limit on cgroup v1 and near 95 % on v2; 2 % about the edge either happens.
 *
 * @since 0.1
 */
public enum NodeForecast {
    /** V8 gives up first. */
    V8_FIRST,
    /** Either may be first. */
    TOO_CLOSE,
    /** The kernel kills first. */
    KERNEL_FIRST;

    /** What a process needs beside its heap: anonymous memory of the idle server, and what V8 takes while it gives up. */
    static final Bytes BASE = Bytes.mebi(24);

    /** Old space costs a little more resident memory than its size: page headers, free-list holes, mark bits. */
    static final Ratio OLD_SPACE_COST = Ratio.percent(105);

    private static final Ratio SURELY_KILLED = Ratio.percent(95);

    /**
     * Which death comes first for a process that is alone in its limit and holds nothing outside of the heap.
     *
     * @param limit the memory limit
     * @param heap the bounds of its heap
     * @return the forecast
     */
    public static NodeForecast of(Bytes limit, NodeHeap heap) {
        Bytes worst = heap.oldSpace().timesRoundedUp(OLD_SPACE_COST).plus(BASE).plus(heap.young());
        if (!worst.isMoreThan(limit)) {
            return V8_FIRST;
        }
        return heap.oldSpace().isLessThan(limit.timesRoundedDown(SURELY_KILLED)) ? TOO_CLOSE : KERNEL_FIRST;
    }
}
