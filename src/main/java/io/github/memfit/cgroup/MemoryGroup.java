package io.github.memfit.cgroup;

import io.github.memfit.internal.Ascii;
import io.github.memfit.internal.PressureText;
import io.github.memfit.internal.RawFile;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of one group. Every method reads the kernel's text at that moment and says what it says, without
 * interpretation; nothing is cached. Thread-safe with {@link FileAccess#fresh()}, else as its access.
 *
 * {@snippet :
 * MemoryGroup group = MemoryGroup.at(Path.of("/sys/fs/cgroup"), CgroupVersion.V2);
 * Reading<Long> used = group.amount(MemoryFile.CURRENT);
 * Reading<CgroupLimit> max = group.limit(MemoryFile.MAX);
 * Reading<MemoryStat> stat = group.stat();
 * }
 *
 * @since 0.1
 */
public final class MemoryGroup {

    private final Path directory;
    private final CgroupVersion version;
    private final FileAccess access;

    private MemoryGroup(Path directory, CgroupVersion version, FileAccess access) {
        this.directory = directory;
        this.version = version;
        this.access = access;
    }

    /**
     * A group whose files are opened for every read.
     *
     * @param directory its directory
     * @param version the interface it has
     * @return the group
     */
    public static MemoryGroup at(Path directory, CgroupVersion version) {
        return at(directory, version, FileAccess.fresh());
    }

    /**
     * A group.
     *
     * @param directory its directory
     * @param version the interface it has
     * @param access how its files are read
     * @return the group
     */
    public static MemoryGroup at(Path directory, CgroupVersion version, FileAccess access) {
        return new MemoryGroup(directory, version, access);
    }

    /**
     * The directory.
     *
     * @return the directory
     */
    public Path directory() {
        return directory;
    }

    /**
     * The interface.
     *
     * @return the version
     */
    public CgroupVersion version() {
        return version;
    }

    /**
     * Does the group exist?
     *
     * @return false if it was removed
     */
    public boolean exists() {
        return Files.isDirectory(directory);
    }

    /**
     * Is memory accounted here? It is not where the parent does not delegate the controller
     * ({@code cgroup.subtree_control}); a group has no memory files then, except pressure.
     *
     * @return true if the group has memory files
     */
    public boolean isAccounted() {
        return GroupFiles.isAccounted(directory, version);
    }

    /**
     * Is this the root group of a v2 hierarchy, or one that memory is not accounted in: a group that has no limit files and
     * cannot be limited?
     *
     * @return true if it cannot have a limit
     */
    public boolean isUnlimitable() {
        return GroupFiles.isUnlimitedRoot(directory, version) || !isAccounted();
    }

    /**
     * The number in a file of one number.
     *
     * @param file a file of form {@link MemoryFile.Form#AMOUNT}
     * @return the number in the unit of the file, or why it is not there
     * @throws IllegalArgumentException if the file is of another form
     */
    public Reading<Long> amount(MemoryFile file) {
        RawFile text = read(file, MemoryFile.Form.AMOUNT, RawFile.VALUE);
        if (!text.isPresent()) {
            return absent(text);
        }
        int end = end(text);
        long number = end < 0 ? Ascii.NOT_A_NUMBER : Ascii.decimal(text.bytes(), 0, end);
        return number < 0 || number == Long.MAX_VALUE
                ? Reading.absent(Absence.Reason.MALFORMED, text.path().toString(), "not one number and a line feed")
                : Reading.of(number);
    }

    /**
     * The limit in a file of one limit.
     *
     * @param file a file of form {@link MemoryFile.Form#LIMIT}
     * @return the limit, or why it is not there
     * @throws IllegalArgumentException if the file is of another form
     */
    public Reading<CgroupLimit> limit(MemoryFile file) {
        RawFile text = read(file, MemoryFile.Form.LIMIT, RawFile.VALUE);
        if (!text.isPresent()) {
            return absent(text);
        }
        int end = end(text);
        return (end < 0 ? Optional.<CgroupLimit>empty() : CgroupLimit.parse(Arrays.copyOf(text.bytes(), end)))
                .map(Reading::of)
                .orElseGet(() -> Reading.absent(
                        Absence.Reason.MALFORMED, text.path().toString(), "not one limit and a line feed"));
    }

    /** Where the only line of a text ends; -1 if it does not end, or is not the only one. */
    private static int end(RawFile text) {
        int end = Ascii.find(text.bytes(), 0, text.length(), '\n');
        return end == text.length() - 1 ? end : -1;
    }

    /**
     * The lines of a file of keys and numbers.
     *
     * @param file a file of form {@link MemoryFile.Form#KEYS}
     * @return the numbers by key, or why they are not there
     * @throws IllegalArgumentException if the file is of another form
     */
    public Reading<KeyedNumbers> keys(MemoryFile file) {
        RawFile text = read(file, MemoryFile.Form.KEYS, RawFile.KEYS);
        return text.isPresent()
                ? Reading.of(KeyedNumbers.parse(
                        text.bytes(), text.length(), text.path().toString()))
                : absent(text);
    }

    /**
     * {@code memory.stat}, typed.
     *
     * @return the statistics, or why they are not there
     */
    public Reading<MemoryStat> stat() {
        MemoryFile file = version == CgroupVersion.V1 ? MemoryFile.V1_STAT : MemoryFile.STAT;
        RawFile text = read(file, MemoryFile.Form.KEYS, RawFile.KEYS);
        return text.isPresent()
                ? Reading.of(MemoryStat.parse(
                        version, text.bytes(), text.length(), text.path().toString()))
                : absent(text);
    }

    /**
     * {@code memory.pressure}.
     *
     * @return the pressure, or why it is not there
     */
    public Reading<Pressure> pressure() {
        RawFile text = read(MemoryFile.PRESSURE, MemoryFile.Form.PRESSURE, RawFile.KEYS);
        return text.isPresent() ? PressureText.parse(text) : absent(text);
    }

    /**
     * {@code memory.numa_stat}: for each key the numbers of the nodes by their index. v1 prints {@code total=9 N0=9}, v2
     * {@code anon N0=36864}; the sum that v1 prints is left out.
     *
     * @return the numbers, or why they are not there
     */
    public Reading<Map<String, Map<Integer, Long>>> byNode() {
        MemoryFile file = version == CgroupVersion.V1 ? MemoryFile.V1_NUMA_STAT : MemoryFile.NUMA_STAT;
        RawFile text = read(file, MemoryFile.Form.NUMA, 16 * RawFile.KEYS);
        return text.isPresent() ? Reading.of(NodeNumbers.parse(text.bytes(), text.length())) : absent(text);
    }

    /**
     * The text of any file that can be read.
     *
     * @param file the file
     * @return its text with bytes above 127 as ISO-8859-1, or why it is not there
     * @throws IllegalArgumentException if the file belongs to the other version
     */
    public Reading<String> text(MemoryFile file) {
        if (file.form() == MemoryFile.Form.WRITE_ONLY) {
            return Reading.absent(
                    Absence.Reason.REFUSED, directory.resolve(file.fileName()).toString(), "can only be written");
        }
        RawFile text = read(file, file.form(), 16 * RawFile.KEYS);
        return text.isPresent()
                ? Reading.of(new String(text.bytes(), 0, text.length(), StandardCharsets.ISO_8859_1))
                : absent(text);
    }

    /**
     * The processes of the group itself ({@code cgroup.procs}), as numbered for the reader; those the reader's namespace does
     * not know are 0 in the kernel's list and left out.
     *
     * @return the numbers in ascending order, or why they are not there
     */
    public Reading<List<Long>> processes() {
        RawFile text = access.read(directory.resolve("cgroup.procs"), RawFile.LIST);
        if (!text.isPresent()) {
            return absent(text);
        }
        List<Long> pids = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = Ascii.find(text.bytes(), at, text.length(), '\n');
            long pid = end == text.length() ? Ascii.NOT_A_NUMBER : Ascii.decimal(text.bytes(), at, end);
            if (pid < 0 || text.bytes()[at] == '-' || pid > Integer.MAX_VALUE) {
                return Reading.absent(
                        Absence.Reason.MALFORMED, text.path().toString(), "not one process number on each line");
            }
            if (pid > 0) {
                pids.add(pid);
            }
            at = end + 1;
        }
        // The kernel may list a process twice while it moves.
        return Reading.of(pids.stream().distinct().sorted().toList());
    }

    /**
     * The groups directly below.
     *
     * @return their directories in the order of their names; empty if there are none or the group was removed
     */
    public List<Path> children() {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    children.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Removed while it was listed: what was listed is what there is.
        }
        Collections.sort(children);
        return List.copyOf(children);
    }

    private RawFile read(MemoryFile file, MemoryFile.Form form, int limit) {
        if (file.version() != version || file.form() != form) {
            throw new IllegalArgumentException(file + " is a file of " + file.version() + " with " + file.form()
                    + ", asked for " + version + " with " + form);
        }
        return access.read(directory.resolve(file.fileName()), limit);
    }

    private <T> Reading<T> absent(RawFile text) {
        Absence absence = text.absence().orElseThrow();
        if (absence.reason() == Absence.Reason.NO_FILE && !Files.exists(directory)) {
            return Reading.absent(Absence.Reason.GONE, absence.source(), "the group was removed");
        }
        return Reading.absent(absence);
    }

    /** The directory and the version. */
    @Override
    public String toString() {
        return version + " " + directory;
    }
}
