package io.github.memfit.internal;

import io.github.memfit.unit.Absence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One bounded read of one kernel file, opened for the occasion: the bytes, or why there are none. Never throws, is not
 * disturbed by a set interrupt flag, and never trusts the size that a file reports (kernel files report 0).
 *
 * <p>Immutable by convention: nobody writes into {@link #bytes()}.
 */
public final class RawFile {

    /** Single values: one number and a newline. */
    public static final int VALUE = 256;

    /** Files of keys and values: the kernel holds them to a page, four leave room for larger pages and newer keys. */
    public static final int KEYS = 16 * 1024;

    /** Lists with one record a mount, mapping or process. */
    public static final int LIST = 4 * 1024 * 1024;

    private static final byte[] NOTHING = {};
    private static final int FIRST_BUFFER = 4096;

    private final Path path;
    private final byte[] bytes;
    private final int length;
    private final @Nullable Absence absence;

    private RawFile(Path path, byte[] bytes, int length, @Nullable Absence absence) {
        this.path = path;
        this.bytes = bytes;
        this.length = length;
        this.absence = absence;
    }

    /** Reads at most {@code limit} bytes; a longer file is an absence, not a cut text. */
    public static RawFile read(Path path, int limit) {
        byte[] bytes = new byte[Math.min(limit, FIRST_BUFFER)];
        int length = 0;
        boolean opened = false;
        try (InputStream in = Files.newInputStream(path)) {
            opened = true;
            while (true) {
                int n = in.read(bytes, length, bytes.length - length);
                if (n < 0) {
                    return new RawFile(path, bytes, length, null);
                }
                length += n;
                if (length == bytes.length) {
                    if (length >= limit && in.read() >= 0) {
                        return failed(path, Absence.Reason.TOO_LARGE, "more than " + limit + " bytes");
                    }
                    bytes = Arrays.copyOf(bytes, (int) Math.min(limit + 1L, bytes.length * 4L));
                }
            }
        } catch (IOException e) {
            return new RawFile(path, NOTHING, 0, explain(path, e, opened));
        }
    }

    /** Reads the first {@code length} bytes; the rest of a longer file does not matter. */
    public static RawFile readPrefix(Path path, int length) {
        boolean opened = false;
        try (InputStream in = Files.newInputStream(path)) {
            opened = true;
            byte[] bytes = in.readNBytes(length);
            return new RawFile(path, bytes, bytes.length, null);
        } catch (IOException e) {
            return new RawFile(path, NOTHING, 0, explain(path, e, opened));
        }
    }

    /** Bytes that are already here, as if they had been read from {@code path}. */
    public static RawFile of(Path path, byte[] bytes) {
        return new RawFile(path, bytes, bytes.length, null);
    }

    /** A read that gave nothing, for the reason that another reader of the same file found. */
    public static RawFile failed(Absence absence, Path path) {
        return new RawFile(path, NOTHING, 0, absence);
    }

    private static RawFile failed(Path path, Absence.Reason reason, String detail) {
        return new RawFile(path, NOTHING, 0, new Absence(reason, path.toString(), detail));
    }

    /**
     * Puts a failed open or read into the domain's words. The text of an errno depends on the locale of the process, so it
     * is shown and never interpreted; what it means is decided by looking whether the file is still there.
     */
    static Absence explain(Path path, IOException e, boolean opened) {
        Absence.Reason reason;
        String detail;
        if (e instanceof NoSuchFileException) {
            reason = Absence.Reason.NO_FILE;
            detail = "no such file";
        } else if (e instanceof AccessDeniedException) {
            reason = Absence.Reason.DENIED;
            detail = "permission denied";
        } else if (opened && !Files.exists(path)) {
            reason = Absence.Reason.GONE;
            detail = "removed while it was read";
        } else if (opened) {
            reason = Absence.Reason.REFUSED;
            detail = "the kernel refuses to read it (" + e.getMessage() + ")";
        } else {
            reason = Absence.Reason.REFUSED;
            detail = "cannot be opened (" + e.getMessage() + ")";
        }
        return new Absence(reason, path.toString(), detail);
    }

    public Path path() {
        return path;
    }

    /** The buffer; only the first {@link #length()} bytes are the file. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public boolean isPresent() {
        return absence == null;
    }

    /** Why there are no bytes; empty if the file was read. */
    public Optional<Absence> absence() {
        return Optional.ofNullable(absence);
    }
}
