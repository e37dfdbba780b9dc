package io.github.memfit.cgroup;

import io.github.memfit.internal.BytePaths;
import io.github.memfit.unit.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the memory of a process is accounted: the group as the kernel names it, the mount it is seen through, and the
 * directory, or why there is none. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class CgroupLocation {

    /** How the directory was found, or why it was not. */
    public enum Outcome {
        /** The path of the group lies below the root of a mount and the directory exists. */
        EXACT,
        /** The texts cannot tell; the process was found in the process list of a group below the mount. */
        PID_SCAN,
        /** The directory was given, not looked for. */
        GIVEN,
        /** The group lies above or beside the root of the control group namespace: no mount shows it. */
        OUTSIDE_NAMESPACE,
        /** The group was removed and its last process has not ended yet, or the process that was asked for is not there. */
        REMOVED,
        /** The process is in a group, and no mount shows it. */
        NOT_VISIBLE,
        /** The kernel has no control groups, or none of them is told or mounted. */
        NO_CONTROLLER
    }

    private final Path root;
    private final CgroupLayout layout;
    private final Outcome outcome;
    private final @Nullable CgroupVersion version;
    private final @Nullable String rawPath;
    private final @Nullable MountInfo mount;
    private final @Nullable Path directory;
    private final @Nullable Path top;
    private final @Nullable Path unified;

    CgroupLocation(
            Path root,
            CgroupLayout layout,
            Outcome outcome,
            @Nullable CgroupVersion version,
            @Nullable String rawPath,
            @Nullable MountInfo mount,
            @Nullable Path directory,
            @Nullable Path top,
            @Nullable Path unified) {
        this.root = root;
        this.layout = layout;
        this.outcome = outcome;
        this.version = version;
        this.rawPath = rawPath;
        this.mount = mount;
        this.directory = directory;
        this.top = top;
        this.unified = unified;
    }

    /**
     * A directory that is known already. The groups above it are those up to the first directory that is none.
     *
     * @param directory the directory of a group
     * @param root the directory that stands for {@code /}
     * @return the location; the files tell its version
     */
    public static CgroupLocation at(Path directory, Path root) {
        Path group = directory.toAbsolutePath().normalize();
        CgroupVersion version = GroupFiles.versionOf(group);
        Path top = group;
        if (version != null) {
            for (Path up = group.getParent(); up != null && GroupFiles.versionOf(up) == version; up = up.getParent()) {
                top = up;
            }
        }
        CgroupLayout layout =
                version == null ? CgroupLayout.NONE : version == CgroupVersion.V1 ? CgroupLayout.V1 : CgroupLayout.V2;
        Outcome outcome = Outcome.GIVEN;
        if (version == null) {
            outcome = Files.exists(group) ? Outcome.NO_CONTROLLER : Outcome.REMOVED;
        }
        return new CgroupLocation(
                root.toAbsolutePath().normalize(), layout, outcome, version, null, null, group, top, null);
    }

    /**
     * Another group that is seen through the same mount: a child, a parent.
     *
     * @param other its directory
     * @return its location, with outcome {@link Outcome#GIVEN}
     */
    public CgroupLocation moveTo(Path other) {
        Path up = top != null && other.startsWith(top) ? top : other;
        return new CgroupLocation(root, layout, Outcome.GIVEN, version, null, mount, other, up, null);
    }

    /**
     * The directory that stands for {@code /}: not the real root when a captured tree is read.
     *
     * @return the root directory
     */
    public Path root() {
        return root;
    }

    /**
     * Which control group file systems are visible.
     *
     * @return the layout
     */
    public CgroupLayout layout() {
        return layout;
    }

    /**
     * How the directory was found.
     *
     * @return the outcome
     */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * On which interface the memory controller is.
     *
     * @return the version, or empty if there is no memory controller
     */
    public Optional<CgroupVersion> version() {
        return Optional.ofNullable(version);
    }

    /**
     * The path of the group as {@code /proc/<pid>/cgroup} names it in the memory hierarchy.
     *
     * @return the path for people, or empty if there is none
     */
    public Optional<String> path() {
        return Optional.ofNullable(rawPath).map(BytePaths::text);
    }

    /**
     * The mount that the group is seen through, or that should have shown it.
     *
     * @return the mount, or empty
     */
    public Optional<MountInfo> mount() {
        return Optional.ofNullable(mount);
    }

    /**
     * The directory of the group.
     *
     * @return the directory, or empty; {@link #explain()} says why
     */
    public Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    /**
     * The highest group that can be seen: where the hierarchy is mounted.
     *
     * @return the directory, or empty if no memory hierarchy is mounted
     */
    public Optional<Path> topDirectory() {
        return Optional.ofNullable(top != null || mount == null ? top : BytePaths.resolve(root, mount.rawMountPoint()));
    }

    /**
     * The directory of the same process in the unified hierarchy, if memory is on v1 and both are mounted: pressure is told
     * there and nowhere else.
     *
     * @return the directory, or empty
     */
    public Optional<Path> unifiedDirectory() {
        return Optional.ofNullable(unified);
    }

    /**
     * The group and the groups above it, up to the root of the mount.
     *
     * @return the directories, the group first; empty without a directory
     */
    public List<Path> chain() {
        List<Path> chain = new ArrayList<>();
        Path at = directory;
        while (at != null) {
            chain.add(at);
            if (at.equals(top) || top == null || !at.startsWith(top)) {
                break;
            }
            at = at.getParent();
        }
        return List.copyOf(chain);
    }

    /**
     * Does the file system have this option, as {@code memory_localevents}?
     *
     * @param option the option
     * @return true if the mount is known and has it
     */
    public boolean hasOption(String option) {
        return mount != null && mount.superOptions().contains(option);
    }

    /**
     * A directory as the container's own processes would name it: without the root directory in front.
     *
     * @param path a path below {@link #root()}
     * @return the path for people, beginning with a slash
     */
    public String shown(Path path) {
        String bytes = BytePaths.bytes(path);
        String front = BytePaths.bytes(root);
        boolean below = !front.equals("/") && bytes.startsWith(front + "/");
        return BytePaths.text(below ? bytes.substring(front.length()) : bytes);
    }

    /**
     * What was found, and what to change if the group is not visible.
     *
     * @return one line for people
     */
    public String explain() {
        String group = path().orElse("");
        return switch (outcome) {
            case EXACT ->
                "group " + group + " lies below the root of the mount at " + (mount == null ? "" : mount.mountPoint());
            case PID_SCAN ->
                "the process is listed in this group; the mount at " + (mount == null ? "" : mount.mountPoint())
                        + " was made outside the namespace";
            case GIVEN -> "the directory was given";
            case OUTSIDE_NAMESPACE ->
                "group " + group
                        + " lies outside the control group namespace: start the process in a group below its root, or use the"
                        + " namespace of the host";
            case REMOVED ->
                group.isEmpty() && directory == null
                        ? "there is no such process"
                        : "group " + (directory == null ? group : shown(directory)) + " was removed";
            case NOT_VISIBLE ->
                (group.isEmpty() ? "the group of memory" : "group " + group) + " is not below any mount"
                        + (mount == null ? "" : " at " + mount.mountPoint())
                        + ": mount the control group file system inside the container's namespace";
            case NO_CONTROLLER -> "no memory controller is mounted: only the figures of the machine can be told";
        };
    }

    /** The directory, or why there is none. */
    @Override
    public String toString() {
        Path at = directory;
        return Printable.escaped(at == null ? outcome + ": " + explain() : outcome + " " + shown(at));
    }
}
