package io.github.memfit.lab.survival;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The programs, runtimes and limits of the lab. A new program is added here; README.md says what it has to speak. */
final class Catalogue {

    /** In an order in which a run that is stopped early has seen the extremes. */
    static final List<Integer> LIMITS_MIB = List.of(256, 512, 128, 192, 1024, 384, 768);

    private static final String PACKAGE = "io.github.memfit.lab.survival.app.";
    private static final String USUAL_LOAD = "2";

    private final Path home;

    Catalogue(Path home) {
        this.home = home;
    }

    List<Program> programs() throws IOException {
        Set<String> apart = Set.of("h2", "lucene", "netty");
        List<String> web = jars("").stream()
                .filter(jar -> !apart.contains(new File(jar).getName().split("-")[0]))
                .toList();
        return List.of(
                jvm("h2", "H2Database", jars("h2"), 1),
                jvm("lucene", "LuceneIndex", jars("lucene"), 1),
                jvm("netty", "NettyEcho", jars("netty"), 1),
                // Its many threads start for 10 s of processor time, and share what comes after.
                jvm("web", "WebShop", web, 2),
                new Program("shop", Runtime.Kind.NODE, List.of(here("node/shop.js"), USUAL_LOAD)),
                new Program("page", Runtime.Kind.GUNICORN, List.of("page:application", USUAL_LOAD)),
                new Program("table", Runtime.Kind.GUNICORN, List.of("table:application", USUAL_LOAD)));
    }

    private static String here(String file) {
        return Path.of("src/lab/survival").resolve(file).toAbsolutePath().toString();
    }

    List<Runtime> runtimes() {
        List<Runtime> found = new ArrayList<>();
        jdk(found, 17, "LAB_JDK17", "/usr/lib/jvm/java-17-openjdk-amd64");
        jdk(found, 25, "LAB_JDK25", "/usr/lib/jvm/temurin-25-jdk-amd64");
        String node = System.getenv().getOrDefault("LAB_NODE", "/usr/bin/node");
        other(found, "node", Runtime.Kind.NODE, node, node);
        String gunicorn = System.getenv().getOrDefault("LAB_GUNICORN", "/usr/bin/gunicorn");
        other(found, "gunicorn", Runtime.Kind.GUNICORN, gunicorn, here("python/serve"));
        return found;
    }

    /** Its version is asked from the program where a policy needs it. */
    private static void other(List<Runtime> found, String name, Runtime.Kind kind, String needed, String command) {
        if (Files.isExecutable(Path.of(needed))) {
            found.add(new Runtime(name, kind, 0, command));
        } else {
            System.out.println("skip " + name + ": no " + needed);
        }
    }

    private static void jdk(List<Runtime> found, int version, String variable, String usual) {
        Path java = Path.of(System.getenv().getOrDefault(variable, usual)).resolve("bin/java");
        if (Files.isExecutable(java)) {
            found.add(new Runtime("jdk" + version, Runtime.Kind.JVM, version, java.toString()));
        } else {
            System.out.println("skip jdk" + version + ": no " + java + " (set " + variable + ')');
        }
    }

    private Program jvm(String name, String main, List<String> jars, int workFactor) {
        String path = Stream.concat(Stream.of(home.resolve("programs.jar").toString()), jars.stream())
                .collect(Collectors.joining(File.pathSeparator));
        return new Program(name, Runtime.Kind.JVM, List.of("-cp", path, PACKAGE + main, USUAL_LOAD), workFactor);
    }

    private List<String> jars(String prefix) throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(prefix))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }
}
