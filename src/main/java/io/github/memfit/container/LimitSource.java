package io.github.memfit.container;

import io.github.memfit.unit.Printable;
import java.util.Locale;
import java.util.Objects;

/**
 * Who sets a limit. Immutable and thread-safe.
 *
 * @param kind who, for programs
 * @param directory the group that sets it, as its processes name the directory; {@code "/proc/meminfo"} for the machine
 * @param name the file, or the line of a file, that says it
 * @since 0.1
 */
public record LimitSource(Kind kind, String directory, String name) {

    private static final int LONGEST_NAME = 120;

    /** Who sets a limit. */
    public enum Kind {
        /** The group itself. */
        OWN,
        /** A group above it that can be seen. */
        ANCESTOR,
        /** A group above it that no mount shows; v1 tells its limit in {@code hierarchical_memory_limit}. */
        HIDDEN_ANCESTOR,
        /** The throttle line ({@code memory.high}) of the group itself. */
        OWN_HIGH,
        /** The throttle line of a group above it. */
        ANCESTOR_HIGH,
        /** The memory of the machine. */
        HOST
    }

    /**
     * Checks the components.
     *
     * @param kind who
     * @param directory the group
     * @param name the file
     */
    public LimitSource {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(name, "name");
    }

    /** For people, as in {@code ancestor /sys/fs/cgroup/kubepods memory.max}. */
    @Override
    public String toString() {
        return OneLine.of(kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " "
                + Printable.escaped(directory, LONGEST_NAME) + " " + name);
    }
}
