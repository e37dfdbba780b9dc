package io.github.memfit.lab.survival;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the lab.
 *
 * @param name a short name without blanks
 * @param kind the runtimes that it needs
 * @param arguments what follows the runtime's flags: the program and its own arguments
 * @param workFactor how many times the usual processor time a step of growth takes at least
 */
record Program(String name, Runtime.Kind kind, List<String> arguments, int workFactor) {

    Program(String name, Runtime.Kind kind, List<String> arguments) {
        this(name, kind, arguments, 1);
    }

    List<String> command(Runtime runtime, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(runtime.command());
        command.addAll(flags);
        command.addAll(arguments);
        return command;
    }

    /** The same program with more on its class path, started through another main class. */
    Program recordedBy(String classPath, List<String> main) {
        List<String> with = new ArrayList<>(arguments);
        int path = with.indexOf("-cp") + 1;
        with.set(path, with.get(path) + File.pathSeparator + classPath);
        with.addAll(path + 1, main);
        return new Program(name, kind, with, workFactor);
    }
}
