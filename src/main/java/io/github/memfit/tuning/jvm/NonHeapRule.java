package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;

/**
 * What a JVM needs outside the heap when only its number of loaded classes is known. Fitted to profiles of Spring Boot, H2
 * and Lucene on JDK 17.0.15 and 25.0.3: -1 to +30 % of the measured peak, more for tiny programs.
 *
 * @param base the anonymous memory of a JVM that loads next to nothing, up to 20 threads and one C2 thread included
 * @param perClass bytes for each loaded class: metaspace, compiled code, symbols, compiler arenas, malloc retention
 */
record NonHeapRule(Bytes base, Bytes perClass) {

    /** A Java thread's stack, malloc and arena, as far as touched. */
    static final Bytes PER_THREAD = Bytes.kibi(120);

    /** One compilation by C2 at its peak. */
    static final Bytes PER_C2_THREAD = Bytes.mebi(28);

    static final int THREADS_IN_BASE = 20;

    /** The parts of {@code perClass} that can be named. */
    static final Bytes METASPACE_PER_CLASS = Bytes.of(5222);

    static final Bytes CODE_PER_CLASS = Bytes.of(2253);
    static final Bytes SYMBOLS_PER_CLASS = Bytes.kibi(1);

    private static final Bytes PER_CLASS = Bytes.of(9523);

    static NonHeapRule of(JdkVersion jdk) {
        // Between 17 and 25 nothing was measured: the larger figure is the safe one.
        return new NonHeapRule(Bytes.mebi(jdk.atLeast(18) ? 55 : 45), PER_CLASS);
    }
}
