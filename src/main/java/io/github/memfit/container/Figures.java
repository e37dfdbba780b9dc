package io.github.memfit.container;

import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.cgroup.KeyedNumbers;
import io.github.memfit.cgroup.MemoryFile;
import io.github.memfit.cgroup.MemoryGroup;
import io.github.memfit.cgroup.MemoryStat;
import io.github.memfit.cgroup.StatKey;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Pressure;
import io.github.memfit.unit.Reading;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All figures of one group at one moment: those of its files, then those computed from them. */
final class Figures {

    private final CgroupVersion version;
    private final EnumMap<MemoryFigure, Reading<Long>> values = new EnumMap<>(MemoryFigure.class);

    private Figures(CgroupVersion version) {
        this.version = version;
    }

    /** No group: every figure is absent for the same reason. */
    static Map<MemoryFigure, Reading<Long>> absent(Absence why) {
        EnumMap<MemoryFigure, Reading<Long>> values = new EnumMap<>(MemoryFigure.class);
        for (MemoryFigure figure : MemoryFigure.values()) {
            values.put(figure, Reading.absent(why));
        }
        return values;
    }

    /** Reads the group; usage and statistics first, so that they are close in time. */
    static Map<MemoryFigure, Reading<Long>> read(
            MemoryGroup group, Reading<Long> usage, Reading<MemoryStat> stat, Reading<Pressure> pressure) {
        Figures figures = new Figures(group.version());
        figures.values.put(MemoryFigure.USAGE, usage);
        EnumMap<MemoryFile, Reading<KeyedNumbers>> keyed = new EnumMap<>(MemoryFile.class);
        for (MemoryFigure figure : MemoryFigure.values()) {
            if (figure != MemoryFigure.USAGE) {
                Reading<Long> value = figures.value(figure, group, stat, pressure, keyed);
                if (value != null) {
                    figures.values.put(figure, value);
                }
            }
        }
        figures.compute();
        return figures.values;
    }

    private @Nullable Reading<Long> value(
            MemoryFigure figure,
            MemoryGroup group,
            Reading<MemoryStat> stat,
            Reading<Pressure> pressure,
            EnumMap<MemoryFile, Reading<KeyedNumbers>> keyed) {
        FigureSource source = figure.sourceIn(version);
        MemoryFile file = source.file();
        if (file == null) {
            return source.isComputed()
                    ? null
                    : Reading.absent(
                            Absence.Reason.NOT_APPLICABLE,
                            group.directory().toString(),
                            "cgroup " + version + " does not tell it");
        }
        StatKey statKey = source.statKey();
        if (statKey != null) {
            return stat.flatMap(s -> source.isLocal() ? s.local(statKey) : s.total(statKey));
        }
        String key = source.key();
        if (key == null) {
            return group.amount(file);
        }
        if (file == MemoryFile.PRESSURE) {
            return pressure.flatMap(p -> key.equals("some") ? p.some() : p.full())
                    .map(stall -> stall.total().toNanos() / 1000);
        }
        Reading<KeyedNumbers> numbers = keyed.get(file);
        if (numbers == null) {
            numbers = group.keys(file);
            keyed.put(file, numbers);
        }
        return numbers.flatMap(n -> n.value(key));
    }

    /** The computed figures; one that lacks a part is absent for the reason of that part. */
    private void compute() {
        long[] numbers = new long[MemoryFigure.values().length];
        values.forEach((figure, value) -> numbers[figure.ordinal()] = value.orElse(MemoryProbe.ABSENT));
        for (MemoryFigure figure : MemoryFigure.values()) {
            if (figure.sourceIn(version).isComputed()) {
                Reading<Long> missing = Formulas.needs(figure, version).stream()
                        .map(this::get)
                        .filter(part -> !part.isPresent())
                        .findFirst()
                        .orElse(null);
                values.put(figure, missing != null ? missing : Reading.of(Formulas.compute(figure, version, numbers)));
            }
        }
    }

    private Reading<Long> get(MemoryFigure figure) {
        return values.getOrDefault(figure, Reading.absent(Absence.Reason.NOT_APPLICABLE, figure.title(), "not read"));
    }
}
