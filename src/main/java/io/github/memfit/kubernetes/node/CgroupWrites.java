package io.github.memfit.kubernetes.node;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is written into a cgroup: file names and texts. A file that is not named is not touched. Immutable and thread-safe;
 * value-based.
 *
 * @since 0.1
 */
public final class CgroupWrites {

    /** Nothing is written. */
    public static final CgroupWrites NONE = new CgroupWrites(new TreeMap<>());

    static final String MIN = "memory.min";
    static final String LOW = "memory.low";
    static final String HIGH = "memory.high";
    static final String MAX = "memory.max";
    static final String SWAP_MAX = "memory.swap.max";

    private final Map<String, String> files;

    private CgroupWrites(TreeMap<String, String> files) {
        this.files = Collections.unmodifiableMap(files);
    }

    /**
     * Given files.
     *
     * @param files name to text
     * @return the writes
     */
    public static CgroupWrites of(Map<String, String> files) {
        return files.isEmpty() ? NONE : new CgroupWrites(new TreeMap<>(files));
    }

    CgroupWrites with(String file, long bytes) {
        return with(file, Long.toString(bytes));
    }

    CgroupWrites with(String file, String text) {
        TreeMap<String, String> more = new TreeMap<>(files);
        more.put(file, text);
        return new CgroupWrites(more);
    }

    /**
     * These writes, then others over them.
     *
     * @param later the others
     * @return all writes; of a file in both, the later text
     */
    public CgroupWrites then(CgroupWrites later) {
        TreeMap<String, String> both = new TreeMap<>(files);
        both.putAll(later.files);
        return of(both);
    }

    /**
     * What is written into one file.
     *
     * @param file the file's name
     * @return the text, empty if the file is not touched
     */
    public Optional<String> find(String file) {
        return Optional.ofNullable(files.get(file));
    }

    /**
     * All files.
     *
     * @return an unmodifiable map in the order of names
     */
    public Map<String, String> asMap() {
        return files;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CgroupWrites that && files.equals(that.files);
    }

    @Override
    public int hashCode() {
        return files.hashCode();
    }

    /** {@code memory.high=2040107008 memory.min=1073741824}, or {@code nothing}. */
    @Override
    public String toString() {
        String text = files.entrySet().stream()
                .map(file -> file.getKey() + "=" + file.getValue())
                .collect(Collectors.joining(" "));
        return text.isEmpty() ? "nothing" : text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
