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
}
