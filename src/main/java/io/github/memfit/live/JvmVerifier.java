package io.github.memfit.live;

import io.github.memfit.tuning.jvm.JvmFlags;
import io.github.memfit.tuning.jvm.JvmOption;
import io.github.memfit.tuning.jvm.JvmOptions;
import io.github.memfit.tuning.jvm.OptionChannel;
import io.github.memfit.tuning.jvm.PrintedFlags;
import io.github.memfit.unit.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Launches a JVM with flags, only to see which values they take: {@code java FLAGS -XX:+PrintFlagsFinal -version}, about a
 * tenth of a second, no program runs. The three variables with JVM options are taken out of the environment first, so that
 * the answer is about the flags alone. {@code -XX:+AlwaysPreTouch} is switched off for the launch and not compared: a heap as large
 * as the plan's would be touched, and the container that this runs in may have no room for it.
 *
 * {@snippet :
 * JvmVerification answer = JvmVerifier.of(Path.of("/usr/lib/jvm/java-25")).verify(flags);
 * answer.agrees();
 * }
 *
 * <p>Thread-safe. Starts a process and waits for it.
 *
 * @since 0.1
 */
public final class JvmVerifier {

    private static final Set<String> VARIABLES = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(20);

    private static final String PRE_TOUCH = "AlwaysPreTouch";

    /** A line that announces nothing: what the JVM says around its errors. */
    private static final List<String> NOISE = List.of(
            "Picked up ",
            "NOTE: Picked up ",
            "Error: Could not create",
            "Error: A fatal exception",
            "Error occurred during",
            "[");

    private final Path javaHome;
    private final Duration limit;

    private JvmVerifier(Path javaHome, Duration limit) {
        this.javaHome = javaHome;
        this.limit = limit;
    }

    /**
     * A verifier for an installed JDK or runtime.
     *
     * @param javaHome the directory that has {@code bin/java}
     * @return a verifier with a time limit of 20 seconds
     */
    public static JvmVerifier of(Path javaHome) {
        return new JvmVerifier(Objects.requireNonNull(javaHome, "javaHome"), DEFAULT_LIMIT);
    }

    /**
     * A verifier for the runtime that this program runs on.
     *
     * @return a verifier with a time limit of 20 seconds
     */
    public static JvmVerifier ofRunning() {
        return of(Path.of(System.getProperty("java.home", "")));
    }

    /**
     * Another time limit.
     *
     * @param limit after which the launched JVM is killed, positive
     * @return a verifier with that limit
     * @throws IllegalArgumentException if it is not positive
     */
    public JvmVerifier within(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("a time limit is positive, got " + limit);
        }
        return new JvmVerifier(javaHome, limit);
    }

    /**
     * Launches with the flags of a plan on the command line.
     *
     * @param flags the flags, those that the user had already included
     * @return what the JVM made of them
     */
    public JvmVerification verify(JvmFlags flags) {
        return verify(flags.allArguments(), OptionChannel.COMMAND_LINE);
    }

    /**
     * Launches with options in one channel. A command line may be that of a program: what begins with {@code -jar}, {@code -m} or
     * the main class is left out. Agents among the options are loaded, as in every launch.
     *
     * @param arguments the options
     * @param channel how to pass them
     * @return what the JVM made of them
     */
    public JvmVerification verify(List<String> arguments, OptionChannel channel) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        Map<String, String> environment = Map.of();
        JvmOptions options = JvmOptions.parse(arguments);
        // Last in the same channel: of several equal flags the last one counts, and _JAVA_OPTIONS comes after the
        // command line.
        List<String> launched = new ArrayList<>(launcherPart(arguments, options));
        if (options.effective(PRE_TOUCH).isPresent()) {
            launched.add("-XX:-" + PRE_TOUCH);
        }
        if (channel == OptionChannel.COMMAND_LINE) {
            command.addAll(launched);
        } else {
            environment = Map.of(channel.toString(), JvmOptions.parse(launched).toText());
        }
        command.add("-XX:+PrintFlagsFinal");
        command.add("-version");
        try {
            return answer(Launch.run(command, environment, VARIABLES, limit), options);
        } catch (IOException e) {
            return new JvmVerification.Unverified("cannot launch " + command.get(0) + ": " + e.getMessage());
        }
    }

    /** What stands before -jar, -m or the main class, so that no program runs; some options take the next word as well. */
    private static List<String> launcherPart(List<String> arguments, JvmOptions options) {
        int used = 0;
        for (JvmOption option : options.options()) {
            used += arguments.get(used).equals(option.text()) ? 1 : 2;
        }
        return arguments.subList(0, used);
    }

    private JvmVerification answer(Launch launch, JvmOptions options) {
        if (launch.exitCode().isEmpty()) {
            return new JvmVerification.Unverified("the JVM did not answer within " + limit);
        }
        if (!launch.succeeded()) {
            String message = (launch.errors() + '\n' + launch.output())
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && NOISE.stream().noneMatch(line::startsWith))
                    .findFirst()
                    .orElse("no message");
            return new JvmVerification.Refused(launch.exitCode().getAsInt(), message.replaceAll("\\p{Cntrl}", "?"));
        }
        PrintedFlags actual = PrintedFlags.parse(launch.output());
        if (actual.isEmpty()) {
            return new JvmVerification.Unverified("the JVM printed no table of flags");
        }
        return new JvmVerification.Launched(actual, differences(options, actual));
    }

    private static List<FlagDifference> differences(JvmOptions options, PrintedFlags actual) {
        List<FlagDifference> differences = new ArrayList<>();
        for (JvmOption option : options.options()) {
            if (!option.flag().isEmpty() && options.effective(option.flag()).equals(Optional.of(option))) {
                difference(option, actual).ifPresent(differences::add);
            }
        }
        return differences;
    }

    private static Optional<FlagDifference> difference(JvmOption option, PrintedFlags actual) {
        String flag = switch (option.flag()) {
            case "Xms" -> "InitialHeapSize";
            case "Xmn" -> "MaxNewSize";
            case "Xss" -> "ThreadStackSize";
            default -> option.flag();
        };
        if (flag.equals("Mode") || flag.equals(PRE_TOUCH)) {
            return Optional.empty();
        }
        String printed = actual.value(flag).orElse("absent");
        OptionalLong number = option.number();
        boolean same;
        String intended = option.value();
        if (number.isPresent()) {
            long bytes = number.getAsLong();
            long wanted = option.flag().equals("Xss")
                    ? Bytes.of(bytes).dividedByRoundedUp(1024).value()
                    : bytes;
            intended = Long.toString(wanted);
            // A whole percentage is printed as a fraction.
            same = actual.number(flag).equals(OptionalLong.of(wanted)) || isSameDecimal(printed, intended);
        } else {
            same = printed.equals(intended) || isSameDecimal(printed, intended);
        }
        return same ? Optional.empty() : Optional.of(new FlagDifference(flag, intended, printed));
    }

    /** Percentages are printed with six decimals. */
    private static boolean isSameDecimal(String printed, String intended) {
        try {
            return new java.math.BigDecimal(printed).compareTo(new java.math.BigDecimal(intended)) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
