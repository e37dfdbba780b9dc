package io.github.memfit.cgroup;

import io.github.memfit.internal.Ascii;
import io.github.memfit.internal.RawFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for a process in the process lists of a hierarchy: the way out when paths cannot be mapped to directories. */
final class PidScan {

    /** Nodes with a thousand containers have some ten thousand groups; more is not searched. */
    private static final int MOST_GROUPS = 20_000;

    private static final int MOST_LEVELS = 32;

    private final long pid;
    private int seen;

    private PidScan(long pid) {
        this.pid = pid;
    }

    /** The deepest group that lists the process; null if none does. */
    static @Nullable Path find(Path top, long pid) {
        return new PidScan(pid).find(top, 0);
    }

    private @Nullable Path find(Path group, int level) {
        if (level < MOST_LEVELS) {
            for (Path child : children(group)) {
                Path found = find(child, level + 1);
                if (found != null) {
                    return found;
                }
            }
        }
        return lists(group) ? group : null;
    }

    private List<Path> children(Path group) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(group)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && seen++ < MOST_GROUPS) {
                    children.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Removed or denied: what could be listed is searched.
        }
        return children;
    }

    private boolean lists(Path group) {
        RawFile procs = RawFile.read(group.resolve("cgroup.procs"), RawFile.LIST);
        int at = 0;
        while (at < procs.length()) {
            int end = Ascii.find(procs.bytes(), at, procs.length(), '\n');
            if (end < procs.length() && Ascii.decimal(procs.bytes(), at, end) == pid) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }
}
