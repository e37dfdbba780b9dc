package io.github.memfit.host;

import io.github.memfit.unit.Bytes;
import java.util.Objects;

/**
 * The memory of a host as OSHI reports it. Immutable and thread-safe.
 *
 * @param total physical memory that the operating system manages
 * @param available what programs can still have; on Linux {@code MemAvailable}
 * @param swapTotal swap or paging files
 * @param swapUsed the used part of them
 * @param pageSize the size of a page
 * @since 0.1
 */
public record HostMemory(Bytes total, Bytes available, Bytes swapTotal, Bytes swapUsed, Bytes pageSize) {

    /**
     * Refuses null.
     *
     * @param total physical memory
     * @param available what programs can still have
     * @param swapTotal swap or paging files
     * @param swapUsed the used part of them
     * @param pageSize the size of a page
     */
    public HostMemory {
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(available, "available");
        Objects.requireNonNull(swapTotal, "swapTotal");
        Objects.requireNonNull(swapUsed, "swapUsed");
        Objects.requireNonNull(pageSize, "pageSize");
    }

    /** Total, available and swap. */
    @Override
    public String toString() {
        return "total=" + total + " available=" + available + " swapTotal=" + swapTotal + " swapUsed=" + swapUsed;
    }
}
