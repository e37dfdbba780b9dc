package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads native memory reports line by line. Indentation, blank lines and the order of sections differ between releases and
 * are not looked at; a line in parentheses belongs to the section above it.
 */
final class NmtParser {

    private static final String SOURCE = "native memory report";

    /** HotSpot has about forty tags; more than this many sections is no report. */
    private static final int MOST_SECTIONS = 256;

    private final String text;
    private int line;
    private int start;
    private int end;
    private int at;

    private long unit = 1;
    private boolean differences;
    private OptionalLong classes = OptionalLong.empty();
    private OptionalLong threads = OptionalLong.empty();
    private final List<NmtCategory> categories = new ArrayList<>();
    private Section section = new Section("Total");

    /** A section in the making. */
    private static final class Section {
        final String name;
        Bytes reserved = Bytes.ZERO;
        Bytes committed = Bytes.ZERO;
        Bytes reservedChange = Bytes.ZERO;
        Bytes committedChange = Bytes.ZERO;
        Optional<Bytes> malloc = Optional.empty();
        Optional<Bytes> mallocPeak = Optional.empty();
        Optional<Bytes> arena = Optional.empty();
        Optional<Bytes> arenaPeak = Optional.empty();

        Section(String name) {
            this.name = name;
        }

        NmtCategory done() {
            return new NmtCategory(
                    name, reserved, committed, malloc, mallocPeak, arena, arenaPeak, reservedChange, committedChange);
        }
    }

    NmtParser(String text) {
        this.text = text;
    }

    Optional<NativeMemory> parse() {
        if (text.contains("ative memory tracking is not enabled")
                || text.contains("ative memory tracking has been shut")) {
            return Optional.empty();
        }
        Section total = null;
        while (nextLine()) {
            if (total == null) {
                if (starts("Total:")) {
                    total = section;
                    sizes("Total:".length());
                }
            } else if (starts("Virtual memory map:") || starts("Details:") || starts("[0x") || isCut()) {
                // Detailed differences have no heading: call stacks follow the sections at once.
                break;
            } else if (starts("-") && at + 1 < end && text.charAt(at + 1) == ' ') {
                closeSection(total);
                openSection();
            } else {
                detail(total);
            }
        }
        if (total == null) {
            throw malformed(1, 1, text, "a report has a line \"Total: reserved=..., committed=...\"");
        }
        closeSection(total);
        return Optional.of(new NativeMemory(total.done(), categories, classes, threads, Bytes.of(unit), differences));
    }

    /** Moves to the next line and past its blanks; false at the end of the text. */
    private boolean nextLine() {
        if (line > 0) {
            start = text.indexOf('\n', start) + 1;
            if (start == 0) {
                return false;
            }
        }
        line++;
        end = text.indexOf('\n', start);
        if (end < 0) {
            end = text.length();
        }
        at = start;
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
        return true;
    }

    /** The last line of a text that was cut for its length: half of a section or of a number says nothing. */
    private boolean isCut() {
        int last = end;
        while (last > at && text.charAt(last - 1) == ' ') {
            last--;
        }
        return end == text.length() && last > at && text.charAt(last - 1) != ')';
    }

    private boolean starts(String prefix) {
        return text.startsWith(prefix, at) && at + prefix.length() <= end;
    }

    private void closeSection(Section total) {
        if (section != total) {
            if (categories.size() == MOST_SECTIONS) {
                throw malformed(line, 1, lineText(), "a report has at most " + MOST_SECTIONS + " sections");
            }
            categories.add(section.done());
        }
    }

    private void openSection() {
        int from = at + 1;
        while (from < end && text.charAt(from) == ' ') {
            from++;
        }
        int bracket = text.indexOf('(', from);
        if (bracket < 0 || bracket >= end || bracket == from) {
            throw malformed(line, at - start + 1, lineText(), "a section is \"- name (reserved=..., committed=...)\"");
        }
        section = new Section(text.substring(from, bracket).stripTrailing());
        sizes(bracket - at + 1);
    }

    /** reserved=X [+-D], committed=Y [+-D] somewhere after the offset. */
    private void sizes(int offset) {
        int reserved = find("reserved=", at + offset);
        int committed = find("committed=", at + offset);
        if (reserved < 0 || committed < 0) {
            throw malformed(line, at - start + 1, lineText(), "sizes are written \"reserved=1KB, committed=1KB\"");
        }
        section.reserved = size(reserved);
        section.reservedChange = change();
        section.committed = size(committed);
        section.committedChange = change();
    }

    private void detail(Section total) {
        if (section == total) {
            // Malloc and mmap of the whole; JDK 25 writes "malloc=" in a report of differences.
            if (starts("malloc: ")) {
                section.malloc = Optional.of(size(at + "malloc: ".length()));
                section.mallocPeak = peak(find("peak=", at));
            } else if (starts("malloc=")) {
                section.malloc = Optional.of(size(at + "malloc=".length()));
                change();
            }
        } else if (starts("(malloc=")) {
            section.malloc = Optional.of(size(at + "(malloc=".length()));
            section.mallocPeak = find("(at peak)", at) >= 0 ? section.malloc : peak(find("(peak=", at));
        } else if (starts("(arena=")) {
            section.arena = Optional.of(size(at + "(arena=".length()));
            section.arenaPeak = find("(at peak)", at) >= 0 ? section.arena : peak(find("(peak=", at));
        } else if (starts("(classes #")) {
            classes = OptionalLong.of(number(at + "(classes #".length()));
        } else if (starts("(thread #")) {
            threads = OptionalLong.of(number(at + "(thread #".length()));
        } else if (starts("(threads #")) {
            threads = OptionalLong.of(number(at + "(threads #".length()));
        }
    }

    private Optional<Bytes> peak(int position) {
        return position < 0 ? Optional.empty() : Optional.of(size(position));
    }

    /** The index after a word within this line, or -1. */
    private int find(String word, int from) {
        int found = text.indexOf(word, from);
        return found < 0 || found + word.length() > end ? -1 : found + word.length();
    }

    private int next;

    private Bytes size(int from) {
        long value = number(from);
        long scale = 1;
        if (next + 1 < end && text.charAt(next + 1) == 'B') {
            scale = switch (text.charAt(next)) {
                case 'K' -> 1L << 10;
                case 'M' -> 1L << 20;
                case 'G' -> 1L << 30;
                default -> 1;
            };
            next += scale == 1 ? 0 : 2;
        }
        unit = Math.max(unit, scale);
        if (value > Long.MAX_VALUE / scale) {
            throw malformed(line, from - start + 1, lineText(), "a size fits 63 bits");
        }
        return Bytes.of(value * scale);
    }

    /** The signed change that may follow a size. */
    private Bytes change() {
        if (next + 1 < end
                && text.charAt(next) == ' '
                && (text.charAt(next + 1) == '+' || text.charAt(next + 1) == '-')) {
            boolean negative = text.charAt(next + 1) == '-';
            differences = true;
            Bytes change = size(next + 2);
            return negative ? change.negated() : change;
        }
        return Bytes.ZERO;
    }

    private long number(int from) {
        long value = 0;
        int i = from;
        while (i < end && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            int digit = text.charAt(i) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw malformed(line, from - start + 1, lineText(), "a number fits 63 bits");
            }
            value = value * 10 + digit;
            i++;
        }
        if (i == from) {
            throw malformed(line, from - start + 1, lineText(), "a number of ASCII digits stands here");
        }
        next = i;
        return value;
    }

    private String lineText() {
        return text.substring(start, end);
    }

    private static MalformedException malformed(int line, int column, String text, String rule) {
        return new MalformedException(SOURCE, line, column, text, rule);
    }
}
