package io.github.memfit.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.unit.MalformedException;
import java.nio.charset.StandardCharsets;

/** Any text is a version that reads back, or is refused. */
class KubernetesVersionFuzz {

    @FuzzTest
    void text(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            KubernetesVersion version = KubernetesVersion.parse(text);
            assertEquals(version, KubernetesVersion.parse(version.toString()));
            assertEquals(version, version.at(version));
            for (KubernetesFeature feature : KubernetesFeature.values()) {
                assertEquals(false, version.without(feature).has(feature));
            }
        } catch (MalformedException e) {
            assertEquals("Kubernetes version", e.source());
        }
    }
}
