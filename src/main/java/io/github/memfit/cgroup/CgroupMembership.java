package io.github.memfit.cgroup;

import io.github.memfit.internal.Ascii;
import io.github.memfit.internal.BytePaths;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One line of {@code /proc/<pid>/cgroup}: the group of a process in one hierarchy. Immutable and thread-safe.
 *
 * <p>The line is {@code id:controllers:path}, split at the first two colons only: a path may hold colons, blanks and
 * backslashes, which the kernel prints as they are (kernel/cgroup/cgroup.c, proc_cgroup_show). The path is relative to the
 * control group namespace of the reader; above its root it begins with {@code /..}.
 *
 * @since 0.1
 */
public final class CgroupMembership {

    private final int hierarchy;
    private final List<String> controllers;
    private final String rawPath;

    private CgroupMembership(int hierarchy, List<String> controllers, String rawPath) {
        this.hierarchy = hierarchy;
        this.controllers = controllers;
        this.rawPath = rawPath;
    }

    /**
     * Parses a whole file. Lines that break the format are left out, as is a last line without LF.
     *
     * @param text the bytes of the file
     * @return the lines in their order
     */
    public static List<CgroupMembership> parse(byte[] text) {
        return parse(text, text.length);
    }

    static List<CgroupMembership> parse(byte[] text, int length) {
        List<CgroupMembership> lines = new ArrayList<>();
        int at = 0;
        while (at < length) {
            int end = Ascii.find(text, at, length, '\n');
            if (end == length) {
                break;
            }
            int first = Ascii.find(text, at, end, ':');
            int second = Ascii.find(text, first + 1, end, ':');
            long id = text[at] == '-' ? Ascii.NOT_A_NUMBER : Ascii.decimal(text, at, first);
            if (second < end && id >= 0 && id <= Integer.MAX_VALUE && second + 1 < end && text[second + 1] == '/') {
                lines.add(new CgroupMembership(
                        (int) id,
                        second == first + 1
                                ? List.of()
                                : List.of(raw(text, first + 1, second).split(",")),
                        raw(text, second + 1, end)));
            }
            at = end + 1;
        }
        return List.copyOf(lines);
    }

    private static String raw(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /**
     * The number of the hierarchy; 0 is the unified one.
     *
     * @return the number
     */
    public int hierarchy() {
        return hierarchy;
    }

    /**
     * The controllers of the hierarchy, or {@code name=...} for a named one; empty for the unified hierarchy.
     *
     * @return the names
     */
    public List<String> controllers() {
        return controllers;
    }

    /**
     * Is this the line of the unified hierarchy?
     *
     * @return true for {@code 0::path}
     */
    public boolean isUnified() {
        return hierarchy == 0 && controllers.isEmpty();
    }

    /**
     * The path of the group for people: UTF-8, bytes that are not UTF-8 as {@code \xNN}.
     *
     * @return the path, beginning with a slash
     */
    public String path() {
        return BytePaths.text(rawPath);
    }

    /** One {@code char} for each byte. */
    String rawPath() {
        return rawPath;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CgroupMembership that
                && hierarchy == that.hierarchy
                && controllers.equals(that.controllers)
                && rawPath.equals(that.rawPath);
    }

    @Override
    public int hashCode() {
        return Objects.hash(hierarchy, controllers, rawPath);
    }

    /** The line as the kernel prints it. */
    @Override
    public String toString() {
        return hierarchy + ":" + String.join(",", controllers) + ":" + path();
    }
}
