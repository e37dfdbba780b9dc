package io.github.memfit.lab.survival;

import io.github.memfit.tuning.jvm.PaketoCalculator;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.ZipFile;

/** Counts classes as the Paketo buildpack does: all that lie in the jars, and those of the JDK. */
final class Classes {

    /** The classes in the module image of JDK 25; the buildpack counts them, used or not. */
    private static final long JDK = 27_045;

    private Classes() {}

    static long expectedByPaketo(Program program) {
        long found = JDK;
        int path = program.arguments().indexOf("-cp") + 1;
        for (String jar : program.arguments().get(path).split(File.pathSeparator)) {
            try (ZipFile zip = new ZipFile(jar)) {
                found += zip.stream()
                        .filter(entry -> entry.getName().endsWith(".class"))
                        .count();
            } catch (IOException e) {
                throw new UncheckedIOException(jar, e);
            }
        }
        return PaketoCalculator.loadedClasses(found, Optional.empty());
    }
}
