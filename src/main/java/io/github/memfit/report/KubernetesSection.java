package io.github.memfit.report;

import io.github.memfit.container.ContainerName;
import io.github.memfit.container.Limit;
import io.github.memfit.container.MemorySnapshot;
import io.github.memfit.kubernetes.OomScoreReading;
import io.github.memfit.kubernetes.QosClass;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.util.Locale;
import java.util.Optional;

/** The standing of a container in Kubernetes, from the path of its group and the scores of its main process. */
final class KubernetesSection {

    private final ContainerName name;
    private final Reading<Integer> adjustment;
    private final MemorySnapshot now;
    private final Reading<OomScoreReading> score;

    private KubernetesSection(ContainerName name, Reading<Integer> adjustment, MemorySnapshot now) {
        this.name = name;
        this.adjustment = adjustment;
        this.now = now;
        Reading<Bytes> capacity = now.host().flatMap(host -> host.memTotal());
        this.score = adjustment.flatMap(value -> capacity.map(bytes -> OomScoreReading.of(value, bytes)));
    }

    static ReportSection of(
            ContainerName name, Reading<Integer> adjustment, Reading<Integer> oomScore, MemorySnapshot now) {
        return new KubernetesSection(name, adjustment, now).section(oomScore);
    }

    private ReportSection section(Reading<Integer> oomScore) {
        ReportSection.Builder section =
                ReportSection.builder("kubernetes", "How Kubernetes treats it, told from inside");
        section.figure(
                "oomScore",
                "OOM score",
                Cell.ofCount(oomScore.map(Integer::longValue)),
                "of its main process; where memory runs out the kernel kills the highest first");
        section.figure("oomScoreAdj", "OOM adjustment", Cell.ofCount(adjustment.map(Integer::longValue)), "");
        section.figure(
                "qosClass",
                "QoS class",
                name.podClass()
                        .or(this::classByScore)
                        .map(Cell::of)
                        .orElse(Cell.nothing("neither a pod in the path of the group nor an adjustment of one")),
                name.podClass().isPresent()
                        ? "by the path of the group"
                        : classByScore().map(any -> "by the adjustment").orElse(""));
        section.figure(
                "meaning",
                "adjustment means",
                score.value()
                        .map(reading -> Cell.of(words(reading.meaning())))
                        .orElseGet(() -> Cell.nothing("not told")),
                "");
        section.figure("requestAtLeast", "request, at least", bound(least()), source());
        section.figure("requestAtMost", "request, at most", bound(most()), "");
        section.note(standing());
        return section.build();
    }

    /** In the spelling of the paths. */
    private Optional<String> classByScore() {
        return score.value().flatMap(OomScoreReading::qosClass).map(KubernetesSection::spelled);
    }

    private static String spelled(QosClass qos) {
        return qos.toString().toLowerCase(Locale.ROOT);
    }

    private boolean is(QosClass qos) {
        return name.podClass().or(this::classByScore).equals(Optional.of(spelled(qos)));
    }

    /** A Guaranteed container requests what it is limited to (pkg/apis/core/v1/helper/qos, ComputePodQOS). */
    private Optional<Bytes> guaranteed() {
        return is(QosClass.GUARANTEED) && now.ownLimit() instanceof Limit.Bounded own
                ? Optional.of(own.bytes())
                : Optional.empty();
    }

    private Optional<Bytes> least() {
        return score.value().flatMap(OomScoreReading::requestAtLeast).or(this::guaranteed);
    }

    private Optional<Bytes> most() {
        return score.value().flatMap(OomScoreReading::requestAtMost).or(this::guaranteed);
    }

    private String source() {
        if (least().isEmpty()) {
            return "";
        }
        if (guaranteed().isEmpty()) {
            return "by the adjustment and the machine's memory";
        }
        return name.podClass().isPresent()
                ? "its limit, since it is Guaranteed"
                : "its limit, unless the pod is of another class and node-critical";
    }

    private static Cell bound(Optional<Bytes> bytes) {
        return bytes.map(Cell::of).orElse(Cell.nothing("not told"));
    }

    /**
     * Eviction compares the pod's usage with its request (pkg/kubelet/eviction/helpers.go, rankMemoryPressure): those above it go
     * first.
     */
    private String standing() {
        if (is(QosClass.BEST_EFFORT)) {
            return "No request: whatever it uses is above its request, it is evicted and killed before pods below theirs.";
        }
        if (is(QosClass.GUARANTEED)) {
            return "Its request is its limit, so it cannot use more than it requested: under node pressure pods above their"
                    + " requests are evicted before it, and the kernel kills it after those of other classes.";
        }
        if (!is(QosClass.BURSTABLE)) {
            return score.isPresent()
                    ? "Not set by a kubelet for a pod's container: nothing is known of requests and eviction."
                    : "The adjustment is not told ("
                            + score.absence().map(Absence::detail).orElse("") + "): nothing is known of requests.";
        }
        Bytes used = now.workingSet().orElse(Bytes.ZERO);
        if (most().isPresent() && used.isMoreThan(most().get())) {
            return "It uses more than it can have requested: under node pressure it is evicted before pods below their"
                    + " requests of the same priority, unless other containers of its pod make up for it.";
        }
        if (least().isPresent() && !used.isMoreThan(least().get())) {
            return "It uses less than it requested: under node pressure pods above their requests are evicted before it,"
                    + " unless other containers of its pod use more than theirs.";
        }
        return "Whether it uses more than it requested cannot be told from inside.";
    }

    private static String words(OomScoreReading.Meaning meaning) {
        return meaning.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
