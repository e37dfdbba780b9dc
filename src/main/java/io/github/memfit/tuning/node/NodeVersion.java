package io.github.memfit.tuning.node;

import io.github.memfit.unit.MalformedException;
import java.util.Comparator;

/**
 * A version of Node.js, and the facts about memory that changed from one to the next.
 *
 * <p>Immutable and thread-safe.
 *
 * @param major the first number, 12 or more: older ones size their heap by other rules
 * @param minor the second number
 * @param patch the third number
 * @since 0.1
 */
public record NodeVersion(int major, int minor, int patch) implements Comparable<NodeVersion> {

    /** The oldest version whose rules are known here. */
    public static final int OLDEST_MAJOR = 12;

    private static final Comparator<NodeVersion> ORDER = Comparator.comparingInt(NodeVersion::major)
            .thenComparingInt(NodeVersion::minor)
            .thenComparingInt(NodeVersion::patch);

    /**
     * Checks the numbers.
     *
     * @param major the first number, 12 or more
     * @param minor the second number, not negative
     * @param patch the third number, not negative
     * @throws IllegalArgumentException if a number is out of its range
     */
    public NodeVersion {
        if (major < OLDEST_MAJOR || minor < 0 || patch < 0) {
            throw new IllegalArgumentException("the rules are known for Node " + OLDEST_MAJOR + ".0.0 and later, got "
                    + major + "." + minor + "." + patch);
        }
    }

    /**
     * A version by its numbers.
     *
     * @param major the first number, 12 or more
     * @param minor the second number
     * @param patch the third number
     * @return the version
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static NodeVersion of(int major, int minor, int patch) {
        return new NodeVersion(major, minor, patch);
    }

    /**
     * Reads what {@code node --version} prints: {@code v20.20.2}, with or without the {@code v}; what follows a {@code -} or
     * {@code +} (nightly builds) is not looked at. Inverse of {@link #toString()}.
     *
     * @param text the version
     * @return the version
     * @throws MalformedException if it is not three numbers, or older than Node 12
     */
    public static NodeVersion parse(String text) {
        String numbers = text.startsWith("v") ? text.substring(1) : text;
        int end = 0;
        while (end < numbers.length() && numbers.charAt(end) != '-' && numbers.charAt(end) != '+') {
            end++;
        }
        String[] parts = numbers.substring(0, end).split("\\.", -1);
        if (parts.length != 3) {
            throw malformed(text);
        }
        int[] read = new int[3];
        for (int i = 0; i < 3; i++) {
            if (!parts[i].matches("[0-9]{1,4}")) {
                throw malformed(text);
            }
            read[i] = Integer.parseInt(parts[i]);
        }
        if (read[0] < OLDEST_MAJOR) {
            throw malformed(text);
        }
        return new NodeVersion(read[0], read[1], read[2]);
    }

    private static MalformedException malformed(String text) {
        return new MalformedException(
                "node version", 1, 1, text, "a version of Node is three numbers like v20.20.2, from 12.0.0 on");
    }

    /**
     * Is this version at least that one?
     *
     * @param otherMajor first number of the other version
     * @param otherMinor its second number
     * @return true if this version is the same or newer
     */
    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }

    /**
     * Does its libuv read cgroup v2 limits? From libuv 1.45, that is Node 20.3.0; no 18.x does.
     *
     * @return true from 20.3.0 on
     */
    public boolean readsCgroupV2() {
        return isAtLeast(20, 3);
    }

    /**
     * Does its libuv read {@code memory.high} of v2 and the soft limit of v1, so that they shrink the default heap?
     *
     * @return true from 20.3.0 on
     */
    public boolean readsSoftLimits() {
        return isAtLeast(20, 3);
    }

    /**
     * Does its libuv (1.52.1) also count {@code RLIMIT_AS} and {@code RLIMIT_DATA}? Measured on 24.21.0 and 26.10.0, absent on
     * 24.0.0 and 25.9.0.
     *
     * @return true from 24.21 on, except for 25
     */
    public boolean readsResourceLimits() {
        return major >= 26 || (major == 24 && minor >= 21);
    }

    /**
     * The smallest old space with which a server answered one HTTP request; measured on the last release of each even major
     * version. Below it Node dies while it starts or at the first request.
     *
     * @return MiB
     */
    public int smallestServingOldSpaceMebi() {
        return switch (major / 2 * 2) {
            case 12 -> 2;
            case 14 -> 3;
            case 16, 20 -> 4;
            case 18 -> 5;
            case 22, 24 -> 8;
            default -> 6;
        };
    }

    /** The smallest old space with which {@code node -e 0} starts, MiB; measured, odd versions like the one before. */
    int smallestStartingOldSpaceMebi() {
        return switch (major / 2 * 2) {
            case 12 -> 2;
            case 14 -> 3;
            case 16, 18, 20 -> 4;
            case 22 -> 7;
            case 24 -> 8;
            default -> 5;
        };
    }

    /** A fatal error of V8 raises SIGILL (exit code 132) up to Node 14 and SIGTRAP (133) from 16 on; run on every even version. */
    boolean abortsByTrap() {
        return major >= 16;
    }

    /** The smallest semi space that V8 takes from {@code --max-heap-size} minus {@code --max-old-space-size}, in bytes; measured. */
    long smallestSemiSpace() {
        return major >= 26 ? NodeHeap.MEBI / 2 : NodeHeap.MEBI;
    }

    /** Between 3 MiB and what it needs, V8 12 and 13 end in a segmentation fault and not in a message. */
    boolean crashesWithoutMessage(long oldSpaceMebi) {
        return major >= 22 && major <= 25 && oldSpaceMebi >= 3;
    }

    @Override
    public int compareTo(NodeVersion other) {
        return ORDER.compare(this, other);
    }

    /** {@code 20.20.2}. */
    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
