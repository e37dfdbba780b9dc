package io.github.memfit.container;

import io.github.memfit.cgroup.CgroupLimit;
import io.github.memfit.cgroup.CgroupLocation;
import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.cgroup.FileAccess;
import io.github.memfit.cgroup.MemoryFile;
import io.github.memfit.cgroup.MemoryGroup;
import io.github.memfit.cgroup.MemoryStat;
import io.github.memfit.cgroup.StatKey;
import io.github.memfit.procfs.MemInfo;
import io.github.memfit.procfs.ProcFs;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Reading;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes snapshots of one group through one kind of file access. As thread-safe as its access. */
final class SnapshotReader {

    private final CgroupLocation location;
    private final ProcFs proc;
    private final List<MemoryGroup> chain = new ArrayList<>();
    private final List<Boolean> accounted = new ArrayList<>();
    private final List<Boolean> unlimitable = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final int accounting;
    private final Optional<MemoryGroup> pressureGroup;

    SnapshotReader(CgroupLocation location, ProcFs proc, FileAccess access) {
        this.location = location;
        this.proc = proc;
        Optional<CgroupVersion> version = location.version();
        int first = -1;
        if (version.isPresent()) {
            for (Path directory : location.chain()) {
                MemoryGroup group = MemoryGroup.at(directory, version.orElseThrow(), access);
                // A group that was removed keeps its place: those above it are not this container.
                boolean isAccounted = group.isAccounted() || !group.exists();
                first = first < 0 && isAccounted ? chain.size() : first;
                chain.add(group);
                accounted.add(isAccounted);
                unlimitable.add(group.isUnlimitable());
                names.add(location.shown(directory));
            }
        }
        this.accounting = first < 0 ? 0 : first;
        this.pressureGroup = version.orElse(CgroupVersion.V2) == CgroupVersion.V2
                ? chain.stream().findFirst()
                : location.unifiedDirectory().map(dir -> MemoryGroup.at(dir, CgroupVersion.V2, access));
    }

    /** The same groups as another reader found, read in another way: also if they are gone by now. */
    SnapshotReader(SnapshotReader other, FileAccess access) {
        this.location = other.location;
        this.proc = other.proc;
        for (MemoryGroup group : other.chain) {
            chain.add(MemoryGroup.at(group.directory(), group.version(), access));
        }
        accounted.addAll(other.accounted);
        unlimitable.addAll(other.unlimitable);
        names.addAll(other.names);
        this.accounting = other.accounting;
        this.pressureGroup =
                other.pressureGroup.map(group -> MemoryGroup.at(group.directory(), group.version(), access));
    }

    /** The nearest group that memory is accounted in; the group itself if there is none. */
    Optional<MemoryGroup> accountingGroup() {
        return chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(accounting));
    }

    /** The group whose pressure file tells of this container. */
    Optional<MemoryGroup> pressureGroup() {
        return pressureGroup;
    }

    MemorySnapshot read() {
        Instant now = Instant.now();
        Reading<Pressure> pressure = pressureGroup
                .map(MemoryGroup::pressure)
                .orElseGet(() -> Reading.absent(
                        Absence.Reason.NOT_APPLICABLE,
                        "memory.pressure",
                        "v1 has no pressure; no unified group is visible"));
        if (chain.isEmpty()) {
            return withoutGroup(now, pressure);
        }
        MemoryGroup group = chain.get(accounting);
        Reading<Long> usage = group.amount(usageFile(group));
        Reading<MemoryStat> stat = group.stat();
        Map<MemoryFigure, Reading<Long>> figures = Figures.read(group, usage, stat, pressure);
        Reading<CgroupLimit> hierarchical = group.version() == CgroupVersion.V1
                ? stat.flatMap(s -> s.limit(StatKey.HIERARCHICAL_MEMORY_LIMIT))
                : Reading.absent(
                        Absence.Reason.NOT_APPLICABLE, names.get(accounting), "v2 tells no limit above the mount");
        List<MemoryLevel> levels = levels(usage, stat, hierarchical);
        Reading<Long> after = group.amount(usageFile(group));
        Reading<MemInfo> host = proc.memInfo();
        return new MemorySnapshot(
                now,
                location,
                figures,
                levels,
                bounds(levels, hierarchical, host.flatMap(MemInfo::memTotal)),
                pressure,
                proc.memoryPressure(),
                host,
                usage.flatMap(first -> after.map(second -> Bytes.of(second - first))));
    }

    private MemorySnapshot withoutGroup(Instant now, Reading<Pressure> pressure) {
        boolean removed = location.outcome() == CgroupLocation.Outcome.REMOVED;
        Absence why = new Absence(
                removed ? Absence.Reason.GONE : Absence.Reason.NOT_APPLICABLE,
                location.path().orElse("/proc/self/cgroup"),
                location.explain());
        Reading<MemInfo> host = proc.memInfo();
        Reading<Bytes> memTotal = host.flatMap(MemInfo::memTotal);
        return new MemorySnapshot(
                now,
                location,
                Figures.absent(why),
                List.of(),
                location.outcome() == CgroupLocation.Outcome.NO_CONTROLLER
                        ? Bounds.none(why, memTotal)
                        : Bounds.unknown(why, memTotal),
                pressure,
                proc.memoryPressure(),
                host,
                Reading.absent(why));
    }

    private static MemoryFile usageFile(MemoryGroup group) {
        return group.version() == CgroupVersion.V1 ? MemoryFile.V1_USAGE : MemoryFile.CURRENT;
    }

    private List<MemoryLevel> levels(
            Reading<Long> ownUsage, Reading<MemoryStat> ownStat, Reading<CgroupLimit> hierarchical) {
        List<MemoryLevel> levels = new ArrayList<>();
        boolean binds = true;
        for (int i = 0; i < chain.size(); i++) {
            MemoryGroup group = chain.get(i);
            if (!accounted.get(i)) {
                Reading<Bytes> none = Reading.absent(
                        Absence.Reason.NOT_APPLICABLE, names.get(i), "memory is not accounted in this group");
                levels.add(new MemoryLevel(names.get(i), none, none, Limit.UNBOUNDED, Limit.UNBOUNDED, binds));
                continue;
            }
            boolean own = i == accounting;
            Reading<Long> usage = own ? ownUsage : group.amount(usageFile(group));
            Reading<Long> inactive = (own ? ownStat : group.stat()).flatMap(s -> s.total(StatKey.INACTIVE_FILE));
            Limit hard = hardLimit(group, i);
            binds = binds && (i <= accounting || binds(group, hard, hierarchical));
            levels.add(new MemoryLevel(
                    names.get(i),
                    usage.map(Bytes::of),
                    usage.flatMap(used -> inactive.map(file -> Bytes.of(Formulas.difference(used, file)))),
                    hard,
                    group.version() == CgroupVersion.V1 || unlimitable.get(i)
                            ? Limit.UNBOUNDED
                            : limit(group, i, MemoryFile.HIGH, true),
                    binds));
        }
        return levels;
    }

    /**
     * Does the limit of a parent bind those below? In v1 before 5.11 not without {@code use_hierarchy}; where that cannot be
     * read, the kernel's own minimum tells: a limit below it is not part of it.
     */
    private static boolean binds(MemoryGroup parent, Limit hard, Reading<CgroupLimit> hierarchical) {
        if (parent.version() == CgroupVersion.V2) {
            return true;
        }
        Reading<Long> flag = parent.amount(MemoryFile.V1_USE_HIERARCHY);
        if (flag.isPresent()) {
            return flag.orElse(1L) != 0;
        }
        Optional<Bytes> least = hierarchical.value().flatMap(CgroupLimit::amount);
        boolean isLower = hard instanceof Limit.Bounded bounded
                && hierarchical.isPresent()
                && (least.isEmpty() || bounded.bytes().isLessThan(least.orElseThrow()));
        return !isLower;
    }

    private Limit hardLimit(MemoryGroup group, int level) {
        if (group.version() == CgroupVersion.V1) {
            return limit(group, level, MemoryFile.V1_LIMIT, false);
        }
        return unlimitable.get(level) ? Limit.UNBOUNDED : limit(group, level, MemoryFile.MAX, false);
    }

    private Limit limit(MemoryGroup group, int level, MemoryFile file, boolean high) {
        LimitSource.Kind kind = level <= accounting
                ? high ? LimitSource.Kind.OWN_HIGH : LimitSource.Kind.OWN
                : high ? LimitSource.Kind.ANCESTOR_HIGH : LimitSource.Kind.ANCESTOR;
        return Limits.of(group.limit(file), new LimitSource(kind, names.get(level), file.fileName()));
    }

    private Bounds bounds(List<MemoryLevel> levels, Reading<CgroupLimit> hierarchical, Reading<Bytes> memTotal) {
        MemoryGroup group = chain.get(accounting);
        MemoryLevel own = levels.get(accounting);
        boolean v1 = group.version() == CgroupVersion.V1;
        if (!accounted.contains(true)) {
            return Bounds.unknown(
                    new Absence(
                            Absence.Reason.NOT_APPLICABLE,
                            names.get(accounting),
                            "memory is not accounted in any group that can be seen"),
                    memTotal);
        }
        Limit cgroup = Limits.lowest(levels, MemoryLevel::hardLimit);
        if (v1) {
            cgroup = Limits.lower(cgroup, Limits.hidden(hierarchical, names.get(accounting)));
        }
        boolean unprotected = v1 || unlimitable.get(accounting);
        return new Bounds(
                own.hardLimit(),
                cgroup,
                Limits.lower(cgroup, Limits.host(memTotal)),
                own.high(),
                Limits.lowest(levels, MemoryLevel::high),
                unprotected ? Bounds.NO_PROTECTION : limit(group, accounting, MemoryFile.MIN, false),
                unprotected ? Bounds.NO_PROTECTION : limit(group, accounting, MemoryFile.LOW, false),
                limit(group, accounting, v1 ? MemoryFile.V1_MEMSW_LIMIT : MemoryFile.SWAP_MAX, false),
                v1 ? limit(group, accounting, MemoryFile.V1_SOFT_LIMIT, false) : Limit.UNBOUNDED,
                Headroom.least(cgroup, own.usage(), levels, MemoryLevel::usage),
                Headroom.least(cgroup, own.workingSet(), levels, MemoryLevel::workingSet));
    }
}
