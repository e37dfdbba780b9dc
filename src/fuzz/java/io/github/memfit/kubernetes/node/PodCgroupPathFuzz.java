package io.github.memfit.kubernetes.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.unit.MalformedException;
import java.nio.charset.StandardCharsets;

/** Any path is read without trouble, and what is found stands in it. */
class PodCgroupPathFuzz {

    @FuzzTest
    void text(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        PodCgroupPath path;
        try {
            path = PodCgroupPath.parse(text);
        } catch (MalformedException e) {
            assertTrue(!text.startsWith("/") || text.length() > 4096);
            return;
        }
        assertEquals(text, path.path());
        path.containerId().ifPresent(id -> assertTrue(id.length() == 64 && text.contains(id)));
        path.podUid().ifPresent(uid -> assertTrue(text.replace('_', '-').contains("pod" + uid)));
        assertTrue(path.podUid().isEmpty() || path.qosClass().isPresent());
        assertTrue(path.toString().length() <= 200);
    }
}
