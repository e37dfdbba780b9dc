package io.github.memfit.sizing.peers;

import io.github.memfit.usage.UsageHistory;

/**
 * A right-sizer of others: a history in, a request and a limit out. Implementations are immutable and thread-safe, depend on the
 * history alone and have a name that tells their settings.
 *
 * @since 0.1
 */
public interface PeerPolicy {

    /**
     * What the policy is called, settings that differ from the usual ones included.
     *
     * @return a short name
     */
    String name();

    /**
     * The request and limit of one replica.
     *
     * @param history the use of all replicas
     * @return the sizes, or why there are none
     */
    PeerSizing size(UsageHistory history);
}
