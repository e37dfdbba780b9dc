package io.github.memfit.report;

import io.github.memfit.unit.Printable;

/** Text from outside between the tags of HTML and SVG. */
final class Markup {

    private Markup() {}

    /** Printable ASCII, for content and for quoted attributes. */
    static String text(String content) {
        return ofPrintable(Printable.escaped(content));
    }

    /** The beginning of a long name, the same way. */
    static String text(String content, int longest) {
        return ofPrintable(Printable.escaped(content, longest));
    }

    /** What is printable already, such as a cell: escaped twice it would show the escape of its escape. */
    static String ofPrintable(String printable) {
        return printable.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
