package io.github.memfit.internal;

import io.github.memfit.unit.Absence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The lines of a kernel file that may be too long to lie in memory at once, read in pieces. Never throws. */
public final class RawLines {

    private static final int BUFFER = 64 * 1024;

    private RawLines() {}

    /** Takes lines. */
    public interface Taker {
        /** One line, given without its line feed; the bytes are overwritten afterwards. */
        void line(byte[] text, int from, int to);
    }

    /**
     * How the reading ended.
     *
     * @param absence why the file was not read to its end; the lines before were passed on
     * @param isCut true if the last line had no line feed; it was not passed on
     */
    public record Outcome(Optional<Absence> absence, boolean isCut) {}

    /** Passes on every whole line of a file of at most {@code limit} bytes. */
    public static Outcome forEach(Path path, long limit, Taker taker) {
        byte[] buffer = new byte[BUFFER];
        boolean opened = false;
        try (InputStream in = Files.newInputStream(path)) {
            opened = true;
            long total = 0;
            int length = 0;
            while (true) {
                int n = in.read(buffer, length, buffer.length - length);
                if (n < 0) {
                    return new Outcome(Optional.empty(), length > 0);
                }
                total += n;
                if (total > limit) {
                    return failed(path, Absence.Reason.TOO_LARGE, "more than " + limit + " bytes");
                }
                length = passOn(buffer, length + n, taker);
                if (length == buffer.length) {
                    return failed(path, Absence.Reason.MALFORMED, "a line of more than " + BUFFER + " bytes");
                }
            }
        } catch (IOException e) {
            return new Outcome(Optional.of(RawFile.explain(path, e, opened)), false);
        }
    }

    /** Passes on the whole lines; what is left is moved to the beginning and its length returned. */
    private static int passOn(byte[] buffer, int length, Taker taker) {
        int at = 0;
        while (true) {
            int end = Ascii.find(buffer, at, length, '\n');
            if (end == length) {
                System.arraycopy(buffer, at, buffer, 0, length - at);
                return length - at;
            }
            taker.line(buffer, at, end);
            at = end + 1;
        }
    }

    private static Outcome failed(Path path, Absence.Reason reason, String detail) {
        return new Outcome(Optional.of(new Absence(reason, path.toString(), detail)), false);
    }
}
