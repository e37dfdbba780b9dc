package io.github.memfit.kubernetes.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.memfit.unit.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class UsageViewsTest {

    private static final long MEBI = 1L << 20;

    private static final MemoryCounters V2 = MemoryCounters.v2(
            Bytes.mebi(300),
            Optional.of(Bytes.mebi(512)),
            Bytes.mebi(8),
            Map.of(
                    "anon", 150 * MEBI,
                    "file", 140 * MEBI,
                    "inactive_file", 30 * MEBI,
                    "active_file", 60 * MEBI,
                    "shmem", 50 * MEBI,
                    "file_mapped", 5 * MEBI));

    @Test
    void everyToolHasItsNumber() {
        UsageViews views = UsageViews.of(V2);
        assertEquals(Bytes.mebi(270), views.workingSet());
        assertEquals(Bytes.mebi(160), views.dockerStatsBefore20());
        assertEquals(Bytes.mebi(210), views.withoutFileCache());
        assertEquals(Bytes.mebi(5), views.cadvisorMappedFile());
        assertEquals("270MiB / 512MiB (52.73%)", views.dockerText(Bytes.gibi(16)));
        assertEquals(9, views.rows().size());
    }

    @Test
    void everyGapHasAReason() {
        assertEquals(
                List.of(
                        "30.0 MiB of inactive file cache is in the kernel's usage and in no working set",
                        "60.0 MiB of active file cache counts as working set although it can be reclaimed",
                        "50.0 MiB of shared memory or tmpfs counts as cache, not as rss, and cannot be dropped",
                        "10.0 MiB of kernel memory, or cache on other lists, is in the working set and in neither rss nor"
                                + " shared memory",
                        "8.00 MiB is swapped out and in none of the memory figures"),
                UsageViews.of(V2).gaps());
    }

    @Test
    void laggingCountersAreExplained() {
        MemoryCounters lagging =
                MemoryCounters.v2(Bytes.mebi(10), Optional.empty(), Bytes.ZERO, Map.of("inactive_file", 20 * MEBI));
        UsageViews views = UsageViews.of(lagging);
        assertEquals(Bytes.ZERO, views.workingSet());
        assertEquals(Bytes.mebi(10), views.dockerStats());
        assertEquals(Optional.empty(), views.criAvailable());
        assertEquals("10MiB / 16GiB (0.06%)", views.dockerText(Bytes.gibi(16)));
        assertEquals(
                "docker shows 10.0 MiB because the counters lag: inactive cache is not below usage",
                views.gaps().get(views.gaps().size() - 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> MemoryCounters.v2(Bytes.of(-1), Optional.empty(), Bytes.ZERO, Map.of()));
    }
}
