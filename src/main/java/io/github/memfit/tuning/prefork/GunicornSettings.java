package io.github.memfit.tuning.prefork;

import io.github.memfit.tuning.Warning;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The checks of {@code gunicorn/config.py}; confined to one call. */
final class GunicornSettings {

    /** Python's {@code int(text)}: blanks around, a sign, digits of any script with single underscores between. */
    private static final Pattern PYTHON_INT = Pattern.compile("\\s*[+-]?\\p{Nd}{1,400}(?:_\\p{Nd}{1,400}){0,400}\\s*");

    /** In a configuration file a text is read with base 0: {@code 0x10} is 16, {@code 010} an error. */
    private static final Pattern BASE_ZERO = Pattern.compile("\\s*[+-]?(?:0[xX](?:_?[0-9a-fA-F]){1,40}"
            + "|0[oO](?:_?[0-7]){1,40}|0[bB](?:_?[01]){1,70}|0(?:_?0){0,40}|[1-9](?:_?[0-9]){0,400})\\s*");

    private static final List<String> NUMBERS = List.of(
            "workers",
            "threads",
            "worker-connections",
            "max-requests",
            "max-requests-jitter",
            "timeout",
            "graceful-timeout",
            "keep-alive");

    /** Of 20.1 and of 26, which dropped some and added {@code asgi}. */
    private static final Set<String> SHORT_CLASSES = Set.of(
            "sync", "gthread", "eventlet", "gevent", "gevent_pywsgi", "gevent_wsgi", "tornado", "gaiohttp", "asgi");

    private final Optional<String> webConcurrency;
    private final Map<String, String> configFile;
    private final GunicornOptions cmdArgs;
    private final GunicornOptions commandLine;
    private final GunicornOptions options;
    private final List<Warning> warnings = new ArrayList<>();

    GunicornSettings(
            Optional<String> webConcurrency,
            Map<String, String> configFile,
            GunicornOptions cmdArgs,
            GunicornOptions commandLine) {
        this.webConcurrency = webConcurrency;
        this.configFile = new HashMap<>();
        configFile.forEach((name, value) -> this.configFile.put(longName(name), value));
        this.cmdArgs = cmdArgs;
        this.commandLine = commandLine;
        this.options = cmdArgs.then(commandLine);
    }

    /** Two settings have another name in the file than on the command line. */
    private static String longName(String setting) {
        String name = setting.replace('_', '-');
        return name.equals("preload-app") ? "preload" : name.equals("keepalive") ? "keep-alive" : name;
    }

    GunicornLaunch launch() {
        if (webConcurrency.isPresent()) {
            String text = webConcurrency.get();
            if (!PYTHON_INT.matcher(text).matches()) {
                return new GunicornLaunch.Refused(
                        "WEB_CONCURRENCY", "invalid literal for int() with base 10: '" + text + "'", true);
            }
            if (number(text) < 0) {
                return new GunicornLaunch.Refused("WEB_CONCURRENCY", "Value must be positive: " + number(text), false);
            }
        }
        // The order of gunicorn/app/base.py: both lists are read, then each source is checked, even where a later one
        // wins.
        Optional<GunicornLaunch> wrong = unreadable(commandLine)
                .or(() -> unreadable(cmdArgs))
                .or(this::wrongInFile)
                .or(() -> negative(cmdArgs))
                .or(() -> negative(commandLine));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        int workers = number(value("workers").or(() -> webConcurrency).orElse("1"));
        int threads = number(value("threads").orElse("1"));
        String workerClass = value("worker-class").orElse(GunicornWorkerClass.SYNC.argument());
        if (workerClass.equals(GunicornWorkerClass.GTHREAD.argument()) && threads < 1) {
            return new GunicornLaunch.WorkersFail("threads", "Worker failed to boot.");
        }
        if (!isClassUri(workerClass)) {
            return new GunicornLaunch.WorkersFail(
                    "worker-class", "class uri '" + workerClass + "' invalid or not found");
        }
        if (workers == 0) {
            warnings.add(new Warning("workers", "no worker starts; the master listens and answers nobody"));
        }
        if (threads > 1 && workerClass.equals(GunicornWorkerClass.SYNC.argument())) {
            workerClass = GunicornWorkerClass.GTHREAD.argument();
            warnings.add(new Warning("worker-class", "more than one thread turns sync into gthread"));
        }
        value("worker-tmp-dir")
                .ifPresent(directory -> warnings.add(new Warning(
                        "worker-tmp-dir",
                        "it must exist: without it every worker dies of a RuntimeError at its start")));
        return new GunicornLaunch.Started(workers, threads, workerClass, isPreload(), warnings);
    }

    /** {@code util.load_class}: a short name of Gunicorn's own, a dotted name, or an entry point of an egg. */
    private static boolean isClassUri(String name) {
        return SHORT_CLASSES.contains(name) || name.indexOf('.') >= 0 || name.startsWith("egg:");
    }

    private static Optional<GunicornLaunch> unreadable(GunicornOptions source) {
        if (source.complaint().isPresent()) {
            Map.Entry<String, String> complaint = source.complaint().get();
            return Optional.of(new GunicornLaunch.Refused(complaint.getKey(), complaint.getValue(), false));
        }
        for (String setting : NUMBERS) {
            for (String text : source.values(setting)) {
                if (!PYTHON_INT.matcher(text).matches()) {
                    return Optional.of(new GunicornLaunch.Refused(setting, "invalid int value: '" + text + "'", false));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<GunicornLaunch> negative(GunicornOptions source) {
        for (String setting : NUMBERS) {
            Optional<String> text = source.value(setting);
            if (text.isPresent() && number(text.get()) < 0) {
                return Optional.of(mustBePositive(setting, text.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<GunicornLaunch> wrongInFile() {
        for (String setting : NUMBERS) {
            String text = configFile.get(setting);
            if (text == null) {
                continue;
            }
            if (!BASE_ZERO.matcher(text).matches()) {
                return Optional.of(new GunicornLaunch.Refused(
                        setting, "invalid literal for int() with base 0: '" + text + "'", false));
            }
            if (number(text) < 0) {
                return Optional.of(mustBePositive(setting, text));
            }
        }
        String preload = configFile.getOrDefault("preload", "False").strip();
        return preload.equalsIgnoreCase("True") || preload.equalsIgnoreCase("False")
                ? Optional.empty()
                : Optional.of(new GunicornLaunch.Refused("preload", "Invalid boolean: " + preload, false));
    }

    private static GunicornLaunch mustBePositive(String setting, String text) {
        return new GunicornLaunch.Refused(setting, "Value must be positive: " + number(text), false);
    }

    private Optional<String> value(String setting) {
        return options.value(setting).or(() -> Optional.ofNullable(configFile.get(setting)));
    }

    private boolean isPreload() {
        return options.value("preload").isPresent()
                || configFile.getOrDefault("preload", "False").strip().equalsIgnoreCase("True");
    }

    /** What one of the two patterns matched. Numbers beyond every machine count as the largest int. */
    static int number(String text) {
        String digits = text.strip().replace("_", "").toLowerCase(Locale.ROOT);
        boolean negative = digits.startsWith("-");
        digits = negative || digits.startsWith("+") ? digits.substring(1) : digits;
        int base = digits.startsWith("0x") ? 16 : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
        BigInteger value = new BigInteger(base == 10 ? digits : digits.substring(2), base);
        int most = value.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
        return negative ? -most : most;
    }
}
