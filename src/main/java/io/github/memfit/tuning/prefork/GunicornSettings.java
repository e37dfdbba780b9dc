package io.github.memfit.tuning.prefork;

import io.github.memfit.tuning.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The checks of {@code gunicorn/config.py}; confined to one call. */
final class GunicornSettings {

    /** Python's {@code int(text)}: blanks around, a sign, digits with single underscores between. */
    private static final Pattern PYTHON_INT = Pattern.compile("\\s*[+-]?[0-9]{1,9}(?:_[0-9]{1,9}){0,2}\\s*");

    /** In a configuration file a text is read with base 0: {@code 0x10} is 16. */
    private static final Pattern BASE_ZERO = Pattern.compile("\\s*0[xX][0-9a-fA-F]{1,7}\\s*");

    private static final List<String> NUMBERS = List.of(
            "workers",
            "threads",
            "worker-connections",
            "max-requests",
            "max-requests-jitter",
            "timeout",
            "graceful-timeout",
            "keep-alive");

    private final Optional<String> webConcurrency;
    private final Map<String, String> configFile;
    private final GunicornOptions options;
    private final List<Warning> warnings = new ArrayList<>();

    GunicornSettings(Optional<String> webConcurrency, Map<String, String> configFile, GunicornOptions options) {
        this.webConcurrency = webConcurrency;
        this.configFile = configFile;
        this.options = options;
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
        for (String setting : NUMBERS) {
            Optional<GunicornLaunch> wrong = checked(setting);
            if (wrong.isPresent()) {
                return wrong.get();
            }
        }
        int workers = number(value("workers").or(() -> webConcurrency).orElse("1"));
        int threads = number(value("threads").orElse("1"));
        String workerClass = value("worker-class").orElse(GunicornWorkerClass.SYNC.argument());
        if (workerClass.equals(GunicornWorkerClass.GTHREAD.argument()) && threads < 1) {
            return new GunicornLaunch.WorkersFail("threads", "Worker failed to boot.");
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

    private Optional<GunicornLaunch> checked(String setting) {
        Optional<String> given = options.value(setting);
        boolean inFile = given.isEmpty();
        Optional<String> text = given.or(() -> Optional.ofNullable(configFile.get(setting)));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!PYTHON_INT.matcher(text.get()).matches()
                && !(inFile && BASE_ZERO.matcher(text.get()).matches())) {
            return Optional.of(new GunicornLaunch.Refused(setting, "invalid int value: '" + text.get() + "'", false));
        }
        return number(text.get()) < 0
                ? Optional.of(new GunicornLaunch.Refused(
                        setting, "Value must be positive: " + text.get().strip(), false))
                : Optional.empty();
    }

    private Optional<String> value(String setting) {
        return options.value(setting).or(() -> Optional.ofNullable(configFile.get(setting)));
    }

    private boolean isPreload() {
        return options.value("preload").isPresent()
                || configFile.getOrDefault("preload", "False").equals("True");
    }

    /** Numbers beyond every machine count as the largest int. */
    static int number(String text) {
        String digits = text.strip().replace("_", "");
        if (BASE_ZERO.matcher(digits).matches()) {
            return Integer.parseInt(digits.substring(2), 16);
        }
        long value = Long.parseLong(digits.substring(0, Math.min(digits.length(), 18)));
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }
}
