package io.github.memfit.usage;

/**
 * Sees a history in the order in which it happened, without an object per sample. Called on the caller's thread; needs no
 * thread-safety of its own.
 *
 * @since 0.1
 */
public interface UsageVisitor {

    /**
     * One sample.
     *
     * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z
     * @param bytes the memory in use
     * @param replica the index of the replica in {@link UsageHistory#replicas()}
     */
    void sample(long epochMillis, long bytes, int replica);

    /**
     * A restart or an OOM kill.
     *
     * @param mark what happened
     * @param replica the index of the replica in {@link UsageHistory#replicas()}
     */
    void mark(UsageMark mark, int replica);
}
