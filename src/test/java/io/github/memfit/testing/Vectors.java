package io.github.memfit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where test data lies: vectors, fixtures and traces, each in a folder that a system property names. */
public final class Vectors {

    private Vectors() {}

    /** The folder of the vectors, system property {@code memfit.vectors}. */
    public static Path folder() {
        return folder("memfit.vectors", "src/test/resources/vectors");
    }

    /** The folder of the root trees, system property {@code memfit.fixtures}. */
    public static Path fixtures() {
        return folder("memfit.fixtures", "src/test/resources/fixtures");
    }

    /** Every {@code <family>-*.json}, sorted. One absent file is fine, a family without any file is a failure. */
    public static List<Path> files(String family) {
        try (Stream<Path> all = Files.list(folder())) {
            List<Path> found = all.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(family + "-") && name.endsWith(".json");
                    })
                    .sorted()
                    .collect(Collectors.toList());
            if (found.isEmpty()) {
                throw new AssertionError("no " + family + "-*.json in " + folder().toAbsolutePath());
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The longest of the given prefixes that the file's name starts with; a name that none fits is a failure. */
    public static String longestPrefix(Path file, Collection<String> prefixes) {
        String name = file.getFileName().toString();
        return prefixes.stream()
                .filter(name::startsWith)
                .max(Comparator.comparingInt(String::length))
                .orElseThrow(() -> new AssertionError("no handler for " + name + "; known prefixes: " + prefixes));
    }

    private static Path folder(String property, String otherwise) {
        return Path.of(System.getProperty(property, otherwise));
    }
}
