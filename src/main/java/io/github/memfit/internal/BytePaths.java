package io.github.memfit.internal;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Paths from the kernel's bytes. Names in cgroup and procfs are any bytes but NUL and slash; a {@link Path} made from a
 * string loses what the encoding of the process cannot say (all of UTF-8 under the POSIX locale, stray bytes under UTF-8).
 * The file URI says every byte.
 */
public final class BytePaths {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private BytePaths() {}

    /**
     * A path below a base.
     *
     * @param base the base
     * @param below names separated by slashes, one {@code char} for each byte (ISO-8859-1); slashes at its ends are ignored
     * @return the path; the base itself if {@code below} is empty
     */
    public static Path resolve(Path base, String below) {
        int from = 0;
        int to = below.length();
        while (from < to && below.charAt(from) == '/') {
            from++;
        }
        while (to > from && below.charAt(to - 1) == '/') {
            to--;
        }
        if (from == to) {
            return base;
        }
        if (isPlain(below, from, to)) {
            return base.resolve(below.substring(from, to));
        }
        StringBuilder uri = new StringBuilder(base.toAbsolutePath().toUri().getRawPath());
        if (uri.charAt(uri.length() - 1) != '/') {
            uri.append('/');
        }
        for (int i = from; i < to; i++) {
            char c = below.charAt(i);
            if (isPlain(c)) {
                uri.append(c);
            } else {
                uri.append('%').append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
            }
        }
        return Path.of(URI.create("file://" + uri));
    }

    /** The bytes of a path, one {@code char} for each (ISO-8859-1). */
    public static String bytes(Path path) {
        String raw = path.toAbsolutePath().toUri().getRawPath();
        StringBuilder out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                out.append((char) Integer.parseInt(raw.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                out.append(c);
            }
        }
        int end = out.length();
        return end > 1 && out.charAt(end - 1) == '/' ? out.substring(0, end - 1) : out.toString();
    }

    /**
     * Bytes of a path for people: UTF-8 where it is UTF-8, {@code \xNN} for the bytes above 127 if it is not.
     *
     * @param bytes one {@code char} for each byte (ISO-8859-1)
     */
    public static String text(String bytes) {
        boolean ascii = true;
        for (int i = 0; i < bytes.length() && ascii; i++) {
            ascii = bytes.charAt(i) < 0x80;
        }
        if (ascii) {
            return bytes;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < bytes.length(); i++) {
                char c = bytes.charAt(i);
                if (c < 0x80) {
                    out.append(c);
                } else {
                    out.append("\\x").append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
                }
            }
            return out.toString();
        }
    }

    private static boolean isPlain(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "/-_.~".indexOf(c) >= 0;
    }
}
