package io.github.memfit.procfs;

import io.github.memfit.internal.RawFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Texts as if they had been read from a file. */
final class Texts {

    private Texts() {}

    static RawFile file(String text) {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    static RawFile file(byte[] text) {
        return RawFile.of(Path.of("/proc/7/file"), text);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
