package io.github.memfit.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class ReadingTest {

    private final Reading<Bytes> present = Reading.of(Bytes.mebi(3));
    private final Absence why = new Absence(Absence.Reason.NO_FILE, "/proc/\u001b", "no such file");
    private final Reading<Bytes> absent = Reading.absent(why);

    @Test
    void aPresentFigureGivesItsValue() {
        assertEquals(Optional.of(Bytes.mebi(3)), present.value());
        assertEquals(Optional.empty(), present.absence());
        assertTrue(present.isPresent());
        assertEquals(Bytes.mebi(3), present.orElse(Bytes.ZERO));
        assertEquals(Reading.of(3145728L), present.map(Bytes::value));
        assertEquals(absent, present.flatMap(bytes -> absent));
        assertEquals("3Mi", present.toString());
        List<Bytes> seen = new ArrayList<>();
        present.ifPresent(seen::add);
        assertEquals(List.of(Bytes.mebi(3)), seen);
    }

    @Test
    void anAbsentFigureKeepsItsReason() {
        assertEquals(Optional.empty(), absent.value());
        assertEquals(Optional.of(why), absent.absence());
        assertFalse(absent.isPresent());
        assertEquals(Bytes.kibi(1), absent.orElse(Bytes.kibi(1)));
        assertEquals(Optional.of(why), absent.map(Bytes::value).absence());
        assertEquals(Optional.of(why), absent.flatMap(bytes -> present).absence());
        assertEquals("[NO_FILE /proc/\\u001b: no such file]", absent.toString());
        assertEquals(absent, Reading.absent(Absence.Reason.NO_FILE, "/proc/\u001b", "no such file"));
        absent.ifPresent(bytes -> {
            throw new AssertionError("nothing is there");
        });
    }

    @Test
    void nullIsRefused() {
        assertThrows(NullPointerException.class, () -> Reading.of(null));
        assertThrows(NullPointerException.class, () -> Reading.absent(null));
        assertThrows(NullPointerException.class, () -> new Absence(Absence.Reason.GONE, null, ""));
    }

    @Test
    void exceptionsSayWhereAndWhy() {
        UnreadableException unreadable =
                new UnreadableException("/a\nb", "permission denied; run as root", new Exception("x"));
        assertEquals("cannot read \"/a\\u000ab\": permission denied; run as root", unreadable.getMessage());
        assertEquals("/a\nb", unreadable.path());
        assertEquals("permission denied; run as root", unreadable.reason());
        MalformedException malformed = new MalformedException("file", 3, 7, "text", "rule");
        assertEquals(3, malformed.line());
        assertEquals(7, malformed.column());
        assertThrows(IllegalArgumentException.class, () -> new MalformedException("file", 0, 1, "text", "rule"));
        assertThrows(IllegalArgumentException.class, () -> new MalformedException("file", 1, 0, "text", "rule"));
        String longest = "x".repeat(MalformedException.LONGEST_EXCERPT);
        assertTrue(
                new MalformedException("f", 1, 1, longest, "rule").getMessage().contains(longest + "\": rule"));
        assertTrue(new MalformedException("f", 1, 1, longest + "y", "rule")
                .getMessage()
                .contains(longest + "\"...: rule"));
    }
}
