package io.github.memfit.procfs;

import io.github.memfit.internal.RawFile;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;

/**
 * {@code /proc/<pid>/smaps_rollup}, or {@code /proc/<pid>/smaps} summed over its mappings: the exact memory of a process, with
 * shared pages told apart. Immutable and thread-safe.
 *
 * <p>The kernel walks the page tables for it: 3.5 ms for 330 MiB in small pages, 10 ms per GiB. It asks for the permission to
 * trace the process.
 *
 * <p>The kernel rounds each proportional figure down to KiB: once in the rollup, once for each mapping in the sum, so that a
 * sum lies up to 1 KiB a mapping below the rollup. Source: fs/proc/task_mmu.c, Linux 6.1 and 6.12.
 *
 * @since 0.1
 */
public final class Smaps {

    private final FieldTable<SmapsField> table;
    private final int mappings;

    Smaps(FieldTable<SmapsField> table, int mappings) {
        this.table = table;
        this.mappings = mappings;
    }

    /** Reads a rollup, which is one record behind one line with the range of addresses. */
    static Reading<Smaps> parseRollup(RawFile file) {
        SmapsLines lines = new SmapsLines(file.path().toString());
        lines.addAll(file.bytes(), file.length());
        return lines.rollup();
    }

    /**
     * A figure.
     *
     * @param field the figure
     * @return the sum over all mappings
     */
    public Reading<Bytes> bytes(SmapsField field) {
        return table.bytes(field);
    }

    /**
     * How many mappings were summed here.
     *
     * @return the number; 1 for a rollup, which the kernel has summed
     */
    public int mappings() {
        return mappings;
    }

    /**
     * {@code Rss}.
     *
     * @return resident memory without hugetlb pages
     */
    public Reading<Bytes> rss() {
        return bytes(SmapsField.RSS);
    }

    /**
     * {@code Pss}: each page divided by the number of its mappers. The sum over all processes is what they take together.
     *
     * @return the proportional share
     */
    public Reading<Bytes> pss() {
        return bytes(SmapsField.PSS);
    }

    /**
     * The unique set: {@code Private_Clean} + {@code Private_Dirty}, and {@code Private_Hugetlb} where the kernel reports it
     * (since 4.4). What would be free if the process ended.
     *
     * @return the unique set
     */
    public Reading<Bytes> uss() {
        Reading<Bytes> small = bytes(SmapsField.PRIVATE_CLEAN)
                .flatMap(clean -> bytes(SmapsField.PRIVATE_DIRTY).flatMap(dirty -> sum(clean, dirty)));
        if (!table.has(SmapsField.PRIVATE_HUGETLB) && !table.isCut()) {
            return small;
        }
        return small.flatMap(pages -> bytes(SmapsField.PRIVATE_HUGETLB).flatMap(huge -> sum(pages, huge)));
    }

    private static Reading<Bytes> sum(Bytes a, Bytes b) {
        long sum = a.value() + b.value();
        return sum < 0 ? ProcText.malformed("smaps", "more than an address space holds") : Reading.of(Bytes.of(sum));
    }

    /**
     * {@code Swap}.
     *
     * @return memory in swap
     */
    public Reading<Bytes> swap() {
        return bytes(SmapsField.SWAP);
    }

    /**
     * {@code SwapPss}, since 4.3.
     *
     * @return the proportional share of swap
     */
    public Reading<Bytes> swapPss() {
        return bytes(SmapsField.SWAP_PSS);
    }

    /**
     * {@code Referenced}.
     *
     * @return memory used since the marks were last cleared
     */
    public Reading<Bytes> referenced() {
        return bytes(SmapsField.REFERENCED);
    }

    /** Resident, proportional, unique and swapped memory. */
    @Override
    public String toString() {
        return "Rss=" + text(rss()) + " Pss=" + text(pss()) + " Uss=" + text(uss()) + " Swap=" + text(swap())
                + " SwapPss=" + text(swapPss());
    }

    private static String text(Reading<Bytes> reading) {
        return reading.map(Bytes::toString).orElse("?");
    }
}
