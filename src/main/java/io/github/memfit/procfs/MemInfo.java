package io.github.memfit.procfs;

import io.github.memfit.internal.RawFile;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;

/**
 * {@code /proc/meminfo}: the memory of the machine. Not namespaced: a container sees its host, unless lxcfs is mounted over the
 * file. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class MemInfo {

    private final FieldTable<MemInfoField> table;

    private MemInfo(FieldTable<MemInfoField> table) {
        this.table = table;
    }

    static Reading<MemInfo> parse(RawFile file) {
        String source = file.path().toString();
        FieldTable<MemInfoField> table =
                new FieldTable<>(MemInfoField.values(), source).addAll(file.bytes(), file.length());
        for (MemInfoField field : MemInfoField.values()) {
            if (table.has(field)) {
                return Reading.of(new MemInfo(table));
            }
        }
        return ProcText.malformed(source, file.length() == 0 ? "empty" : "none of the kernel's lines");
    }

    /**
     * A size.
     *
     * @param field a figure in {@link ProcUnit#KIBIBYTES}
     * @return the size
     * @throws IllegalArgumentException if the field is not a size
     */
    public Reading<Bytes> bytes(MemInfoField field) {
        return table.bytes(field);
    }

    /**
     * A plain number.
     *
     * @param field a figure in {@link ProcUnit#COUNT}
     * @return the number
     * @throws IllegalArgumentException if the field is a size
     */
    public Reading<Long> count(MemInfoField field) {
        return table.count(field);
    }

    /**
     * {@code MemTotal}.
     *
     * @return the memory that the kernel manages
     */
    public Reading<Bytes> memTotal() {
        return bytes(MemInfoField.MEM_TOTAL);
    }

    /**
     * {@code MemFree}.
     *
     * @return memory that is not used at all
     */
    public Reading<Bytes> memFree() {
        return bytes(MemInfoField.MEM_FREE);
    }

    /**
     * {@code MemAvailable}, since 3.14: the kernel's estimate of what can be had without swapping.
     *
     * @return the estimate
     */
    public Reading<Bytes> memAvailable() {
        return bytes(MemInfoField.MEM_AVAILABLE);
    }

    /**
     * {@code SwapTotal}.
     *
     * @return the size of all swap areas
     */
    public Reading<Bytes> swapTotal() {
        return bytes(MemInfoField.SWAP_TOTAL);
    }

    /**
     * {@code SwapFree}.
     *
     * @return unused swap
     */
    public Reading<Bytes> swapFree() {
        return bytes(MemInfoField.SWAP_FREE);
    }

    /**
     * {@code Hugepagesize}; absent in kernels without hugetlb.
     *
     * @return the default size of a hugetlb page
     */
    public Reading<Bytes> hugePageSize() {
        return bytes(MemInfoField.HUGE_PAGE_SIZE);
    }

    /** Total, free and available memory, and swap. */
    @Override
    public String toString() {
        return "MemTotal=" + text(memTotal()) + " MemFree=" + text(memFree()) + " MemAvailable=" + text(memAvailable())
                + " SwapTotal=" + text(swapTotal()) + " SwapFree=" + text(swapFree());
    }

    private static String text(Reading<Bytes> reading) {
        return reading.map(Bytes::toString).orElse("?");
    }
}
