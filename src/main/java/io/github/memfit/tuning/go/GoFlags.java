package io.github.memfit.tuning.go;

import io.github.memfit.tuning.EnvironmentVariable;
import java.util.List;

/**
 * The settings of a Go program.
 *
 * <p>Immutable and thread-safe.
 *
 * @param memoryLimit {@code GOMEMLIMIT}
 * @param gogc {@code GOGC}: how many percent of the live heap may become garbage before a collection; 100 is Go's own default
 * @since 0.1
 */
public record GoFlags(GoMemoryLimit memoryLimit, int gogc) {

    /**
     * Checks the numbers.
     *
     * @param memoryLimit {@code GOMEMLIMIT}
     * @param gogc {@code GOGC}
     * @throws IllegalArgumentException if {@code gogc} is not positive
     */
    public GoFlags {
        if (gogc < 1) {
            throw new IllegalArgumentException("GOGC is positive here, got " + gogc);
        }
    }

    /**
     * The variables to set; {@code GOGC} only where it is not Go's default.
     *
     * @return the variables, unmodifiable
     */
    public List<EnvironmentVariable> environment() {
        EnvironmentVariable limit = EnvironmentVariable.of("GOMEMLIMIT", memoryLimit.toString());
        return gogc == 100 ? List.of(limit) : List.of(limit, EnvironmentVariable.of("GOGC", Integer.toString(gogc)));
    }
}
