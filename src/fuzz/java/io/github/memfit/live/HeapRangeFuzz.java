package io.github.memfit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a diagnostic command prints: a range or none, and a range that is printed comes back. */
class HeapRangeFuzz {

    @FuzzTest
    void parse(byte[] data) {
        HeapRange.parse(new String(data, StandardCharsets.UTF_8)).ifPresent(range -> {
            assertTrue(range.from() >= 0 && range.from() < range.to(), range.toString());
            String printed = "[0x" + Long.toHexString(range.from()) + ", 0x" + Long.toHexString(range.to()) + ")";
            assertEquals(Optional.of(range), HeapRange.parse(printed));
        });
    }
}
