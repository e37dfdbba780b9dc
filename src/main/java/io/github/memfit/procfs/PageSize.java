package io.github.memfit.procfs;

import io.github.memfit.internal.RawFile;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The page size of a machine, from its proc file system: no native call and no foreign program.
 *
 * <p>First {@code AT_PAGESZ} in the auxiliary vector of the own process, which holds what {@code getpagesize} answers. A tree
 * without it tells by one process's address space, which {@code stat} has in bytes and {@code statm} in pages.
 */
final class PageSize {

    static final long LEAST = 4096;

    /** Larger than any: Hexagon goes to 1 MiB. */
    static final long MOST = 1 << 20;

    private static final long AT_PAGESZ = 6;

    private PageSize() {}

    static boolean isPossible(long bytes) {
        return bytes >= LEAST && bytes <= MOST && Long.bitCount(bytes) == 1;
    }

    static Reading<Bytes> find(Path proc) {
        Path self = proc.resolve("self");
        RawFile vector = RawFile.read(self.resolve("auxv"), RawFile.KEYS);
        long size = fromAuxiliaryVector(vector.bytes(), vector.length());
        if (size < 0) {
            size = fromAddressSpace(
                    RawFile.read(self.resolve("stat"), RawFile.KEYS),
                    RawFile.read(self.resolve("statm"), RawFile.VALUE));
        }
        return isPossible(size)
                ? Reading.of(Bytes.of(size))
                : Reading.absent(
                        Absence.Reason.NOT_REPORTED,
                        self.toString(),
                        "neither auxv nor stat and statm tell the page size; name it");
    }

    /** Pairs of words of the machine: 64 bits each, or 32 under a 32-bit JVM. */
    static long fromAuxiliaryVector(byte[] vector, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(vector, 0, length).order(ByteOrder.nativeOrder());
        for (int at = 0; at + 16 <= length; at += 16) {
            if (buffer.getLong(at) == AT_PAGESZ && isPossible(buffer.getLong(at + 8))) {
                return buffer.getLong(at + 8);
            }
        }
        for (int at = 0; at + 8 <= length; at += 8) {
            if (buffer.getInt(at) == AT_PAGESZ && isPossible(buffer.getInt(at + 4))) {
                return buffer.getInt(at + 4);
            }
        }
        return -1;
    }

    private static long fromAddressSpace(RawFile stat, RawFile statm) {
        long[] pages = new long[7];
        long bytes = ProcessStat.parse(stat).map(s -> s.size().value()).orElse(0L);
        return Statm.parse(statm.bytes(), statm.length(), pages) && pages[0] > 0 && bytes % pages[0] == 0
                ? bytes / pages[0]
                : -1;
    }
}
