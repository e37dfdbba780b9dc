package io.github.memfit.usage;

import io.github.memfit.unit.Ratio;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collector;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The memory in use over time by the replicas of one container: samples in order of time, with restarts and OOM kills as
 * marks. Immutable and thread-safe; equal by content.
 *
 * <p>Facts in, facts out: samples may arrive in any order and are sorted by time, then replica, then bytes; samples of the
 * same moment are all kept; gaps stay gaps. Negative bytes and times outside the years 1 to 9999 are an
 * {@link IllegalArgumentException}. Samples are kept in primitive arrays, 16 bytes each (20 with several replicas); slices
 * by time share them.
 *
 * {@snippet :
 * UsageHistory history = UsageHistory.builder()
 *         .replica("web-0").add(1_717_200_000_000L, 314_572_800).add(1_717_200_060_000L, 320_864_256)
 *         .oomKill(1_717_200_090_000L, Bytes.mebi(512))
 *         .replica("web-1").add(1_717_200_000_000L, 298_844_160)
 *         .build();
 * history.peakBytes();                     // OptionalLong[320864256]
 * history.last(Duration.ofDays(1)).size(); // 3
 * }
 *
 * @since 0.1
 */
public final class UsageHistory {

    private static final UsageHistory EMPTY =
            new UsageHistory(new long[0], new long[0], new int[0], 0, 0, List.of(), List.of());

    private final long[] times;
    private final long[] bytes;

    /** Empty if there is at most one replica. */
    private final int[] replicaOf;

    private final int from;
    private final int to;
    private final List<String> replicas;
    private final List<UsageMark> marks;

    UsageHistory(
            long[] times,
            long[] bytes,
            int[] replicaOf,
            int from,
            int to,
            List<String> replicas,
            List<UsageMark> marks) {
        this.times = times;
        this.bytes = bytes;
        this.replicaOf = replicaOf;
        this.from = from;
        this.to = to;
        this.replicas = replicas;
        this.marks = marks;
    }

    /**
     * No samples and no marks.
     *
     * @return the empty history
     */
    public static UsageHistory empty() {
        return EMPTY;
    }

    /**
     * The history of one replica from two columns, which are copied.
     *
     * @param epochMillis the moments, milliseconds since 1970-01-01T00:00Z, in any order
     * @param bytes the memory in use at each of them
     * @return the history
     * @throws IllegalArgumentException if the lengths differ or a value is out of range
     */
    public static UsageHistory of(long[] epochMillis, long[] bytes) {
        if (epochMillis.length != bytes.length) {
            throw new IllegalArgumentException("the columns must have the same length, got " + epochMillis.length
                    + " times and " + bytes.length + " values");
        }
        UsageHistoryBuilder builder = builder();
        for (int i = 0; i < bytes.length; i++) {
            builder.add(epochMillis[i], bytes[i]);
        }
        return builder.build();
    }

    /**
     * The history of one replica that was sampled at equal distances.
     *
     * @param firstEpochMillis the moment of the first sample, milliseconds since 1970-01-01T00:00Z
     * @param step the distance of two samples, at least a millisecond
     * @param bytes the memory in use at each moment
     * @return the history
     * @throws IllegalArgumentException if the step or a value is out of range
     */
    public static UsageHistory ofEvery(long firstEpochMillis, Duration step, long... bytes) {
        long millis = positiveMillis(step);
        UsageTime.check(firstEpochMillis);
        UsageHistoryBuilder builder = builder();
        for (int i = 0; i < bytes.length; i++) {
            builder.add(Math.addExact(firstEpochMillis, Math.multiplyExact(millis, i)), bytes[i]);
        }
        return builder.build();
    }

    /**
     * Gathers samples in any order; also of several replicas, and in parallel.
     *
     * {@snippet :
     * UsageHistory history = samples.collect(UsageHistory.collector());
     * }
     *
     * @return the collector
     */
    public static Collector<UsageSample, ?, UsageHistory> collector() {
        return Collector.of(
                UsageHistory::builder,
                UsageHistoryBuilder::add,
                (a, b) -> a.addAll(b.build()),
                UsageHistoryBuilder::build);
    }

    /**
     * Starts an empty builder.
     *
     * @return the builder
     */
    public static UsageHistoryBuilder builder() {
        return new UsageHistoryBuilder();
    }

    /**
     * Starts a builder that holds everything of this history.
     *
     * @return the builder
     */
    public UsageHistoryBuilder toBuilder() {
        return builder().addAll(this);
    }

    /**
     * How many samples there are, over all replicas.
     *
     * @return the number of samples
     */
    public int size() {
        return to - from;
    }

    /**
     * Is there no sample? There may still be marks.
     *
     * @return true if {@link #size()} is 0
     */
    public boolean isEmpty() {
        return from == to;
    }

    /**
     * The moment of a sample.
     *
     * @param index the place in order of time, from 0
     * @return milliseconds since 1970-01-01T00:00Z
     * @throws IndexOutOfBoundsException if there is no such sample
     */
    public long epochMillis(int index) {
        return times[from + Objects.checkIndex(index, to - from)];
    }

    /**
     * The memory in use of a sample.
     *
     * @param index the place in order of time, from 0
     * @return the bytes
     * @throws IndexOutOfBoundsException if there is no such sample
     */
    public long bytes(int index) {
        return bytes[from + Objects.checkIndex(index, to - from)];
    }

    /**
     * The replica of a sample.
     *
     * @param index the place in order of time, from 0
     * @return the index in {@link #replicas()}
     * @throws IndexOutOfBoundsException if there is no such sample
     */
    public int replica(int index) {
        int place = from + Objects.checkIndex(index, to - from);
        return replicaOf.length == 0 ? 0 : replicaOf[place];
    }

    /**
     * A sample as an object.
     *
     * @param index the place in order of time, from 0
     * @return the sample
     * @throws IndexOutOfBoundsException if there is no such sample
     */
    public UsageSample sample(int index) {
        return new UsageSample(epochMillis(index), bytes(index), replicas.get(replica(index)));
    }

    /**
     * The samples in order of time.
     *
     * @return a sequential stream
     */
    public Stream<UsageSample> stream() {
        return IntStream.range(0, size()).mapToObj(this::sample);
    }

    /**
     * The moments of all samples.
     *
     * @return a new array, milliseconds since 1970-01-01T00:00Z, ascending
     */
    public long[] toEpochMillis() {
        return Arrays.copyOfRange(times, from, to);
    }

    /**
     * The memory in use of all samples.
     *
     * @return a new array, in order of time
     */
    public long[] toBytes() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /**
     * The names of all replicas that the history knows, sorted. A slice keeps them all, so that indices mean the same.
     *
     * @return an unmodifiable list
     */
    public List<String> replicas() {
        return replicas;
    }

    /**
     * Restarts and OOM kills, in order of time.
     *
     * @return an unmodifiable list
     */
    public List<UsageMark> marks() {
        return marks;
    }

    /**
     * The moment of the first sample.
     *
     * @return the time, or empty without samples
     */
    public Optional<Instant> firstTime() {
        return isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(times[from]));
    }

    /**
     * The moment of the last sample.
     *
     * @return the time, or empty without samples
     */
    public Optional<Instant> lastTime() {
        return isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(times[to - 1]));
    }

    /**
     * From the first sample to the last; zero with less than two.
     *
     * @return the time between
     */
    public Duration span() {
        return isEmpty() ? Duration.ZERO : Duration.ofMillis(times[to - 1] - times[from]);
    }

    /**
     * The highest sample of all replicas.
     *
     * @return the bytes, or empty without samples
     */
    public OptionalLong peakBytes() {
        return Arrays.stream(bytes, from, to).max();
    }

    /**
     * The value that a share of all samples does not exceed, exactly. Sorts the samples.
     *
     * @param share the share, from 0 to 1
     * @param rule which value that is
     * @return the bytes, or empty without samples
     * @throws IllegalArgumentException if the share is out of range
     */
    public OptionalLong percentile(Ratio share, PercentileRule rule) {
        SketchMath.share(share);
        Objects.requireNonNull(rule, "rule");
        long[] sorted = toBytes();
        Arrays.sort(sorted);
        return HistoryViews.percentile(sorted, share, rule);
    }

    /**
     * The usual distance of two samples of the same replica: the median of all distances, for an even number the mean of the
     * middle two, rounded down.
     *
     * @return milliseconds, or empty if no replica has two samples
     */
    public OptionalLong medianStepMillis() {
        return HistoryViews.medianStep(this);
    }

    /**
     * Shows everything in the order in which it happened: by time; at one time restarts, then samples, then OOM kills.
     *
     * @param visitor is called for each sample and mark
     */
    public void visit(UsageVisitor visitor) {
        int next = from;
        for (UsageMark mark : marks) {
            // A restart stands before the samples of its moment, an OOM kill after them.
            long first = mark.isOomKill() ? mark.epochMillis() + 1 : mark.epochMillis();
            int end = HistoryViews.firstAtOrAfter(times, next, to, first);
            visit(visitor, next, end);
            next = end;
            visitor.mark(mark, replicas.indexOf(mark.replica()));
        }
        visit(visitor, next, to);
    }

    private void visit(UsageVisitor visitor, int begin, int end) {
        // Local copies let the compiler keep the arrays in registers and drop the checks of their bounds.
        long[] t = times;
        long[] b = bytes;
        int[] r = replicaOf;
        if (r.length == 0) {
            for (int i = begin; i < end; i++) {
                visitor.sample(t[i], b[i], 0);
            }
        } else {
            for (int i = begin; i < end; i++) {
                visitor.sample(t[i], b[i], r[i]);
            }
        }
    }

    /**
     * What lies in a span of time. Shares the arrays of this history.
     *
     * @param fromEpochMillis the first moment that belongs to the slice
     * @param toEpochMillis the first moment after it; a slice that ends before it begins is empty
     * @return the samples and marks from the first moment until before the second
     */
    public UsageHistory between(long fromEpochMillis, long toEpochMillis) {
        int begin = HistoryViews.firstAtOrAfter(times, from, to, fromEpochMillis);
        int end = Math.max(begin, HistoryViews.firstAtOrAfter(times, from, to, toEpochMillis));
        List<UsageMark> inside = marks.isEmpty() ? marks : HistoryViews.between(marks, fromEpochMillis, toEpochMillis);
        return new UsageHistory(times, bytes, replicaOf, begin, end, replicas, inside);
    }

    /**
     * What happened before a moment.
     *
     * @param epochMillis the first moment that does not belong to the slice
     * @return the earlier samples and marks
     */
    public UsageHistory before(long epochMillis) {
        return between(Long.MIN_VALUE, epochMillis);
    }

    /**
     * What happened at a moment and after it.
     *
     * @param epochMillis the first moment that belongs to the slice
     * @return the samples and marks from then on
     */
    public UsageHistory since(long epochMillis) {
        return between(epochMillis, Long.MAX_VALUE);
    }

    /**
     * The end of the history: what is not older than the last sample by more than a duration.
     *
     * @param duration how far back, not negative
     * @return the samples and marks of that time; empty without samples
     * @throws IllegalArgumentException if the duration is negative
     */
    public UsageHistory last(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a history cannot end in the future, got " + duration);
        }
        if (isEmpty()) {
            return EMPTY;
        }
        return since(times[to - 1] - Math.min(HistoryViews.millisOrHuge(duration), UsageTime.LATEST * 2));
    }

    /**
     * What happened to one replica.
     *
     * @param name the name of the replica
     * @return its samples and marks alone; empty if the history does not know it
     */
    public UsageHistory onlyReplica(String name) {
        return HistoryViews.onlyReplica(this, name);
    }

    /**
     * Keeps the highest sample of each window of each replica, at its own time; of several equal ones the first. Windows are
     * multiples of their length, counted from 1970-01-01T00:00Z; where there are no samples, there is no window. Marks stay.
     *
     * @param window the length, at least a millisecond
     * @return the peaks; a history like any other
     * @throws IllegalArgumentException if the window is shorter than a millisecond
     */
    public UsageHistory peaks(Duration window) {
        return HistoryViews.peaks(this, positiveMillis(window));
    }

    /** Without an object or a check of ranges per sample, which were checked when the history was built. */
    void addTo(UsageSketch sketch) {
        long[] t = times;
        long[] b = bytes;
        for (int i = from; i < to; i++) {
            sketch.addChecked(t[i], b[i]);
        }
    }

    /** Equal if samples, marks and the names of the replicas are equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof UsageHistory that
                && Arrays.equals(times, from, to, that.times, that.from, that.to)
                && Arrays.equals(bytes, from, to, that.bytes, that.from, that.to)
                && replicas.equals(that.replicas)
                && marks.equals(that.marks)
                && IntStream.range(0, size()).allMatch(i -> replica(i) == that.replica(i));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toEpochMillis()) * 31 + Arrays.hashCode(toBytes()) + marks.hashCode();
    }

    /** One line: how many samples of how many replicas, from when until when, and the peak. */
    @Override
    public String toString() {
        if (isEmpty()) {
            return "UsageHistory[no samples, marks=" + marks.size() + "]";
        }
        return "UsageHistory[samples=" + size() + ", replicas=" + replicas.size() + ", marks=" + marks.size() + ", "
                + Instant.ofEpochMilli(times[from]) + " to " + Instant.ofEpochMilli(times[to - 1]) + ", peak="
                + UsageTime.human(peakBytes().orElse(0)) + "]";
    }

    private static long positiveMillis(Duration duration) {
        long millis = HistoryViews.millisOrHuge(duration);
        if (millis < 1) {
            throw new IllegalArgumentException("a step or window must be at least a millisecond, got " + duration);
        }
        return millis;
    }
}
