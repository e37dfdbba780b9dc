package io.github.memfit.tuning.node;

import io.github.memfit.unit.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Options of Node in the order in which they were given: the text of {@code NODE_OPTIONS}, or the words between {@code node} and
 * the script.
 *
 * <p>{@code NODE_OPTIONS} has a grammar of its own (Node {@code src/node_options.cc}, 12 to 26): words are separated by blanks
 * only, double quotes group, and a backslash escapes, but only inside of quotes. An option's name may be written with {@code -} or
 * {@code _}; of several equal names the last one counts. A word that is neither an option nor the value of one ends what Node
 * reads: the rest of the variable has no effect, and Node does not say so.
 *
 * {@snippet :
 * NodeOptions given = NodeOptions.parse("--max_old_space_size=300 --title=\"my app\"");
 * given.value("--max-old-space-size");                            // 300
 * given.with("--max-old-space-size", "403").toNodeOptions();      // --title="my app" --max-old-space-size=403
 * }
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class NodeOptions {

    private static final NodeOptions NONE = new NodeOptions(List.of());

    private final List<String> words;

    private NodeOptions(List<String> words) {
        this.words = List.copyOf(words);
    }

    /**
     * No option.
     *
     * @return options without a word
     */
    public static NodeOptions none() {
        return NONE;
    }

    /**
     * Options of a command line.
     *
     * @param words the words between {@code node} and the script, unquoted
     * @return the options
     */
    public static NodeOptions of(List<String> words) {
        return new NodeOptions(words);
    }

    /**
     * Reads the text of {@code NODE_OPTIONS}.
     *
     * @param text the variable's value
     * @return the options
     * @throws MalformedException if a double quote is not closed or a backslash inside of quotes ends the text; Node refuses to
     *     start with either
     */
    public static NodeOptions parse(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        int open = -1;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                open = open < 0 ? at : -1;
                continue;
            }
            if (c == ' ' && open < 0) {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
                continue;
            }
            if (c == '\\' && open >= 0) {
                at++;
                if (at == text.length()) {
                    throw new MalformedException(
                            "NODE_OPTIONS",
                            1,
                            at,
                            text,
                            "a backslash inside of quotes must be followed by a character");
                }
                c = text.charAt(at);
            }
            word = word == null ? new StringBuilder() : word;
            word.append(c);
        }
        if (open >= 0) {
            throw new MalformedException("NODE_OPTIONS", 1, open + 1, text, "a double quote must be closed");
        }
        if (word != null) {
            words.add(word.toString());
        }
        return new NodeOptions(words);
    }

    /**
     * The words.
     *
     * @return the words in order, unquoted, unmodifiable
     */
    public List<String> words() {
        return words;
    }

    /**
     * Is there no word at all?
     *
     * @return true if nothing was given
     */
    public boolean isEmpty() {
        return words.isEmpty();
    }

    /**
     * The value of an option, the last one if it was given several times.
     *
     * @param option its name, such as {@code --max-old-space-size}
     * @return what stands behind the {@code =}, or the next word for the percentage, the only memory option that takes it from
     *     there; the empty text if nothing does, or empty if the option is absent
     */
    public Optional<String> value(String option) {
        String wanted = nameOf(option);
        for (int i = words.size() - 1; i >= 0; i--) {
            String word = words.get(i);
            if (isOption(word) && nameOf(word).equals(wanted)) {
                int equals = word.indexOf('=');
                return Optional.of(equals >= 0 ? word.substring(equals + 1) : takesNextWord(i) ? words.get(i + 1) : "");
            }
        }
        return Optional.empty();
    }

    /** Is the switch on? The last of {@code --name}, {@code --no-name} and {@code --noname} counts. */
    boolean isOn(String option) {
        String wanted = nameOf(option);
        boolean on = false;
        for (String word : words) {
            if (isOption(word)) {
                String name = nameOf(word);
                on = name.equals(wanted) || (on && !withoutNo(name).equals(wanted));
            }
        }
        return on;
    }

    /**
     * These options, then stronger ones: the command line after {@code NODE_OPTIONS}.
     *
     * @param stronger the options that win
     * @return all of them in that order
     */
    public NodeOptions then(NodeOptions stronger) {
        List<String> all = new ArrayList<>(words);
        all.addAll(stronger.words);
        return new NodeOptions(all);
    }

    /**
     * With an option in place of all of the same name.
     *
     * @param option its name, such as {@code --max-old-space-size}
     * @param value its value
     * @return the options with this one last
     */
    public NodeOptions with(String option, String value) {
        NodeOptions without = without(option);
        List<String> all = new ArrayList<>(without.words);
        all.add(option + "=" + value);
        return new NodeOptions(all);
    }

    /**
     * Without an option.
     *
     * @param option its name
     * @return the other options
     */
    public NodeOptions without(String option) {
        String unwanted = nameOf(option);
        List<String> others = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!isOption(word) || !nameOf(word).equals(unwanted)) {
                others.add(word);
            } else if (takesNextWord(i)) {
                i++;
            }
        }
        return new NodeOptions(others);
    }

    /**
     * The options that this version does not take from {@code NODE_OPTIONS}; one of them stops Node with exit code 9.
     *
     * @param version the version of Node
     * @return the words known to be refused, in order
     */
    public List<String> refusedInEnvironment(NodeVersion version) {
        return words.stream()
                .filter(word -> NodeOptionRule.of(version, word) == NodeOptionRule.REFUSED)
                .toList();
    }

    /**
     * The text for {@code NODE_OPTIONS}; {@link #parse} reads it back.
     *
     * @return the words, quoted where needed
     * @throws IllegalArgumentException if a word is empty, which the grammar cannot express
     */
    public String toNodeOptions() {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            if (word.isEmpty()) {
                throw new IllegalArgumentException("NODE_OPTIONS cannot hold an empty word");
            }
            text.append(text.length() == 0 ? "" : " ");
            if (word.indexOf(' ') >= 0 || word.indexOf('"') >= 0) {
                text.append('"')
                        .append(word.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            } else {
                text.append(word);
            }
        }
        return text.toString();
    }

    /**
     * What Node reads of these words when they come from its environment: all before the first that is no option, and cannot be
     * the value of the option before it.
     */
    NodeOptions readFromEnvironment() {
        boolean mayBeValue = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!isOption(word) && !mayBeValue || word.equals("-")) {
                return new NodeOptions(words.subList(0, i));
            }
            mayBeValue =
                    isOption(word) && word.indexOf('=') < 0 && !nameOf(word).startsWith("no-");
        }
        return this;
    }

    /** Options of Node itself take their value from the next word too; those of V8, all other memory options, never do. */
    private boolean takesNextWord(int at) {
        return ("--" + nameOf(words.get(at))).equals(NodeHeapFlags.PERCENTAGE)
                && words.get(at).indexOf('=') < 0
                && at + 1 < words.size()
                && !isOption(words.get(at + 1));
    }

    /** The switch that a name switches off, {@code no-opt} and {@code noopt} alike; the name itself if it switches nothing off. */
    static String withoutNo(String name) {
        return name.startsWith("no-") ? name.substring(3) : name.startsWith("no") ? name.substring(2) : name;
    }

    private static boolean isOption(String word) {
        return word.startsWith("-");
    }

    /** Without dashes in front and without value, with {@code -} for {@code _}: V8 takes all spellings for one. */
    static String nameOf(String word) {
        int from = word.startsWith("--") ? 2 : word.startsWith("-") ? 1 : 0;
        int equals = word.indexOf('=');
        return word.substring(from, Math.max(from, equals < 0 ? word.length() : equals))
                .replace('_', '-');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeOptions && ((NodeOptions) other).words.equals(words);
    }

    @Override
    public int hashCode() {
        return Objects.hash(words);
    }

    /** The words in brackets, shortened to 200 characters, without control characters. */
    @Override
    public String toString() {
        String text = words.toString().replaceAll("\\p{Cntrl}", "?");
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
