package io.github.memfit.cgroup;

import io.github.memfit.internal.Ascii;
import io.github.memfit.internal.BytePaths;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One line of {@code /proc/<pid>/mountinfo}: a mounted file system. Immutable and thread-safe.
 *
 * <p>Format: {@code id parent major:minor root mountpoint options [optional...] - type source superoptions} (proc(5),
 * fs/proc_namespace.c). Blank, tab, LF, backslash and {@code #} are octal escapes in root, mount point, type and source. The
 * source can be empty; the optional fields end at the first {@code -} after the sixth field.
 *
 * @since 0.1
 */
public final class MountInfo {

    private final int id;
    private final int parent;
    private final String rawRoot;
    private final String rawMountPoint;
    private final String type;
    private final List<String> superOptions;

    private MountInfo(
            int id, int parent, String rawRoot, String rawMountPoint, String type, List<String> superOptions) {
        this.id = id;
        this.parent = parent;
        this.rawRoot = rawRoot;
        this.rawMountPoint = rawMountPoint;
        this.type = type;
        this.superOptions = superOptions;
    }

    /**
     * Parses a whole file. Lines that break the format are left out, as is a last line without LF.
     *
     * @param text the bytes of the file
     * @return the mounts in their order
     */
    public static List<MountInfo> parse(byte[] text) {
        return parse(text, text.length);
    }

    static List<MountInfo> parse(byte[] text, int length) {
        List<MountInfo> mounts = new ArrayList<>();
        int at = 0;
        while (at < length) {
            int end = Ascii.find(text, at, length, '\n');
            if (end == length) {
                break;
            }
            addLine(new String(text, at, end - at, StandardCharsets.ISO_8859_1), mounts);
            at = end + 1;
        }
        return List.copyOf(mounts);
    }

    private static void addLine(String line, List<MountInfo> mounts) {
        String[] fields = line.split(" ", -1);
        int separator = 6;
        while (separator < fields.length && !fields[separator].equals("-")) {
            separator++;
        }
        if (separator + 3 >= fields.length) {
            return;
        }
        long id = number(fields[0]);
        long parent = number(fields[1]);
        String root = unescape(fields[3]);
        String mountPoint = unescape(fields[4]);
        if (id < 0 || parent < 0 || !root.startsWith("/") || !mountPoint.startsWith("/")) {
            return;
        }
        mounts.add(new MountInfo(
                (int) id,
                (int) parent,
                root,
                mountPoint,
                unescape(fields[separator + 1]),
                List.copyOf(Arrays.asList(fields[separator + 3].split(",")))));
    }

    private static long number(String field) {
        byte[] digits = field.getBytes(StandardCharsets.ISO_8859_1);
        long number = Ascii.decimal(digits, 0, digits.length);
        return number > Integer.MAX_VALUE || field.startsWith("-") ? Ascii.NOT_A_NUMBER : number;
    }

    /** Backslash and three octal digits are a byte; any other backslash is itself. */
    private static String unescape(String field) {
        int backslash = field.indexOf('\\');
        if (backslash < 0) {
            return field;
        }
        StringBuilder out = new StringBuilder(field.length());
        int at = 0;
        while (at < field.length()) {
            char c = field.charAt(at);
            if (c == '\\'
                    && at + 3 < field.length()
                    && isOctal(field.charAt(at + 1), '3')
                    && isOctal(field.charAt(at + 2), '7')
                    && isOctal(field.charAt(at + 3), '7')) {
                out.append((char) Integer.parseInt(field.substring(at + 1, at + 4), 8));
                at += 4;
            } else {
                out.append(c);
                at++;
            }
        }
        return out.toString();
    }

    private static boolean isOctal(char c, char most) {
        return c >= '0' && c <= most;
    }

    /**
     * The number of the mount.
     *
     * @return the number
     */
    public int id() {
        return id;
    }

    /**
     * The number of the mount that this one lies on.
     *
     * @return the number
     */
    public int parent() {
        return parent;
    }

    /**
     * Which directory of the file system is mounted; for control groups relative to the reader's namespace, so that a mount
     * inherited from outside shows {@code /../..}.
     *
     * @return the directory, for people
     */
    public String root() {
        return BytePaths.text(rawRoot);
    }

    /**
     * Where it is mounted.
     *
     * @return the directory, for people
     */
    public String mountPoint() {
        return BytePaths.text(rawMountPoint);
    }

    /**
     * The type of the file system: {@code cgroup} for v1, {@code cgroup2} for v2.
     *
     * @return the type
     */
    public String type() {
        return type;
    }

    /**
     * The options of the file system: for v1 the controllers, for v2 {@code nsdelegate}, {@code memory_recursiveprot},
     * {@code memory_localevents}, {@code memory_hugetlb_accounting} and the like.
     *
     * @return the options
     */
    public List<String> superOptions() {
        return superOptions;
    }

    String rawRoot() {
        return rawRoot;
    }

    String rawMountPoint() {
        return rawMountPoint;
    }

    boolean isV1() {
        return type.equals("cgroup");
    }

    boolean isV2() {
        return type.equals("cgroup2");
    }

    /** One line: type, root, mount point and options. */
    @Override
    public String toString() {
        return type + " " + root() + " on " + mountPoint() + " (" + String.join(",", superOptions) + ")";
    }
}
