package io.github.memfit.tuning.jvm;

import io.github.memfit.tuning.jvm.Ergonomics.Choice;

/** How many threads collectors start. */
final class GcThreads {

    private GcThreads() {}

    static void choose(JdkVersion jdk, int processors, JvmOptions options, Choice choice) {
        refuseNone(options, choice.collector);
        int parallel = eightPlusFiveEighths(processors);
        int concurrent = 0;
        switch (choice.collector) {
            case SERIAL, PARALLEL -> {
                // Serial has none; Parallel has no concurrent ones.
            }
            case G1 -> concurrent = -1;
            case ZGC -> {
                // At most 2 % of the heap in small pages of 2 MiB may be in the workers' hands.
                int byHeap = (int) Math.max(1, Math.min((long) (choice.maxHeap * 0.02) >> 21, Integer.MAX_VALUE));
                parallel = Math.min((processors * 60 + 99) / 100, byHeap);
                concurrent = Math.min((processors + 3) / 4, byHeap);
            }
            case SHENANDOAH -> {
                parallel = Math.max(1, processors / 2);
                concurrent = Math.max(1, processors / 4);
            }
        }
        choice.parallelThreads = count(options, "ParallelGCThreads", parallel);
        int own = concurrent >= 0 ? concurrent : Math.max(1, (choice.parallelThreads + 2) / 4);
        choice.concThreads = count(options, "ConcGCThreads", own);
        if (choice.concThreads > choice.parallelThreads) {
            moreConcurrent(jdk, options, choice);
        }
    }

    private static void moreConcurrent(JdkVersion jdk, JvmOptions options, Choice choice) {
        boolean ownConcurrent = !options.has("ConcGCThreads");
        boolean ownParallel = !options.has("ParallelGCThreads");
        if (choice.collector == GarbageCollector.SHENANDOAH) {
            if (ownConcurrent) {
                choice.concThreads = choice.parallelThreads;
            } else if (ownParallel) {
                choice.parallelThreads = choice.concThreads;
            } else {
                throw new Refusal("Shenandoah expects ConcGCThreads <= ParallelGCThreads, check"
                        + " -XX:ParallelGCThreads, -XX:ConcGCThreads");
            }
        } else if (choice.collector == GarbageCollector.G1 && !jdk.atLeast(21)) {
            throw new Refusal("ConcGCThreads (" + choice.concThreads
                    + ") must be less than or equal to ParallelGCThreads (" + choice.parallelThreads + ")");
        }
    }

    /** A 0 of the user's is no "choose" where the collector cannot do without threads. */
    private static void refuseNone(JvmOptions options, GarbageCollector collector) {
        boolean noParallel = options.number("ParallelGCThreads").orElse(1) == 0;
        boolean noConcurrent = options.number("ConcGCThreads").orElse(1) == 0;
        switch (collector) {
            case G1, ZGC -> {
                if (noParallel) {
                    throw new Refusal("The flag " + collector.option() + " can not be combined with "
                            + "-XX:ParallelGCThreads=0");
                }
            }
            case PARALLEL -> {
                if (noParallel) {
                    throw new Refusal("The Parallel GC can not be combined with -XX:ParallelGCThreads=0");
                }
            }
            case SHENANDOAH -> {
                if (noParallel || noConcurrent) {
                    String flag = noParallel ? "ParallelGCThreads" : "ConcGCThreads";
                    throw new Refusal("Shenandoah expects " + flag + " > 0, check -XX:" + flag + "=#");
                }
            }
            case SERIAL -> {
                // Has none.
            }
        }
    }

    private static int count(JvmOptions options, String flag, int otherwise) {
        long set = options.number(flag).orElse(0);
        return set > 0 ? (int) Math.min(set, Integer.MAX_VALUE) : otherwise;
    }

    private static int eightPlusFiveEighths(int processors) {
        return processors <= 8 ? processors : 8 + (processors - 8) * 5 / 8;
    }
}
