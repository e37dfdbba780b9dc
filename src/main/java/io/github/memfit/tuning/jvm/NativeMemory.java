package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What HotSpot's native memory tracking says: the text of {@code jcmd PID VM.native_memory}, of the DiagnosticCommand
 * bean's {@code vmNativeMemory}, or of {@code -XX:+PrintNMTStatistics}; summary, detail or a report of differences; any
 * scale; JDK 17 to 25.
 *
 * <p>The sum of the sections' committed bytes equals the total to within one unit of the scale for each section. NMT
 * explains memory, it does not bound it: what malloc retains, allocator overhead and the data of libraries are not in it,
 * 14 to 40 MiB in measured applications.
 *
 * {@snippet :
 * Optional<NativeMemory> report = NativeMemory.parse(text); // empty: tracking is off
 * report.get().category("Class").map(NmtCategory::committed);
 * }
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class NativeMemory {

    private final NmtCategory total;
    private final Map<String, NmtCategory> categories;
    private final OptionalLong classes;
    private final OptionalLong threads;
    private final Bytes unit;
    private final boolean differences;

    NativeMemory(
            NmtCategory total,
            List<NmtCategory> categories,
            OptionalLong classes,
            OptionalLong threads,
            Bytes unit,
            boolean differences) {
        this.total = total;
        Map<String, NmtCategory> byName = new LinkedHashMap<>();
        categories.forEach(category -> byName.put(category.name(), category));
        this.categories = Collections.unmodifiableMap(byName);
        this.classes = classes;
        this.threads = threads;
        this.unit = unit;
        this.differences = differences;
    }

    /**
     * Reads a report. A line with the process id before it is skipped; of a detailed report only the summary is kept. Where
     * the text was cut behind its line {@code Total}, a last line that is not whole is left out.
     *
     * @param text the text
     * @return the report, or empty if it says that tracking is off (jcmd then ends with exit code 0)
     * @throws MalformedException if the text is no such report
     */
    public static Optional<NativeMemory> parse(CharSequence text) {
        return new NmtParser(text.toString()).parse();
    }

    /**
     * All reserved address space.
     *
     * @return the total
     */
    public Bytes reserved() {
        return total.reserved();
    }

    /**
     * All committed memory.
     *
     * @return the total
     */
    public Bytes committed() {
        return total.committed();
    }

    /**
     * All that was allocated with malloc.
     *
     * @return the total, empty if the report does not say
     */
    public Optional<Bytes> malloc() {
        return total.malloc();
    }

    /**
     * The first line: all sections together.
     *
     * @return a section of the name {@code Total}
     */
    public NmtCategory total() {
        return total;
    }

    /**
     * The sections by name, in the order of the report. Sections smaller than one unit of the scale are left out by the
     * JVM.
     *
     * @return the sections, unmodifiable
     */
    public Map<String, NmtCategory> categories() {
        return categories;
    }

    /**
     * One section.
     *
     * @param name its name, exactly as printed: {@code Java Heap}, {@code Class}, {@code Thread}, {@code Code}...
     * @return the section, or empty if the report has none
     */
    public Optional<NmtCategory> category(String name) {
        return Optional.ofNullable(categories.get(name));
    }

    /**
     * The committed bytes of a section.
     *
     * @param name its name
     * @return the bytes, zero if the report has no such section
     */
    public Bytes committed(String name) {
        NmtCategory category = categories.get(name);
        return category == null ? Bytes.ZERO : category.committed();
    }

    /**
     * Committed outside the Java heap and the shared class space, whose pages are the archive file's until written.
     *
     * @return total less {@code Java Heap} less {@code Shared class space}
     */
    public Bytes outsideHeap() {
        return committed().minus(committed("Java Heap")).minus(committed("Shared class space"));
    }

    /**
     * Loaded classes, arrays included.
     *
     * @return the number, empty if the report has no class section
     */
    public OptionalLong classes() {
        return classes;
    }

    /**
     * Threads, the JVM's own included.
     *
     * @return the number, empty if the report has no thread section
     */
    public OptionalLong threads() {
        return threads;
    }

    /**
     * The unit that numbers are printed in.
     *
     * @return 1 byte, 1 KiB, 1 MiB or 1 GiB
     */
    public Bytes unit() {
        return unit;
    }

    /**
     * Is it a report of differences against a baseline?
     *
     * @return true if sections carry changes
     */
    public boolean isDifference() {
        return differences;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NativeMemory
                && ((NativeMemory) other).total.equals(total)
                && ((NativeMemory) other).categories.equals(categories)
                && ((NativeMemory) other).classes.equals(classes)
                && ((NativeMemory) other).threads.equals(threads);
    }

    @Override
    public int hashCode() {
        return Objects.hash(total, categories);
    }

    /** One line: {@code 126772Ki committed of 1503060Ki in 19 sections}. */
    @Override
    public String toString() {
        return committed() + " committed of " + reserved() + " in " + categories.size() + " sections";
    }
}
