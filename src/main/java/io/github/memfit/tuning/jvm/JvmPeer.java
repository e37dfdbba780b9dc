package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What other policies would set, for comparison: the same limit, another answer. Immutable and thread-safe.
 *
 * {@snippet :
 * for (JvmPeer peer : JvmPeer.all()) {
 *   System.out.println(peer.name() + " " + peer.options(Bytes.mebi(512), 18_000));
 * }
 * }
 *
 * @since 0.1
 */
public final class JvmPeer {

    /** The rule behind the name. */
    private interface Rule {
        List<String> options(Bytes limit, long loadedClasses);
    }

    private final String name;
    private final Rule rule;

    private JvmPeer(String name, Rule rule) {
        this.name = name;
        this.rule = rule;
    }

    /**
     * No flags at all: HotSpot's 25 % (50 % below 249.6 MiB).
     *
     * @return the policy
     */
    public static JvmPeer hotSpotDefault() {
        return new JvmPeer("default", (limit, classes) -> List.of());
    }

    /**
     * {@code -XX:MaxRAMPercentage}. Below 249.6 MiB it does nothing.
     *
     * @param percent the percentage, 1 to 100
     * @return the policy
     * @throws IllegalArgumentException if it is not 1 to 100
     */
    public static JvmPeer percentage(int percent) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("a percentage is 1 to 100, got " + percent);
        }
        return new JvmPeer("percentage " + percent, (limit, classes) -> List.of("-XX:MaxRAMPercentage=" + percent));
    }

    /**
     * The {@code run-java.sh} of fabric8 images (commit 9ef84dc) with {@code JAVA_MAX_MEM_RATIO} set: that percentage as
     * {@code -Xmx} in MiB, rounded half up.
     *
     * @param percent the ratio, 1 to 100
     * @return the policy
     * @throws IllegalArgumentException if it is not 1 to 100
     */
    public static JvmPeer runJava(int percent) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("a ratio is 1 to 100, got " + percent);
        }
        return new JvmPeer("run-java " + percent, (limit, classes) -> {
            Bytes share = limit.timesRoundedDown(Ratio.percent(percent)).plus(Bytes.kibi(512));
            return List.of("-Xmx" + (share.value() >> 20) + 'm');
        });
    }

    /**
     * The Red Hat UBI OpenJDK images (commit 7b635be): 80 % and Parallel with shrinking.
     *
     * @return the policy
     */
    public static JvmPeer redHatImage() {
        return new JvmPeer(
                "Red Hat image",
                (limit, classes) -> List.of(
                        "-XX:MaxRAMPercentage=80.0",
                        "-XX:+UseParallelGC",
                        "-XX:MinHeapFreeRatio=10",
                        "-XX:MaxHeapFreeRatio=20",
                        "-XX:GCTimeRatio=4",
                        "-XX:AdaptiveSizePolicyWeight=90",
                        "-XX:+ExitOnOutOfMemoryError"));
    }

    /**
     * Heroku's JVM buildpack (commit 922540c): fixed heaps for the two smallest sizes, else 80 %.
     *
     * @return the policy
     */
    public static JvmPeer heroku() {
        return new JvmPeer("Heroku", (limit, classes) -> {
            if (limit.equals(Bytes.mebi(512))) {
                return List.of("-Xmx300m", "-Xss512k");
            }
            if (limit.equals(Bytes.gibi(1))) {
                return List.of("-Xmx671m");
            }
            return List.of("-XX:MaxRAM=" + limit.value(), "-XX:MaxRAMPercentage=80.0");
        });
    }

    /**
     * The Paketo buildpacks' calculator with its default of 250 threads and no head room.
     *
     * @return the policy; no options where the calculator refuses to start the program
     */
    public static JvmPeer paketo() {
        return new JvmPeer("Paketo", (limit, classes) -> {
            PaketoCalculator.Outcome outcome = new PaketoCalculator(limit, 0, classes, 250).calculate("");
            if (outcome instanceof PaketoCalculator.Calculated calculated) {
                return calculated.arguments();
            }
            throw new Refusal(outcome.toString());
        });
    }

    /**
     * The policies that are worth a comparison.
     *
     * @return one of each, 75 % for the percentage and 50 % for run-java
     */
    public static List<JvmPeer> all() {
        List<JvmPeer> all = new ArrayList<>();
        all.add(hotSpotDefault());
        all.add(percentage(75));
        all.add(runJava(50));
        all.add(redHatImage());
        all.add(heroku());
        all.add(paketo());
        return List.copyOf(all);
    }

    /**
     * The name for a table.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * What the policy would set.
     *
     * @param limit the memory limit
     * @param loadedClasses the number of classes that Paketo is told; the others do not ask
     * @return the options, or the refusal with its reason
     */
    public JvmPeerAnswer options(Bytes limit, long loadedClasses) {
        Objects.requireNonNull(limit, "limit");
        try {
            return new JvmPeerAnswer.Sets(rule.options(limit, loadedClasses));
        } catch (Refusal refusal) {
            return new JvmPeerAnswer.Declines(String.valueOf(refusal.getMessage()));
        }
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
