package io.github.memfit.tuning.prefork;

import io.github.memfit.tuning.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Options of Gunicorn in the order in which they were given, on the command line or in {@code GUNICORN_CMD_ARGS}, which Gunicorn
 * takes apart like a shell ({@code shlex.split}). Of several equal options the last one counts; the short names {@code -w}, {@code
 * -k} and {@code -t} are the long ones, and so is a beginning that fits only one: {@code --thread}. Source: Python's {@code
 * argparse} and {@code gunicorn/config.py} 20.1, run.
 *
 * {@snippet :
 * GunicornOptions given = GunicornOptions.parse("-w 9 --bind=:8000 --name 'my app'");
 * given.value("workers");                       // 9
 * given.with("workers", "3").toCmdArgs();       // --bind=:8000 --name 'my app' --workers=3
 * }
 *
 * <p>Words that are not about memory are kept as they are. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class GunicornOptions {

    private static final Map<String, String> SHORT = Map.of("-w", "workers", "-k", "worker-class", "-t", "timeout");

    private static final Set<String> VALUED = Set.of(
            "workers",
            "threads",
            "worker-class",
            "worker-connections",
            "worker-tmp-dir",
            "max-requests",
            "max-requests-jitter",
            "timeout",
            "graceful-timeout",
            "keep-alive");

    private static final String SWITCH = "preload";

    private static final Set<String> CODE = Set.of("config", "chdir", "pythonpath", "paste", "paster");

    private static final GunicornOptions NONE = new GunicornOptions(List.of());

    /** Switches with a short name, which may stand in front of another short option: {@code -Dw3}. */
    private static final String SHORT_SWITCHES = "DR";

    /** Every long option of 20.1 by {@code config.py}: argparse takes an unambiguous beginning for the whole. */
    private static final List<String> LONG = List.of(
            "access-logfile",
            "access-logformat",
            "backlog",
            "bind",
            "ca-certs",
            "capture-output",
            "cert-reqs",
            "certfile",
            "chdir",
            "check-config",
            "ciphers",
            "config",
            "daemon",
            "disable-redirect-access-to-syslog",
            "do-handshake-on-connect",
            "dogstatsd-tags",
            "enable-stdio-inheritance",
            "env",
            "error-logfile",
            "forwarded-allow-ips",
            "graceful-timeout",
            "group",
            "help",
            "initgroups",
            "keep-alive",
            "keyfile",
            "limit-request-field_size",
            "limit-request-fields",
            "limit-request-line",
            "log-config",
            "log-file",
            "log-level",
            "log-syslog",
            "log-syslog-facility",
            "log-syslog-prefix",
            "log-syslog-to",
            "logger-class",
            "max-requests",
            "max-requests-jitter",
            "name",
            "no-sendfile",
            "paste",
            "paste-global",
            "paster",
            "pid",
            "preload",
            "print-config",
            "proxy-allow-from",
            "proxy-protocol",
            "pythonpath",
            "reload",
            "reload-engine",
            "reload-extra-file",
            "reuse-port",
            "spew",
            "ssl-version",
            "statsd-host",
            "statsd-prefix",
            "strip-header-spaces",
            "suppress-ragged-eofs",
            "threads",
            "timeout",
            "tolerate-dangerous-framing",
            "umask",
            "user",
            "version",
            "worker-class",
            "worker-connections",
            "worker-tmp-dir",
            "workers");

    private static final Pattern NEGATIVE_NUMBER = Pattern.compile("-[0-9]+|-[0-9]*\\.[0-9]+");

    /** Pieces: one or two words that belong together, and what argparse has against them. */
    private record Piece(Optional<String> name, String value, List<String> words, Optional<String> complaint) {

        static Piece of(String name, String value, String... words) {
            return new Piece(Optional.of(name), value, List.of(words), Optional.empty());
        }

        static Piece unread(String word) {
            return new Piece(Optional.empty(), "", List.of(word), Optional.empty());
        }

        static Piece wrong(String name, String word, String complaint) {
            return new Piece(Optional.of(name), "", List.of(word), Optional.of(complaint));
        }
    }

    private final List<Piece> pieces;

    private GunicornOptions(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /**
     * No option.
     *
     * @return options without a word
     */
    public static GunicornOptions none() {
        return NONE;
    }

    /**
     * Reads {@code GUNICORN_CMD_ARGS}.
     *
     * @param text the variable's value
     * @return the options
     * @throws io.github.memfit.unit.MalformedException if a quote is not closed
     */
    public static GunicornOptions parse(String text) {
        return of(ShellWords.parse(text));
    }

    /**
     * Options of a command line.
     *
     * @param words the words behind {@code gunicorn}, unquoted
     * @return the options
     */
    public static GunicornOptions of(List<String> words) {
        List<Piece> pieces = new ArrayList<>();
        List<String> left = new ArrayList<>(words);
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i).equals("--")) {
                left.subList(i, left.size()).forEach(word -> pieces.add(Piece.unread(word)));
                break;
            }
            switchesApart(left, i, pieces);
            Piece piece = piece(left, i);
            pieces.add(piece);
            i += piece.words().size() - 1;
        }
        return new GunicornOptions(pieces);
    }

    /** Takes {@code -Dw3} apart into {@code -D} and {@code -w3}, so that the one can be changed without the other. */
    private static void switchesApart(List<String> words, int at, List<Piece> pieces) {
        String word = words.get(at);
        while (word.length() > 2 && word.charAt(0) == '-' && SHORT_SWITCHES.indexOf(word.charAt(1)) >= 0) {
            pieces.add(Piece.unread(word.substring(0, 2)));
            word = "-" + word.substring(2);
            words.set(at, word);
        }
    }

    private static Piece piece(List<String> words, int at) {
        String word = words.get(at);
        String name = nameOf(word);
        boolean isLong = word.startsWith("--");
        int equals = word.indexOf('=');
        if (isLong && name.isEmpty()) {
            return Piece.wrong("", word, "ambiguous option: " + word);
        }
        if (name.equals(SWITCH)) {
            return equals < 0
                    ? Piece.of(name, "", word)
                    : Piece.wrong(name, word, "ignored explicit argument '" + word.substring(equals + 1) + "'");
        }
        if (!VALUED.contains(name)) {
            return Piece.unread(word);
        }
        if (isLong && equals >= 0) {
            return Piece.of(name, word.substring(equals + 1), word);
        }
        if (!isLong && word.length() > 2) {
            return Piece.of(name, word.substring(word.charAt(2) == '=' ? 3 : 2), word);
        }
        return at + 1 < words.size() && isArgument(words.get(at + 1))
                ? Piece.of(name, words.get(at + 1), word, words.get(at + 1))
                : Piece.wrong(name, word, "expected one argument");
    }

    /** What argparse does not take for another option. */
    private static boolean isArgument(String word) {
        return !word.startsWith("-")
                || word.length() == 1
                || NEGATIVE_NUMBER.matcher(word).matches()
                || (word.indexOf(' ') >= 0 && nameOf(word).isEmpty());
    }

    /** The long name behind a word; empty if it is another kind of word or its beginning fits several names. */
    private static String nameOf(String word) {
        if (!word.startsWith("--")) {
            return word.length() < 2 ? "" : SHORT.getOrDefault(word.substring(0, 2), "");
        }
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        if (LONG.contains(name)) {
            return name;
        }
        List<String> fitting = LONG.stream().filter(one -> one.startsWith(name)).toList();
        return fitting.isEmpty() ? name : fitting.size() == 1 ? fitting.get(0) : "";
    }

    /**
     * Does an option name a file or a place of Python code, which Gunicorn runs while it reads its settings?
     *
     * @return true for {@code -c}, {@code --config}, {@code --chdir}, {@code --pythonpath} and {@code --paste}
     */
    public boolean namesConfigFile() {
        return pieces.stream()
                .map(piece -> piece.words().get(0))
                .anyMatch(word -> CODE.contains(nameOf(word)) || (word.startsWith("-c") && !word.startsWith("--")));
    }

    /** What argparse has against a word, under the name of its option. */
    Optional<Map.Entry<String, String>> complaint() {
        return pieces.stream()
                .filter(piece -> piece.complaint().isPresent())
                .findFirst()
                .map(piece ->
                        Map.entry(piece.name().orElse(""), piece.complaint().orElse("")));
    }

    /** Every value that an option was given, in order; argparse reads those that lose as well. */
    List<String> values(String option) {
        return pieces.stream()
                .filter(piece -> piece.name().filter(option::equals).isPresent())
                .map(Piece::value)
                .toList();
    }

    /**
     * The value of an option, the last one if it was given several times.
     *
     * @param option its long name without dashes: {@code workers}, {@code threads}, {@code worker-class}, {@code max-requests}...
     * @return the value, the empty text for a switch that is on, or empty if the option is absent
     */
    public Optional<String> value(String option) {
        Optional<String> last = Optional.empty();
        for (Piece piece : pieces) {
            if (piece.name().filter(option::equals).isPresent()) {
                last = Optional.of(piece.value());
            }
        }
        return last;
    }

    /**
     * With an option in place of all of the same name.
     *
     * @param option its long name without dashes
     * @param value its value
     * @return the options with this one last
     * @throws IllegalArgumentException if it is no option about memory that takes a value
     */
    public GunicornOptions with(String option, String value) {
        if (!VALUED.contains(option)) {
            throw new IllegalArgumentException("options with a value are " + VALUED + ", got " + option);
        }
        List<Piece> others = without(option);
        others.add(end(others), Piece.of(option, value, "--" + option + "=" + value));
        return new GunicornOptions(others);
    }

    /**
     * With the application loaded before the workers fork.
     *
     * @return the options with {@code --preload} last
     */
    public GunicornOptions withPreload() {
        List<Piece> others = without(SWITCH);
        others.add(end(others), Piece.of(SWITCH, "", "--" + SWITCH));
        return new GunicornOptions(others);
    }

    /** Where the options end: behind a {@code --} there are only names. */
    private static int end(List<Piece> pieces) {
        int end = pieces.indexOf(Piece.unread("--"));
        return end < 0 ? pieces.size() : end;
    }

    private List<Piece> without(String option) {
        List<Piece> others = new ArrayList<>(pieces);
        others.removeIf(piece -> piece.name().filter(option::equals).isPresent());
        return others;
    }

    /**
     * These options, then stronger ones: the command line after {@code GUNICORN_CMD_ARGS}.
     *
     * @param stronger the options that win
     * @return all of them in that order
     */
    public GunicornOptions then(GunicornOptions stronger) {
        List<Piece> all = new ArrayList<>(pieces);
        all.addAll(stronger.pieces);
        return new GunicornOptions(all);
    }

    /**
     * All words.
     *
     * @return the words in order, unquoted, unmodifiable
     */
    public List<String> words() {
        return pieces.stream().flatMap(piece -> piece.words().stream()).toList();
    }

    /**
     * The text for {@code GUNICORN_CMD_ARGS}; {@link #parse} reads it back, and so does Gunicorn.
     *
     * @return the words, quoted where needed
     */
    public String toCmdArgs() {
        return ShellWords.join(words());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GunicornOptions
                && ((GunicornOptions) other).words().equals(words());
    }

    @Override
    public int hashCode() {
        return Objects.hash(words());
    }

    /** The words in brackets, shortened to 200 characters, without control characters. */
    @Override
    public String toString() {
        String text = words().toString().replaceAll("\\p{Cntrl}", "?");
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
