package io.github.memfit.container;

/** Text that is escaped already, cut to what fits a line. */
final class OneLine {

    private static final int LONGEST = 200;

    private OneLine() {}

    static String of(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }
}
