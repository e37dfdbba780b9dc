package io.github.memfit.cgroup;

import io.github.memfit.cgroup.CgroupLocation.Outcome;
import io.github.memfit.internal.Ascii;
import io.github.memfit.internal.BytePaths;
import io.github.memfit.internal.RawFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the group in which the memory of a process is accounted, from {@code /proc/<pid>/cgroup} and
 * {@code /proc/<pid>/mountinfo} alone: never from {@code /proc/cgroups} (newer kernels may leave memory out of it) and never
 * from the names of directories. Immutable and thread-safe.
 *
 * <p>The memory controller is on v1 if a line lists {@code memory} and a visible mount has that option; else on v2 if both a
 * {@code 0::} line and a visible mount exist. The path is mapped through the root of the mount; where the texts cannot tell
 * (a mount inherited from another namespace, a hidden root), the process is looked for in the process lists below the mount.
 *
 * @since 0.1
 */
public final class CgroupFinder {

    private static final String PREFERRED = "/sys/fs/cgroup/";

    private final Path root;

    private CgroupFinder(Path root) {
        this.root = root;
    }

    /**
     * Looks below the real root directory.
     *
     * @return the finder
     */
    public static CgroupFinder ofMachine() {
        return under(Path.of("/"));
    }

    /**
     * Looks below a directory that stands for {@code /}: a captured tree, or the root of a host mounted into a container.
     *
     * @param root the directory
     * @return the finder
     */
    public static CgroupFinder under(Path root) {
        return new CgroupFinder(root.toAbsolutePath().normalize());
    }

    /**
     * The group of the current process ({@code /proc/self}).
     *
     * @return where it is, or why it is not visible
     */
    public CgroupLocation self() {
        return find("self");
    }

    /**
     * The group of a process.
     *
     * @param pid the process, as numbered by the {@code /proc} that is read
     * @return where it is, or why it is not visible
     * @throws IllegalArgumentException if the number is not positive
     */
    public CgroupLocation ofPid(long pid) {
        if (pid <= 0) {
            throw new IllegalArgumentException("a process number must be positive: " + pid);
        }
        return find(Long.toString(pid));
    }

    private CgroupLocation find(String process) {
        Path proc = root.resolve("proc").resolve(process);
        RawFile groupText = RawFile.read(proc.resolve("cgroup"), RawFile.LIST);
        RawFile mountText = RawFile.read(proc.resolve("mountinfo"), RawFile.LIST);
        return find(
                CgroupMembership.parse(groupText.bytes(), groupText.length()),
                VisibleMounts.of(MountInfo.parse(mountText.bytes(), mountText.length())),
                proc);
    }

    private CgroupLocation find(List<CgroupMembership> groups, List<MountInfo> mounts, Path proc) {
        CgroupLayout layout = layout(mounts);
        Optional<CgroupMembership> v1 =
                groups.stream().filter(g -> g.controllers().contains("memory")).findFirst();
        Optional<CgroupMembership> v2 =
                groups.stream().filter(CgroupMembership::isUnified).findFirst();
        List<MountInfo> v1Mounts = candidates(mounts, CgroupVersion.V1);
        List<MountInfo> v2Mounts = candidates(mounts, CgroupVersion.V2);
        if (v1.isPresent() && !v1Mounts.isEmpty()) {
            Path unified = null;
            if (v2.isPresent()) {
                Found found = locate(v2.get().rawPath(), v2Mounts, proc, CgroupVersion.V2);
                unified = found == null ? null : found.directory;
            }
            return located(layout, CgroupVersion.V1, v1.get().rawPath(), v1Mounts, proc, unified);
        }
        if (v2.isPresent() && !v2Mounts.isEmpty()) {
            return located(layout, CgroupVersion.V2, v2.get().rawPath(), v2Mounts, proc, null);
        }
        // Groups without a mount, or mounts without a group: there may be limits that cannot be seen.
        Outcome outcome = Outcome.NOT_VISIBLE;
        if (v1.isEmpty() && v2.isEmpty() && mounts.isEmpty()) {
            // A process that ended has neither; it says nothing of the machine.
            boolean ended = !proc.endsWith("self") && !Files.isDirectory(proc);
            outcome = ended ? Outcome.REMOVED : Outcome.NO_CONTROLLER;
        }
        return new CgroupLocation(root, layout, outcome, null, null, null, null, null, null);
    }

    private static CgroupLayout layout(List<MountInfo> mounts) {
        boolean v1 = mounts.stream().anyMatch(MountInfo::isV1);
        boolean v2 = mounts.stream().anyMatch(MountInfo::isV2);
        if (v1) {
            return v2 ? CgroupLayout.HYBRID : CgroupLayout.V1;
        }
        return v2 ? CgroupLayout.V2 : CgroupLayout.NONE;
    }

    private static List<MountInfo> candidates(List<MountInfo> mounts, CgroupVersion version) {
        List<MountInfo> found = new ArrayList<>();
        for (MountInfo mount : mounts) {
            boolean fits = version == CgroupVersion.V2
                    ? mount.isV2()
                    : mount.isV1() && mount.superOptions().contains("memory");
            if (fits) {
                // The later line first, so that a stable sort prefers it among equals.
                found.add(0, mount);
            }
        }
        return found;
    }

    private CgroupLocation located(
            CgroupLayout layout,
            CgroupVersion version,
            String path,
            List<MountInfo> mounts,
            Path proc,
            @Nullable Path unified) {
        Found found = locate(path, mounts, proc, version);
        if (found != null) {
            Path top = BytePaths.resolve(root, found.mount.rawMountPoint());
            return new CgroupLocation(
                    root, layout, found.outcome, version, path, found.mount, found.directory, top, unified);
        }
        MountInfo expected =
                mounts.stream().sorted(preference(path)).findFirst().orElseThrow();
        Outcome outcome = Outcome.NOT_VISIBLE;
        if (isOutside(path)) {
            outcome = Outcome.OUTSIDE_NAMESPACE;
        } else if (version == CgroupVersion.V2 && path.endsWith(" (deleted)")) {
            outcome = Outcome.REMOVED;
        }
        return new CgroupLocation(root, layout, outcome, version, path, expected, null, null, unified);
    }

    private @Nullable Found locate(String path, List<MountInfo> mounts, Path proc, CgroupVersion version) {
        List<MountInfo> ordered = mounts.stream().sorted(preference(path)).toList();
        for (MountInfo mount : ordered) {
            String below = below(path, mount.rawRoot());
            if (below != null && !isOutside(path) && !mount.rawRoot().contains("/..")) {
                Path directory = BytePaths.resolve(BytePaths.resolve(root, mount.rawMountPoint()), below);
                if (Files.isDirectory(directory)) {
                    return new Found(Outcome.EXACT, mount, directory);
                }
            }
        }
        boolean inherited = ordered.stream().anyMatch(mount -> isOutside(mount.rawRoot()));
        boolean deleted = version == CgroupVersion.V2 && path.endsWith(" (deleted)");
        if (deleted || isOutside(path) && !inherited) {
            return null;
        }
        long pid = pid(proc);
        for (MountInfo mount : ordered) {
            Path directory = pid <= 0 ? null : PidScan.find(BytePaths.resolve(root, mount.rawMountPoint()), pid);
            if (directory != null) {
                return new Found(Outcome.PID_SCAN, mount, directory);
            }
        }
        return null;
    }

    /** The longest root that matches, then the usual place, then (the list is turned round) the later line. */
    private static Comparator<MountInfo> preference(String path) {
        return Comparator.<MountInfo>comparingInt(mount -> {
                    String below = below(path, mount.rawRoot());
                    return below == null ? 0 : -mount.rawRoot().length();
                })
                .thenComparingInt(mount -> (mount.rawMountPoint() + "/").startsWith(PREFERRED) ? 0 : 1);
    }

    /** The part of the path below the root of a mount; null if it does not lie there. */
    private static @Nullable String below(String path, String mountRoot) {
        if (mountRoot.equals("/")) {
            return path;
        }
        if (path.equals(mountRoot)) {
            return "";
        }
        return path.startsWith(mountRoot + "/") ? path.substring(mountRoot.length()) : null;
    }

    private static boolean isOutside(String path) {
        return path.equals("/..") || path.startsWith("/../");
    }

    /** The number of the process as its own proc file system shows it, also for {@code self}. */
    private static long pid(Path proc) {
        RawFile stat = RawFile.read(proc.resolve("stat"), RawFile.KEYS);
        return Ascii.decimal(stat.bytes(), 0, Ascii.find(stat.bytes(), 0, stat.length(), ' '));
    }

    private static final class Found {
        private final Outcome outcome;
        private final MountInfo mount;
        private final Path directory;

        Found(Outcome outcome, MountInfo mount, Path directory) {
            this.outcome = outcome;
            this.mount = mount;
            this.directory = directory;
        }
    }
}
