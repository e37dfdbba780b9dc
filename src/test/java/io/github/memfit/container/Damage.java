package io.github.memfit.container;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Ways in which a file can be broken, missing or refused. */
enum Damage {
    MISSING,
    EMPTY,
    HALF {
        @Override
        String text(String text) {
            int cut = text.length() / 2;
            // Right behind a line feed the cut could not be seen by anybody.
            return cut > 0 && text.charAt(cut - 1) == '\n' ? text.substring(0, cut - 1) : text.substring(0, cut);
        }
    },
    NO_LAST_LINE_FEED {
        @Override
        String text(String text) {
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        }
    },
    CARRIAGE_RETURNS {
        @Override
        String text(String text) {
            return text.replace("\n", "\r\n");
        }
    },
    ONLY_CARRIAGE_RETURNS {
        @Override
        String text(String text) {
            return text.replace('\n', '\r');
        }
    },
    VERTICAL_TABS {
        @Override
        String text(String text) {
            return text.replace('\n', '\u000b');
        }
    },
    RANDOM_BYTES {
        @Override
        String text(String text) {
            byte[] bytes = new byte[Math.min(4000, text.length() + 20)];
            new Random(text.length()).nextBytes(bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    },
    OTHER_WORDS {
        @Override
        String text(String text) {
            return "permission denied\nnothing here\n";
        }
    },
    ENDLESS_NUMBERS {
        @Override
        String text(String text) {
            return text.replaceAll("([0-9]+)\n", "$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1\n");
        }
    },
    LETTERS_IN_NUMBERS {
        @Override
        String text(String text) {
            return text.replaceAll("([0-9])\n", "$1x\n");
        }
    },
    LEADING_BLANKS {
        @Override
        String text(String text) {
            return text.replaceAll("(?m)^", " ");
        }
    },
    TABS {
        @Override
        String text(String text) {
            return text.replace(' ', '\t') + "\t";
        }
    },
    BLANK_LINES {
        @Override
        String text(String text) {
            return "\n" + text.replace("\n", "\n\n");
        }
    },
    TWICE {
        @Override
        String text(String text) {
            return text + text;
        }
    },
    ZERO_BYTES {
        @Override
        String text(String text) {
            StringBuilder wide = new StringBuilder();
            text.chars().forEach(c -> wide.append((char) c).append('\0'));
            return wide.toString();
        }
    },
    BYTE_ORDER_MARK {
        @Override
        String text(String text) {
            return "\u00ef\u00bb\u00bf" + text;
        }
    },
    UPPER_CASE {
        @Override
        String text(String text) {
            StringBuilder upper = new StringBuilder();
            text.chars().forEach(c -> upper.append(c >= 'a' && c <= 'z' ? (char) (c - 32) : (char) c));
            return upper.toString();
        }
    },
    HUGE,
    DIRECTORY,
    LINK_TO_ITSELF,
    LINK_TO_NOWHERE;

    String text(String text) {
        return "";
    }

    /** Replaces the file. */
    void apply(Path file) throws IOException {
        byte[] before = Files.readAllBytes(file);
        Files.delete(file);
        switch (this) {
            case MISSING -> {}
            case DIRECTORY -> Files.createDirectory(file);
            case LINK_TO_ITSELF -> Files.createSymbolicLink(file, file.getFileName());
            case LINK_TO_NOWHERE -> Files.createSymbolicLink(file, file.resolveSibling("nowhere-" + name()));
            case HUGE -> {
                try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
                    huge.write(before);
                    huge.setLength(5 << 20);
                }
            }
            default ->
                Files.write(
                        file,
                        text(new String(before, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
