package io.github.memfit.tuning.jvm;

/** Quotes one option for the text that will hold it. Plain words stay as they are. */
final class OptionQuotes {

    private OptionQuotes() {}

    private static boolean isPlain(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"'\\#$`".indexOf(c) < 0);
    }

    /** JAVA_TOOL_OPTIONS: quotes group, nothing escapes; a quote of one kind stands within the other kind. */
    static String variable(String option) {
        if (isPlain(option)) {
            return option;
        }
        StringBuilder out = new StringBuilder();
        char open = 0;
        for (int i = 0; i < option.length(); i++) {
            char c = option.charAt(i);
            char wanted = c == '"' ? '\'' : c == '\'' ? '"' : open == 0 ? '"' : open;
            if (open != wanted) {
                if (open != 0) {
                    out.append(open);
                }
                out.append(wanted);
                open = wanted;
            }
            out.append(c);
        }
        return open == 0 ? "\"\"" : out.append(open).toString();
    }

    /** Argument files: within double quotes a backslash escapes. */
    static String argumentFile(String option) {
        if (isPlain(option) && !option.startsWith("@")) {
            return option;
        }
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < option.length(); i++) {
            char c = option.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '"', '\\' -> out.append('\\').append(c);
                default -> out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** ENV of a Dockerfile: double quotes, backslash escapes, dollars would expand. */
    static String dockerfile(String value) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\' || c == '$') {
                out.append('\\');
            }
            out.append(c);
        }
        return out.append('"').toString();
    }

    /** A double-quoted YAML scalar; Kubernetes itself expands $(NAME) and reads $$ as a dollar. */
    static String kubernetes(String value) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '$') {
                out.append("$$");
            } else if (c < ' ' || c >= 0x7f) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
