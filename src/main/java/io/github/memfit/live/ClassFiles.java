package io.github.memfit.live;

import io.github.memfit.unit.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Counts the class files of an application, for {@link io.github.memfit.tuning.jvm.Jvm#classesInJars}: in jars, in jars within
 * jars (one level, as Spring Boot packs them) and in folders.
 *
 * <p>Thread-safe: no state. Reads files; entries are never unpacked to disk.
 *
 * @since 0.1
 */
public final class ClassFiles {

    private static final int DEEPEST = 32;
    private static final int MOST_ENTRIES = 2_000_000;

    private ClassFiles() {}

    /**
     * Counts class files.
     *
     * @param place a jar, or a folder with jars and classes
     * @return how many; for jars of several releases each release's file counts
     * @throws UnreadableException if a file cannot be read, is no archive, or there are more than two million entries
     */
    public static int count(Path place) {
        try (Stream<Path> files = Files.walk(place, DEEPEST)) {
            int count = 0;
            for (Iterator<Path> all = files.iterator(); all.hasNext(); ) {
                Path file = all.next();
                String name =
                        file.getFileName() == null ? "" : file.getFileName().toString();
                if (isClass(name) && Files.isRegularFile(file)) {
                    count++;
                } else if (isArchive(name) && Files.isRegularFile(file)) {
                    try (InputStream in = Files.newInputStream(file)) {
                        count = Math.addExact(count, entries(in, 1));
                    }
                }
            }
            return count;
        } catch (IOException | UncheckedIOException | IllegalArgumentException | ArithmeticException e) {
            // Unchecked: a folder that may not be entered, and a jar with a name that is no text.
            throw new UnreadableException(place.toString(), String.valueOf(e.getMessage()), e);
        }
    }

    private static int entries(InputStream in, int levels) throws IOException {
        // Not closed: an inner archive's stream is the outer one's.
        ZipInputStream zip = new ZipInputStream(in);
        int count = 0;
        int seen = 0;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (++seen > MOST_ENTRIES) {
                throw new IOException("more than " + MOST_ENTRIES + " entries");
            }
            if (isClass(entry.getName())) {
                count++;
            } else if (levels > 0 && isArchive(entry.getName())) {
                count += entries(zip, levels - 1);
            }
        }
        return count;
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class") || name.endsWith(".classdata");
    }

    private static boolean isArchive(String name) {
        return name.endsWith(".jar") || name.endsWith(".war");
    }
}
