package io.github.memfit.tuning.node;

/**
 * How much young generation a Node process gets. It decides how often the scavenger runs, and it is resident in full under
 * load: the same churn of 60 000 live objects took 153 MiB with a semi space of 16 MiB and 295 MiB with the 64 MiB that Node 24 takes by
 * itself in 4 GiB (measured).
 *
 * @since 0.1
 */
public enum NodeYoung {
    /** No flag: what the version takes by itself. */
    AS_NODE_DECIDES,
    /** At most 16 MiB a semi space, which was the ceiling of Node 12 to 23; a flag only where Node would take more. */
    BOUNDED,
    /** A semi space of 32 MiB, or 64 MiB from 4 GiB on, for servers that allocate a lot; at most a sixteenth of the limit. */
    THROUGHPUT
}
