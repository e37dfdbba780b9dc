package io.github.memfit.container;

import io.github.memfit.cgroup.CgroupLocation;
import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.cgroup.StatUnit;
import io.github.memfit.procfs.MemInfo;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Reading;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of a container at one moment: every figure with its definition ({@link MemoryFigure}), who sets the limits, what
 * is left, and why a figure is not there. Immutable and thread-safe.
 *
 * <p>The kernel's files are read one after the other while the container works on; {@link #drift()} says how far the usage
 * moved meanwhile. Nothing here is an estimate: a figure is what the kernel said or it is absent.
 *
 * {@snippet :
 * MemorySnapshot now = Container.self().memory();
 * now.workingSet();                                  // 312Mi
 * now.limit();                                       // 512Mi (ancestor /sys/fs/cgroup memory.max)
 * now.headroom().ifPresent(System.out::println);
 * System.out.println(now.toTable());
 * }
 *
 * @since 0.1
 */
public final class MemorySnapshot {

    private final Instant takenAt;
    private final CgroupLocation location;
    private final Map<MemoryFigure, Reading<Long>> figures;
    private final List<MemoryLevel> levels;
    private final Bounds bounds;
    private final Reading<Pressure> pressure;
    private final Reading<Pressure> hostPressure;
    private final Reading<MemInfo> host;
    private final Reading<Bytes> drift;

    MemorySnapshot(
            Instant takenAt,
            CgroupLocation location,
            Map<MemoryFigure, Reading<Long>> figures,
            List<MemoryLevel> levels,
            Bounds bounds,
            Reading<Pressure> pressure,
            Reading<Pressure> hostPressure,
            Reading<MemInfo> host,
            Reading<Bytes> drift) {
        this.takenAt = takenAt;
        this.location = location;
        this.figures = Collections.unmodifiableMap(new EnumMap<>(figures));
        this.levels = List.copyOf(levels);
        this.bounds = bounds;
        this.pressure = pressure;
        this.hostPressure = hostPressure;
        this.host = host;
        this.drift = drift;
    }

    /**
     * When the first file was read.
     *
     * @return the moment
     */
    public Instant takenAt() {
        return takenAt;
    }

    /**
     * Where the container is, or why its group cannot be seen.
     *
     * @return the location
     */
    public CgroupLocation location() {
        return location;
    }

    /**
     * The interface that the figures come from.
     *
     * @return the version; {@link CgroupVersion#V2} if there is no memory controller
     */
    public CgroupVersion version() {
        return location.version().orElse(CgroupVersion.V2);
    }

    /**
     * Was the group removed?
     *
     * @return true if there was a group and it is no longer there
     */
    public boolean isGone() {
        return figures.get(MemoryFigure.USAGE)
                .absence()
                .filter(absence -> absence.reason() == Absence.Reason.GONE)
                .isPresent();
    }

    /**
     * One figure of bytes.
     *
     * @param figure the figure
     * @return its bytes, or why it is not there
     * @throws IllegalArgumentException if the figure does not count bytes
     */
    public Reading<Bytes> bytes(MemoryFigure figure) {
        if (figure.unit() != StatUnit.BYTES) {
            throw new IllegalArgumentException(figure + " counts " + figure.unit() + ", not bytes");
        }
        return value(figure).map(Bytes::of);
    }

    /**
     * One figure in its own unit.
     *
     * @param figure the figure
     * @return its number, or why it is not there
     */
    public Reading<Long> value(MemoryFigure figure) {
        return figures.getOrDefault(figure, Reading.absent(Absence.Reason.NOT_APPLICABLE, figure.title(), "not read"));
    }

    /**
     * Every figure.
     *
     * @return an unmodifiable map with all constants as keys, in their order
     */
    public Map<MemoryFigure, Reading<Long>> figures() {
        return figures;
    }

    /**
     * What is charged to the container: {@link MemoryFigure#USAGE}.
     *
     * @return the figure, or why it is not there
     */
    public Reading<Bytes> usage() {
        return bytes(MemoryFigure.USAGE);
    }

    /**
     * The most that was ever charged: {@link MemoryFigure#PEAK}.
     *
     * @return the figure, or why it is not there
     */
    public Reading<Bytes> peak() {
        return bytes(MemoryFigure.PEAK);
    }

    /**
     * Usage less inactive page cache: {@link MemoryFigure#WORKING_SET}.
     *
     * @return the figure, or why it is not there
     */
    public Reading<Bytes> workingSet() {
        return bytes(MemoryFigure.WORKING_SET);
    }

    /**
     * Anonymous memory that is mapped: {@link MemoryFigure#RSS}.
     *
     * @return the figure, or why it is not there
     */
    public Reading<Bytes> rss() {
        return bytes(MemoryFigure.RSS);
    }

    /**
     * tmpfs and shared memory: {@link MemoryFigure#SHMEM}.
     *
     * @return the figure, or why it is not there
     */
    public Reading<Bytes> shmem() {
        return bytes(MemoryFigure.SHMEM);
    }

    /**
     * Page cache that processes have mapped: {@link MemoryFigure#FILE_MAPPED}.
     *
     * @return the figure, or why it is not there
     */
    public Reading<Bytes> fileMapped() {
        return bytes(MemoryFigure.FILE_MAPPED);
    }

    /**
     * Page cache, tmpfs and shared memory included: {@link MemoryFigure#CACHE}.
     *
     * @return the figure, or why it is not there
     */
    public Reading<Bytes> cache() {
        return bytes(MemoryFigure.CACHE);
    }

    /**
     * Page cache that was used again lately: {@link MemoryFigure#ACTIVE_FILE}.
     *
     * @return the figure, or why it is not there
     */
    public Reading<Bytes> activeCache() {
        return bytes(MemoryFigure.ACTIVE_FILE);
    }

    /**
     * Page cache that is reclaimed first: {@link MemoryFigure#INACTIVE_FILE}.
     *
     * @return the figure, or why it is not there
     */
    public Reading<Bytes> inactiveCache() {
        return bytes(MemoryFigure.INACTIVE_FILE);
    }

    /**
     * Kernel memory of the container: {@link MemoryFigure#KERNEL}.
     *
     * @return the figure, or why it is not there
     */
    public Reading<Bytes> kernel() {
        return bytes(MemoryFigure.KERNEL);
    }

    /**
     * What is swapped out: {@link MemoryFigure#SWAP}.
     *
     * @return the figure, or why it is not there
     */
    public Reading<Bytes> swap() {
        return bytes(MemoryFigure.SWAP);
    }

    /**
     * The floor: what no reclaim can free without swap: {@link MemoryFigure#UNRECLAIMABLE}.
     *
     * @return the figure, or why it is not there
     */
    public Reading<Bytes> unreclaimable() {
        return bytes(MemoryFigure.UNRECLAIMABLE);
    }

    /**
     * What reclaim can free at once: {@link MemoryFigure#RECLAIMABLE}.
     *
     * @return the figure, or why it is not there
     */
    public Reading<Bytes> reclaimable() {
        return bytes(MemoryFigure.RECLAIMABLE);
    }

    /**
     * What the usage counts and the parts do not; may be negative: {@link MemoryFigure#UNEXPLAINED}.
     *
     * @return the figure, or why it is not there
     */
    public Reading<Bytes> unexplained() {
        return bytes(MemoryFigure.UNEXPLAINED);
    }

    /**
     * Page faults: {@link MemoryFigure#PAGE_FAULTS}.
     *
     * @return the count, or why it is not there
     */
    public Reading<Long> pageFaults() {
        return value(MemoryFigure.PAGE_FAULTS);
    }

    /**
     * Page faults that had to wait for a disk: {@link MemoryFigure#MAJOR_PAGE_FAULTS}.
     *
     * @return the count, or why it is not there
     */
    public Reading<Long> majorPageFaults() {
        return value(MemoryFigure.MAJOR_PAGE_FAULTS);
    }

    /**
     * Times that the usage reached the hard limit: {@link MemoryFigure#LIMIT_HITS}.
     *
     * @return the count, or why it is not there
     */
    public Reading<Long> limitHits() {
        return value(MemoryFigure.LIMIT_HITS);
    }

    /**
     * Times that processes were throttled at the throttle line: {@link MemoryFigure#THROTTLES}.
     *
     * @return the count, or why it is not there
     */
    public Reading<Long> throttles() {
        return value(MemoryFigure.THROTTLES);
    }

    /**
     * Kills by the OOM killer: {@link MemoryFigure#OOM_KILLS}.
     *
     * @return the count, or why it is not there
     */
    public Reading<Long> oomKills() {
        return value(MemoryFigure.OOM_KILLS);
    }

    /**
     * Kills by the OOM killer in the group itself: {@link MemoryFigure#OOM_KILLS_LOCAL}.
     *
     * @return the count, or why it is not there
     */
    public Reading<Long> oomKillsLocal() {
        return value(MemoryFigure.OOM_KILLS_LOCAL);
    }

    /**
     * Processes that the OOM killer ended: {@link MemoryFigure#KILLED_PROCESSES}.
     *
     * @return the count, or why it is not there
     */
    public Reading<Long> killedProcesses() {
        return value(MemoryFigure.KILLED_PROCESSES);
    }

    /**
     * The working set where it is told, else the usage, which it never exceeds.
     *
     * @return the bound, or why there is none
     */
    public Reading<Bytes> workingSetAtMost() {
        return workingSet().isPresent() ? workingSet() : usage();
    }

    /**
     * The group and the groups above it that can be seen, each with its usage and limits.
     *
     * @return the levels, the group first; empty without a group
     */
    public List<MemoryLevel> levels() {
        return levels;
    }

    /**
     * The limit that binds: the lowest of the group's own, those of its ancestors, seen or hidden, and the machine's memory.
     *
     * @return the limit with who sets it; never {@link Limit.Unbounded}
     */
    public Limit limit() {
        return bounds.limit();
    }

    /**
     * The lowest hard limit of the group and its ancestors, without the machine.
     *
     * @return the limit with who sets it
     */
    public Limit cgroupLimit() {
        return bounds.cgroup();
    }

    /**
     * The hard limit of the group itself.
     *
     * @return the limit
     */
    public Limit ownLimit() {
        return bounds.own();
    }

    /**
     * The lowest throttle line ({@code memory.high}) of the group and its ancestors: above it processes are made to reclaim
     * and sleep. v1 has none.
     *
     * @return the limit with who sets it
     */
    public Limit throttle() {
        return bounds.throttle();
    }

    /**
     * What stops the container first: the lower of {@link #limit()} and {@link #throttle()}.
     *
     * @return the limit with who sets it
     */
    public Limit firstLimit() {
        return Limits.lower(bounds.limit(), bounds.throttle());
    }

    /**
     * The throttle line of the group itself.
     *
     * @return the limit
     */
    public Limit ownHigh() {
        return bounds.high();
    }

    /**
     * What reclaim never takes from the group ({@code memory.min}).
     *
     * @return the protection: {@link Limit.Unbounded} protects everything, v1 has none and says 0
     */
    public Limit min() {
        return bounds.min();
    }

    /**
     * What reclaim takes only when nothing else is left ({@code memory.low}).
     *
     * @return the protection: {@link Limit.Unbounded} protects everything, v1 has none and says 0
     */
    public Limit low() {
        return bounds.low();
    }

    /**
     * The limit of swap: in v2 of swap alone ({@code memory.swap.max}), in v1 of memory and swap together
     * ({@code memory.memsw.limit_in_bytes}).
     *
     * @return the limit; unknown without swap accounting
     */
    public Limit swapLimit() {
        return bounds.swap();
    }

    /**
     * The soft limit of v1, which newest kernels ignore.
     *
     * @return the limit; unbounded in v2
     */
    public Limit softLimit() {
        return bounds.soft();
    }

    /**
     * What is left before the OOM killer: the least, over all levels with a hard limit, of the limit less what is used at
     * that level, siblings included. A hidden ancestor's usage is not told; there the container's own counts.
     *
     * @return the headroom, negative if a limit was lowered below the usage; absent without a limit
     */
    public Reading<Bytes> headroom() {
        return bounds.headroom();
    }

    /**
     * What is left if the inactive page cache of every level is given up first.
     *
     * @return the headroom; absent without a limit
     */
    public Reading<Bytes> headroomWorkingSet() {
        return bounds.headroomWorkingSet();
    }

    /**
     * What would be left if nobody else used anything: {@link #limit()}, or the lowest limit that is known, less the usage.
     *
     * @return the upper bound of the headroom
     */
    public Reading<Bytes> headroomAtMost() {
        return Headroom.of(Limits.known(bounds.limit()), usage());
    }

    /**
     * What is left above the floor: {@link #limit()} less {@link #unreclaimable()}.
     *
     * @return what could be allocated before reclaim without swap can free no more
     */
    public Reading<Bytes> headroomAboveFloor() {
        return Headroom.of(bounds.limit(), unreclaimable());
    }

    /**
     * How much the tasks of the container waited for memory. In a hybrid layout the unified hierarchy tells it.
     *
     * @return the pressure, or why it is not there
     */
    public Reading<Pressure> pressure() {
        return pressure;
    }

    /**
     * How much the tasks of the machine waited for memory.
     *
     * @return the pressure, or why it is not there
     */
    public Reading<Pressure> hostPressure() {
        return hostPressure;
    }

    /**
     * The memory of the machine.
     *
     * @return {@code /proc/meminfo}, or why it is not there
     */
    public Reading<MemInfo> host() {
        return host;
    }

    /**
     * How far the usage moved while the files were read: the figures fit together to within so much.
     *
     * @return the difference of two readings of the usage, the later less the earlier
     */
    public Reading<Bytes> drift() {
        return drift;
    }

    /**
     * What a figure is, where it was read and what it was.
     *
     * @param figure the figure
     * @return one line for people
     */
    public String explain(MemoryFigure figure) {
        return figure.title() + " = " + SnapshotTable.text(figure, value(figure)) + " ("
                + figure.source(version()).orElse("not told by " + version()) + "): " + figure.definition();
    }

    /**
     * What {@code docker stats} shows for the same container, with the reason of each difference.
     *
     * @return the comparison
     */
    public ToolView compareToDocker() {
        return ToolView.docker(this);
    }

    /**
     * What cAdvisor, and with it the kubelet and Prometheus, shows for the same container.
     *
     * @return the comparison
     */
    public ToolView compareToCadvisor() {
        return ToolView.cadvisor(this);
    }

    /**
     * What the running JVM believes, by its platform MXBeans. Compares the container that was read with the JVM that runs
     * this code: of use for {@link Container#self()}.
     *
     * @return the comparison
     */
    public ToolView compareToJvm() {
        return JvmView.compare(this);
    }

    /**
     * Every figure, limit and level in aligned columns; what is absent is left out, with its reasons at the end.
     *
     * @return lines separated by LF
     */
    public String toTable() {
        return SnapshotTable.of(this);
    }

    /** One line: usage, working set, limit, headroom. */
    @Override
    public String toString() {
        return OneLine.of("usage " + usage() + ", working set " + workingSet() + ", limit " + limit() + ", headroom "
                + headroom());
    }
}
