package io.github.memfit.container;

import io.github.memfit.cgroup.CgroupLayout;
import io.github.memfit.cgroup.CgroupLocation;
import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.cgroup.MountInfo;
import io.github.memfit.internal.RawFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Arrangements in which HotSpot does not see the limit that binds it, so that its default heap, its MXBeans and its container
 * log are wrong. Told from the container alone: the JVM in question need not run.
 *
 * <p>Seen with HotSpot 17.0.15 and 25.0.3 on Linux 6.1, 6.12 and 6.18; the versions of corrections are those of the JDK bug
 * database (JDK-8322420, JDK-8343191, JDK-8349988). Update releases of older lines may have received some of them.
 *
 * @since 0.1
 */
public enum JvmBlindSpot {
    /** A group above has the lower limit. Corrected in HotSpot 24; the MXBeans of 25 still miss it. */
    LIMIT_OF_ANCESTOR(
            24, "a group above the container has the lower limit; HotSpot before 24 reads the container's own only"),
    /** {@code memory.high} throttles before the hard limit is reached. No version reads it. */
    THROTTLE_LINE(Integer.MAX_VALUE, "memory.high is lower than the hard limit; no JVM reads it: set the heap by hand"),
    /** The mount was made outside the namespace and its root begins with {@code /..}. No version maps it. */
    INHERITED_MOUNT(
            Integer.MAX_VALUE,
            "the control group mount was inherited from another namespace; the JVM sees the machine: mount it inside"),
    /** v1: the process is in a group below the one that is mounted. Corrected in 24. */
    GROUP_BELOW_MOUNT(
            24,
            "the process is in a group below the root of the v1 mount; HotSpot before 24 looks in the wrong directory"),
    /** v2: the group itself is bind-mounted, as in the host's namespace. Corrected in 24. */
    BOUND_GROUP(
            24, "the group itself is mounted over the v2 hierarchy; HotSpot before 24 looks in the wrong directory"),
    /** v2: {@code /proc/cgroups} lacks a row for a controller. Corrected in 25. */
    MISSING_ROWS(
            25,
            "/proc/cgroups does not list all of memory, cpu, cpuacct and cpuset; HotSpot before 25 then sees no container"),
    /** Memory is on v2 while other controllers are on v1. No version reads that. */
    MEMORY_ON_UNIFIED_OF_HYBRID(
            Integer.MAX_VALUE,
            "memory is on v2 while other controllers are on v1; the JVM looks for memory on v1 only"),
    /** v2: the group has no cpu controller, as when a user manager delegates memory and pids only. */
    CPU_NOT_DELEGATED(
            Integer.MAX_VALUE,
            "the group lacks the cpu controller; HotSpot 25 then ignores the memory limit too: delegate cpu"),
    /** The name of a group holds a blank or a backslash, which the kernel escapes. Corrected in 25. */
    ESCAPED_NAME(25, "the root of the mount holds escaped characters; HotSpot before 25 cuts or misreads the name");

    private static final String[] ROWS = {"memory", "cpu", "cpuacct", "cpuset"};

    private final int correctedIn;
    private final String explanation;

    JvmBlindSpot(int correctedIn, String explanation) {
        this.correctedIn = correctedIn;
        this.explanation = explanation;
    }

    /**
     * What happens and what helps.
     *
     * @return one line for people
     */
    public String explanation() {
        return explanation;
    }

    /**
     * The blind spots of a JVM in a container.
     *
     * @param now the container
     * @param feature the JVM's feature version, as in {@link Runtime.Version#feature()}
     * @return an unmodifiable set; empty if that JVM sees what binds it
     */
    public static Set<JvmBlindSpot> of(MemorySnapshot now, int feature) {
        EnumSet<JvmBlindSpot> found = EnumSet.noneOf(JvmBlindSpot.class);
        for (JvmBlindSpot spot : values()) {
            if (feature < spot.correctedIn && spot.isIn(now)) {
                found.add(spot);
            }
        }
        return Collections.unmodifiableSet(found);
    }

    private boolean isIn(MemorySnapshot now) {
        CgroupLocation location = now.location();
        String mountRoot = location.mount().map(MountInfo::root).orElse("/");
        String path = location.path().orElse("");
        boolean v2 = location.version().filter(v -> v == CgroupVersion.V2).isPresent();
        return switch (this) {
            case LIMIT_OF_ANCESTOR -> isAncestor(now.cgroupLimit());
            case THROTTLE_LINE ->
                now.throttle() instanceof Limit.Bounded
                        && Limits.lower(now.limit(), now.throttle()).equals(now.throttle());
            case INHERITED_MOUNT -> mountRoot.contains("/..");
            case GROUP_BELOW_MOUNT ->
                location.version().isPresent() && !v2 && !mountRoot.equals("/") && path.startsWith(mountRoot + "/");
            case BOUND_GROUP -> v2 && !mountRoot.equals("/") && path.equals(mountRoot);
            case MISSING_ROWS -> v2 && lacksRows(location.root());
            case MEMORY_ON_UNIFIED_OF_HYBRID -> v2 && location.layout() == CgroupLayout.HYBRID;
            case CPU_NOT_DELEGATED -> v2 && lacksCpu(location.directory());
            case ESCAPED_NAME -> mountRoot.chars().anyMatch(c -> " \t\n\\".indexOf(c) >= 0);
        };
    }

    private static boolean isAncestor(Limit limit) {
        return limit instanceof Limit.Bounded bounded
                && (bounded.source().kind() == LimitSource.Kind.ANCESTOR
                        || bounded.source().kind() == LimitSource.Kind.HIDDEN_ANCESTOR);
    }

    /** A row is a name, a hierarchy, a number of groups and whether it is enabled. */
    private static boolean lacksRows(Path root) {
        RawFile file = RawFile.read(root.resolve("proc").resolve("cgroups"), RawFile.KEYS);
        if (!file.isPresent()) {
            return false;
        }
        List<String> names = text(file)
                .lines()
                .filter(line -> line.endsWith("\t1"))
                .map(line -> line.substring(0, line.indexOf('\t')))
                .toList();
        return !names.containsAll(Arrays.asList(ROWS));
    }

    private static boolean lacksCpu(Optional<Path> directory) {
        return directory
                .map(dir -> RawFile.read(dir.resolve("cgroup.controllers"), RawFile.KEYS))
                .filter(RawFile::isPresent)
                .filter(file -> file.length() > 0)
                .map(file -> Arrays.asList(text(file).strip().split(" ")))
                .filter(controllers -> controllers.contains("memory") && !controllers.contains("cpu"))
                .isPresent();
    }

    private static String text(RawFile file) {
        return new String(file.bytes(), 0, file.length(), StandardCharsets.ISO_8859_1);
    }
}
