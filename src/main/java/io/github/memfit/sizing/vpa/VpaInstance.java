package io.github.memfit.sizing.vpa;

import io.github.memfit.internal.ShortName;
import io.github.memfit.usage.UsageMark;
import java.time.Instant;
import java.util.Optional;

/**
 * One container of one pod, as a {@link VpaRecommender} sees it: the door for its samples. Not thread-safe; confine to one
 * thread, together with its recommender.
 *
 * <p>Each call says whether the sample counted. A memory sample is refused if it is negative or older than the last accepted
 * one; a CPU sample if it is not newer; an OOM kill if it is older than the last memory sample by more than a window.
 *
 * @since 0.1
 */
public final class VpaInstance {

    private final VpaRecommender recommender;
    private final VpaAggregate aggregate;
    private final String pod;
    private final String container;
    private final long interval;
    private long lastSample = VpaTime.ZERO;
    private long lastCpuSample = VpaTime.ZERO;
    private long windowEnd = VpaTime.ZERO;
    private long memoryPeak;
    private long oomPeak;

    VpaInstance(VpaRecommender recommender, VpaAggregate aggregate, String pod, String container, long interval) {
        this.recommender = recommender;
        this.aggregate = aggregate;
        this.pod = pod;
        this.container = container;
        this.interval = interval;
    }

    /**
     * A poll of the metrics: a CPU sample, which drives the confidence, and a memory sample of the same time.
     *
     * @param epochMillis the time, milliseconds since 1970-01-01T00:00Z
     * @param bytes the memory in use
     * @return whether the memory sample counted
     * @throws IllegalArgumentException if the time is outside the years 1700 to 2250
     */
    public boolean sample(long epochMillis, long bytes) {
        long nanos = VpaTime.nanos(epochMillis);
        cpu(nanos);
        return memory(nanos, bytes, false);
    }

    /**
     * A memory sample alone.
     *
     * @param time the time
     * @param bytes the memory in use
     * @return whether it counted
     * @throws IllegalArgumentException if the time is outside the years 1700 to 2250
     */
    public boolean memorySample(Instant time, long bytes) {
        return memory(VpaTime.nanos(time), bytes, false);
    }

    /**
     * A CPU sample alone; its value does not matter for memory.
     *
     * @param time the time
     * @return whether it counted
     * @throws IllegalArgumentException if the time is outside the years 1700 to 2250
     */
    public boolean cpuSample(Instant time) {
        return cpu(VpaTime.nanos(time));
    }

    /**
     * An OOM kill, or an eviction for memory. The need is taken to be the larger of the given amount and the peak of the window,
     * plus the bump; an earlier OOM peak is not bumped again.
     *
     * @param time the time
     * @param requestBytes the memory request of the container at that time, or its usage in case of an eviction
     * @return whether it counted
     * @throws IllegalArgumentException if the time is outside the years 1700 to 2250
     */
    public boolean oomKill(Instant time, long requestBytes) {
        return oomKill(VpaTime.nanos(time), requestBytes);
    }

    void mark(UsageMark mark) {
        if (mark.isOomKill()) {
            long request = mark.requestBytes().orElse(mark.limitBytes().orElse(0));
            oomKill(VpaTime.nanos(mark.epochMillis()), request);
        }
    }

    private boolean oomKill(long nanos, long requestBytes) {
        if (lastSample != VpaTime.ZERO && nanos < lastSample - interval) {
            return false;
        }
        VpaSettings settings = recommender.settings();
        long used = Math.max(requestBytes, memoryPeak);
        long plus = used + VpaEstimate.amount(settings.oomMinBumpUpBytes());
        long needed = Math.max(
                plus < 0 && used > 0 ? Long.MAX_VALUE : plus, VpaEstimate.amount(used * settings.oomBumpUpRatio()));
        return memory(nanos, needed, true);
    }

    private boolean cpu(long nanos) {
        if (nanos <= lastCpuSample) {
            return false;
        }
        lastCpuSample = nanos;
        aggregate.cpuSample(nanos);
        return true;
    }

    private boolean memory(long nanos, long bytes, boolean isOom) {
        if (bytes < 0 || nanos < lastSample && !isOom) {
            return false;
        }
        lastSample = nanos;
        if (nanos < windowEnd) {
            long old = Math.max(memoryPeak, oomPeak);
            if (old == 0 || bytes <= old) {
                return true;
            }
            aggregate.peaks.subtract(VpaBuckets.MEMORY.find(old), 1, windowEnd);
        } else {
            openWindow(nanos);
        }
        aggregate.peaks.add(VpaBuckets.MEMORY.find(bytes), 1, windowEnd);
        if (isOom) {
            oomPeak = bytes;
        } else {
            memoryPeak = bytes;
        }
        return true;
    }

    private void openWindow(long nanos) {
        if (windowEnd == VpaTime.ZERO) {
            windowEnd = nanos;
        } else {
            recommender.closed(window());
        }
        long past = VpaTime.minus(nanos, windowEnd);
        windowEnd += past - past % interval + interval;
        memoryPeak = 0;
        oomPeak = 0;
    }

    /** Takes the peak of the open window out of what will be saved. */
    void subtractOpenPeak(VpaAggregate from, long now) {
        if (now < windowEnd) {
            from.peaks.subtract(VpaBuckets.MEMORY.find(Math.max(memoryPeak, oomPeak)), 1, windowEnd);
        }
    }

    /**
     * The name of the pod.
     *
     * @return the name
     */
    public String pod() {
        return pod;
    }

    /**
     * The name of the container.
     *
     * @return the name
     */
    public String container() {
        return container;
    }

    /**
     * The time of the last memory sample or OOM kill that counted.
     *
     * @return the time, or empty before the first
     */
    public Optional<Instant> lastMemorySample() {
        return lastSample == VpaTime.ZERO ? Optional.empty() : Optional.of(VpaTime.instant(lastSample));
    }

    /**
     * The window that was opened last.
     *
     * @return the window, or empty before the first memory sample
     */
    public Optional<VpaWindow> openWindow() {
        return windowEnd == VpaTime.ZERO ? Optional.empty() : Optional.of(window());
    }

    private VpaWindow window() {
        return new VpaWindow(pod, container, VpaTime.instant(windowEnd), memoryPeak, oomPeak);
    }

    /** One line: names and peaks. */
    @Override
    public String toString() {
        return "VpaInstance["
                + openWindow()
                        .map(VpaWindow::toString)
                        .orElse(ShortName.of(pod) + "/" + ShortName.of(container) + ", no sample")
                + "]";
    }
}
