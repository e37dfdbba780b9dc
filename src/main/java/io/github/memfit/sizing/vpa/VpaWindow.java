package io.github.memfit.sizing.vpa;

import io.github.memfit.internal.ShortName;
import java.time.Instant;

/**
 * One peak window of one container of one pod: what enters the histogram with weight 1 at the time of the window's end.
 * Immutable and thread-safe.
 *
 * @param pod the pod
 * @param container the container
 * @param end when the window ends, or ended
 * @param memoryPeakBytes the highest usage that counted; 0 if none
 * @param oomPeakBytes the highest bumped need after an OOM kill; 0 if none
 * @since 0.1
 */
public record VpaWindow(String pod, String container, Instant end, long memoryPeakBytes, long oomPeakBytes) {

    /**
     * What the histogram holds for this window.
     *
     * @return the larger of the peaks
     */
    public long peakBytes() {
        return Math.max(memoryPeakBytes, oomPeakBytes);
    }

    /** One line: pod, container, end and peaks. */
    @Override
    public String toString() {
        return "VpaWindow[" + ShortName.of(pod) + "/" + ShortName.of(container) + " until " + end + ", peak="
                + memoryPeakBytes + ", oomPeak=" + oomPeakBytes + "]";
    }
}
