package io.github.memfit.tuning.jvm;

import io.github.memfit.tuning.Fit;
import io.github.memfit.unit.Bytes;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Flags for a JVM that fit a memory limit: the heap is what is left after everything else has its place.
 *
 * {@snippet :
 * Fit<JvmFlags> answer = Jvm.within(Bytes.mebi(512)).jdk(JdkVersion.V25).cpus(2).profile(profile).fit();
 * if (answer instanceof Fit.Fits<JvmFlags> fits) {
 *   System.out.println(fits.flags().toJavaToolOptions()); // -Xmx324m -XX:+UseSerialGC ...
 *   System.out.println(fits.plan().toTable());
 * }
 * }
 *
 * <p>The model. Outside the heap stand: what the profile measured plus a margin (or, without one, a rule over the number of
 * loaded classes), more threads than were measured, direct memory up to its cap, the collector's native memory as a share
 * of the heap, and what the kernel charges beside: page tables, kernel stacks, slab. The heap is rounded
 * <em>down</em> to the JVM's alignment, so that the JVM has nothing to round up. Rules and figures: HotSpot 17.0.15 and
 * 25.0.3, see {@link HotSpot}, {@link GcFootprint}.
 *
 * <p>The answer is monotone: a larger limit never gives a smaller heap. Where a choice by the limit would break that
 * (G1 instead of Serial from 1792 MiB on costs memory), the cheaper collector stays until G1 holds as much.
 *
 * <p>Not thread-safe; confine to one thread. Each property can be set once; the answer is an immutable value.
 *
 * @since 0.1
 */
public final class Jvm {

    /** More than any address space: the kernel's way to say "no limit". */
    private static final Bytes LARGEST = Bytes.of(1L << 56);

    private final Bytes limit;
    private @Nullable JdkVersion jdk;
    private OptionalInt cpus = OptionalInt.empty();
    private @Nullable GarbageCollector collector;
    private OptionalInt threads = OptionalInt.empty();
    private @Nullable Bytes direct;
    private @Nullable JvmGoal goal;
    private @Nullable JvmProfile profile;
    private OptionalLong classes = OptionalLong.empty();
    private @Nullable JvmOptions options;
    private @Nullable String heapDump;
    private boolean compactHeaders;

    private Jvm(Bytes limit) {
        if (limit.value() <= 0 || limit.isMoreThan(LARGEST)) {
            throw new IllegalArgumentException(
                    "a limit is positive and at most 2^56 bytes (more means none), got " + limit);
        }
        this.limit = limit;
    }

    /**
     * Starts a question.
     *
     * @param limit the memory limit as the kernel enforces it: the smallest of the container and its ancestors
     * @return a question with every property unset
     * @throws IllegalArgumentException if it is not positive, or more than 2^56, which is no limit
     */
    public static Jvm within(Bytes limit) {
        return new Jvm(limit);
    }

    /**
     * The JDK. Without it, 25: needs the most outside the heap.
     *
     * @param jdk the JDK
     * @return this
     * @throws IllegalStateException if it is set already
     */
    public Jvm jdk(JdkVersion jdk) {
        once("jdk", this.jdk);
        this.jdk = Objects.requireNonNull(jdk, "jdk");
        return this;
    }

    /**
     * The processors: the quota divided by the period, rounded up. Without it, 2.
     *
     * @param cpus how many, positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     * @throws IllegalStateException if it is set already
     */
    public Jvm cpus(int cpus) {
        once("cpus", this.cpus.isPresent() ? this.cpus : null);
        this.cpus = OptionalInt.of(positive("cpus", cpus));
        return this;
    }

    /**
     * The collector. Without it, Serial with one processor or below 1792 MiB, else G1; G1 always in JDK 27.
     *
     * @param collector the collector
     * @return this
     * @throws IllegalStateException if it is set already
     */
    public Jvm collector(GarbageCollector collector) {
        once("collector", this.collector);
        this.collector = Objects.requireNonNull(collector, "collector");
        return this;
    }

    /**
     * The threads at the peak, those of the JVM (about 20) included. Without it, as measured, or 60 (30 for {@link
     * JvmGoal#DENSE}). A thread costs about 120 KiB, not the 1 MiB that its stack reserves.
     *
     * @param threads how many, positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     * @throws IllegalStateException if it is set already
     */
    public Jvm threads(int threads) {
        once("threads", this.threads.isPresent() ? this.threads : null);
        this.threads = OptionalInt.of(positive("threads", threads));
        return this;
    }

    /**
     * The direct memory that the application needs; it becomes the cap. Without it, 5/4 of what was measured, or 16 MiB.
     * Always capped, since without a cap it may grow as large as the heap.
     *
     * @param bytes how much, positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     * @throws IllegalStateException if it is set already
     */
    public Jvm directMemory(Bytes bytes) {
        once("directMemory", this.direct);
        if (bytes.value() <= 0 || bytes.isMoreThan(LARGEST)) {
            throw new IllegalArgumentException("directMemory is positive and at most 2^56 bytes, got " + bytes);
        }
        this.direct = bytes;
        return this;
    }

    /**
     * What to favour. Without it, {@link JvmGoal#SAFE}.
     *
     * @param goal the goal
     * @return this
     * @throws IllegalStateException if it is set already
     */
    public Jvm goal(JvmGoal goal) {
        once("goal", this.goal);
        this.goal = Objects.requireNonNull(goal, "goal");
        return this;
    }

    /**
     * What the application was seen to need. The best that a plan can have.
     *
     * @param profile the profile, best sampled under load with a full heap
     * @return this
     * @throws IllegalStateException if it is set already
     */
    public Jvm profile(JvmProfile profile) {
        once("profile", this.profile);
        this.profile = Objects.requireNonNull(profile, "profile");
        return this;
    }

    /**
     * The number of classes that get loaded, for lack of a profile: {@code VM.classloader_stats}, the log of an earlier
     * start, {@code ClassLoadingMXBean}. Without it, 18 000 (a large Spring Boot application), or 4000 for {@link
     * JvmGoal#DENSE}.
     *
     * @param classes how many, positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     * @throws IllegalStateException if it or the classes in jars are set already
     */
    public Jvm loadedClasses(int classes) {
        once("loadedClasses", this.classes.isPresent() ? this.classes : null);
        this.classes = OptionalLong.of(positive("loadedClasses", classes));
        return this;
    }

    /**
     * The number of class files in the application's jars, for lack of anything better: 35 % of them and of the JDK's own
     * 27 000 are assumed to be loaded. Two to five times too many for small applications.
     *
     * @param classes how many, not negative
     * @return this
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException if it or the loaded classes are set already
     */
    public Jvm classesInJars(int classes) {
        once("loadedClasses", this.classes.isPresent() ? this.classes : null);
        if (classes < 0) {
            throw new IllegalArgumentException("classesInJars is not negative, got " + classes);
        }
        this.classes = OptionalLong.of(PaketoCalculator.loadedClasses(27_000L + classes, Optional.empty()));
        return this;
    }

    /**
     * The options that the JVM has already, from all channels. Sizes among them are kept, and planned around.
     *
     * @param options the options
     * @return this
     * @throws IllegalStateException if they are set already
     */
    public Jvm options(JvmOptions options) {
        once("options", this.options);
        this.options = Objects.requireNonNull(options, "options");
        return this;
    }

    /**
     * Write a heap dump when the heap is exhausted. It needs the disk space of the heap, and its pages are charged to the
     * container while they are written.
     *
     * @param path the file or directory
     * @return this
     * @throws IllegalArgumentException if it is empty or has a control character
     * @throws IllegalStateException if it is set already
     */
    public Jvm heapDump(String path) {
        once("heapDump", this.heapDump);
        if (path.isEmpty() || path.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a path is not empty and has no control characters");
        }
        this.heapDump = path;
        return this;
    }

    /**
     * Use compact object headers, from JDK 25 on: some 5 to 20 % less heap for the same objects, still young.
     *
     * @return this
     */
    public Jvm compactHeaders() {
        this.compactHeaders = true;
        return this;
    }

    /**
     * The answer.
     *
     * @return the flags with their plan, or the smallest limit that would do
     */
    public Fit<JvmFlags> fit() {
        JvmOptions given = options == null ? JvmOptions.none() : options;
        JvmGoal favour = goal == null ? JvmGoal.SAFE : goal;
        return new JvmPlanner(new JvmPlanner.Question(
                        limit,
                        jdk == null ? JdkVersion.V25 : jdk,
                        cpus.orElse(2),
                        Optional.ofNullable(collector),
                        threads,
                        Optional.ofNullable(direct),
                        favour,
                        Optional.ofNullable(profile),
                        classes,
                        given,
                        Optional.ofNullable(heapDump),
                        compactHeaders))
                .fit();
    }

    private static void once(String what, @Nullable Object value) {
        if (value != null) {
            throw new IllegalStateException(what + " is set already, to " + value);
        }
    }

    private static int positive(String what, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " is positive, got " + value);
        }
        return value;
    }
}
