package io.github.memfit.container;

import io.github.memfit.procfs.ProcFs;
import io.github.memfit.procfs.ProcessFiles;
import io.github.memfit.procfs.ProcessState;
import io.github.memfit.procfs.ProcessStatus;
import io.github.memfit.procfs.Smaps;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Printable;
import io.github.memfit.unit.Reading;
import java.util.Optional;

/**
 * One process of a container at one moment: what it has in memory, and what share of it is its own. Immutable and
 * thread-safe.
 *
 * @since 0.1
 */
public final class ContainerProcess {

    private final int pid;
    private final Reading<ProcessStatus> status;
    private final Reading<Smaps> maps;
    private final Reading<Integer> oomScore;
    private final Reading<Integer> oomScoreAdj;

    private ContainerProcess(
            int pid,
            Reading<ProcessStatus> status,
            Reading<Smaps> maps,
            Reading<Integer> oomScore,
            Reading<Integer> oomScoreAdj) {
        this.pid = pid;
        this.status = status;
        this.maps = maps;
        this.oomScore = oomScore;
        this.oomScoreAdj = oomScoreAdj;
    }

    /** Reads a process; empty if it has ended. */
    static Optional<ContainerProcess> read(ProcFs proc, int pid) {
        ProcessFiles files = proc.process(pid);
        Reading<ProcessStatus> status = files.status();
        Reading<Smaps> maps = files.smapsRollup();
        if (!status.isPresent() && !maps.isPresent() && !files.stat().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new ContainerProcess(pid, status, maps, files.oomScore(), files.oomScoreAdj()));
    }

    /**
     * The number of the process, as {@code /proc} numbers it.
     *
     * @return the number
     */
    public int pid() {
        return pid;
    }

    /**
     * The name: the first 15 bytes of the program's file name, or whatever the process made of it.
     *
     * @return the name; hostile text
     */
    public Reading<String> name() {
        return status.flatMap(ProcessStatus::name);
    }

    /**
     * What the process is doing.
     *
     * @return the state
     */
    public Reading<ProcessState> state() {
        return status.flatMap(ProcessStatus::state);
    }

    /**
     * Resident memory; pages shared with others count in each of them. Absent for zombies and kernel threads.
     *
     * @return {@code VmRSS}
     */
    public Reading<Bytes> rss() {
        return status.flatMap(ProcessStatus::vmRss);
    }

    /**
     * The anonymous part of the resident memory.
     *
     * @return {@code RssAnon}
     */
    public Reading<Bytes> rssAnon() {
        return status.flatMap(ProcessStatus::rssAnon);
    }

    /**
     * The most that was ever resident.
     *
     * @return {@code VmHWM}
     */
    public Reading<Bytes> peakRss() {
        return status.flatMap(ProcessStatus::vmHwm);
    }

    /**
     * Proportional set size: own pages, and of shared pages a share. The sizes of all processes add up.
     *
     * @return {@code Pss} of {@code smaps_rollup}; absent without permission
     */
    public Reading<Bytes> pss() {
        return maps.flatMap(Smaps::pss);
    }

    /**
     * Unique set size: what would be freed if the process ended.
     *
     * @return the private pages of {@code smaps_rollup}; absent without permission
     */
    public Reading<Bytes> uss() {
        return maps.flatMap(Smaps::uss);
    }

    /**
     * What is swapped out.
     *
     * @return {@code VmSwap}
     */
    public Reading<Bytes> swap() {
        return status.flatMap(ProcessStatus::vmSwap);
    }

    /**
     * How likely the OOM killer chooses the process.
     *
     * @return {@code oom_score}
     */
    public Reading<Integer> oomScore() {
        return oomScore;
    }

    /**
     * What was added to that by hand.
     *
     * @return {@code oom_score_adj}
     */
    public Reading<Integer> oomScoreAdj() {
        return oomScoreAdj;
    }

    /**
     * Every line of {@code status}.
     *
     * @return the status, or why it is not there
     */
    public Reading<ProcessStatus> status() {
        return status;
    }

    /** One line: number, name, resident, proportional and unique memory. */
    @Override
    public String toString() {
        return pid + " " + Printable.escaped(name().orElse("?")) + " rss=" + text(rss()) + " pss=" + text(pss())
                + " uss=" + text(uss());
    }

    private static String text(Reading<Bytes> bytes) {
        return bytes.map(Bytes::toHuman).orElse("-");
    }
}
