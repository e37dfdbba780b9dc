package io.github.memfit.lab.survival;

/**
 * What runs a program.
 *
 * @param name a short name without blanks: {@code jdk25}
 * @param kind the family whose flags it takes
 * @param version the major version
 * @param command the executable
 */
record Runtime(String name, Kind kind, int version, String command) {

    enum Kind {
        JVM,
        NODE,
        GUNICORN
    }
}
