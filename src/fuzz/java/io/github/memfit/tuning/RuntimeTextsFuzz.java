package io.github.memfit.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.tuning.go.GoMemoryLimit;
import io.github.memfit.tuning.malloc.GlibcArenas;
import io.github.memfit.tuning.malloc.JemallocConf;
import io.github.memfit.tuning.node.NodeThreads;
import io.github.memfit.tuning.node.NodeVersion;
import io.github.memfit.unit.MalformedException;
import java.nio.charset.StandardCharsets;

/** Small texts: each is taken and comes back, or is refused as malformed, and nothing else happens. */
class RuntimeTextsFuzz {

    @FuzzTest
    void values(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            GoMemoryLimit limit = GoMemoryLimit.parse(text);
            assertEquals(limit, GoMemoryLimit.parse(limit.toString()));
        } catch (MalformedException e) {
            assertTrue(e.text().length() <= MalformedException.LONGEST_EXCERPT + 3);
        }
        try {
            NodeVersion version = NodeVersion.parse(text);
            assertEquals(version, NodeVersion.parse(version.toString()));
        } catch (MalformedException e) {
            assertTrue(e.text().length() <= MalformedException.LONGEST_EXCERPT + 3);
        }
        GlibcArenas.bound(text).ifPresent(arenas -> assertTrue(arenas > 0));
        int pool = NodeThreads.poolFor(text);
        assertTrue(pool >= 1 && pool <= NodeThreads.LARGEST_POOL);
        assertTrue(JemallocConf.complaints(text).size() <= text.length());
    }
}
