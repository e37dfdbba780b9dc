package io.github.memfit.tuning.dotnet;

import io.github.memfit.tuning.EnvironmentVariable;
import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The settings of a .NET program. The trap they avoid: numbers in the <em>environment</em> are hexadecimal, numbers in {@code
 * runtimeconfig.json} decimal; {@code DOTNET_GCHeapHardLimitPercent=75} means 117 and is thrown away.
 *
 * <p>Immutable and thread-safe.
 *
 * @param heapLimit the most that the garbage collector commits
 * @param serverCollector true for a heap per CPU
 * @param conserveMemory 0 to 9: how hard the collector works against holes
 * @param major the first number of the .NET version
 * @since 0.1
 */
public record DotNetFlags(Bytes heapLimit, boolean serverCollector, int conserveMemory, int major) {

    /**
     * Checks the numbers.
     *
     * @param heapLimit the most that the garbage collector commits
     * @param serverCollector true for a heap per CPU
     * @param conserveMemory 0 to 9
     * @param major the first number of the .NET version, 3 or more
     * @throws IllegalArgumentException if a number is out of its range
     */
    public DotNetFlags {
        Objects.requireNonNull(heapLimit, "heapLimit");
        if (heapLimit.isNegative() || heapLimit.isZero() || conserveMemory < 0 || conserveMemory > 9 || major < 3) {
            throw new IllegalArgumentException(
                    "a heap limit is positive, GCConserveMemory 0 to 9, .NET 3 and later; got " + heapLimit + ", "
                            + conserveMemory + ", " + major);
        }
    }

    /**
     * The variables to set, in hexadecimal; {@code DOTNET_} from .NET 6 on, {@code COMPlus_} before.
     *
     * @return the variables, unmodifiable
     */
    public List<EnvironmentVariable> environment() {
        String prefix = major >= 6 ? "DOTNET_" : "COMPlus_";
        List<EnvironmentVariable> variables = new ArrayList<>();
        variables.add(EnvironmentVariable.of(prefix + "GCHeapHardLimit", hexadecimal(heapLimit.value())));
        variables.add(EnvironmentVariable.of(prefix + "gcServer", serverCollector ? "1" : "0"));
        if (conserveMemory > 0) {
            variables.add(EnvironmentVariable.of(prefix + "GCConserveMemory", hexadecimal(conserveMemory)));
        }
        return List.copyOf(variables);
    }

    /**
     * The same as {@code runtimeconfig.template.json}, in decimal.
     *
     * @return a JSON object, lines end with {@code \n}
     */
    public String toRuntimeConfig() {
        return "{\n  \"configProperties\": {\n    \"System.GC.HeapHardLimit\": " + heapLimit.value()
                + ",\n    \"System.GC.Server\": " + serverCollector
                + ",\n    \"System.GC.ConserveMemory\": " + conserveMemory + "\n  }\n}\n";
    }

    private static String hexadecimal(long value) {
        return Long.toHexString(value).toUpperCase(Locale.ROOT);
    }
}
