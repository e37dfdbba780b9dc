package io.github.memfit.tuning.prefork;

import io.github.memfit.unit.Bytes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What other generators answer, defects included, so that a plan can be compared with what it replaces. Recomputed from the
 * rules of the real scripts and equal to their answers in 520 of 520 cases.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class WorkerPeers {

    private static final long WHOLE_MEMORY = 128L << 20;

    private WorkerPeers() {}

    /**
     * Heroku's Python buildpack: 256 MiB a worker and at most two per core and one. It reads cgroup v1 only.
     *
     * @param memoryMebi the memory
     * @param cores the cores of the host
     * @return the workers
     */
    public static int herokuPython(long memoryMebi, int cores) {
        return (int) Math.min(Math.max(1, memoryMebi / 256), 2L * cores + 1);
    }

    /**
     * The memory that Heroku's Node buildpack thinks a process takes: 512 MiB, or 2 GiB above 16 GiB.
     *
     * @param memoryMebi the memory
     * @param webMemoryMebi {@code WEB_MEMORY} if it is set
     * @return MiB per process
     */
    public static int herokuNodeWebMemory(long memoryMebi, OptionalInt webMemoryMebi) {
        return webMemoryMebi.orElse(memoryMebi > 16_384 ? 2_048 : 512);
    }

    /**
     * Heroku's Node buildpack: memory by process; more than 200 make it answer 1.
     *
     * @param memoryMebi the memory
     * @param webMemoryMebi {@code WEB_MEMORY} if it is set
     * @return the processes
     */
    public static int herokuNode(long memoryMebi, OptionalInt webMemoryMebi) {
        long workers = memoryMebi / herokuNodeWebMemory(memoryMebi, webMemoryMebi);
        return workers < 1 || workers > 200 ? 1 : (int) workers;
    }

    /**
     * The uvicorn-gunicorn images: cores only, no memory.
     *
     * @param cores the cores of the host
     * @param workersPerCore {@code WORKERS_PER_CORE}, 1 if absent
     * @param maxWorkers {@code MAX_WORKERS} if it is set
     * @param webConcurrency {@code WEB_CONCURRENCY} if it is set, which wins over all
     * @return the workers
     */
    public static int uvicornImage(
            int cores, Optional<BigDecimal> workersPerCore, OptionalInt maxWorkers, OptionalInt webConcurrency) {
        if (webConcurrency.isPresent()) {
            return webConcurrency.getAsInt();
        }
        int byCores = workersPerCore
                .orElse(BigDecimal.ONE)
                .multiply(BigDecimal.valueOf(cores))
                .setScale(0, RoundingMode.DOWN)
                .intValueExact();
        int workers = Math.max(byCores, 2);
        return maxWorkers.isPresent() && maxWorkers.getAsInt() > 0 ? Math.min(workers, maxWorkers.getAsInt()) : workers;
    }

    /**
     * The Python images of sclorg: 40 MiB a worker after 43 MiB, at most 12.
     *
     * @param memoryMebi the memory
     * @param cores the cores
     * @return the workers
     */
    public static int s2iPython(long memoryMebi, int cores) {
        long byMemory = Math.floorDiv(memoryMebi - 43, 40L);
        return (int) Math.max(1, Math.min(Math.min(2L * cores, 12), byMemory));
    }

    /**
     * Heroku's PHP buildpack; with 128 MiB it answers 0.
     *
     * @param memory the memory
     * @param cores the cores
     * @param memoryLimit {@code memory_limit}; empty for -1, which counts as the whole memory
     * @return the children
     */
    public static int herokuPhp(Bytes memory, int cores, Optional<Bytes> memoryLimit) {
        long perRequest = memoryLimit.orElse(memory).value();
        long doublings = 0;
        for (long reached = WHOLE_MEMORY; reached < memory.value(); reached = Math.multiplyExact(reached, 2)) {
            doublings++;
        }
        long byCores = Math.multiplyExact(Math.multiplyExact(doublings, cores), 2 * WHOLE_MEMORY) / perRequest;
        return (int) Math.min(memory.value() / perRequest, byCores);
    }

    /**
     * The memory that Paketo's Node engine takes from the limit file.
     *
     * @param limitFile what the file says
     * @return MiB
     */
    public static long paketoNodeMemory(Bytes limitFile) {
        return limitFile.value() >> 20;
    }

    /**
     * Paketo's Node engine with its memory optimization: three quarters, whatever the limit and the version.
     *
     * @param limitFile what the file says; without a limit v1 says nearly 2^63
     * @return the text of {@code NODE_OPTIONS}
     */
    public static String paketoNode(Bytes limitFile) {
        return "--max_old_space_size=" + paketoNodeMemory(limitFile) * 3 / 4;
    }
}
