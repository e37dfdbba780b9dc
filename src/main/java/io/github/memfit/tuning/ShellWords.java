package io.github.memfit.tuning;

import io.github.memfit.unit.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Words of a POSIX shell command line: quoting them so that a shell reads back exactly what was given, and taking a line
 * apart again without running anything.
 *
 * <p>An argument list is always the better output; this class is for the places that only take one string. Quoting uses single
 * quotes only, the one form in which POSIX (XCU 2.2.2) knows no escape, no expansion and no exception; a single quote itself is
 * written {@code '\''}. A word is left bare only if no shell can see more in it than its letters.
 *
 * {@snippet :
 * ShellWords.join(List.of("gunicorn", "--name", "it's $HOME")); // gunicorn --name 'it'\''s $HOME'
 * }
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class ShellWords {

    private static final String BARE = "%+,-./:=@_";

    /** Words that mean something else in command position (POSIX XCU 2.4, bash, zsh). */
    private static final Set<String> RESERVED = Set.of(
            "case",
            "coproc",
            "do",
            "done",
            "elif",
            "else",
            "end",
            "esac",
            "fi",
            "for",
            "foreach",
            "function",
            "if",
            "in",
            "nocorrect",
            "noglob",
            "repeat",
            "select",
            "then",
            "time",
            "until",
            "while");

    private ShellWords() {}

    /**
     * One word, quoted where a shell could see more in it than its letters.
     *
     * @param word any text without NUL and without unpaired surrogates; it may be empty or hold line breaks
     * @return text that a POSIX shell reads as exactly this one word
     * @throws IllegalArgumentException if the word holds a character that no argument of a process can hold
     */
    public static String quote(String word) {
        requireEncodable(word);
        return isBare(word) ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * Words quoted one by one and joined by single blanks.
     *
     * @param words the words, command first
     * @return text that a POSIX shell reads as exactly these words
     * @throws IllegalArgumentException if a word holds a character that no argument of a process can hold
     */
    public static String join(List<String> words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(line.length() == 0 ? "" : " ").append(quote(word));
        }
        return line.toString();
    }

    /**
     * Takes a line apart into words: blanks separate, single quotes keep everything, double quotes keep all but the backslash
     * before a double quote or a backslash, a backslash outside of quotes keeps the next character. Nothing is expanded:
     * {@code $HOME} and {@code *} stay as written. These are the rules of Python's {@code shlex.split}, which Gunicorn applies to
     * {@code GUNICORN_CMD_ARGS}; {@code parse(join(words))} is {@code words} again.
     *
     * @param line the text
     * @return its words; none for blank text
     * @throws MalformedException if a quote is not closed or the text ends in a lone backslash
     */
    public static List<String> parse(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
                at++;
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            at = switch (c) {
                case '\'' -> singleQuoted(line, at, word);
                case '"' -> doubleQuoted(line, at, word);
                case '\\' -> escaped(line, at, word);
                default -> {
                    word.append(c);
                    yield at + 1;
                }
            };
        }
        if (word != null) {
            words.add(word.toString());
        }
        return List.copyOf(words);
    }

    private static int singleQuoted(String line, int open, StringBuilder word) {
        int close = line.indexOf('\'', open + 1);
        if (close < 0) {
            throw new MalformedException("shell words", 1, open + 1, line, "a single quote must be closed");
        }
        word.append(line, open + 1, close);
        return close + 1;
    }

    private static int doubleQuoted(String line, int open, StringBuilder word) {
        for (int at = open + 1; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\' && at + 1 < line.length() && (line.charAt(at + 1) == '"' || line.charAt(at + 1) == '\\')) {
                at++;
                c = line.charAt(at);
            }
            word.append(c);
        }
        throw new MalformedException("shell words", 1, open + 1, line, "a double quote must be closed");
    }

    private static int escaped(String line, int at, StringBuilder word) {
        if (at + 1 == line.length()) {
            throw new MalformedException("shell words", 1, at + 1, line, "a backslash must be followed by a character");
        }
        word.append(line.charAt(at + 1));
        return at + 2;
    }

    /** An equals sign is bare only in an option: {@code a=b} in command position is an assignment. */
    private static boolean isBare(String word) {
        if (word.isEmpty() || RESERVED.contains(word) || (word.indexOf('=') >= 0 && word.charAt(0) != '-')) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && BARE.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    static void requireEncodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException("no argument or variable can hold NUL (index " + i + ")");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException("an unpaired surrogate has no encoding (index " + i + ")");
            }
        }
    }
}
