package io.github.memfit.lab.survival;

import java.util.ArrayList;
import java.util.List;

/**
 * A program of the lab.
 *
 * @param name a short name without blanks
 * @param kind the runtimes that it needs
 * @param arguments what follows the runtime's flags: the program and its own arguments
 */
record Program(String name, Runtime.Kind kind, List<String> arguments) {

    List<String> command(Runtime runtime, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(runtime.command());
        command.addAll(flags);
        command.addAll(arguments);
        return command;
    }
}
