package io.github.memfit.tuning.jvm;

import io.github.memfit.tuning.EnvironmentVariable;
import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The flags of a plan in every form that a JVM can be given them. The list of arguments is the true form; the texts are
 * quoted for their readers and read back to the same list.
 *
 * <p>Absolute sizes, never percentages: a percentage trusts the JVM's own detection of its container, which fails in known
 * ways (see {@link ContainerSight}) and means something else below 249.6 MiB.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class JvmFlags {

    private final Bytes heap;
    private final GarbageCollector collector;
    private final List<JvmSetting> settings;
    private final Map<String, String> environment;

    JvmFlags(Bytes heap, GarbageCollector collector, List<JvmSetting> settings, Map<String, String> environment) {
        this.heap = heap;
        this.collector = collector;
        this.settings = List.copyOf(settings);
        this.environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /**
     * The heap that the JVM will have: {@code MaxHeapSize} of a launch equals it.
     *
     * @return the size
     */
    public Bytes heap() {
        return heap;
    }

    /**
     * The collector.
     *
     * @return the collector
     */
    public GarbageCollector collector() {
        return collector;
    }

    /**
     * All settings with their reasons, those of the user included.
     *
     * @return the settings, unmodifiable
     */
    public List<JvmSetting> settings() {
        return settings;
    }

    /**
     * What to add to the command line: the settings that the user does not have yet.
     *
     * @return one argument for each, unmodifiable
     */
    public List<String> arguments() {
        return settings.stream()
                .filter(setting -> !setting.given())
                .map(JvmSetting::option)
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * All settings as arguments, those of the user included.
     *
     * @return one argument for each, unmodifiable
     */
    public List<String> allArguments() {
        return settings.stream().map(JvmSetting::option).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Variables for the process besides the JVM's options, such as {@code MALLOC_ARENA_MAX}.
     *
     * @return names and values, unmodifiable
     */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * The value for {@code JAVA_TOOL_OPTIONS}. Every JVM started with that environment takes it, {@code jcmd} and {@code
     * javac} too, and prints a line to standard error.
     *
     * @return the arguments, separated by blanks and quoted where needed
     */
    public String toJavaToolOptions() {
        return arguments().stream().map(OptionQuotes::variable).collect(Collectors.joining(" "));
    }

    /**
     * The value for {@code JDK_JAVA_OPTIONS}, which only the {@code java} launcher reads.
     *
     * @return the arguments, separated by blanks and quoted where needed
     */
    public String toJdkJavaOptions() {
        return toJavaToolOptions();
    }

    /**
     * The content of an argument file for {@code java @file}.
     *
     * @return one argument a line
     */
    public String toArgumentFile() {
        return arguments().stream().map(OptionQuotes::argumentFile).collect(Collectors.joining("\n", "", "\n"));
    }

    /**
     * {@code JAVA_TOOL_OPTIONS} and the {@link #environment()} as variables, which know how to be written for a shell, a
     * Dockerfile and a Kubernetes manifest.
     *
     * @return the variables, unmodifiable
     */
    public List<EnvironmentVariable> variables() {
        List<EnvironmentVariable> variables = new ArrayList<>();
        variables.add(EnvironmentVariable.of("JAVA_TOOL_OPTIONS", toJavaToolOptions()));
        environment.forEach((name, value) -> variables.add(EnvironmentVariable.of(name, value)));
        return List.copyOf(variables);
    }

    /**
     * Lines for a Dockerfile.
     *
     * @return an {@code ENV} instruction for each of {@link #variables()}
     */
    public String toDockerfile() {
        return variables().stream().map(EnvironmentVariable::toDockerfile).collect(Collectors.joining("\n", "", "\n"));
    }

    /**
     * Items for the {@code env} of a container in a Kubernetes manifest.
     *
     * @return YAML, not indented
     */
    public String toKubernetesEnv() {
        return variables().stream().map(EnvironmentVariable::toKubernetes).collect(Collectors.joining("\n", "", "\n"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JvmFlags
                && ((JvmFlags) other).settings.equals(settings)
                && ((JvmFlags) other).environment.equals(environment);
    }

    @Override
    public int hashCode() {
        return Objects.hash(settings, environment);
    }

    /** The first arguments, at most 200 characters. */
    @Override
    public String toString() {
        String text = String.join(" ", allArguments());
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
