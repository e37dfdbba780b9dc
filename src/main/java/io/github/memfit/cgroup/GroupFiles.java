package io.github.memfit.cgroup;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the existence of files tells about a directory. */
final class GroupFiles {

    private static final String[] V1 = {
        "memory.usage_in_bytes",
        "memory.limit_in_bytes",
        "memory.max_usage_in_bytes",
        "memory.failcnt",
        "memory.oom_control"
    };
    private static final String[] V2 = {
        "memory.current", "memory.max", "memory.events", "memory.high", "memory.min", "memory.low", "memory.peak"
    };
    private static final String STAT = "memory.stat";

    private GroupFiles() {}

    /** Is memory accounted in this group? Several files are asked for, so that one that is missing does not decide. */
    static boolean isAccounted(Path directory, CgroupVersion version) {
        return anyOf(directory, version == CgroupVersion.V1 ? V1 : V2) || exists(directory, STAT);
    }

    /** The root group of v2 has statistics and pressure and none of the files of a limited group. */
    static boolean isUnlimitedRoot(Path directory, CgroupVersion version) {
        return version == CgroupVersion.V2 && !anyOf(directory, V2);
    }

    static @Nullable CgroupVersion versionOf(Path directory) {
        if (anyOf(directory, V1)) {
            return CgroupVersion.V1;
        }
        if (exists(directory, "cgroup.controllers") || anyOf(directory, V2)) {
            return CgroupVersion.V2;
        }
        return null;
    }

    private static boolean anyOf(Path directory, String[] names) {
        for (String name : names) {
            if (exists(directory, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean exists(Path directory, String name) {
        return Files.exists(directory.resolve(name));
    }
}
