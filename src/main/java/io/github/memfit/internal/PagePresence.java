package io.github.memfit.internal;

import io.github.memfit.unit.Absence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Counts pages that are there in {@code /proc/<pid>/pagemap}: one number of 64 bits for each page of the address space, in the byte
 * order of the machine, whose highest bit says so. Never throws, and is not disturbed by a set interrupt flag.
 *
 * <p>Source: Documentation/admin-guide/mm/pagemap.rst, Linux 6.12. Since 4.2 the frame numbers are hidden from most, the
 * highest bit is not.
 */
public final class PagePresence {

    private static final int CHUNK = 64 * 1024;

    private PagePresence() {}

    /**
     * What was counted.
     *
     * @param read pages that the kernel told of; fewer than asked for at the end of the address space, or of a damaged file
     * @param present those of them that are resident
     * @param absence why nothing could be read
     */
    public record Outcome(long read, long present, Optional<Absence> absence) {}

    /** Counts {@code pages} pages from number {@code first} on. */
    public static Outcome count(Path pagemap, long first, long pages) {
        boolean interrupted = Thread.interrupted();
        boolean opened = false;
        try (FileChannel channel = FileChannel.open(pagemap, StandardOpenOption.READ)) {
            opened = true;
            return count(channel, first, pages);
        } catch (IOException e) {
            return new Outcome(0, 0, Optional.of(RawFile.explain(pagemap, e, opened)));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Outcome count(FileChannel channel, long first, long pages) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.nativeOrder());
        long read = 0;
        long present = 0;
        while (read < pages) {
            chunk.clear().limit((int) Math.min(CHUNK, (pages - read) * Long.BYTES));
            channel.read(chunk, Math.multiplyExact(first + read, Long.BYTES));
            chunk.flip();
            long whole = chunk.remaining() / Long.BYTES;
            if (whole == 0) {
                break;
            }
            for (long i = 0; i < whole; i++) {
                present += chunk.getLong() < 0 ? 1 : 0;
            }
            read += whole;
        }
        return new Outcome(read, present, Optional.empty());
    }
}
