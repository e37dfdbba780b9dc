package io.github.memfit.format;

/** Turns "class not found" into what to do about it. */
final class JacksonCore {

    private JacksonCore() {}

    static void require() {
        try {
            Class.forName("tools.jackson.core.json.JsonFactory", false, JacksonCore.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "JSON needs Jackson's streaming core: add tools.jackson.core:jackson-core 3.x to the path", e);
        }
    }
}
