package io.github.memfit.tuning.jvm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The options of a JVM from all channels, in every spelling that the launcher and HotSpot accept, in the order in which
 * they take effect.
 *
 * <p>Reading never fails: an option that HotSpot would refuse is kept as it is; {@link HotSpot#predict} says what the
 * refusal would be.
 *
 * {@snippet :
 * JvmOptions options = JvmOptions.of("-Xmx512m", "-XX:MaxDirectMemorySize=64m")
 *     .with(OptionChannel.JAVA_TOOL_OPTIONS, "-XX:MaxRAMPercentage=75 -Dname='two words'");
 * options.effective("MaxHeapSize"); // -Xmx512m (command line)
 * }
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class JvmOptions {

    private static final JvmOptions NONE = new JvmOptions(List.of());

    private final List<JvmOption> options;

    /** Who decides each flag; the pair of -Xms and -Xmn under both names. */
    private final Map<String, JvmOption> effective;

    private JvmOptions(List<JvmOption> options) {
        this.options = options;
        this.effective = new HashMap<>();
        for (JvmOption option : options) {
            for (String flag : OptionSpelling.flags(option.flag())) {
                effective.put(flag, option);
            }
        }
    }

    /**
     * No options.
     *
     * @return the empty list
     */
    public static JvmOptions none() {
        return NONE;
    }

    /**
     * Arguments of the {@code java} command.
     *
     * @param arguments the arguments without the command itself
     * @return the options
     */
    public static JvmOptions of(String... arguments) {
        return parse(List.of(arguments));
    }

    /**
     * Arguments of the {@code java} command. Reading stops where the launcher's own options end: at {@code -jar},
     * {@code -m}, the main class, or a source file.
     *
     * @param arguments the arguments without the command itself
     * @return the options
     */
    public static JvmOptions parse(List<String> arguments) {
        return NONE.plus(OptionChannel.COMMAND_LINE, OptionTokens.launcherOptions(arguments));
    }

    /**
     * Adds the text of one channel: the value of a variable, or a command line as one string. White space separates,
     * single and double quotes group; there are no escapes and no expansion.
     *
     * @param channel the channel
     * @param text the text
     * @return these options and those
     */
    public JvmOptions with(OptionChannel channel, String text) {
        List<String> tokens = OptionTokens.split(text);
        return plus(channel, channel == OptionChannel.COMMAND_LINE ? OptionTokens.launcherOptions(tokens) : tokens);
    }

    /**
     * Adds the content of an argument file ({@code @file} of the launcher, JDK 9 and later): quotes group, a backslash
     * within quotes escapes, a backslash at the end of a quoted line continues it, {@code #} outside of quotes starts a
     * comment, and within a word takes the word along.
     *
     * @param content the content of the file
     * @return these options and those, as if written on the command line
     */
    public JvmOptions withArgumentFile(String content) {
        return plus(OptionChannel.COMMAND_LINE, OptionTokens.launcherOptions(OptionTokens.argumentFile(content)));
    }

    /** Adds an option where it stands in its channel: after those that are there. */
    JvmOptions plusOption(JvmOption option) {
        List<JvmOption> all = new ArrayList<>(options);
        all.add(option);
        return sorted(all);
    }

    private JvmOptions plus(OptionChannel channel, List<String> tokens) {
        List<JvmOption> all = new ArrayList<>(options);
        for (String token : tokens) {
            all.add(OptionSpelling.read(channel, token));
        }
        return sorted(all);
    }

    private static JvmOptions sorted(List<JvmOption> all) {
        // Stable: within a channel the order as written.
        all.sort(Comparator.comparing(JvmOption::channel));
        return new JvmOptions(List.copyOf(all));
    }

    /**
     * All options, weakest channel first: the order in which HotSpot applies them.
     *
     * @return the options, unmodifiable
     */
    public List<JvmOption> options() {
        return options;
    }

    /**
     * Is there none?
     *
     * @return true without any option
     */
    public boolean isEmpty() {
        return options.isEmpty();
    }

    /**
     * The option that decides a flag: the last one that sets it.
     *
     * @param flag HotSpot's name of the flag, such as {@code MaxHeapSize}
     * @return the option, or empty if nobody sets it
     */
    public Optional<JvmOption> effective(String flag) {
        return Optional.ofNullable(effective.get(flag));
    }

    /**
     * The number that a flag is set to.
     *
     * @param flag HotSpot's name of the flag
     * @return the number, empty if nobody sets it or HotSpot would refuse the text
     */
    public OptionalLong number(String flag) {
        JvmOption option = effective.get(flag);
        return option == null ? OptionalLong.empty() : option.number();
    }

    /**
     * Is a switch on? A switch that nobody sets is off here, whatever HotSpot's default is.
     *
     * @param flag HotSpot's name of the flag
     * @return true after {@code -XX:+flag}
     */
    public boolean isOn(String flag) {
        JvmOption option = effective.get(flag);
        return option != null && option.value().equals("true");
    }

    /**
     * Does anybody set it?
     *
     * @param flag HotSpot's name of the flag
     * @return true if an option sets it
     */
    public boolean has(String flag) {
        return effective.containsKey(flag);
    }

    /**
     * Flags that are set more than once to different values, in one spelling or in several ({@code -Xms} and {@code
     * -XX:InitialHeapSize}): the overridden options by the one that wins.
     *
     * @return the winner and those that it overrides, in order; empty if nothing is set twice
     */
    public Map<JvmOption, List<JvmOption>> overridden() {
        Map<JvmOption, Set<JvmOption>> overridden = new LinkedHashMap<>();
        for (JvmOption option : options) {
            for (String flag : OptionSpelling.flags(option.flag())) {
                JvmOption winner = effective.get(flag);
                if (winner != null && !winner.equals(option) && !winner.value().equals(option.value())) {
                    overridden
                            .computeIfAbsent(winner, key -> new LinkedHashSet<>())
                            .add(option);
                }
            }
        }
        Map<JvmOption, List<JvmOption>> lists = new LinkedHashMap<>();
        overridden.forEach((winner, losers) -> lists.put(winner, List.copyOf(losers)));
        return Collections.unmodifiableMap(lists);
    }

    /**
     * All options as one text for a variable such as {@code JAVA_TOOL_OPTIONS}: quoted where needed, weakest first.
     *
     * @return a text that {@link #with} reads back
     */
    public String toText() {
        return options.stream()
                .map(option -> OptionQuotes.variable(option.text()))
                .collect(Collectors.joining(" "));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JvmOptions && ((JvmOptions) other).options.equals(options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(options);
    }

    /** The number of options and the first few, at most 200 characters. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (JvmOption option : options) {
            if (text.length() + option.text().length() > 180) {
                return text.append("...").toString();
            }
            text.append(text.length() == 0 ? "" : " ").append(option.text());
        }
        return text.toString();
    }
}
