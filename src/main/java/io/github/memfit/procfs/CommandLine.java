package io.github.memfit.procfs;

import io.github.memfit.internal.RawFile;
import io.github.memfit.unit.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /proc/<pid>/cmdline}: the arguments of a process, as many as fit into {@value #LONGEST} bytes. The process can
 * overwrite them with anything: show them, decide nothing by them. Immutable and thread-safe.
 *
 * @param arguments the arguments, the program first; none for zombies and kernel threads; what is not UTF-8 is U+FFFD
 * @param isCut true if there is more, the last argument then may be cut
 * @since 0.1
 */
public record CommandLine(List<String> arguments, boolean isCut) {

    /** At most this many bytes are read; programs may be started with megabytes of arguments. */
    public static final int LONGEST = 4096;

    /**
     * Copies the arguments.
     *
     * @param arguments the arguments
     * @param isCut true if there is more
     */
    public CommandLine {
        arguments = List.copyOf(arguments);
    }

    static CommandLine parse(RawFile file) {
        byte[] text = file.bytes();
        int length = Math.min(file.length(), LONGEST);
        List<String> arguments = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= length; at++) {
            if (at == length ? from < length : text[at] == 0) {
                arguments.add(ProcText.text(text, from, at));
                from = at + 1;
            }
        }
        return new CommandLine(arguments, file.length() > LONGEST);
    }

    /** The arguments in one line, escaped and shortened. */
    @Override
    public String toString() {
        return Printable.escaped(String.join(" ", arguments), 80) + (isCut ? "..." : "");
    }
}
