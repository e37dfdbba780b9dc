package io.github.memfit.cgroup;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mounts that a path can still reach: a later mount over the same or a higher directory hides an earlier one. */
final class VisibleMounts {

    private static final int MOST_LEVELS = 64;

    private VisibleMounts() {}

    /** The control group mounts that are not hidden, in the order of the file. */
    static List<MountInfo> of(List<MountInfo> all) {
        List<MountInfo> visible = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            MountInfo mount = all.get(i);
            if ((mount.isV1() || mount.isV2()) && !isCovered(mount, all) && !isWayCovered(i, all)) {
                visible.add(mount);
            }
        }
        return visible;
    }

    /** Is another mount on top of this one? */
    private static boolean isCovered(MountInfo mount, List<MountInfo> all) {
        for (MountInfo other : all) {
            if (other != mount
                    && other.parent() == mount.id()
                    && other.rawMountPoint().equals(mount.rawMountPoint())) {
                return true;
            }
        }
        return false;
    }

    /** Was a directory on the way to this mount mounted over after it? */
    private static boolean isWayCovered(int index, List<MountInfo> all) {
        MountInfo at = all.get(index);
        for (int level = 0; level < MOST_LEVELS; level++) {
            MountInfo below = find(at.parent(), at, all);
            for (int i = index + 1; i < all.size(); i++) {
                MountInfo later = all.get(i);
                boolean sameFloor = later.parent() == at.parent();
                if (later != at && sameFloor && isBelow(at.rawMountPoint(), later.rawMountPoint())) {
                    return true;
                }
            }
            if (below == null) {
                return false;
            }
            at = below;
        }
        return false;
    }

    private static @Nullable MountInfo find(int id, MountInfo not, List<MountInfo> all) {
        for (MountInfo mount : all) {
            if (mount.id() == id && mount != not) {
                return mount;
            }
        }
        return null;
    }

    private static boolean isBelow(String path, String directory) {
        return directory.equals("/")
                ? path.length() > 1
                : path.length() > directory.length()
                        && path.startsWith(directory)
                        && path.charAt(directory.length()) == '/';
    }
}
