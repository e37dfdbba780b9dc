package io.github.memfit.procfs;

import io.github.memfit.internal.PagePresence;
import io.github.memfit.internal.RawFile;
import io.github.memfit.internal.RawLines;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files of one process. Each call reads the file anew; none throws. Immutable and thread-safe.
 *
 * <p>A process that has ended is {@code GONE}. A zombie or a kernel thread has no memory: {@code smaps} is
 * {@code NOT_APPLICABLE}, and so are the sizes in {@code status}; {@code stat} and {@code statm} say 0. The memory maps of
 * other users' processes are {@code DENIED}.
 *
 * <p>Files made from a {@link ProcessId} are those of this very process: after each read the start time is compared, and when
 * the number has gone to another process the answer is {@code GONE} and never the other one's figures.
 *
 * @since 0.1
 */
public final class ProcessFiles {

    /** A process may have as many mappings as vm.max_map_count allows; 65530 by default take up to 50 MiB. */
    private static final long MOST_SMAPS = 1L << 30;

    private static final int ATTEMPTS = 3;
    private static final int LEAST_ADJ = -1000;
    private static final int MOST_ADJ = 1000;

    private final ProcFs proc;
    private final Path directory;
    private final @Nullable ProcessId id;

    ProcessFiles(ProcFs proc, String name, @Nullable ProcessId id) {
        this.proc = proc;
        this.directory = proc.directory().resolve(name);
        this.id = id;
    }

    /**
     * Where the files are.
     *
     * @return the directory, as {@code /proc/4711}
     */
    public Path directory() {
        return directory;
    }

    /**
     * Which process has the number now.
     *
     * @return the process; if these files are those of a certain process, that one or {@code GONE}
     */
    public Reading<ProcessId> id() {
        return stat().map(ProcessStat::id);
    }

    /**
     * The same files, held to the process that has the number now.
     *
     * @return the files of one certain process
     */
    public Reading<ProcessFiles> pinned() {
        return id().map(now -> new ProcessFiles(proc, Integer.toString(now.pid()), now));
    }

    /**
     * {@code stat}.
     *
     * @return identity, state, faults, size
     */
    public Reading<ProcessStat> stat() {
        RawFile file = RawFile.read(directory.resolve("stat"), RawFile.KEYS);
        Reading<ProcessStat> now = file.absence()
                .<Reading<ProcessStat>>map(absence -> Reading.absent(explain(absence)))
                .orElseGet(() -> ProcessStat.parse(file));
        return id == null ? now : now.flatMap(stat -> stat.id().equals(id) ? Reading.of(stat) : another(stat.id()));
    }

    /**
     * {@code statm}: the cheapest figures of memory.
     *
     * @return sizes and resident set
     */
    public Reading<Statm> statm() {
        return proc.pageSize().flatMap(size -> parse("statm", RawFile.VALUE, file -> Statm.parse(file, size)));
    }

    /**
     * {@code status}.
     *
     * @return the kernel's summary of the process
     */
    public Reading<ProcessStatus> status() {
        return parse("status", RawFile.LIST, ProcessStatus::parse);
    }

    /**
     * {@code smaps_rollup}, since 4.14: exact, and a thousand times dearer than {@link #statm}.
     *
     * @return the sums over all mappings, made by the kernel
     */
    public Reading<Smaps> smapsRollup() {
        return memoryMap(
                () -> parse("smaps_rollup", RawFile.KEYS, Smaps::parseRollup).flatMap(this::plausible));
    }

    /** Some 6.0 kernels walk no mapping and print zeros; a process with resident memory cannot have a rollup of nothing. */
    private Reading<Smaps> plausible(Smaps rollup) {
        if (!rollup.rss().map(rss -> rss.value() == 0).orElse(false)) {
            return Reading.of(rollup);
        }
        return statm().map(statm -> statm.resident().value() == 0).orElse(true)
                ? Reading.of(rollup)
                : ProcText.malformed(
                        directory.resolve("smaps_rollup").toString(), "all zeros, though statm has memory");
    }

    /**
     * {@code smaps}, summed here: for kernels before 4.14, or for the number of mappings. The sum is given only if the sizes
     * of the mappings add up to the address space ({@code VmSize}) right before or after; the text of a process that ends
     * while it is read just stops. Tried three times.
     *
     * @return the sums over all mappings
     */
    public Reading<Smaps> smaps() {
        return memoryMap(() -> {
            Reading<Smaps> sum = sumSmaps();
            for (int attempt = 1;
                    attempt < ATTEMPTS && reason(sum).equals(Optional.of(Absence.Reason.MALFORMED));
                    attempt++) {
                sum = sumSmaps();
            }
            return sum;
        });
    }

    /**
     * How much of a range of addresses is resident, counted page by page from {@code pagemap} (since 2.6.25): a heap or a mapped file whose
     * place is known. It asks for the permission to trace the process. Swapped pages are not counted; pages of the range's ends
     * count whole.
     *
     * @param from the first address
     * @param to the address behind the last
     * @return resident memory in that range, whether shared or not
     * @throws IllegalArgumentException if an address is negative or the range ends before it starts
     */
    public Reading<Bytes> residentIn(long from, long to) {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no range of addresses: " + from + " to " + to);
        }
        return memoryMap(() -> proc.pageSize().flatMap(size -> residentIn(from, to, size.value())));
    }

    private Reading<Bytes> residentIn(long from, long to, long pageSize) {
        Path path = directory.resolve("pagemap");
        long first = from / pageSize;
        long pages = to == from ? 0 : (to - 1) / pageSize + 1 - first;
        PagePresence.Outcome counted = PagePresence.count(path, first, pages);
        Reading<Bytes> reading = counted.absence()
                .<Reading<Bytes>>map(absence -> Reading.absent(explain(absence)))
                .orElseGet(() -> counted.read() < pages
                        ? ProcText.malformed(
                                path.toString(), "tells of " + counted.read() + " pages, asked for " + pages)
                        : Reading.of(Bytes.of(counted.present() * pageSize)));
        return ofSameProcess(reading);
    }

    private Reading<Smaps> sumSmaps() {
        Path path = directory.resolve("smaps");
        Reading<Bytes> before = status().flatMap(ProcessStatus::vmSize);
        SmapsLines lines = new SmapsLines(path.toString());
        RawLines.Outcome outcome = RawLines.forEach(path, MOST_SMAPS, lines::add);
        if (outcome.absence().isPresent()) {
            return Reading.absent(explain(outcome.absence().get()));
        }
        if (outcome.isCut()) {
            lines.cut();
        }
        Reading<Bytes> after = status().flatMap(ProcessStatus::vmSize);
        return before.flatMap(b ->
                after.flatMap(a -> lines.sum(Math.min(a.value(), b.value()), Math.max(a.value(), b.value()))));
    }

    /** Zombies and kernel threads answer with an error or an empty text: says what they are. */
    private <T> Reading<T> memoryMap(Supplier<Reading<T>> read) {
        Reading<T> maps = read.get();
        Optional<Absence.Reason> reason = reason(maps);
        if (reason.isEmpty() || reason.get() == Absence.Reason.GONE || reason.get() == Absence.Reason.DENIED) {
            return maps;
        }
        return status().map(status -> !status.hasMemory()).orElse(false)
                ? Reading.absent(
                        Absence.Reason.NOT_APPLICABLE,
                        directory.toString(),
                        "no address space: a zombie, an exiting process or a kernel thread")
                : maps;
    }

    /**
     * {@code oom_score}: how likely the kernel is to choose the process when memory runs out. From 0; 2000 is the most.
     *
     * @return the score
     */
    public Reading<Integer> oomScore() {
        return parse("oom_score", RawFile.VALUE, file -> ProcText.number(file, 0, Integer.MAX_VALUE));
    }

    /**
     * {@code oom_score_adj}, since 2.6.36: from -1000 (never) to 1000 (first).
     *
     * @return the adjustment
     */
    public Reading<Integer> oomScoreAdj() {
        return parse("oom_score_adj", RawFile.VALUE, file -> ProcText.number(file, LEAST_ADJ, MOST_ADJ));
    }

    /**
     * {@code limits}.
     *
     * @return the limits that {@code setrlimit} sets
     */
    public Reading<ProcessLimits> limits() {
        return parse("limits", RawFile.KEYS, ProcessLimits::parse);
    }

    /**
     * {@code comm}, since 2.6.33: the name, which the process can choose.
     *
     * @return the name; bytes that are not UTF-8 are U+FFFD
     */
    public Reading<String> comm() {
        return parse("comm", RawFile.VALUE, ProcText::name);
    }

    /**
     * {@code cmdline}: the arguments, which the process can overwrite.
     *
     * @return the arguments; none for zombies and kernel threads
     */
    public Reading<CommandLine> commandLine() {
        return checked(
                RawFile.readPrefix(directory.resolve("cmdline"), CommandLine.LONGEST + 1),
                file -> Reading.of(CommandLine.parse(file)));
    }

    /**
     * A meter of {@code statm} that keeps the file open: the way to sample the resident set often.
     *
     * @return the meter, to be closed
     */
    public StatmMeter statmMeter() {
        return new StatmMeter(this, proc.pageSize());
    }

    private <T> Reading<T> parse(String name, int limit, ProcFs.Parser<T> parser) {
        return checked(RawFile.read(directory.resolve(name), limit), parser);
    }

    private <T> Reading<T> checked(RawFile file, ProcFs.Parser<T> parser) {
        Reading<T> reading = file.absence()
                .<Reading<T>>map(absence -> Reading.absent(explain(absence)))
                .orElseGet(() -> parser.parse(file));
        return ofSameProcess(reading);
    }

    /** After a read: if the number has gone to another process, so may have what was read. */
    private <T> Reading<T> ofSameProcess(Reading<T> reading) {
        return id == null ? reading : stat().flatMap(same -> reading);
    }

    /** The kernel answers a read of an ended process with an error: tells it from other errors. */
    Absence explain(Absence absence) {
        return absence.reason() != Absence.Reason.DENIED
                        && absence.reason() != Absence.Reason.TOO_LARGE
                        && !Files.exists(directory)
                ? new Absence(Absence.Reason.GONE, directory.toString(), "no such process")
                : absence;
    }

    private static Optional<Absence.Reason> reason(Reading<?> reading) {
        return reading.absence().map(Absence::reason);
    }

    private <T> Reading<T> another(ProcessId now) {
        return Reading.absent(
                Absence.Reason.GONE,
                directory.toString(),
                "process " + Objects.requireNonNull(id) + " has ended, the number belongs to " + now);
    }

    /** The directory, and the start if it is a certain process. */
    @Override
    public String toString() {
        return id == null ? directory.toString() : directory + "@" + id.startTicks();
    }
}
