package io.github.memfit.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.MalformedException;
import io.github.memfit.usage.UsageHistory;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("bare")
class UsageCsvTest {

    @Test
    void readsTimesAndBytes() {
        UsageHistory history = UsageCsv.parse("t", "epoch_s,bytes\r\n1700000000,10\n\n# a comment\n1700000001.5,20");
        assertEquals(2, history.size());
        assertEquals(1_700_000_000_000L, history.epochMillis(0));
        assertEquals(1_700_000_001_500L, history.epochMillis(1));
        assertEquals(20, history.bytes(1));
    }

    @Test
    void readsReplicasAndMarks() {
        UsageHistory history = UsageCsv.parse("t", "id,epoch_s,bytes\na,1,10\nb,1,20\na,2,oom_kill\na,3,restart\n");
        assertEquals(List.of("a", "b"), history.replicas());
        assertEquals(2, history.size());
        assertEquals(2, history.marks().size());
    }

    @Test
    void nothingIsAnEmptyHistory() {
        assertTrue(UsageCsv.parse("t", "").isEmpty());
        assertTrue(UsageCsv.parse("t", "epoch_s,bytes\n").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,2\nx,3",
                "1,2\n1",
                "1,2\n1,2,3",
                "1,2\n1,-3",
                "1,2\n1,1e3",
                "1,2\n1.2345,3",
                "1,2\n,3",
                "1,2\n1.,3",
                "1,2\n1,9999999999999999999",
                "1,2\n9999999999999,3",
                "1,2\n1,2,3,4"
            })
    void tellsTheLine(String text) {
        MalformedException e = assertThrows(MalformedException.class, () -> UsageCsv.parse("file.csv", text));
        assertEquals(2, e.line());
        assertEquals("file.csv", e.source());
    }

    @Test
    void aHugeLineIsRefused() {
        assertThrows(MalformedException.class, () -> UsageCsv.parse("t", "1,".concat("2".repeat(100_000))));
    }
}
