package io.github.memfit.tuning.prefork;

import io.github.memfit.tuning.EnvironmentVariable;
import java.util.List;

/**
 * The settings of a Puma server.
 *
 * <p>Immutable and thread-safe.
 *
 * @param workers how many workers of a cluster; 0 for a single process without a master
 * @param threads how many threads each process has, both least and most
 * @since 0.1
 */
public record PumaFlags(int workers, int threads) {

    /**
     * Checks the numbers.
     *
     * @param workers how many workers of a cluster; 0 for a single process
     * @param threads how many threads each process has
     * @throws IllegalArgumentException if there are less than 0 workers or 1 thread
     */
    public PumaFlags {
        if (workers < 0 || threads < 1) {
            throw new IllegalArgumentException(
                    "Puma has 0 or more workers of 1 or more threads, got " + workers + " and " + threads);
        }
    }

    /**
     * The arguments behind {@code puma}.
     *
     * @return the words, unmodifiable
     */
    public List<String> toArguments() {
        String pool = threads + ":" + threads;
        return workers > 1
                ? List.of("--workers", Integer.toString(workers), "--threads", pool, "--preload")
                : List.of("--workers", Integer.toString(workers), "--threads", pool);
    }

    /**
     * The variables to set: the counts that Puma and Rails read, and a bound for glibc's arenas.
     *
     * @return the variables, unmodifiable
     */
    public List<EnvironmentVariable> environment() {
        return List.of(
                EnvironmentVariable.of("WEB_CONCURRENCY", Integer.toString(workers)),
                EnvironmentVariable.of("RAILS_MAX_THREADS", Integer.toString(threads)),
                EnvironmentVariable.of("MALLOC_ARENA_MAX", "2"));
    }
}
