package io.github.memfit.tuning.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The text of NODE_OPTIONS against a second reader, and whatever it says against the heap rules. */
class NodeOptionsFuzz {

    private static final List<NodeVersion> VERSIONS = List.of(
            NodeVersion.of(12, 22, 12),
            NodeVersion.of(18, 20, 8),
            NodeVersion.of(22, 23, 3),
            NodeVersion.of(26, 10, 0));

    @FuzzTest
    void parse(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        Optional<List<String>> expected = reference(text);
        if (expected.isEmpty()) {
            assertThrows(MalformedException.class, () -> NodeOptions.parse(text));
            return;
        }
        NodeOptions options = NodeOptions.parse(text);
        assertEquals(expected.get(), options.words());
        assertEquals(options, NodeOptions.parse(options.toNodeOptions()));
        NodeOptions set = options.with("--max-old-space-size", "300");
        assertEquals(Optional.of("300"), set.value("--max_old_space_size"));
        assertEquals(options.without("--max-old-space-size"), set.without("--max-old-space-size"));
        assertTrue(options.toString().length() <= 200);
    }

    @FuzzTest
    void launch(byte[] data) {
        NodeOptions options = NodeOptions.of(List.of(new String(data, StandardCharsets.UTF_8).split(" ")));
        for (NodeVersion version : VERSIONS) {
            NodeLaunch launch = NodeLaunch.of(version, Bytes.gibi(1), NodeOptions.none(), options);
            if (launch instanceof NodeLaunch.Started started) {
                assertFalse(started.heap().heapSizeLimit().isNegative());
                assertEquals(1, Long.bitCount(started.heap().semiSpace().value()));
            }
        }
    }

    /** Node's own loop, with its two flags. */
    private static Optional<List<String>> reference(String text) {
        List<String> words = new ArrayList<>();
        boolean inString = false;
        boolean startNew = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && inString) {
                if (i + 1 == text.length()) {
                    return Optional.empty();
                }
                c = text.charAt(++i);
            } else if (c == ' ' && !inString) {
                startNew = true;
                continue;
            } else if (c == '"') {
                inString = !inString;
                continue;
            }
            if (startNew) {
                words.add(String.valueOf(c));
                startNew = false;
            } else {
                words.set(words.size() - 1, words.get(words.size() - 1) + c);
            }
        }
        return inString ? Optional.empty() : Optional.of(words);
    }
}
