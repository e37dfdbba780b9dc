package io.github.memfit.tuning.jvm;

/**
 * A garbage collector of HotSpot. Immutable and thread-safe.
 *
 * @since 0.1
 */
public enum GarbageCollector {
    /** One thread, the least native memory: 1/300 of the heap. */
    SERIAL("Serial"),
    /** Stop-the-world with many threads. */
    PARALLEL("Parallel"),
    /** The default from 2 CPUs and 1792 MiB on. */
    G1("G1"),
    /** Concurrent, never with compressed oops; its heap is shared memory to the kernel. */
    ZGC("Z"),
    /** Concurrent, not in every vendor's build. */
    SHENANDOAH("Shenandoah");

    private final String name;

    GarbageCollector(String name) {
        this.name = name;
    }

    /**
     * The flag that selects it, as a boolean VM flag without the {@code -XX:+}.
     *
     * @return for example {@code UseG1GC}
     */
    public String flag() {
        return "Use" + name + "GC";
    }

    /**
     * The command line option that selects it.
     *
     * @return for example {@code -XX:+UseG1GC}
     */
    public String option() {
        return "-XX:+" + flag();
    }

    /** HotSpot's word for it: {@code Serial}, {@code Parallel}, {@code G1}, {@code Z}, {@code Shenandoah}. */
    @Override
    public String toString() {
        return name;
    }
}
