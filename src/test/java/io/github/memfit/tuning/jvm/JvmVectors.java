package io.github.memfit.tuning.jvm;

import io.github.memfit.testing.Json;
import io.github.memfit.testing.Vectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every {@code jvm-*.json} belongs to exactly one of the three vector tests; an unknown file fails all of them. */
final class JvmVectors {

    private static final Map<String, String> OWNERS = Map.of(
            "jvm-ergonomics", "ergonomics",
            "jvm-paketo", "plan",
            "jvm-gc-overhead", "plan",
            "jvm-app-comparison", "plan",
            "jvm-nmt", "nmt");

    private JvmVectors() {}

    /** The files of one owner; none is fine as long as the family has some. */
    static List<Path> files(String owner) {
        return Vectors.files("jvm").stream()
                .filter(file -> OWNERS.get(prefix(file)).equals(owner))
                .collect(Collectors.toList());
    }

    static String prefix(Path file) {
        return Vectors.longestPrefix(file, OWNERS.keySet());
    }

    static Map<Path, Json> read(String owner) {
        return files(owner).stream().collect(Collectors.toMap(file -> file, Json::read));
    }

    static JvmOptions options(Json arguments) {
        return JvmOptions.parse(new ArrayList<>(arguments.strings()));
    }
}
