package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * What an application was seen to need, as peaks over samples: the basis of a good plan. A value that can be printed,
 * stored, parsed and merged; merging is associative and commutative.
 *
 * <p>Valid for one JDK release: what is outside the heap differs a lot between releases (direct memory most of all).
 *
 * {@snippet :
 * JvmProfile profile = samples.stream().map(JvmSample::toProfile).reduce(JvmProfile::merge).orElseThrow();
 * JvmProfile.parse(profile.toString()).equals(profile); // true
 * }
 *
 * <p>Immutable and thread-safe.
 *
 * @param jdk the JDK that it was measured on
 * @param collector the collector that it was measured with
 * @param samples how many samples it comes from, positive
 * @param outsideHeap the peak of resident memory that is neither heap nor direct buffers
 * @param direct the peak of direct buffers
 * @param offHeap the peak of both together: malloc keeps what a direct buffer gives back, so that the one often falls while the
 *     other rises; at most the sum of both, and at least the larger one
 * @param metaspace the peak of committed metaspace, class space included; a part of {@code outsideHeap}
 * @param code the peak of committed code cache; a part of {@code outsideHeap}
 * @param sockets the peak of socket buffers; control groups of version 2 charge them to the container, zero elsewhere
 * @param liveHeap the peak of the heap in use after a collection, zero if unknown
 * @param classes the most loaded classes
 * @param threads the most threads, those of the JVM included
 * @param worked the most processor time that one of the sampled JVMs had used at a sample, whole seconds; zero if unknown
 * @since 0.1
 */
public record JvmProfile(
        JdkVersion jdk,
        GarbageCollector collector,
        long samples,
        Bytes outsideHeap,
        Bytes direct,
        Bytes offHeap,
        Bytes metaspace,
        Bytes code,
        Bytes sockets,
        Bytes liveHeap,
        long classes,
        long threads,
        Duration worked) {

    /**
     * What a program needs beside its heap comes with work, above all with what is compiled when. An in-memory database had its peak
     * after 20 s of processor time, an echo server after 15, a web application after 50, a full-text index after 30 to 70 (JDK 17.0.15 and
     * 25.0.3).
     */
    private static final Duration SETTLED = Duration.ofSeconds(60);

    /** One a second: the compilations that matter, of 10 MiB and more, take one to several seconds. */
    private static final long SETTLED_SAMPLES = 60;

    private static final Duration LONGEST = Duration.ofDays(100_000);
    private static final long MOST = 1L << 31;
    private static final long LARGEST = 1L << 56;

    /**
     * Checks the parts.
     *
     * @param jdk the JDK
     * @param collector the collector
     * @param samples how many samples
     * @param outsideHeap the peak outside the heap
     * @param direct the peak of direct buffers
     * @param offHeap the peak of both together
     * @param metaspace the peak of metaspace
     * @param code the peak of the code cache
     * @param sockets the peak of socket buffers
     * @param liveHeap the peak of the heap in use after a collection
     * @param classes the most loaded classes
     * @param threads the most threads
     * @param worked processor time; parts of a second are dropped
     * @throws IllegalArgumentException if there is no sample, a size, number or time is negative or impossibly large, or both
     *     together are more than their sum or less than one of them
     */
    public JvmProfile {
        Objects.requireNonNull(jdk, "jdk");
        Objects.requireNonNull(collector, "collector");
        if (samples < 1 || classes < 0 || threads < 0 || classes > MOST || threads > MOST) {
            throw new IllegalArgumentException(
                    "a profile has at least one sample, and 0 to 2^31 classes and threads, got " + samples + ", "
                            + classes + " and " + threads);
        }
        size(outsideHeap);
        size(direct);
        size(metaspace);
        size(code);
        size(sockets);
        size(liveHeap);
        if (offHeap.isLessThan(outsideHeap.max(direct)) || offHeap.isMoreThan(outsideHeap.plus(direct))) {
            throw new IllegalArgumentException("outside the heap " + outsideHeap + " and direct buffers " + direct
                    + " together are not " + offHeap);
        }
        time(worked);
        worked = worked.truncatedTo(ChronoUnit.SECONDS);
    }

    static void size(Bytes bytes) {
        if (bytes.isNegative() || bytes.value() > LARGEST) {
            throw new IllegalArgumentException("a size is 0 to 2^56 bytes, got " + bytes);
        }
    }

    static void time(Duration worked) {
        if (worked.isNegative() || worked.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("processor time is 0 to 100,000 days, got " + worked);
        }
    }

    /**
     * A profile from a native memory report. Direct buffers are its section {@code Other}. NMT does not see all memory:
     * what was missed in measured applications is added, 15 MiB (JDK 17) or 40 MiB (newer), 4 MiB where G1's
     * committed but untouched mark stack makes up for it.
     *
     * @param jdk the JDK that printed the report
     * @param collector the collector that the JVM ran with
     * @param report the report
     * @return the profile, one sample; socket buffers, live heap and processor time unknown
     */
    public static JvmProfile of(JdkVersion jdk, GarbageCollector collector, NativeMemory report) {
        Bytes direct = report.committed("Other");
        boolean hidden = collector == GarbageCollector.G1;
        Bytes unseen = Bytes.mebi(hidden ? 4 : jdk.atLeast(18) ? 40 : 15);
        Bytes archive = Bytes.mebi(4);
        Bytes outside =
                report.outsideHeap().minus(direct).max(Bytes.ZERO).plus(unseen).plus(archive);
        return new JvmProfile(
                jdk,
                collector,
                1,
                outside,
                direct,
                outside.plus(direct),
                report.committed("Class").plus(report.committed("Metaspace")),
                report.committed("Code"),
                Bytes.ZERO,
                Bytes.ZERO,
                report.classes().orElse(0),
                report.threads().orElse(0),
                Duration.ZERO);
    }

    /**
     * Both together: peaks are the larger ones, samples add up.
     *
     * @param other another profile of the same application on the same JDK
     * @return the merged profile; of two collectors that with the larger peak outside the heap
     * @throws IllegalArgumentException if the JDKs differ
     */
    public JvmProfile merge(JvmProfile other) {
        if (!jdk.equals(other.jdk)) {
            throw new IllegalArgumentException(
                    "profiles of JDK " + jdk + " and " + other.jdk + " do not merge: what is outside the heap differs");
        }
        int order = outsideHeap.compareTo(other.outsideHeap);
        boolean mine = order > 0 || order == 0 && collector.compareTo(other.collector) >= 0;
        return new JvmProfile(
                jdk,
                mine ? collector : other.collector,
                Math.addExact(samples, other.samples),
                outsideHeap.max(other.outsideHeap),
                direct.max(other.direct),
                offHeap.max(other.offHeap),
                metaspace.max(other.metaspace),
                code.max(other.code),
                sockets.max(other.sockets),
                liveHeap.max(other.liveHeap),
                Math.max(classes, other.classes),
                Math.max(threads, other.threads),
                worked.compareTo(other.worked) >= 0 ? worked : other.worked);
    }

    /**
     * Was the application watched for long enough to have shown its peaks? That is 60 samples or more, and one of the sampled JVMs
     * had worked for 60 s of processor time. Before that the peak beside the heap was up to a third below the later one, however many short
     * runs were merged; a plan leaves more room then. Sample from the start and about once a second, as peaks last for seconds.
     *
     * @return true if so; false if the processor time is unknown
     */
    public boolean isSettled() {
        return samples >= SETTLED_SAMPLES && worked.compareTo(SETTLED) >= 0;
    }

    /**
     * Reads what {@link #toString()} prints. Without the part {@code both} the peaks of {@code outside} and {@code direct} are
     * taken to coincide; without {@code worked} the processor time is unknown, and
     * without {@code sockets} there are none.
     *
     * @param text the text
     * @return the profile
     * @throws MalformedException if the text is no profile; says which part is missing, unknown, double or wrong, and where
     */
    public static JvmProfile parse(CharSequence text) {
        return new JvmProfileText(text).profile();
    }

    /** One line that {@link #parse} reads back, sizes in bytes with a binary unit where exact. */
    @Override
    public String toString() {
        return "jdk=" + jdk + " collector=" + collector + " samples=" + samples + " outside=" + outsideHeap + " direct="
                + direct + " both=" + offHeap + " metaspace=" + metaspace + " code=" + code + " sockets=" + sockets
                + " live=" + liveHeap + " classes=" + classes + " threads=" + threads + " worked=" + worked.toSeconds()
                + "s";
    }
}
