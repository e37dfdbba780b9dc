package io.github.memfit.tuning.prefork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.testing.Json;
import io.github.memfit.tuning.ShellWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences of {@code gunicorn-config.json}, told as launches. */
final class GunicornConfigCases {

    private static final Pattern WORKERS = Pattern.compile("workers ?= ?([0-9]+)|\\b([0-9]+) workers");

    private GunicornConfigCases() {}

    static void check(Json one) {
        String given = one.ignoring("n")
                .field("given")
                .string()
                .replaceAll("\\(.*?\\)", "")
                .strip();
        String expect = one.field("expect").string();
        GunicornLaunch launch = launch(given);
        if (expect.startsWith("refused")) {
            GunicornLaunch.Refused refused = assertInstanceOf(GunicornLaunch.Refused.class, launch);
            assertFalse(refused.whileImporting());
            sameMessage(expect, refused.message());
        } else if (expect.startsWith("crash on import")) {
            GunicornLaunch.Refused refused = assertInstanceOf(GunicornLaunch.Refused.class, launch);
            assertTrue(refused.whileImporting());
            sameMessage(expect, refused.message());
        } else if (expect.contains("worker fails to boot") || expect.contains("class uri")) {
            GunicornLaunch.WorkersFail fail = assertInstanceOf(GunicornLaunch.WorkersFail.class, launch);
            assertTrue(expect.contains(fail.message()), expect);
        } else if (expect.contains("no worker starts") || expect.contains("serves nobody")) {
            assertEquals(
                    0, assertInstanceOf(GunicornLaunch.Started.class, launch).workers());
        } else if (expect.startsWith("parser accepts; RuntimeError")) {
            GunicornLaunch.Started started = assertInstanceOf(GunicornLaunch.Started.class, launch);
            assertTrue(started.warnings().stream()
                    .anyMatch(warning -> warning.about().equals("worker-tmp-dir")));
        } else {
            Matcher workers = WORKERS.matcher(expect);
            GunicornLaunch.Started started = assertInstanceOf(GunicornLaunch.Started.class, launch);
            if (workers.find()) {
                assertEquals(
                        Integer.parseInt(workers.group(1) != null ? workers.group(1) : workers.group(2)),
                        started.workers());
            } else if (expect.contains("gthread")) {
                assertEquals("gthread", started.workerClass());
            } else {
                assertTrue(expect.startsWith("accepted"), "unknown outcome: " + expect);
            }
        }
    }

    /** What is told of the message must be in ours. */
    private static void sameMessage(String expect, String message) {
        if (expect.contains("Value must be positive")) {
            assertTrue(expect.contains(message), message);
        }
        if (expect.contains("invalid literal for int() with base 10")) {
            assertTrue(expect.contains(message), message);
        }
        if (expect.contains("invalid int value")) {
            assertTrue(message.contains("invalid int value"), message);
        }
    }

    private static GunicornLaunch launch(String given) {
        Optional<String> webConcurrency = Optional.empty();
        GunicornOptions cmdArgs = GunicornOptions.none();
        Map<String, String> file = new LinkedHashMap<>();
        List<String> argv = new ArrayList<>();
        for (String raw : ShellWords.parse(given.replaceAll("([a-z_]) = ", "$1="))) {
            String word = raw.replaceAll("[,;:]$", "");
            if (word.startsWith("WEB_CONCURRENCY=")) {
                webConcurrency = Optional.of(word.substring("WEB_CONCURRENCY=".length()));
            } else if (word.startsWith("GUNICORN_CMD_ARGS=")) {
                cmdArgs = GunicornOptions.parse(word.substring("GUNICORN_CMD_ARGS=".length()));
            } else if (word.matches("[a-z_]+=.*")) {
                // Only a configuration file has settings without dashes.
                file.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            } else {
                argv.add(word); // words of the sentence are names to Gunicorn, which it does not look at here
            }
        }
        return GunicornLaunch.of(webConcurrency, file, cmdArgs, GunicornOptions.of(argv));
    }
}
