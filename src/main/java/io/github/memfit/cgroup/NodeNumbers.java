package io.github.memfit.cgroup;

import io.github.memfit.internal.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The text of {@code memory.numa_stat} in both versions. */
final class NodeNumbers {

    private NodeNumbers() {}

    static Map<String, Map<Integer, Long>> parse(byte[] text, int length) {
        Map<String, Map<Integer, Long>> lines = new LinkedHashMap<>();
        int at = 0;
        while (at < length) {
            int end = Ascii.find(text, at, length, '\n');
            if (end == length) {
                break;
            }
            String[] words = new String(text, at, end - at, StandardCharsets.ISO_8859_1).split(" ", -1);
            int equals = words[0].indexOf('=');
            String key = equals < 0 ? words[0] : words[0].substring(0, equals);
            Map<Integer, Long> nodes = nodes(words);
            if (!key.isEmpty() && !nodes.isEmpty()) {
                lines.putIfAbsent(key, nodes);
            }
            at = end + 1;
        }
        return Collections.unmodifiableMap(lines);
    }

    /** The words {@code N0=123}; nothing if one of them is no such word. */
    private static Map<Integer, Long> nodes(String[] words) {
        Map<Integer, Long> nodes = new TreeMap<>();
        for (int i = 1; i < words.length; i++) {
            byte[] word = words[i].getBytes(StandardCharsets.ISO_8859_1);
            int equals = Ascii.find(word, 0, word.length, '=');
            long node = Ascii.startsWith(word, 0, equals, "N") ? Ascii.decimal(word, 1, equals) : -1;
            long number = Ascii.decimal(word, Math.min(equals + 1, word.length), word.length);
            if (node < 0 || node > Short.MAX_VALUE || number < 0) {
                return Map.of();
            }
            nodes.put((int) node, number);
        }
        return Collections.unmodifiableMap(nodes);
    }
}
