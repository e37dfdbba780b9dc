package io.github.memfit.kubernetes.advice;

import io.github.memfit.kubernetes.KubernetesVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What changes between two scenarios: class, scores, requests, cgroup files, swap, position in the order of eviction, fit.
 * Immutable and thread-safe.
 *
 * {@snippet :
 * WhatIf.of(now, now.withPod(bigger)).changes();   // [oom_score_adj of app: 938 -> 875, ...]
 * WhatIf.drift(now, KubernetesVersion.V1_37);      // which upgrade changes what
 * }
 *
 * @since 0.1
 */
public final class WhatIf {

    /**
     * One answer in both scenarios. Immutable and thread-safe.
     *
     * @param what which answer
     * @param before the answer before, "-" where there is none
     * @param after the answer after, "-" where there is none
     */
    public record Row(String what, String before, String after) {

        /**
         * Did the answer change?
         *
         * @return true if the two differ
         */
        public boolean isChanged() {
            return !before.equals(after);
        }

        /** {@code class: Burstable -> Guaranteed}. */
        @Override
        public String toString() {
            return isChanged() ? what + ": " + before + " -> " + after : what + ": " + before;
        }
    }

    private final List<Row> rows;

    private WhatIf(List<Row> rows) {
        this.rows = rows;
    }

    /**
     * Compares two scenarios.
     *
     * @param before the first
     * @param after the second
     * @return both, row by row
     */
    public static WhatIf of(PodScenario before, PodScenario after) {
        Map<String, String> old = before.facts();
        Map<String, String> now = after.facts();
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            rows.add(new Row(name, old.getOrDefault(name, "-"), now.getOrDefault(name, "-")));
        }
        return new WhatIf(Collections.unmodifiableList(rows));
    }

    /**
     * What each upgrade on the way to a version changes for the same manifest.
     *
     * @param from the scenario now
     * @param to the last version to look at
     * @return for each version that changes anything, what changes compared to the version before it
     */
    public static Map<KubernetesVersion, WhatIf> drift(PodScenario from, KubernetesVersion to) {
        Map<KubernetesVersion, WhatIf> steps = new LinkedHashMap<>();
        PodScenario current = from;
        // Beyond the newest known version nothing can change: the same rules apply.
        KubernetesVersion last = to.compareTo(KubernetesVersion.NEWEST_KNOWN) < 0 ? to : KubernetesVersion.NEWEST_KNOWN;
        while (current.version().compareTo(last) < 0) {
            PodScenario next = current.withVersion(current.version().next());
            WhatIf step = of(current, next);
            if (!step.changes().isEmpty()) {
                steps.put(next.version(), step);
            }
            current = next;
        }
        return Collections.unmodifiableMap(steps);
    }

    /**
     * All answers.
     *
     * @return the rows in a fixed order
     */
    public List<Row> rows() {
        return rows;
    }

    /**
     * The answers that differ.
     *
     * @return the changed rows, none if nothing changes
     */
    public List<Row> changes() {
        return rows.stream().filter(Row::isChanged).collect(Collectors.toUnmodifiableList());
    }

    /** The changes, cut to 200 characters. */
    @Override
    public String toString() {
        String text = changes().isEmpty() ? "nothing changes" : changes().toString();
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
