package io.github.memfit.lab.survival;

import java.util.List;

/**
 * One line of the results.
 *
 * @param cell program, runtime, limit in MiB, policy and the number of the attempt, in that order, with the cgroup version
 * @param end a {@link Trial.End} or {@code REFUSED}
 * @param held bytes of live data
 * @param predicted bytes, 0 if the policy predicts nothing
 * @param peak bytes, the kernel's mark
 * @param working bytes, sampled, without file pages
 * @param seconds how long
 * @param flags what was launched, or why not
 */
record Row(Cell cell, String end, long held, long predicted, long peak, long working, long seconds, String flags) {

    static final String REFUSED = "REFUSED";
    static final String HEAD =
            "cgroup\tprogram\truntime\tlimitMiB\tpolicy\tattempt\tend\theld\tpredicted\tpeak\tworking\tseconds\tflags";

    record Cell(String cgroup, String program, String runtime, int limitMiB, String policy, int attempt) {}

    static Row parse(String line) {
        List<String> f = List.of(line.split("\t", -1));
        return new Row(
                new Cell(
                        f.get(0), f.get(1), f.get(2), Integer.parseInt(f.get(3)), f.get(4), Integer.parseInt(f.get(5))),
                f.get(6),
                Long.parseLong(f.get(7)),
                Long.parseLong(f.get(8)),
                Long.parseLong(f.get(9)),
                Long.parseLong(f.get(10)),
                Long.parseLong(f.get(11)),
                f.get(12));
    }

    @Override
    public String toString() {
        return String.join(
                "\t",
                cell.cgroup,
                cell.program,
                cell.runtime,
                Integer.toString(cell.limitMiB),
                cell.policy,
                Integer.toString(cell.attempt),
                end,
                Long.toString(held),
                Long.toString(predicted),
                Long.toString(peak),
                Long.toString(working),
                Long.toString(seconds),
                flags.replaceAll("\\p{Cntrl}", " "));
    }

    boolean is(Trial.End which) {
        return end.equals(which.name());
    }

    /** Neither killed nor silent: it lived, or it said itself that there is no more memory. */
    boolean survives() {
        return is(Trial.End.SURVIVED) || is(Trial.End.CLEAN);
    }

    /**
     * The peak that a plan is about: the kernel's mark, or where file pages were charged to the group as well, the most that
     * was sampled without them, since the kernel takes those back before it kills.
     */
    long measured() {
        return peak - working > peak / 50 ? working : peak;
    }
}
