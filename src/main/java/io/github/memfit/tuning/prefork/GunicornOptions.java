package io.github.memfit.tuning.prefork;

import io.github.memfit.tuning.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Options of Gunicorn in the order in which they were given, on the command line or in {@code GUNICORN_CMD_ARGS}, which Gunicorn
 * takes apart like a shell ({@code shlex.split}). Of several equal options the last one counts; the short names {@code -w}, {@code
 * -k} and {@code -t} are the long ones.
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

    private static final GunicornOptions NONE = new GunicornOptions(List.of());

    /** Pieces: one or two words that belong together. */
    private record Piece(Optional<String> name, String value, List<String> words) {}

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
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String name = nameOf(word);
            int equals = word.indexOf('=');
            if (name.equals(SWITCH) && equals < 0) {
                pieces.add(new Piece(Optional.of(name), "", List.of(word)));
            } else if (!VALUED.contains(name)) {
                pieces.add(new Piece(Optional.empty(), "", List.of(word)));
            } else if (word.startsWith("--") && equals >= 0) {
                pieces.add(new Piece(Optional.of(name), word.substring(equals + 1), List.of(word)));
            } else if (!word.startsWith("--") && word.length() > 2) {
                pieces.add(new Piece(Optional.of(name), word.substring(2), List.of(word)));
            } else if (i + 1 < words.size()) {
                pieces.add(new Piece(Optional.of(name), words.get(i + 1), List.of(word, words.get(i + 1))));
                i++;
            } else {
                pieces.add(new Piece(Optional.of(name), "", List.of(word)));
            }
        }
        return new GunicornOptions(pieces);
    }

    private static String nameOf(String word) {
        if (word.startsWith("--")) {
            int equals = word.indexOf('=');
            return word.substring(2, equals < 0 ? word.length() : equals);
        }
        return word.length() < 2 ? "" : SHORT.getOrDefault(word.substring(0, 2), "");
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
        others.add(new Piece(Optional.of(option), value, List.of("--" + option + "=" + value)));
        return new GunicornOptions(others);
    }

    /**
     * With the application loaded before the workers fork.
     *
     * @return the options with {@code --preload} last
     */
    public GunicornOptions withPreload() {
        List<Piece> others = without(SWITCH);
        others.add(new Piece(Optional.of(SWITCH), "", List.of("--" + SWITCH)));
        return new GunicornOptions(others);
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
