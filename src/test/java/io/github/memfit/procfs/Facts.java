package io.github.memfit.procfs;

import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Reading;
import java.util.Map;
import java.util.TreeMap;

/** Every figure that a tree gives, by name: what a damaged tree may lose and must not change. */
final class Facts {

    private Facts() {}

    /** The figures of a machine and one process. */
    static Map<String, Object> all(ProcFs proc, ProcessFiles files) {
        Map<String, Object> facts = new TreeMap<>();
        proc.memInfo().ifPresent(info -> memInfo(info, facts));
        proc.vmStat().ifPresent(stat -> vmStat(stat, facts));
        proc.memoryPressure().ifPresent(pressure -> pressure(pressure, facts));
        put(facts, "osrelease", proc.kernelRelease());
        put(facts, "comm", files.comm());
        put(facts, "oom_score", files.oomScore());
        put(facts, "oom_score_adj", files.oomScoreAdj());
        put(facts, "statm", files.statm());
        files.stat().ifPresent(stat -> stat(stat, facts));
        files.status().ifPresent(status -> status(status, facts));
        files.limits().ifPresent(limits -> limits(limits, facts));
        files.smapsRollup().ifPresent(smaps -> smaps("rollup", smaps, facts));
        files.smaps().ifPresent(smaps -> smaps("smaps", smaps, facts));
        return facts;
    }

    static Map<String, Object> status(ProcessStatus status) {
        Map<String, Object> facts = new TreeMap<>();
        status(status, facts);
        return facts;
    }

    static Map<String, Object> stat(ProcessStat stat) {
        Map<String, Object> facts = new TreeMap<>();
        stat(stat, facts);
        return facts;
    }

    static Map<String, Object> limits(ProcessLimits limits) {
        Map<String, Object> facts = new TreeMap<>();
        limits(limits, facts);
        return facts;
    }

    static Map<String, Object> memInfo(MemInfo info) {
        Map<String, Object> facts = new TreeMap<>();
        memInfo(info, facts);
        return facts;
    }

    static Map<String, Object> smaps(Smaps smaps) {
        Map<String, Object> facts = new TreeMap<>();
        smaps("smaps", smaps, facts);
        return facts;
    }

    private static void status(ProcessStatus status, Map<String, Object> facts) {
        put(facts, "status.Name", status.name());
        put(facts, "status.State", status.state());
        put(facts, "status.Uid", status.userId());
        put(facts, "status.NSpid", status.namespacedPids());
        for (StatusField field : StatusField.values()) {
            put(
                    facts,
                    "status." + field.key(),
                    field.unit() == ProcUnit.KIBIBYTES ? status.bytes(field) : status.count(field));
        }
    }

    private static void stat(ProcessStat stat, Map<String, Object> facts) {
        facts.put("stat.1", stat.pid());
        facts.put("stat.2", stat.comm());
        facts.put("stat.3", stat.state());
        for (int number = 4; number <= 52; number++) {
            if (stat.field(number).isPresent()) {
                facts.put("stat." + number, stat.field(number).getAsLong());
            }
        }
    }

    private static void limits(ProcessLimits limits, Map<String, Object> facts) {
        for (LimitedResource resource : LimitedResource.values()) {
            put(facts, "limits." + resource.key(), limits.of(resource));
        }
    }

    private static void memInfo(MemInfo info, Map<String, Object> facts) {
        for (MemInfoField field : MemInfoField.values()) {
            put(
                    facts,
                    "meminfo." + field.key(),
                    field.unit() == ProcUnit.KIBIBYTES ? info.bytes(field) : info.count(field));
        }
    }

    private static void vmStat(VmStat stat, Map<String, Object> facts) {
        for (VmStatField field : VmStatField.values()) {
            put(facts, "vmstat." + field.key(), stat.count(field));
        }
    }

    private static void pressure(Pressure pressure, Map<String, Object> facts) {
        put(facts, "pressure.some", pressure.some());
        put(facts, "pressure.full", pressure.full());
    }

    private static void smaps(String name, Smaps smaps, Map<String, Object> facts) {
        for (SmapsField field : SmapsField.values()) {
            put(facts, name + "." + field.key(), smaps.bytes(field));
        }
        put(facts, name + ".uss", smaps.uss());
    }

    private static void put(Map<String, Object> facts, String name, Reading<?> reading) {
        reading.ifPresent(value -> facts.put(name, value));
    }
}
