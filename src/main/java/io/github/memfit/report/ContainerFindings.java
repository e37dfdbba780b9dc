package io.github.memfit.report;

import io.github.memfit.container.Limit;
import io.github.memfit.container.LimitSource;
import io.github.memfit.container.MemorySnapshot;
import io.github.memfit.container.ToolView;
import io.github.memfit.report.ContainerFinding.Severity;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules that turn samples of a container into findings. Every rule states its threshold; all compare exact numbers. */
final class ContainerFindings {

    /** A working set above this share of the limit leaves too little for a spike: kubelet's own eviction signals are tighter. */
    private static final Ratio NEARLY_FULL = Ratio.percent(90);

    /** More unexplained memory than counter slack on any usual machine: 64 pages of 4 KiB on 256 CPUs. */
    private static final Bytes UNEXPLAINED = Bytes.mebi(64);

    private final List<ContainerFinding> found = new ArrayList<>();
    private final MemorySnapshot first;
    private final MemorySnapshot last;

    private ContainerFindings(MemorySnapshot first, MemorySnapshot last) {
        this.first = first;
        this.last = last;
    }

    static List<ContainerFinding> of(List<MemorySnapshot> samples, Optional<ToolView> jvm) {
        ContainerFindings findings = new ContainerFindings(samples.get(0), samples.get(samples.size() - 1));
        findings.place();
        findings.limits();
        findings.events();
        findings.fullness();
        findings.parts();
        jvm.ifPresent(findings::jvm);
        return List.copyOf(findings.found);
    }

    private void add(String code, Severity severity, String text) {
        found.add(new ContainerFinding(code, severity, text));
    }

    private void place() {
        switch (last.location().outcome()) {
            case OUTSIDE_NAMESPACE, NOT_VISIBLE, REMOVED ->
                add("MF101", Severity.PROBLEM, last.location().explain());
            case NO_CONTROLLER ->
                add(
                        "MF102",
                        Severity.WARNING,
                        "No memory control group: what the container uses cannot be told, and its limit is the machine's memory.");
            case PID_SCAN ->
                add(
                        "MF103",
                        Severity.NOTE,
                        "The mounts cannot tell where the group is; it was found by its processes. A JVM of the same container"
                                + " does not find it and sees the machine's memory: mount the hierarchy inside the namespace.");
            default -> {
                if (last.isGone()) {
                    add("MF104", Severity.PROBLEM, "The group was removed while it was read.");
                }
            }
        }
    }

    private void limits() {
        Limit limit = last.limit();
        if (limit instanceof Limit.Bounded bounded) {
            LimitSource.Kind kind = bounded.source().kind();
            if (kind == LimitSource.Kind.HOST) {
                add(
                        "MF201",
                        Severity.WARNING,
                        "No limit below the machine's memory: the container grows until the machine itself runs out, and then"
                                + " its neighbours may be killed for it. Set a limit.");
            } else if (kind != LimitSource.Kind.OWN) {
                add(
                        "MF202",
                        Severity.WARNING,
                        "The limit that binds is not the container's own: " + bounded
                                + ". Tools that read the leaf alone show " + last.ownLimit()
                                + "; JDKs before 24 are among them.");
            }
        }
        if (last.throttle() instanceof Limit.Bounded throttle
                && limit instanceof Limit.Bounded hard
                && throttle.bytes().isLessThan(hard.bytes())) {
            add(
                    "MF203",
                    Severity.WARNING,
                    "Processes are slowed down above " + throttle + ", before the limit of " + hard.bytes()
                            + " is reached. No JVM looks at memory.high: give flags for the lower number.");
        }
    }

    private void events() {
        long kills = last.killedProcesses().orElse(last.oomKills().orElse(0L));
        long killsNow = kills - first.killedProcesses().orElse(first.oomKills().orElse(0L));
        if (killsNow > 0) {
            add("MF301", Severity.PROBLEM, killsNow + " OOM kills while this report was made.");
        } else if (kills > 0) {
            add(
                    "MF302",
                    Severity.WARNING,
                    "The OOM killer ended " + kills + (kills == 1 ? " process" : " processes")
                            + " of this group since it was made.");
        }
        long throttled = last.throttles().orElse(0L) - first.throttles().orElse(0L);
        if (throttled > 0) {
            add(
                    "MF303",
                    Severity.PROBLEM,
                    "Throttled at memory.high " + throttled + " times while this report was made.");
        }
        long hits = last.limitHits().orElse(0L);
        if (hits > 0 && kills == 0) {
            add(
                    "MF304",
                    Severity.NOTE,
                    "The usage reached the limit " + hits + " times and reclaim freed enough: page cache fills what is"
                            + " there. It is a sign of trouble only together with pressure.");
        }
    }

    private void fullness() {
        if (last.limit() instanceof Limit.Bounded limit && last.workingSet().isPresent()) {
            Bytes workingSet = last.workingSet().value().orElseThrow();
            if (!limit.bytes().isZero() && workingSet.isMoreThan(limit.bytes().timesRoundedDown(NEARLY_FULL))) {
                add(
                        "MF401",
                        Severity.WARNING,
                        "The working set is "
                                + workingSet.ratioTo(limit.bytes()).toHuman() + " of the limit.");
            }
        }
        last.headroom().ifPresent(headroom -> {
            if (headroom.isNegative()) {
                add(
                        "MF402",
                        Severity.PROBLEM,
                        "The usage is above the limit by " + headroom.negated().toHuman() + ".");
            }
        });
        last.pressure()
                .ifPresent(pressure -> pressure.full().ifPresent(full -> {
                    if (full.avg60().compareTo(Ratio.percent(1)) >= 0) {
                        add(
                                "MF403",
                                Severity.WARNING,
                                "All tasks waited for memory at once for "
                                        + full.avg60().toHuman()
                                        + " of the last minute: the container works against its limit.");
                    }
                }));
    }

    private void parts() {
        last.unexplained().ifPresent(unexplained -> {
            if (unexplained.isMoreThan(UNEXPLAINED) && !last.levels().isEmpty()) {
                add(
                        "MF501",
                        Severity.NOTE,
                        unexplained.toHuman() + " of the usage are in no line of memory.stat: huge pages with"
                                + " memory_hugetlb_accounting, or a part that this library does not know.");
            }
        });
        last.swap().ifPresent(swap -> {
            if (!swap.isZero()) {
                add(
                        "MF502",
                        Severity.NOTE,
                        swap.toHuman() + " are swapped out: the resident figures understate what the processes hold.");
            }
        });
        last.shmem()
                .ifPresent(shmem -> last.usage().ifPresent(usage -> {
                    if (!usage.isZero() && shmem.isMoreThan(usage.dividedByRoundedDown(4))) {
                        add(
                                "MF503",
                                Severity.NOTE,
                                shmem.toHuman()
                                        + " are tmpfs or shared memory: counted as cache, freed by no reclaim without"
                                        + " swap.");
                    }
                }));
    }

    private void jvm(ToolView view) {
        for (ToolView.Row row : view.rows()) {
            if (row.what().equals("TotalMemorySize") && row.differs()) {
                add(
                        "MF601",
                        Severity.PROBLEM,
                        "This JVM believes in "
                                + row.theirs().map(Bytes::toHuman).orElse("-")
                                + " of memory, the limit is "
                                + row.ours().map(Bytes::toHuman).orElse("-") + ": " + row.reason()
                                + ".");
            }
            if (row.what().equals("heap maximum") && row.differs()) {
                Bytes heap = row.theirs().value().orElseThrow();
                Bytes limit = row.ours().value().orElseThrow();
                if (heap.isMoreThan(limit)) {
                    add(
                            "MF602",
                            Severity.PROBLEM,
                            "The heap may grow to " + heap.toHuman() + ", more than the limit of " + limit.toHuman()
                                    + ": the kernel will kill this JVM before it throws OutOfMemoryError.");
                }
            }
        }
    }
}
