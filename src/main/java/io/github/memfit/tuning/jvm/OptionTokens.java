package io.github.memfit.tuning.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits option texts as HotSpot (variables) and the launcher (argument files) do. */
final class OptionTokens {

    /** Launcher options that take the next argument as their value. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--limit-modules",
            "--enable-native-access",
            "--add-reads",
            "--add-exports",
            "--add-opens",
            "--patch-module",
            "--source",
            "-d",
            "--describe-module");

    private OptionTokens() {}

    /** White space separates, single and double quotes group and vanish, an open quote ends at the end. */
    static List<String> split(String text) {
        List<String> tokens = new ArrayList<>();
        StringBuilder token = new StringBuilder();
        boolean inToken = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                inToken = true;
            } else if (quote == 0 && isBlank(c)) {
                if (inToken) {
                    tokens.add(token.toString());
                    token.setLength(0);
                    inToken = false;
                }
            } else {
                token.append(c);
                inToken = true;
            }
        }
        if (inToken) {
            tokens.add(token.toString());
        }
        return tokens;
    }

    /** The grammar of argument files; see the java command's manual. */
    static List<String> argumentFile(String text) {
        List<String> tokens = new ArrayList<>();
        StringBuilder token = new StringBuilder();
        boolean inToken = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && c == '#') {
                // Within a word too: the launcher then loses the word.
                token.setLength(0);
                inToken = false;
                while (i + 1 < text.length() && text.charAt(i + 1) != '\n' && text.charAt(i + 1) != '\r') {
                    i++;
                }
            } else if (quote != 0 && c == '\\' && i + 1 < text.length()) {
                i = escape(text, i + 1, token);
            } else if (quote != 0 && (c == quote || c == '\n' || c == '\r')) {
                // An open quote ends with its line.
                quote = 0;
                if (c != '"' && c != '\'') {
                    tokens.add(token.toString());
                    token.setLength(0);
                    inToken = false;
                }
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                inToken = true;
            } else if (quote == 0 && isBlank(c)) {
                if (inToken) {
                    tokens.add(token.toString());
                    token.setLength(0);
                    inToken = false;
                }
            } else {
                token.append(c);
                inToken = true;
            }
        }
        if (inToken) {
            tokens.add(token.toString());
        }
        return tokens;
    }

    /** Appends what stands after a backslash; returns the index of the last character used. */
    private static int escape(String text, int at, StringBuilder token) {
        char c = text.charAt(at);
        switch (c) {
            case 'n' -> token.append('\n');
            case 'r' -> token.append('\r');
            case 't' -> token.append('\t');
            case 'f' -> token.append('\f');
            case '\n', '\r' -> {
                int i = at;
                // Continued line: the break and the blanks that lead the next line vanish.
                while (i + 1 < text.length() && isBlank(text.charAt(i + 1))) {
                    i++;
                }
                return i;
            }
            default -> token.append(c);
        }
        return at;
    }

    /** Those before the main class or -jar; values of options that take one follow them with a blank between. */
    static List<String> launcherOptions(List<String> arguments) {
        List<String> options = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean last = argument.equals("-jar")
                    || argument.equals("-m")
                    || argument.equals("--module")
                    || argument.startsWith("--module=");
            if (last || !argument.startsWith("-") && !argument.startsWith("@")) {
                return options;
            }
            if (WITH_VALUE.contains(argument) && i + 1 < arguments.size()) {
                i++;
                options.add(argument + ' ' + arguments.get(i));
            } else {
                options.add(argument);
            }
        }
        return options;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
