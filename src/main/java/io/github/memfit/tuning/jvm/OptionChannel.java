package io.github.memfit.tuning.jvm;

/**
 * How an option reaches a JVM, from weakest to strongest: of two settings of one flag the one in the stronger channel
 * wins, within a channel the last. Checked with launches of JDK 17 and 25. Immutable and thread-safe.
 *
 * @since 0.1
 */
public enum OptionChannel {
    /**
     * The variable that every JVM reads, also {@code jcmd} and {@code javac}; it prints a line to standard error, and
     * argument files do not work in it.
     */
    JAVA_TOOL_OPTIONS("JAVA_TOOL_OPTIONS"),
    /** The variable that the {@code java} launcher puts before its own arguments. */
    JDK_JAVA_OPTIONS("JDK_JAVA_OPTIONS"),
    /** The arguments of the launcher. */
    COMMAND_LINE("command line"),
    /** The undocumented variable that beats the command line. */
    UNDERSCORE_JAVA_OPTIONS("_JAVA_OPTIONS");

    private final String name;

    OptionChannel(String name) {
        this.name = name;
    }

    /** The name of the variable, or {@code command line}. */
    @Override
    public String toString() {
        return name;
    }
}
