package io.github.memfit.cgroup;

import io.github.memfit.internal.Ascii;
import io.github.memfit.internal.KeyTable;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Reading;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code memory.stat} of one group at one moment, each line typed by {@link StatKey}. Immutable and thread-safe.
 *
 * <p>The kernel brings the statistics up to date when 64 pages for each CPU have changed, else every two seconds
 * (mm/memcontrol.c, flush_memcg_stats_dwork); they can lag behind the usage by so much.
 *
 * @since 0.1
 */
public final class MemoryStat {

    private static final String TOTAL = "total_";
    private static final KeyTable V1 = table(CgroupVersion.V1);
    private static final KeyTable V2 = table(CgroupVersion.V2);

    private final CgroupVersion version;
    private final String source;
    private final byte[] text;
    private final long[] values;

    private MemoryStat(CgroupVersion version, byte[] text, String source) {
        this.version = version;
        this.source = source;
        this.text = text;
        KeyTable table = version == CgroupVersion.V1 ? V1 : V2;
        this.values = new long[table.size()];
        table.read(text, text.length, values);
    }

    /** The names of a version; in v1 those of the group alone, then those of the subtree, as the kernel prints them. */
    private static KeyTable table(CgroupVersion version) {
        List<String> names = StatKey.of(version).stream()
                .flatMap(key -> key.name(version).stream())
                .toList();
        return version == CgroupVersion.V2
                ? new KeyTable(names.toArray(String[]::new))
                : new KeyTable(Stream.concat(names.stream(), names.stream().map(TOTAL::concat))
                        .toArray(String[]::new));
    }

    /**
     * Parses a whole file. A line that is not two words, a number that does not fit and a last line without LF are left out;
     * negative numbers count as 0, as the kernel's counters can be for a moment.
     *
     * @param version the version of the interface
     * @param text the bytes of the file
     * @param source the name of the file for messages
     * @return the statistics
     */
    public static MemoryStat parse(CgroupVersion version, byte[] text, String source) {
        return new MemoryStat(version, text.clone(), source);
    }

    static MemoryStat parse(CgroupVersion version, byte[] text, int length, String source) {
        return new MemoryStat(version, Arrays.copyOf(text, length), source);
    }

    /**
     * A number of the whole subtree: in v1 the line with {@code total_} in front, where there is one.
     *
     * @param key the line
     * @return the number in the unit of the key, or why it is not there
     */
    public Reading<Long> total(StatKey key) {
        boolean limit = key == StatKey.HIERARCHICAL_MEMORY_LIMIT || key == StatKey.HIERARCHICAL_MEMSW_LIMIT;
        return version == CgroupVersion.V1 && !limit ? value(key, true) : value(key, false);
    }

    /**
     * A number of the group alone. v2 does not tell it.
     *
     * @param key the line
     * @return the number in the unit of the key, or why it is not there
     */
    public Reading<Long> local(StatKey key) {
        return version == CgroupVersion.V1
                ? value(key, false)
                : Reading.absent(Absence.Reason.NOT_APPLICABLE, source, "v2 tells numbers of the subtree only");
    }

    /**
     * A limit that v1 tells among the statistics; kernels of the 3.15 line print 2^64 - 1 for none, which is no number of
     * {@link #total}.
     *
     * @param key {@link StatKey#HIERARCHICAL_MEMORY_LIMIT} or {@link StatKey#HIERARCHICAL_MEMSW_LIMIT}
     * @return the limit, or why it is not there
     */
    public Reading<CgroupLimit> limit(StatKey key) {
        Reading<Long> number = total(key);
        if (number.isPresent()) {
            return number.map(CgroupLimit::of);
        }
        String name = key.name(version).orElse("");
        int at = name.isEmpty() ? -1 : new KeyTable(name).lineNear(text, text.length, 0);
        int from = at + name.length() + 1;
        int end = at < 0 ? text.length : Ascii.find(text, from, text.length, '\n');
        return end == text.length
                ? Reading.absent(number.absence().orElseThrow())
                : CgroupLimit.parse(Arrays.copyOfRange(text, from, end))
                        .map(Reading::of)
                        .orElseGet(() -> Reading.absent(number.absence().orElseThrow()));
    }

    private Reading<Long> value(StatKey key, boolean total) {
        int index = StatKey.of(version).indexOf(key);
        if (index < 0) {
            return Reading.absent(Absence.Reason.NOT_APPLICABLE, source, version + " has no line for " + key.name());
        }
        String name = (total ? TOTAL : "") + key.name(version).orElseThrow();
        long number = values[total ? index + StatKey.of(version).size() : index];
        if (number >= 0) {
            return Reading.of(number);
        }
        return number == KeyTable.MALFORMED
                ? Reading.absent(Absence.Reason.MALFORMED, source, "no number in the line " + name)
                : Reading.absent(Absence.Reason.NOT_REPORTED, source, "no line " + name);
    }

    /**
     * The lines that have no {@link StatKey}: those of kernels newer than this version of the library.
     *
     * @return the numbers by name, in the order of the file
     */
    public Map<String, Long> others() {
        Map<String, Long> others =
                new LinkedHashMap<>(KeyedNumbers.parse(text, source).numbers());
        for (StatKey key : StatKey.of(version)) {
            String name = key.name(version).orElseThrow();
            others.remove(name);
            others.remove(TOTAL + name);
        }
        return Map.copyOf(others);
    }

    /**
     * The version of the interface that the text is of.
     *
     * @return the version
     */
    public CgroupVersion version() {
        return version;
    }

    /** How many of the known lines are there, and the source. */
    @Override
    public String toString() {
        return Arrays.stream(values).filter(v -> v >= 0).count() + " numbers of " + source;
    }
}
