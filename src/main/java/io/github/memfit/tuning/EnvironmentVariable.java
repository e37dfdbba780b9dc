package io.github.memfit.tuning;

import java.util.Locale;
import java.util.Set;

/**
 * A variable of a process's environment, and the texts by which it is set: a shell word, a Dockerfile line, an entry of a
 * Kubernetes container.
 *
 * {@snippet :
 * EnvironmentVariable heap = EnvironmentVariable.of("NODE_OPTIONS", "--max-old-space-size=403");
 * heap.toShell();      // NODE_OPTIONS=--max-old-space-size=403
 * heap.toDockerfile(); // ENV NODE_OPTIONS="--max-old-space-size=403"
 * }
 *
 * <p>The texts are safe: whatever the value holds, a reader gets back that value and nothing is expanded. Immutable and
 * thread-safe.
 *
 * @param name letters, digits and underscores, not beginning with a digit (POSIX XBD 8.1, upper and lower case)
 * @param value any text without NUL and without unpaired surrogates
 * @since 0.1
 */
public record EnvironmentVariable(String name, String value) {

    /** Plain words that YAML 1.1 (1.2 for some) reads as a boolean or as nothing, in lower case. */
    private static final Set<String> YAML_WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    /**
     * Checks the name's letters and that the value can be stored at all.
     *
     * @param name letters, digits and underscores, not beginning with a digit
     * @param value any text without NUL and without unpaired surrogates
     * @throws IllegalArgumentException if the name or the value breaks its rule
     */
    public EnvironmentVariable {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "a variable's name is letters, digits and underscores, not beginning with a digit; got \"" + name
                            + "\"");
        }
        ShellWords.requireEncodable(value);
    }

    /**
     * A variable.
     *
     * @param name letters, digits and underscores, not beginning with a digit
     * @param value any text without NUL and without unpaired surrogates
     * @return the variable
     * @throws IllegalArgumentException if the name or the value breaks its rule
     */
    public static EnvironmentVariable of(String name, String value) {
        return new EnvironmentVariable(name, value);
    }

    /**
     * The variable as an assignment for a POSIX shell, {@code NAME=quoted}, fit to stand after {@code export} or before a command.
     *
     * @return one line unless the value holds line breaks
     */
    public String toShell() {
        return name + "=" + (value.isEmpty() ? "" : ShellWords.quote(value));
    }

    /**
     * The variable as a line of a Dockerfile. Docker expands {@code $} in such a line, so it is escaped.
     *
     * @return {@code ENV NAME="value"}
     * @throws IllegalArgumentException if the value holds a line break, which a Dockerfile cannot express
     */
    public String toDockerfile() {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a Dockerfile cannot set " + name + " to a value with a line break");
        }
        return "ENV " + name + "=\""
                + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$") + "\"";
    }

    /**
     * The variable as an entry of {@code spec.containers[].env}, two lines of YAML. Kubernetes expands {@code $(NAME)} in such a
     * value and reads {@code $$} as one dollar sign; a value that holds either has all its dollar signs doubled.
     *
     * @return {@code - name: NAME} and {@code   value: "value"}, without a line break at the end; the name is quoted too where YAML
     *     would read another value in it: {@code NO} is false to YAML 1.1
     */
    public String toKubernetes() {
        boolean ambiguous = YAML_WORDS.contains(name.toLowerCase(Locale.ROOT));
        StringBuilder text = new StringBuilder("- name: ")
                .append(ambiguous ? '"' + name + '"' : name)
                .append("\n  value: \"");
        boolean expands = value.contains("$(") || value.contains("$$");
        (expands ? value.replace("$", "$$") : value).codePoints().forEach(c -> {
            switch (c) {
                case '"', '\\' -> text.append('\\').append((char) c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20
                            || (c >= 0x7f && c <= 0x9f)
                            || c == 0x2028
                            || c == 0x2029
                            || c == 0xfeff
                            || c == 0xfffe
                            || c == 0xffff) {
                        text.append(String.format(Locale.ROOT, "\\u%04x", c));
                    } else {
                        text.appendCodePoint(c);
                    }
                }
            }
        });
        return text.append('"').toString();
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
