package io.github.memfit.tuning.prefork;

import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings of a uWSGI server. {@code reload-on-rss} is in MiB, as {@code limit-as} and {@code evil-reload-on-*} are, while the
 * {@code cheaper-rss-limit-*} options take bytes; {@link #toIni()} writes each in its own unit.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class UwsgiFlags {

    private final int processes;
    private final int threads;
    private final OptionalInt cheaper;
    private final Bytes reloadOnRss;
    private final OptionalInt maxRequests;
    private final boolean lazyApps;

    UwsgiFlags(
            int processes,
            int threads,
            OptionalInt cheaper,
            Bytes reloadOnRss,
            OptionalInt maxRequests,
            boolean lazyApps) {
        this.processes = processes;
        this.threads = threads;
        this.cheaper = cheaper;
        this.reloadOnRss = reloadOnRss;
        this.maxRequests = maxRequests;
        this.lazyApps = lazyApps;
    }

    /**
     * How many processes serve.
     *
     * @return 1 or more
     */
    public int processes() {
        return processes;
    }

    /**
     * How many processes stay when nobody asks.
     *
     * @return less than {@link #processes()}, or empty if all stay
     */
    public OptionalInt cheaper() {
        return cheaper;
    }

    /**
     * The resident size at which a process is replaced after its request: its shared pages and one and a half of its own.
     *
     * @return whole MiB
     */
    public Bytes reloadOnRss() {
        return reloadOnRss;
    }

    private List<Map.Entry<String, String>> settings() {
        List<Map.Entry<String, String>> settings = new ArrayList<>();
        settings.add(Map.entry("master", "true"));
        settings.add(Map.entry("processes", Integer.toString(processes)));
        if (threads > 1) {
            settings.add(Map.entry("threads", Integer.toString(threads)));
        }
        cheaper.ifPresent(count -> settings.add(Map.entry("cheaper", Integer.toString(count))));
        settings.add(Map.entry("reload-on-rss", Long.toString(reloadOnRss.value() >> 20)));
        maxRequests.ifPresent(count -> {
            settings.add(Map.entry("max-requests", Integer.toString(count)));
            settings.add(Map.entry("max-requests-delta", Integer.toString(Math.max(1, count / 10))));
        });
        if (lazyApps) {
            settings.add(Map.entry("lazy-apps", "true"));
        }
        settings.add(Map.entry("die-on-term", "true"));
        settings.add(Map.entry("need-app", "true"));
        return settings;
    }

    /**
     * The arguments behind {@code uwsgi}.
     *
     * @return the words, unmodifiable
     */
    public List<String> toArguments() {
        return settings().stream()
                .map(setting ->
                        "--" + setting.getKey() + (setting.getValue().equals("true") ? "" : "=" + setting.getValue()))
                .toList();
    }

    /**
     * The settings as a {@code [uwsgi]} section.
     *
     * @return the text, lines end with {@code \n}
     */
    public String toIni() {
        StringBuilder text = new StringBuilder("[uwsgi]\n");
        settings()
                .forEach(setting -> text.append(setting.getKey())
                        .append(" = ")
                        .append(setting.getValue())
                        .append('\n'));
        return text.toString();
    }

    /**
     * What uWSGI 2.0.21 says to a combination of options about processes and memory.
     *
     * @param options the options under their long names without dashes
     * @return the complaint with which it exits, or what else goes wrong; empty if nothing is known to
     */
    public static Optional<String> complaint(Map<String, String> options) {
        return new UwsgiRules(options).complaint();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UwsgiFlags && ((UwsgiFlags) other).settings().equals(settings());
    }

    @Override
    public int hashCode() {
        return Objects.hash(settings());
    }

    /** The arguments in brackets. */
    @Override
    public String toString() {
        return toArguments().toString();
    }
}
