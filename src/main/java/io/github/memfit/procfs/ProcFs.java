package io.github.memfit.procfs;

import io.github.memfit.internal.PressureText;
import io.github.memfit.internal.RawFile;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Reading;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A proc file system: that of the machine, or any tree of files of the same shape. Thread-safe.
 *
 * <p>Nothing is read before it is asked for, nothing is cached but the page size, and no read throws.
 *
 * {@snippet :
 * ProcFs proc = ProcFs.live();
 * proc.memInfo().flatMap(MemInfo::memAvailable).ifPresent(System.out::println);
 * ProcessFiles self = proc.self();
 * self.statm().map(Statm::resident);
 * self.smapsRollup().flatMap(Smaps::pss);
 * for (ProcessFiles process : proc.processes().orElse(List.of())) {
 *     System.out.println(process.status());
 * }
 * }
 *
 * @since 0.1
 */
public final class ProcFs {

    private static final int LONGEST_RELEASE = 256;

    private final Path proc;
    private volatile @Nullable Reading<Bytes> pageSize;

    private ProcFs(Path proc, @Nullable Reading<Bytes> pageSize) {
        this.proc = proc;
        this.pageSize = pageSize;
    }

    /**
     * The machine's own, {@code /proc}.
     *
     * @return the proc file system
     */
    public static ProcFs live() {
        return at(Path.of("/"));
    }

    /**
     * The proc file system below a root directory. The page size is looked for in the tree.
     *
     * @param root the directory that holds {@code proc}
     * @return the proc file system
     */
    public static ProcFs at(Path root) {
        return new ProcFs(root.resolve("proc"), null);
    }

    /**
     * The proc file system below a root directory, of a machine with a known page size.
     *
     * @param root the directory that holds {@code proc}
     * @param pageSize the page size
     * @return the proc file system
     * @throws IllegalArgumentException if the page size is not a power of two from 4 KiB to 1 MiB
     */
    public static ProcFs at(Path root, Bytes pageSize) {
        if (!PageSize.isPossible(pageSize.value())) {
            throw new IllegalArgumentException("page sizes are powers of two from 4Ki to 1Mi, got " + pageSize);
        }
        return new ProcFs(root.resolve("proc"), Reading.of(pageSize));
    }

    /**
     * Where it is.
     *
     * @return the directory, {@code /proc} on a live machine
     */
    public Path directory() {
        return proc;
    }

    /**
     * The page size: what was given, else what the tree tells.
     *
     * @return the page size
     */
    public Reading<Bytes> pageSize() {
        Reading<Bytes> known = pageSize;
        if (known == null) {
            known = PageSize.find(proc);
            if (known.isPresent()) {
                pageSize = known;
            }
        }
        return known;
    }

    /**
     * {@code meminfo}.
     *
     * @return the memory of the machine
     */
    public Reading<MemInfo> memInfo() {
        return parse("meminfo", MemInfo::parse);
    }

    /**
     * {@code vmstat}.
     *
     * @return pages and events of the machine
     */
    public Reading<VmStat> vmStat() {
        return parse("vmstat", VmStat::parse);
    }

    /**
     * {@code pressure/memory}, since 4.20. Absent where pressure is not accounted; where it is switched off at boot the file
     * is there and the kernel refuses to read it.
     *
     * @return the pressure on the memory of the machine
     */
    public Reading<Pressure> memoryPressure() {
        return PressureText.parse(RawFile.read(proc.resolve("pressure").resolve("memory"), RawFile.KEYS));
    }

    /**
     * {@code sys/kernel/osrelease}.
     *
     * @return the version of the kernel, as {@code 6.12.41-amd64}
     */
    public Reading<String> kernelRelease() {
        RawFile file = RawFile.read(proc.resolve("sys").resolve("kernel").resolve("osrelease"), LONGEST_RELEASE);
        return file.absence().<Reading<String>>map(Reading::absent).orElseGet(() -> ProcText.name(file));
    }

    /**
     * The numbers of the processes that this proc file system shows. Each may be gone when it is used.
     *
     * @return the process ids, ascending
     */
    public Reading<List<Integer>> pids() {
        List<Integer> pids = new ArrayList<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(proc)) {
            for (Path name : names) {
                int pid = pid(name.getFileName().toString());
                if (pid > 0) {
                    pids.add(pid);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            boolean there = Files.exists(proc);
            return Reading.absent(
                    there ? Absence.Reason.REFUSED : Absence.Reason.NO_FILE,
                    proc.toString(),
                    there ? "cannot be listed (" + e.getMessage() + ")" : "no such directory");
        }
        Collections.sort(pids);
        return Reading.of(List.copyOf(pids));
    }

    /** The process id, or -1: procfs writes them in decimal without leading zeros. */
    private static int pid(String name) {
        int pid = 0;
        for (int i = 0; i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9 || pid == 0 && i > 0 || pid > (Integer.MAX_VALUE - digit) / 10) {
                return -1;
            }
            pid = pid * 10 + digit;
        }
        return pid == 0 ? -1 : pid;
    }

    /**
     * The processes that this proc file system shows. Each may be gone when it is read.
     *
     * @return their files, in the order of their numbers
     */
    public Reading<List<ProcessFiles>> processes() {
        return pids().map(pids -> pids.stream().map(this::process).toList());
    }

    /**
     * The process that reads.
     *
     * @return its files
     */
    public ProcessFiles self() {
        return new ProcessFiles(this, "self", null);
    }

    /**
     * Whatever process has a number at the time of each read.
     *
     * @param pid the process id, as this proc file system shows it
     * @return its files
     * @throws IllegalArgumentException if the pid is not positive
     */
    public ProcessFiles process(int pid) {
        if (pid <= 0) {
            throw new IllegalArgumentException("process ids are positive, got " + pid);
        }
        return new ProcessFiles(this, Integer.toString(pid), null);
    }

    /**
     * One process and no later one of the same number: after each read the start time is compared.
     *
     * @param id the process
     * @return its files; {@code GONE} once another process has the number
     */
    public ProcessFiles process(ProcessId id) {
        return new ProcessFiles(this, Integer.toString(id.pid()), Objects.requireNonNull(id, "id"));
    }

    private <T> Reading<T> parse(String name, Parser<T> parser) {
        RawFile file = RawFile.read(proc.resolve(name), RawFile.LIST);
        return file.absence().<Reading<T>>map(Reading::absent).orElseGet(() -> parser.parse(file));
    }

    /** Bytes to figures. */
    interface Parser<T> {
        Reading<T> parse(RawFile file);
    }

    /** The directory. */
    @Override
    public String toString() {
        return proc.toString();
    }
}
