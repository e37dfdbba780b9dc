package io.github.memfit.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.testing.Vectors;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * One file of a tree is damaged: figures may go missing, with a reason, and none may change. A tree of every population
 * (kernel and kind) is damaged in each way.
 */
class ProcfsFaultTest {

    private static final List<String> FILES = List.of(
            "meminfo",
            "vmstat",
            "pressure/memory",
            "sys/kernel/osrelease",
            "P/status",
            "P/stat",
            "P/statm",
            "P/comm",
            "P/oom_score",
            "P/oom_score_adj",
            "P/limits",
            "P/smaps_rollup",
            "P/smaps");

    private static final int LARGER_THAN_ANY_LIMIT = 8 * 1024 * 1024;

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> damage() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path tree : trees()) {
            int pid = ProcFs.at(tree).pids().orElse(List.of()).get(0);
            for (String name : FILES) {
                String file = name.replace("P/", pid + "/");
                if (Files.exists(tree.resolve("proc").resolve(file))) {
                    for (Fault fault : Fault.values()) {
                        tests.add(DynamicTest.dynamicTest(
                                tree.getFileName() + " " + name + " " + fault, () -> check(tree, pid, file, fault)));
                    }
                }
            }
        }
        assertTrue(tests.size() > 200, tests.size() + " cases");
        return tests.stream();
    }

    /** The first tree with processes of each population that has smaps, or else any. */
    private static List<Path> trees() throws IOException {
        try (Stream<Path> all = Files.list(Vectors.fixtures())) {
            List<Path> sorted = all.filter(tree -> Files.isDirectory(tree.resolve("proc")))
                    .filter(tree -> !ProcFs.at(tree).pids().orElse(List.of()).isEmpty())
                    .sorted()
                    .toList();
            List<Path> chosen = new ArrayList<>();
            for (String population : List.of("hand-v1", "hand-v2", "v1-618", "v2-612", "v2-61smp", "v2-uml61")) {
                sorted.stream()
                        .filter(tree -> tree.getFileName().toString().startsWith(population))
                        .findFirst()
                        .ifPresent(chosen::add);
            }
            assertFalse(chosen.isEmpty());
            return chosen;
        }
    }

    private void check(Path tree, int pid, String file, Fault fault) throws IOException {
        Path copy = folder.resolve(tree.getFileName() + fault.name() + file.replace('/', '_'));
        copy(tree, copy, pid, file);
        Bytes page = ProcFs.at(tree).pageSize().value().orElseThrow();
        ProcFs proc = ProcFs.at(copy, page);
        ProcessFiles process = proc.process(pid);
        Map<String, Object> truth = Facts.all(proc, process);
        assertTrue(truth.size() > 30, truth.toString());
        Path victim = copy.resolve("proc").resolve(file);
        byte[] whole = Files.readAllBytes(victim);
        for (Damaged damaged : fault.damage(whole)) {
            damaged.to(victim);
            Map<String, Object> found = Facts.all(proc, process);
            found.forEach((name, value) -> assertEquals(truth.get(name), value, name + " after " + damaged.what()));
            assertTrue(
                    found.size() < truth.size() || fault.mayLoseNothing(),
                    () -> "nothing was lost by " + damaged.what());
        }
    }

    private static void copy(Path tree, Path copy, int pid, String victim) throws IOException {
        for (String name : FILES) {
            Path from = tree.resolve("proc").resolve(name.replace("P/", pid + "/"));
            // The sum over smaps is slow and needs no other file than status.
            boolean needed = !name.endsWith("/smaps") || victim.endsWith("/smaps");
            if (Files.exists(from) && needed) {
                Path to = copy.resolve("proc").resolve(name.replace("P/", pid + "/"));
                Files.createDirectories(to.getParent());
                Files.copy(from, to);
            }
        }
    }

    /** Puts a damaged file in place. */
    private interface Damaged {
        void to(Path file) throws IOException;

        default String what() {
            return "damage";
        }
    }

    private record Text(byte[] text, String what) implements Damaged {
        @Override
        public void to(Path file) throws IOException {
            Files.write(file, text);
        }
    }

    private enum Fault {
        MISSING {
            @Override
            List<Damaged> damage(byte[] whole) {
                return List.of(Files::delete);
            }
        },
        EMPTY {
            @Override
            List<Damaged> damage(byte[] whole) {
                return List.of(new Text(new byte[0], "nothing left"));
            }
        },
        CUT_AT_EVERY_BYTE {
            @Override
            List<Damaged> damage(byte[] whole) {
                List<Damaged> cuts = new ArrayList<>();
                int step = whole.length > 8192 ? 97 : 1;
                for (int length = whole.length - 1; length > 0; length -= step) {
                    cuts.add(new Text(Arrays.copyOf(whole, length), "a cut at " + length));
                }
                return cuts;
            }

            @Override
            boolean mayLoseNothing() {
                // A line that no figure needs, as the last one of limits is not, may go unnoticed.
                return true;
            }
        },
        GARBAGE {
            @Override
            List<Damaged> damage(byte[] whole) {
                List<Damaged> all = new ArrayList<>();
                for (int seed = 0; seed < 20; seed++) {
                    byte[] garbage = new byte[whole.length];
                    new Random(seed).nextBytes(garbage);
                    // A name may be anything; a file of garbage that ends in a line feed would be one.
                    garbage[garbage.length - 1] = 'x';
                    all.add(new Text(garbage, "garbage " + seed));
                }
                return all;
            }
        },
        CARRIAGE_RETURNS {
            @Override
            List<Damaged> damage(byte[] whole) {
                return List.of(new Text(
                        new String(whole, StandardCharsets.ISO_8859_1)
                                .replace('\n', '\r')
                                .getBytes(StandardCharsets.ISO_8859_1),
                        "carriage returns for line feeds"));
            }
        },
        HUGE {
            @Override
            List<Damaged> damage(byte[] whole) {
                return List.of(file -> {
                    try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
                        random.setLength(LARGER_THAN_ANY_LIMIT);
                    }
                });
            }
        },
        ZEROS {
            @Override
            List<Damaged> damage(byte[] whole) {
                return List.of(new Text(new byte[whole.length], "zero bytes"));
            }
        },
        DIRECTORY {
            @Override
            List<Damaged> damage(byte[] whole) {
                return List.of(file -> {
                    Files.delete(file);
                    Files.createDirectory(file);
                });
            }
        },
        DENIED {
            @Override
            List<Damaged> damage(byte[] whole) {
                return List.of(
                        file -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------")));
            }

            @Override
            boolean mayLoseNothing() {
                // The superuser reads it all the same.
                return true;
            }
        };

        abstract List<Damaged> damage(byte[] whole);

        boolean mayLoseNothing() {
            return false;
        }
    }

    @TestFactory
    Stream<DynamicTest> reasons() {
        return Stream.of(
                reason("missing file", Absence.Reason.NO_FILE, directory -> Files.delete(directory.resolve("status"))),
                reason(
                        "empty file",
                        Absence.Reason.MALFORMED,
                        directory -> Files.write(directory.resolve("status"), new byte[0])),
                reason("no process", Absence.Reason.GONE, directory -> {
                    for (String name : List.of("status", "stat", "statm", "smaps")) {
                        Files.delete(directory.resolve(name));
                    }
                    Files.delete(directory);
                }),
                reason("directory", Absence.Reason.REFUSED, directory -> {
                    Files.delete(directory.resolve("status"));
                    Files.createDirectory(directory.resolve("status"));
                }),
                reason("huge", Absence.Reason.TOO_LARGE, directory -> {
                    try (RandomAccessFile file =
                            new RandomAccessFile(directory.resolve("status").toFile(), "rw")) {
                        file.setLength(LARGER_THAN_ANY_LIMIT);
                    }
                }));
    }

    private DynamicTest reason(String name, Absence.Reason reason, Damaged damage) {
        return DynamicTest.dynamicTest(name, () -> {
            Path directory = folder.resolve(name).resolve("proc").resolve("7");
            Files.createDirectories(directory);
            for (String file : List.of("status", "stat", "statm", "smaps")) {
                Files.writeString(directory.resolve(file), "");
            }
            damage.to(directory);
            Reading<ProcessStatus> status =
                    ProcFs.at(folder.resolve(name)).process(7).status();
            assertEquals(Optional.of(reason), status.absence().map(Absence::reason), status.toString());
        });
    }
}
