package io.github.memfit.host;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Printable;
import java.util.Objects;

/**
 * A process of a host as OSHI reports it. Immutable and thread-safe.
 *
 * @param pid the process id
 * @param parent the process id of the parent
 * @param name the name; chosen by the process, escape it before you show it
 * @param resident resident set (Windows: working set); 0 also where OSHI could not read it
 * @param virtual address space; 0 also where OSHI could not read it
 * @param threads number of threads
 * @since 0.1
 */
public record HostProcess(int pid, int parent, String name, Bytes resident, Bytes virtual, int threads) {

    /**
     * Refuses null.
     *
     * @param pid the process id
     * @param parent the process id of the parent
     * @param name the name
     * @param resident resident set
     * @param virtual address space
     * @param threads number of threads
     */
    public HostProcess {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(resident, "resident");
        Objects.requireNonNull(virtual, "virtual");
    }

    /** The pid, the name (escaped) and the resident set. */
    @Override
    public String toString() {
        return pid + " " + Printable.escaped(name, 80) + " resident=" + resident;
    }
}
