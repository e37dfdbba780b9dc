package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;
import java.util.Objects;

/**
 * What HotSpot chooses by itself. Thread-safe: no state.
 *
 * <p>Follows {@code Arguments::set_heap_size}, {@code GCArguments}, {@code GenArguments}, {@code CompilerConfig} and the
 * collectors' arguments of JDK 17.0.15 and 25.0.3; every figure was compared with launches in a real memory control group.
 * 64-bit Linux, pages of 4 KiB, tiered server builds, no {@code RLIMIT_AS}.
 *
 * {@snippet :
 * JvmStart start = HotSpot.predict(JdkVersion.V25, Bytes.mebi(250), 2, JvmOptions.of("-XX:MaxRAMPercentage=75"));
 * ((JvmStart.Starts) start).flags().maxHeapSize(); // 188Mi; with a limit of 249Mi it would be 126Mi
 * }
 *
 * @since 0.1
 */
public final class HotSpot {

    /** Limits are charged by pages; the JVM rounds the limit down to one. */
    private static final long PAGE = 4096;

    private HotSpot() {}

    /**
     * What a launch would choose.
     *
     * @param jdk the JDK
     * @param memory the memory that the JVM sees: the container's limit (see {@link ContainerSight}) or the host's RAM;
     *     positive
     * @param cpus the processors that the JVM sees: the quota divided by the period, rounded up, at most the affinity
     * @param options all options
     * @return the flags in effect, or the refusal
     * @throws IllegalArgumentException if {@code memory} or {@code cpus} is not positive
     */
    public static JvmStart predict(JdkVersion jdk, Bytes memory, int cpus, JvmOptions options) {
        Objects.requireNonNull(jdk, "jdk");
        if (memory.value() <= 0 || cpus <= 0) {
            throw new IllegalArgumentException("memory and cpus are positive, got " + memory + " and " + cpus);
        }
        long physical = memory.value() - memory.value() % PAGE;
        return Ergonomics.choose(jdk, physical, cpus, options);
    }
}
