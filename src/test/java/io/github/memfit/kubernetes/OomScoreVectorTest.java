package io.github.memfit.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.testing.Json;
import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class OomScoreVectorTest {

    /** Words of the vectors for what a score means; each is free text, so the test looks for what must be in it. */
    private static final Map<OomScoreReading.Meaning, List<String>> WORDS =
            new EnumMap<>(OomScoreReading.Meaning.class);

    static {
        WORDS.put(OomScoreReading.Meaning.BURSTABLE, List.of("burstable"));
        WORDS.put(OomScoreReading.Meaning.BURSTABLE_BEFORE_1_20, List.of("burstable-before-1.20"));
        WORDS.put(OomScoreReading.Meaning.GUARANTEED_OR_NODE_CRITICAL, List.of("guaranteed-or-node-critical"));
        WORDS.put(OomScoreReading.Meaning.NODE_DAEMON, List.of("node-daemon"));
        WORDS.put(OomScoreReading.Meaning.BEST_EFFORT, List.of("best-effort", "besteffort"));
        WORDS.put(
                OomScoreReading.Meaning.SANDBOX_OR_GUARANTEED_BEFORE_1_20,
                List.of("sandbox", "pause", "guaranteed-before-1.20"));
        WORDS.put(OomScoreReading.Meaning.EXEMPT, List.of("exempt", "never", "immune", "disabled"));
        WORDS.put(
                OomScoreReading.Meaning.NOT_KUBERNETES,
                List.of("kubernetes", "kubelet", "unknown", "other", "none", "unset", "default", "foreign", "outside"));
    }

    @TestFactory
    Stream<DynamicTest> cases() {
        return Cases.of(
                "oom-score",
                Map.of(
                        "oom-score-adj", this::adj,
                        "oom-score-inverse", this::inverse,
                        "oom-score-victim", this::victim));
    }

    private void adj(Json test) {
        Bytes capacity = Cases.bytes(test.field("node").field("memoryBytes"));
        Json expect = test.field("expect");
        for (String container : expect.names()) {
            Json byVersion = expect.field(container);
            for (String column : byVersion.names()) {
                KubernetesVersion version = KubernetesVersion.parse(column);
                // The 1.37 column was made with the defaulting of 1.36.
                KubernetesVersion stored = version.isAtLeast(37) ? KubernetesVersion.V1_36 : version;
                OomScoreAdj score = OomScoreAdj.of(Cases.pod(test, stored), container, capacity, version);
                assertEquals(byVersion.field(column).intValue(), score.value(), () -> column + " " + score);
            }
        }
    }

    private void inverse(Json test) {
        Bytes capacity = Cases.bytes(test.field("node").field("memoryBytes"));
        OomScoreReading reading = OomScoreReading.of(test.field("oomScoreAdj").intValue(), capacity);
        String meaning = test.field("meaning").string();
        assertTrue(WORDS.get(reading.meaning()).stream().anyMatch(meaning::contains), () -> meaning + " " + reading);
        assertEquals(test.optional("requestAtLeast").map(Cases::bytes), reading.requestAtLeast());
        assertEquals(test.optional("requestAtMost").map(Cases::bytes), reading.requestAtMost());
    }

    private void victim(Json test) {
        Bytes total = Cases.bytes(test.field("totalBytes"));
        Bytes page = Cases.bytes(test.field("pageSize"));
        List<OomProcess> processes = new ArrayList<>();
        for (Json json : test.field("processes").items()) {
            OomProcess process = new OomProcess(
                    json.field("name").string(),
                    json.field("oomScoreAdj").intValue(),
                    Cases.bytes(json.field("rssBytes")),
                    Cases.bytes(json.field("swapBytes")),
                    Cases.bytes(json.field("pageTableBytes")));
            Json points = json.field("points");
            assertEquals(
                    points.isNull()
                            ? OptionalLong.empty()
                            : OptionalLong.of(Cases.bytes(points).value()),
                    process.points(total, page));
            assertEquals(json.field("oomScore").intValue(), process.oomScore(total, page), process::toString);
            json.assertAllRead();
            processes.add(process);
        }
        OomVictims victims = OomVictims.of(processes, total, page);
        Json victim = test.field("victim");
        Set<String> candidates = new HashSet<>();
        victims.candidates().forEach(process -> candidates.add(process.name()));
        if (victim.isNull()) {
            assertEquals(Optional.empty(), victims.first());
        } else {
            assertTrue(candidates.contains(victim.string()), () -> victims + " " + victim);
        }
    }
}
