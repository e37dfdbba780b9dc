package io.github.memfit.procfs;

import io.github.memfit.internal.Ascii;
import io.github.memfit.internal.RawFile;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Printable;
import io.github.memfit.unit.Reading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /proc/<pid>/status}. Immutable and thread-safe.
 *
 * <p>Zombies, exiting processes and kernel threads have no address space; their sizes are {@code NOT_APPLICABLE}. In the
 * name the kernel escapes line feeds and backslashes, so no name can add a line; a carriage return is part of the name.
 *
 * <p>Source: fs/proc/array.c and fs/proc/task_mmu.c, Linux 6.1 and 6.12. The resident figures are exact where
 * {@link Statm} is.
 *
 * @since 0.1
 */
public final class ProcessStatus {

    private static final long MOST_ID = 0xffff_ffffL;

    private final String source;
    private final FieldTable<StatusField> table;
    private final boolean hasMemory;
    private final Reading<String> name;
    private final Reading<ProcessState> state;
    private final Reading<Long> userId;
    private final Reading<List<Integer>> namespacedPids;

    private ProcessStatus(String source, FieldTable<StatusField> table, byte[] text, int length) {
        this.source = source;
        this.table = table;
        boolean sizes = false;
        for (StatusField field : StatusField.values()) {
            sizes |= field.unit() == ProcUnit.KIBIBYTES && table.has(field);
        }
        // The kernel prints Threads behind the sizes: a text that has it lacks sizes only if there were none to print.
        this.hasMemory = sizes || !table.has(StatusField.THREADS);
        this.name = line(text, length, "Name:").map(ProcessStatus::unescape);
        this.state = line(text, length, "State:").flatMap(this::state);
        this.userId = line(text, length, "Uid:").flatMap(this::first);
        this.namespacedPids = line(text, length, "NSpid:").flatMap(this::pids);
    }

    static Reading<ProcessStatus> parse(RawFile file) {
        byte[] text = file.bytes();
        String source = file.path().toString();
        FieldTable<StatusField> table = new FieldTable<>(StatusField.values(), source).addAll(text, file.length());
        if (!table.has(StatusField.THREADS)) {
            table.cut();
        }
        if (!Ascii.startsWith(text, 0, file.length(), "Name:")) {
            return ProcText.malformed(source, file.length() == 0 ? "empty" : "does not begin with Name");
        }
        return Reading.of(new ProcessStatus(source, table, text, file.length()));
    }

    /**
     * The name of the process (of its main thread), as it is: the kernel's escapes are undone.
     *
     * @return the name; bytes that are not UTF-8 are U+FFFD
     */
    public Reading<String> name() {
        return name;
    }

    /**
     * The state of the process.
     *
     * @return the state
     */
    public Reading<ProcessState> state() {
        return state;
    }

    /**
     * The real user id.
     *
     * @return the id, as seen from the user namespace of the reader
     */
    public Reading<Long> userId() {
        return userId;
    }

    /**
     * The number of the process in every pid namespace from that of the reader down to its own ({@code NSpid}, since 4.1): the
     * last one is the number that the container sees.
     *
     * @return the numbers, at least one
     */
    public Reading<List<Integer>> namespacedPids() {
        return namespacedPids;
    }

    /**
     * A size.
     *
     * @param field a figure in {@link ProcUnit#KIBIBYTES}
     * @return the size; {@code NOT_APPLICABLE} for all of them if the process has no address space
     * @throws IllegalArgumentException if the field is not a size
     */
    public Reading<Bytes> bytes(StatusField field) {
        Reading<Bytes> reading = table.bytes(field);
        return hasMemory || reading.isPresent()
                ? reading
                : Reading.absent(
                        Absence.Reason.NOT_APPLICABLE,
                        source,
                        "no address space: a zombie, an exiting process or a kernel thread");
    }

    /**
     * A plain number.
     *
     * @param field a figure in {@link ProcUnit#COUNT}
     * @return the number
     * @throws IllegalArgumentException if the field is a size
     */
    public Reading<Long> count(StatusField field) {
        return table.count(field);
    }

    /**
     * Has the process memory of its own? Zombies, exiting processes and kernel threads have none.
     *
     * @return false if the kernel printed no size
     */
    public boolean hasMemory() {
        return hasMemory;
    }

    /**
     * {@code VmSize}.
     *
     * @return the size of the address space
     */
    public Reading<Bytes> vmSize() {
        return bytes(StatusField.VM_SIZE);
    }

    /**
     * {@code VmRSS}: RssAnon + RssFile + RssShmem.
     *
     * @return the resident set
     */
    public Reading<Bytes> vmRss() {
        return bytes(StatusField.VM_RSS);
    }

    /**
     * {@code VmHWM}.
     *
     * @return the largest resident set so far
     */
    public Reading<Bytes> vmHwm() {
        return bytes(StatusField.VM_HWM);
    }

    /**
     * {@code RssAnon}, since 4.5.
     *
     * @return resident anonymous memory
     */
    public Reading<Bytes> rssAnon() {
        return bytes(StatusField.RSS_ANON);
    }

    /**
     * {@code RssFile}, since 4.5.
     *
     * @return resident file mappings
     */
    public Reading<Bytes> rssFile() {
        return bytes(StatusField.RSS_FILE);
    }

    /**
     * {@code RssShmem}, since 4.5.
     *
     * @return resident shared memory
     */
    public Reading<Bytes> rssShmem() {
        return bytes(StatusField.RSS_SHMEM);
    }

    /**
     * {@code VmSwap}.
     *
     * @return anonymous memory in swap
     */
    public Reading<Bytes> vmSwap() {
        return bytes(StatusField.VM_SWAP);
    }

    /**
     * {@code VmPTE}.
     *
     * @return page tables
     */
    public Reading<Bytes> vmPte() {
        return bytes(StatusField.VM_PTE);
    }

    /**
     * {@code VmLck}.
     *
     * @return locked memory
     */
    public Reading<Bytes> vmLck() {
        return bytes(StatusField.VM_LCK);
    }

    /**
     * {@code Threads}.
     *
     * @return the number of threads
     */
    public Reading<Long> threads() {
        return count(StatusField.THREADS);
    }

    private Reading<String> line(byte[] text, int length, String key) {
        int at = 0;
        while (at < length) {
            int end = Ascii.find(text, at, length, '\n');
            if (end == length) {
                break;
            }
            if (Ascii.startsWith(text, at, end, key)) {
                int from = at + key.length();
                return from < end && text[from] == '\t'
                        ? Reading.of(ProcText.text(text, from + 1, end))
                        : ProcText.malformed(source, "the line " + key + " breaks the kernel's format");
            }
            at = end + 1;
        }
        return table.isCut()
                ? ProcText.malformed(source, "cut before the line " + key)
                : Reading.absent(Absence.Reason.NOT_REPORTED, source, "no line " + key);
    }

    private Reading<ProcessState> state(String value) {
        // "S (sleeping)"
        if (!value.startsWith(" (", 1) || !value.endsWith(")")) {
            return ProcText.malformed(source, "the line State: breaks the kernel's format");
        }
        return ProcessState.of(value.charAt(0))
                .map(Reading::of)
                .orElseGet(() -> ProcText.malformed(source, "unknown state " + value));
    }

    private Reading<Long> first(String value) {
        return numbers(value).map(all -> all.get(0));
    }

    private Reading<List<Integer>> pids(String value) {
        return numbers(value).flatMap(all -> {
            List<Integer> pids = new ArrayList<>();
            for (long number : all) {
                if (number > Integer.MAX_VALUE) {
                    return ProcText.malformed(source, "no process id: " + number);
                }
                pids.add((int) number);
            }
            return Reading.of(List.copyOf(pids));
        });
    }

    /** Numbers of 32 bits between tabs. */
    private Reading<List<Long>> numbers(String value) {
        List<Long> numbers = new ArrayList<>();
        for (String item : value.split("\t", -1)) {
            byte[] digits = item.getBytes(StandardCharsets.UTF_8);
            long number = item.startsWith("-") ? Ascii.NOT_A_NUMBER : Ascii.decimal(digits, 0, digits.length);
            if (number < 0 || number > MOST_ID) {
                return ProcText.malformed(source, "no list of numbers: " + value);
            }
            numbers.add(number);
        }
        return Reading.of(numbers);
    }

    /** The kernel writes a line feed as {@code \n} and a backslash as two. */
    private static String unescape(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' && i + 1 < name.length()) {
                char escaped = name.charAt(i + 1);
                if (escaped == 'n' || escaped == '\\') {
                    out.append(escaped == 'n' ? '\n' : '\\');
                    i++;
                    continue;
                }
            }
            out.append(c);
        }
        return out.toString();
    }

    /** The name, state and resident set, escaped. */
    @Override
    public String toString() {
        return Printable.escaped(name.orElse("?"), 80) + " "
                + state.map(Enum::name).orElse("?") + " VmRSS="
                + vmRss().map(Bytes::toString).orElse("?") + " VmHWM="
                + vmHwm().map(Bytes::toString).orElse("?") + " VmSwap="
                + vmSwap().map(Bytes::toString).orElse("?");
    }
}
