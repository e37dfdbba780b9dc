package io.github.memfit.internal;

import io.github.memfit.unit.Absence;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One kernel file that stays open and is read again and again from its beginning: a positional read of an open file costs a
 * tenth of open, read, close, and allocates nothing.
 *
 * <p>Never throws. A set interrupt flag would make {@link FileChannel} close itself, so the flag is taken down for the read
 * and put back after it. When the file's group was removed the kernel answers ENODEV for ever, also once a group of the same
 * name is there again; the file is then opened anew by its name.
 *
 * <p>Not thread-safe; confine to one thread.
 */
public final class KeptFile implements Closeable {

    private final Path path;
    private final ByteBuffer buffer;
    private @Nullable FileChannel channel;
    private @Nullable Absence absence;
    private boolean closed;
    private int opens;

    /**
     * @param path the file; not opened before the first read
     * @param buffer a direct buffer, larger than the file; may be shared with other files of the same thread
     */
    public KeptFile(Path path, ByteBuffer buffer) {
        this.path = path;
        this.buffer = buffer;
    }

    /**
     * Reads the file from its beginning.
     *
     * @param into where the bytes go, at least as long as the buffer
     * @return how many bytes, or -1 and {@link #absence()} says why
     */
    public int read(byte[] into) {
        boolean interrupted = Thread.interrupted();
        try {
            FileChannel open = channel;
            if (open != null) {
                try {
                    return read(open, into);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                } catch (IOException e) {
                    // Removed, or removed and made again: a fresh open tells.
                }
                drop();
            }
            return readAnew(into);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private int readAnew(byte[] into) {
        if (closed) {
            throw new IllegalStateException("closed: " + path);
        }
        boolean interrupted = false;
        try {
            while (true) {
                boolean opened = false;
                try {
                    FileChannel fresh = FileChannel.open(path, StandardOpenOption.READ);
                    channel = fresh;
                    opened = true;
                    opens++;
                    return read(fresh, into);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    drop();
                } catch (IOException e) {
                    drop();
                    absence = RawFile.explain(path, e, opened);
                    return -1;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private int read(FileChannel open, byte[] into) throws IOException {
        buffer.clear();
        int n = open.read(buffer, 0);
        if (n == buffer.capacity()) {
            absence = new Absence(
                    Absence.Reason.TOO_LARGE, path.toString(), "at least " + n + " bytes, more than the kernel writes");
            return -1;
        }
        if (n <= 0) {
            absence = new Absence(Absence.Reason.MALFORMED, path.toString(), "empty");
            return -1;
        }
        buffer.get(0, into, 0, n);
        return n;
    }

    /**
     * How often the file was opened: a change says that what was read may belong to another process or group that has the
     * name now.
     */
    public int opens() {
        return opens;
    }

    /** Why the last read that returned -1 gave nothing. */
    public Optional<Absence> absence() {
        return Optional.ofNullable(absence);
    }

    public Path path() {
        return path;
    }

    private void drop() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Nothing was written: there is nothing to lose.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }
}
