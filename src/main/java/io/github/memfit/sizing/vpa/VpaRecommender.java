package io.github.memfit.sizing.vpa;

import io.github.memfit.internal.ShortName;
import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageMark;
import io.github.memfit.usage.UsageVisitor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The memory side of VPA's recommender for one workload: samples in, recommendations out. Not thread-safe; confine to one
 * thread.
 *
 * {@snippet :
 * VpaRecommender vpa = VpaRecommender.of(VpaSettings.DEFAULTS).addAll("app", history);
 * vpa.recommend().get("app").target();     // 599563Ki
 * vpa.explain("app").lines();              // windows, buckets, rules
 * }
 *
 * <p>Each pod's container fills windows of its own; pods of one revision share a histogram per container, and the histograms of
 * all revisions and of loaded checkpoints are added up for a recommendation. A container is known from its first sample on,
 * even a refused one, or from a checkpoint.
 *
 * @since 0.1
 */
public final class VpaRecommender {

    private final VpaSettings settings;
    private final long interval;
    private final boolean keepsJournal;
    private final List<VpaWindow> journal = new ArrayList<>();
    private final Map<String, Map<String, VpaAggregate>> aggregates = new LinkedHashMap<>();
    private final Map<String, Map<String, VpaInstance>> pods = new LinkedHashMap<>();
    private final Map<String, String> revisions = new LinkedHashMap<>();
    private final Map<String, VpaAggregate> checkpointed = new LinkedHashMap<>();
    private final Map<String, VpaContainerPolicy> policies = new LinkedHashMap<>();
    private VpaContainerPolicy otherwise = VpaContainerPolicy.NONE;

    private VpaRecommender(VpaSettings settings, boolean keepsJournal) {
        this.settings = settings;
        this.keepsJournal = keepsJournal;
        interval = settings.aggregationInterval().toNanos();
    }

    /**
     * A recommender without samples.
     *
     * @param settings its flags
     * @return the recommender
     */
    public static VpaRecommender of(VpaSettings settings) {
        return new VpaRecommender(settings, false);
    }

    /**
     * A recommender that remembers every window it closes, so that {@link #explain(String)} can name them. Grows by a small
     * object per window.
     *
     * @param settings its flags
     * @return the recommender
     */
    public static VpaRecommender withJournal(VpaSettings settings) {
        return new VpaRecommender(settings, true);
    }

    /**
     * The flags.
     *
     * @return the settings
     */
    public VpaSettings settings() {
        return settings;
    }

    /**
     * Sets the policy of one container.
     *
     * @param container the container
     * @param policy its policy
     * @return this
     */
    public VpaRecommender policy(String container, VpaContainerPolicy policy) {
        policies.put(container, Objects.requireNonNull(policy, "policy"));
        return this;
    }

    /**
     * Sets the policy of all containers that have none of their own ({@code "*"}).
     *
     * @param policy the policy
     * @return this
     */
    public VpaRecommender policy(VpaContainerPolicy policy) {
        otherwise = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Says which revision a pod belongs to (its set of labels). Pods without a revision share one.
     *
     * @param pod the pod, without samples so far
     * @param revision any name for the revision
     * @return this
     * @throws IllegalStateException if the pod has samples already
     */
    public VpaRecommender revision(String pod, String revision) {
        if (pods.containsKey(pod)) {
            throw new IllegalStateException("the revision of a pod must be set before its first sample: " + pod);
        }
        revisions.put(pod, Objects.requireNonNull(revision, "revision"));
        return this;
    }

    /**
     * The container of a pod, where samples go.
     *
     * @param pod the pod
     * @param container the container
     * @return its state; the same object until the pod is deleted
     */
    public VpaInstance instance(String pod, String container) {
        return pods.computeIfAbsent(pod, name -> new LinkedHashMap<>())
                .computeIfAbsent(
                        container, name -> new VpaInstance(this, aggregate(pod, container), pod, container, interval));
    }

    private VpaAggregate aggregate(String pod, String container) {
        return aggregates
                .computeIfAbsent(revisions.getOrDefault(pod, ""), revision -> new LinkedHashMap<>())
                .computeIfAbsent(container, name -> new VpaAggregate(settings));
    }

    /**
     * A pod is gone: its open windows are forgotten, its histogram stays.
     *
     * @param pod the pod
     * @return this
     */
    public VpaRecommender deletePod(String pod) {
        pods.remove(pod);
        return this;
    }

    /**
     * Feeds a history: each sample as a CPU and a memory sample of its replica, each OOM kill with the request in force, the
     * limit where the request is not known, and 0 where neither is. Restarts of a container do not matter to VPA.
     *
     * @param container the container
     * @param history its samples; each replica is a pod
     * @return this
     * @throws IllegalArgumentException if a time is outside the years 1700 to 2250
     */
    public VpaRecommender addAll(String container, UsageHistory history) {
        List<VpaInstance> instances = new ArrayList<>();
        history.replicas().forEach(replica -> instances.add(instance(replica, container)));
        VpaInstance[] byReplica = instances.toArray(VpaInstance[]::new);
        history.visit(byReplica.length == 1 ? new OneReplica(byReplica[0]) : new AllReplicas(byReplica));
        return this;
    }

    /** The usual case, without looking up the replica of each sample. */
    private record OneReplica(VpaInstance instance) implements UsageVisitor {

        @Override
        public void sample(long epochMillis, long bytes, int replica) {
            instance.sample(epochMillis, bytes);
        }

        @Override
        public void mark(UsageMark mark, int replica) {
            instance.mark(mark);
        }
    }

    private record AllReplicas(VpaInstance[] instances) implements UsageVisitor {

        @Override
        public void sample(long epochMillis, long bytes, int replica) {
            instances[replica].sample(epochMillis, bytes);
        }

        @Override
        public void mark(UsageMark mark, int replica) {
            instances[replica].mark(mark);
        }
    }

    /**
     * Takes over what was saved of a container. A second checkpoint of the same container replaces the first.
     *
     * @param container the container
     * @param checkpoint what was saved
     * @return this
     * @throws IllegalArgumentException if it does not fit the histogram
     */
    public VpaRecommender load(String container, VpaCheckpoint checkpoint) {
        VpaAggregate loaded = new VpaAggregate(settings);
        loaded.load(checkpoint);
        checkpointed.put(container, loaded);
        return this;
    }

    /**
     * What VPA would save of each container: everything but the peaks of windows that are still open.
     *
     * @param now the time of saving
     * @return checkpoints by container; a new map
     * @throws IllegalArgumentException if the time is outside the years 1700 to 2250
     */
    public Map<String, VpaCheckpoint> checkpoints(Instant now) {
        long nanos = VpaTime.nanos(now);
        Map<String, VpaAggregate> merged = merged();
        pods.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .forEach(instance ->
                        instance.subtractOpenPeak(Objects.requireNonNull(merged.get(instance.container())), nanos));
        Map<String, VpaCheckpoint> saved = new LinkedHashMap<>();
        merged.forEach((container, aggregate) -> saved.put(container, aggregate.save()));
        return saved;
    }

    /**
     * The recommendation for each known container.
     *
     * @return recommendations by container; a new map, empty without containers
     */
    public Map<String, VpaRecommendation> recommend() {
        return recommend(settings);
    }

    /** With other percentiles, margins or minima over the same histograms. */
    Map<String, VpaRecommendation> recommend(VpaSettings with) {
        Map<String, VpaAggregate> merged = merged();
        Map<String, VpaRecommendation> all = new LinkedHashMap<>();
        merged.forEach((container, aggregate) ->
                all.put(container, recommend(container, new VpaEstimate(with, aggregate, merged.size()))));
        return all;
    }

    private VpaRecommendation recommend(String container, VpaEstimate estimate) {
        VpaAmount target = estimate.published(estimate.target());
        return new VpaRecommendation(
                capped(container, target),
                capped(container, estimate.published(estimate.lower())),
                capped(container, estimate.published(estimate.upper())),
                target,
                estimate.confidence);
    }

    private VpaAmount capped(String container, VpaAmount amount) {
        VpaContainerPolicy policy = policies.getOrDefault(container, otherwise);
        return amount.raisedTo(policy.minAllowed())
                .cutTo(policy.maxAllowed().isZero() ? settings.globalMaxAllowed() : policy.maxAllowed());
    }

    /**
     * The histogram from which a recommendation is made: all revisions and the checkpoint added up.
     *
     * @param container a known container
     * @return a copy
     * @throws IllegalArgumentException if the container is not known
     */
    public VpaHistogram histogram(String container) {
        return known(merged(), container).peaks;
    }

    /**
     * The recommendation of a container with its reasons.
     *
     * @param container a known container
     * @return windows, buckets and rules
     * @throws IllegalArgumentException if the container is not known
     */
    public VpaExplanation explain(String container) {
        Map<String, VpaAggregate> merged = merged();
        VpaAggregate aggregate = known(merged, container);
        VpaEstimate estimate = new VpaEstimate(settings, aggregate, merged.size());
        List<VpaWindow> windows = new ArrayList<>(journal);
        pods.values()
                .forEach(byContainer -> byContainer
                        .values()
                        .forEach(instance -> instance.openWindow().ifPresent(windows::add)));
        windows.removeIf(window -> !window.container().equals(container));
        windows.sort(Comparator.comparing(VpaWindow::end));
        VpaRecommendation recommendation = recommend(container, estimate);
        return new VpaExplanation(
                container, recommendation, windows, lines(container, aggregate, estimate, windows, recommendation));
    }

    private List<String> lines(
            String container,
            VpaAggregate aggregate,
            VpaEstimate estimate,
            List<VpaWindow> windows,
            VpaRecommendation recommendation) {
        List<String> lines = new ArrayList<>();
        for (VpaWindow window : windows) {
            lines.add("window" + (window.pod().isEmpty() ? "" : " of " + ShortName.of(window.pod())) + " until "
                    + window.end() + ": peak " + window.peakBytes()
                    + (window.oomPeakBytes() > window.memoryPeakBytes() ? " after an OOM kill" : "") + ", bucket "
                    + VpaBuckets.MEMORY.find(window.peakBytes()));
        }
        VpaHistogram peaks = aggregate.peaks;
        for (int bucket = peaks.minBucket(); bucket <= peaks.maxBucket(); bucket++) {
            if (peaks.weight(bucket) > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "bucket %d from %d: %.2f%% of the weight",
                        bucket,
                        (long) peaks.buckets().start(bucket),
                        100 * peaks.weight(bucket) / peaks.totalWeight()));
            }
        }
        estimate.explain(lines);
        if (settings.roundMemoryBytes() > 1 || settings.humanizeMemory()) {
            lines.add("rounded: target " + recommendation.uncappedTarget());
        }
        if (!recommendation.target().equals(recommendation.uncappedTarget())) {
            VpaContainerPolicy policy = policies.getOrDefault(container, otherwise);
            lines.add("container policy: at least " + policy.minAllowed() + ", at most " + policy.maxAllowed()
                    + (policy.maxAllowed().isZero()
                            ? " (none; for all containers " + settings.globalMaxAllowed() + ")"
                            : "")
                    + ", makes the target " + recommendation.target());
        }
        return lines;
    }

    void closed(VpaWindow window) {
        if (keepsJournal) {
            journal.add(window);
        }
    }

    private static VpaAggregate known(Map<String, VpaAggregate> merged, String container) {
        VpaAggregate found = merged.get(container);
        if (found == null) {
            throw new IllegalArgumentException(
                    "there is no sample and no checkpoint of container " + container + ", only of " + merged.keySet());
        }
        return found;
    }

    /** Copies first: merging moves the reference time of both sides, and a question must not change the state. */
    private Map<String, VpaAggregate> merged() {
        Map<String, VpaAggregate> merged = new LinkedHashMap<>();
        aggregates
                .values()
                .forEach(byContainer ->
                        byContainer.forEach((container, aggregate) -> merge(merged, container, aggregate)));
        checkpointed.forEach((container, aggregate) -> merge(merged, container, aggregate));
        return merged;
    }

    private void merge(Map<String, VpaAggregate> merged, String container, VpaAggregate aggregate) {
        merged.computeIfAbsent(container, name -> new VpaAggregate(settings)).merge(aggregate.copy());
    }

    /** One line: how many pods and containers. */
    @Override
    public String toString() {
        return "VpaRecommender[pods=" + pods.size() + ", containers="
                + merged().keySet().size() + "]";
    }
}
