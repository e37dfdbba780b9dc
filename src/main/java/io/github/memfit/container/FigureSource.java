package io.github.memfit.container;

import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.cgroup.MemoryFile;
import io.github.memfit.cgroup.StatKey;
import org.jspecify.annotations.Nullable;

/** Where a figure is read in one version: a file, or a line of it; or that it is computed, or that there is none. */
final class FigureSource {

    static final FigureSource NONE = new FigureSource(null, null, null, "");

    private final @Nullable MemoryFile file;
    private final @Nullable StatKey statKey;
    private final @Nullable String key;
    private final String formula;

    private FigureSource(@Nullable MemoryFile file, @Nullable StatKey statKey, @Nullable String key, String formula) {
        this.file = file;
        this.statKey = statKey;
        this.key = key;
        this.formula = formula;
    }

    static FigureSource file(MemoryFile file) {
        return new FigureSource(file, null, null, "");
    }

    static FigureSource line(MemoryFile file, String key) {
        return new FigureSource(file, null, key, "");
    }

    static FigureSource stat(StatKey key, CgroupVersion version) {
        return key.name(version).isEmpty()
                ? NONE
                : new FigureSource(
                        version == CgroupVersion.V1 ? MemoryFile.V1_STAT : MemoryFile.STAT,
                        key,
                        lineName(key, version),
                        "");
    }

    static FigureSource computed(String formula) {
        return new FigureSource(null, null, null, formula);
    }

    /** The line of the subtree. */
    private static String lineName(StatKey key, CgroupVersion version) {
        return (version == CgroupVersion.V1 ? "total_" : "") + key.name(version).orElseThrow();
    }

    @Nullable
    MemoryFile file() {
        return file;
    }

    @Nullable
    StatKey statKey() {
        return statKey;
    }

    /** The name of the line; null for a file of one number. */
    @Nullable
    String key() {
        return key;
    }

    boolean isComputed() {
        return !formula.isEmpty();
    }

    /** For people: a formula, a file, or a file and a line; empty if there is none. */
    String text() {
        MemoryFile of = file;
        if (of == null) {
            return formula;
        }
        return key == null ? of.fileName() : of.fileName() + ": " + key;
    }
}
