package io.github.memfit.tuning.prefork;

import io.github.memfit.tuning.Warning;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a start of Gunicorn ends, from its four sources of settings: the default ({@code WEB_CONCURRENCY}, read when the module is
 * imported), the configuration file, {@code GUNICORN_CMD_ARGS}, the command line; each beats the ones before. Run on Gunicorn 20.1.0;
 * the checks of 26 are the same by source.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface GunicornLaunch {

    /**
     * Gunicorn runs.
     *
     * @param workers how many workers; with 0 it listens and answers nobody
     * @param threads how many threads each worker has
     * @param workerClass the name of the worker class that is really used
     * @param preload whether the application is loaded before the workers fork
     * @param warnings settings that do not do what they seem to, unmodifiable
     * @since 0.1
     */
    record Started(int workers, int threads, String workerClass, boolean preload, List<Warning> warnings)
            implements GunicornLaunch {

        /**
         * Copies the warnings.
         *
         * @param workers how many workers
         * @param threads how many threads each worker has
         * @param workerClass the name of the worker class
         * @param preload whether the application is loaded before the workers fork
         * @param warnings settings that do not do what they seem to
         */
        public Started {
            Objects.requireNonNull(workerClass, "workerClass");
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Gunicorn says no before it starts anything.
     *
     * @param setting the setting that is wrong, in its long name, or the variable
     * @param message what is wrong
     * @param whileImporting true if it crashes with a {@code ValueError} while it is imported, before any option is read
     * @since 0.1
     */
    record Refused(String setting, String message, boolean whileImporting) implements GunicornLaunch {}

    /**
     * The options are accepted, but no worker comes up and the master stops.
     *
     * @param setting the setting that is wrong
     * @param message what Gunicorn says
     * @since 0.1
     */
    record WorkersFail(String setting, String message) implements GunicornLaunch {}

    /**
     * What happens with these settings. Whether a directory exists is not looked at.
     *
     * @param webConcurrency the value of {@code WEB_CONCURRENCY}, if it is set
     * @param configFile the settings of {@code gunicorn.conf.py}, as text without quotes, under their names there or the long names
     *     of the options: {@code preload_app} and {@code preload} are the same
     * @param cmdArgs {@code GUNICORN_CMD_ARGS}
     * @param commandLine the command line
     * @return the outcome
     */
    static GunicornLaunch of(
            Optional<String> webConcurrency,
            Map<String, String> configFile,
            GunicornOptions cmdArgs,
            GunicornOptions commandLine) {
        return new GunicornSettings(webConcurrency, configFile, cmdArgs, commandLine).launch();
    }
}
