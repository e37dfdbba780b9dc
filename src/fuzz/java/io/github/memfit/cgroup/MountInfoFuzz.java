package io.github.memfit.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

class MountInfoFuzz {

    /** Nothing throws, nothing is invented, and what is visible is part of what is mounted. */
    @FuzzTest
    void parse(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        List<MountInfo> mounts = MountInfo.parse(data);
        long whole = text.chars().filter(c -> c == '\n').count();
        assertTrue(mounts.size() <= whole);
        for (MountInfo mount : mounts) {
            assertTrue(mount.rawRoot().startsWith("/"));
            assertTrue(mount.rawMountPoint().startsWith("/"));
            assertTrue(mount.id() >= 0 && mount.parent() >= 0);
            assertTrue(text.contains(" - "));
        }
        List<MountInfo> visible = VisibleMounts.of(mounts);
        assertTrue(mounts.containsAll(visible));
        assertEquals(visible, VisibleMounts.of(mounts));
    }
}
