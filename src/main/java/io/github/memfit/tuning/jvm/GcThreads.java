package io.github.memfit.tuning.jvm;

import io.github.memfit.tuning.jvm.Ergonomics.Choice;

/** How many threads collectors start. */
final class GcThreads {

    private GcThreads() {}

    static void choose(int processors, JvmOptions options, Choice choice) {
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
    }

    private static int count(JvmOptions options, String flag, int otherwise) {
        long set = options.number(flag).orElse(0);
        return set > 0 ? (int) Math.min(set, Integer.MAX_VALUE) : otherwise;
    }

    private static int eightPlusFiveEighths(int processors) {
        return processors <= 8 ? processors : 8 + (processors - 8) * 5 / 8;
    }
}
