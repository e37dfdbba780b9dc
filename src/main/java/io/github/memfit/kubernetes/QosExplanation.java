package io.github.memfit.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Why a pod has its class: everything that keeps it from Guaranteed, where that comes from, and the smallest edits that change
 * the answer. Immutable and thread-safe.
 *
 * <p>The pod is looked at as the cluster will store it; {@link #classAsWritten()} has what a tool says that only reads the
 * manifest. Class rules as in {@link QosClass}; the explanation is this library's own.
 *
 * {@snippet :
 * QosExplanation why = QosExplanation.of(template, KubernetesVersion.V1_34);
 * why.qosClass();        // Burstable
 * why.blockers();        // [migrate: cpu unset, migrate: memory unset]
 * why.toGuaranteed();    // the edits, and what they cost on the scheduler
 * }
 *
 * @since 0.1
 */
public final class QosExplanation {

    /** What is wrong with one resource of one container. */
    public enum Problem {
        /** Neither request nor limit. */
        UNSET,
        /** A request without a limit. */
        LIMIT_MISSING,
        /** A limit of zero, which means none. */
        LIMIT_ZERO,
        /** The request is below the limit, or missing. */
        REQUEST_BELOW_LIMIT,
        /** The request is above the limit; the API server refuses that. */
        REQUEST_ABOVE_LIMIT;

        /** {@code request-below-limit}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Where a blocker comes from. */
    public enum Origin {
        /** The manifest says so. */
        SPEC,
        /** The API server's defaulting filled in a value. */
        API_DEFAULT,
        /** A LimitRange filled in a value. */
        LIMIT_RANGE,
        /** The container is one that a service mesh or an agent is known to inject. */
        INJECTED,
        /** The resources of the pod itself replace those of the containers. */
        POD_LEVEL,
        /** An empty {@code spec.resources} hides the containers: a defect of 1.34 to 1.36. */
        EMPTY_POD_LEVEL;

        /** {@code limit-range}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One reason why a pod is not Guaranteed. Immutable and thread-safe.
     *
     * @param where the container's name, or {@link QosEdit#POD_LEVEL}
     * @param resource cpu or memory
     * @param problem what is wrong
     * @param setBothTo the amount that removes the blocker as both request and limit without taking from what was promised;
     *     empty when a person has to choose
     * @param origin where it comes from
     */
    public record Blocker(String where, String resource, Problem problem, Optional<Quantity> setBothTo, Origin origin) {

        /**
         * Checks for null.
         *
         * @param where the container's name, or {@link QosEdit#POD_LEVEL}
         * @param resource cpu or memory
         * @param problem what is wrong
         * @param setBothTo the amount that removes the blocker
         * @param origin where it comes from
         */
        public Blocker {
            Objects.requireNonNull(where, "where");
            Objects.requireNonNull(resource, "resource");
            Objects.requireNonNull(problem, "problem");
            Objects.requireNonNull(setBothTo, "setBothTo");
            Objects.requireNonNull(origin, "origin");
        }

        /** {@code app: memory request-below-limit (spec)}. */
        @Override
        public String toString() {
            return where + ": " + resource + " " + problem + " (" + origin + ")";
        }
    }

    private static final List<String> DECIDING = List.of(ResourceList.CPU, ResourceList.MEMORY);

    /** Names that injectors give: Istio, Linkerd, Vault, Consul, Dapr, Datadog. */
    private static final Set<String> INJECTED = Set.of(
            "istio-proxy",
            "istio-init",
            "istio-validation",
            "linkerd-proxy",
            "linkerd-init",
            "linkerd-network-validator",
            "vault-agent",
            "vault-agent-init",
            "consul-dataplane",
            "consul-connect-inject-init",
            "daprd",
            "datadog-lib-java-init");

    private final PodResources written;
    private final PodResources stored;
    private final KubernetesVersion version;
    private final List<Blocker> blockers;

    private QosExplanation(
            PodResources written, PodResources defaulted, PodResources stored, KubernetesVersion version) {
        this.written = written;
        this.stored = stored;
        this.version = version;
        this.blockers = List.copyOf(find(written, defaulted, stored, version));
    }

    /**
     * Explains a pod in a namespace without a LimitRange.
     *
     * @param written the pod as its manifest has it
     * @param version the cluster's version
     * @return the explanation
     */
    public static QosExplanation of(PodResources written, KubernetesVersion version) {
        PodResources stored = written.asStored(version);
        return new QosExplanation(written, stored, stored, version);
    }

    /**
     * Explains a pod in a namespace with a LimitRange.
     *
     * @param written the pod as its manifest has it
     * @param range the namespace's range for containers
     * @param version the cluster's version
     * @return the explanation
     */
    public static QosExplanation of(PodResources written, LimitRange range, KubernetesVersion version) {
        PodResources defaulted = written.asStored(version);
        return new QosExplanation(written, defaulted, range.applyTo(defaulted), version);
    }

    /**
     * The class that the cluster gives.
     *
     * @return the class
     */
    public QosClass qosClass() {
        return QosClass.computed(stored, version);
    }

    /**
     * The class that the manifest alone would give: other than {@link #qosClass()} where defaulting matters.
     *
     * @return the class
     */
    public QosClass classAsWritten() {
        return QosClass.computed(written, version);
    }

    /**
     * The pod as the cluster stores it.
     *
     * @return the pod that was explained
     */
    public PodResources stored() {
        return stored;
    }

    /**
     * Everything that keeps the pod from Guaranteed: containers in the order of the specification, then init containers; cpu
     * before memory.
     *
     * @return the blockers, empty exactly when the class is Guaranteed
     */
    public List<Blocker> blockers() {
        return blockers;
    }

    /**
     * The smallest set of edits to Guaranteed that stays on the level where the class is decided: one per blocker, or removing
     * an empty {@code spec.resources} where that is less.
     *
     * @return the edits, none if the pod is Guaranteed
     */
    public QosChange toGuaranteed() {
        List<QosEdit> edits = edits(blockers);
        if (isEmptyPodLevel()) {
            List<QosEdit> dropping = new ArrayList<>();
            dropping.add(new QosEdit.DropPodLevel());
            PodResources without = stored.toBuilder().noPodLevel().build();
            dropping.addAll(edits(find(written, stored, without, version)));
            edits = dropping.size() < edits.size() ? dropping : edits;
        }
        return QosChange.of(stored, edits, version);
    }

    /**
     * The same by one stanza at the pod level, where the version has it: it also removes the trouble with init containers.
     *
     * @return the edits; empty where the class is already decided at pod level, is already Guaranteed, or the version does not
     *     know pod-level resources
     */
    public Optional<QosChange> toGuaranteedByPodLevel() {
        if (!version.has(KubernetesFeature.POD_LEVEL_RESOURCES)
                || blockers.isEmpty()
                || QosClass.isPodLevelMode(stored, version)) {
            return Optional.empty();
        }
        List<QosEdit> edits = new ArrayList<>();
        ResourceList requests = EffectiveResources.aggregate(stored, version, ContainerResources::requests);
        ResourceList limits = EffectiveResources.aggregate(stored, version, ContainerResources::limits);
        for (String resource : DECIDING) {
            Quantity needed = requests.find(resource)
                    .orElse(Quantity.ZERO)
                    .max(limits.find(resource).orElse(Quantity.ZERO));
            edits.add(new QosEdit.SetBoth(
                    QosEdit.POD_LEVEL, resource, Optional.of(needed).filter(Quantity::isPositive)));
        }
        return Optional.of(QosChange.of(stored, edits, version));
    }

    /**
     * The smallest edit that takes a BestEffort pod out of that class.
     *
     * @return the edit; empty if the pod is in another class
     */
    public Optional<QosChange> outOfBestEffort() {
        if (qosClass() != QosClass.BEST_EFFORT) {
            return Optional.empty();
        }
        QosEdit edit;
        PodResources without = stored.toBuilder().noPodLevel().build();
        if (isEmptyPodLevel() && QosClass.computed(without, version) != QosClass.BEST_EFFORT) {
            edit = new QosEdit.DropPodLevel();
        } else {
            String where = QosClass.isPodLevelMode(stored, version)
                    ? QosEdit.POD_LEVEL
                    : stored.containers().get(0).name();
            edit = new QosEdit.SetRequest(where, ResourceList.MEMORY);
        }
        return Optional.of(QosChange.of(stored, List.of(edit), version));
    }

    private boolean isEmptyPodLevel() {
        return QosClass.isPodLevelMode(stored, version)
                && stored.podLevel()
                        .filter(level -> !level.namesPodLevelResource())
                        .isPresent();
    }

    private static List<QosEdit> edits(List<Blocker> blockers) {
        List<QosEdit> edits = new ArrayList<>();
        for (Blocker blocker : blockers) {
            edits.add(new QosEdit.SetBoth(blocker.where, blocker.resource, blocker.setBothTo));
        }
        return edits;
    }

    private static List<Blocker> find(
            PodResources written, PodResources defaulted, PodResources stored, KubernetesVersion version) {
        List<Blocker> found = new ArrayList<>();
        if (QosClass.isPodLevelMode(stored, version)) {
            ResourceRequirements level = stored.podLevel().orElse(ResourceRequirements.NONE);
            Origin origin = level.namesPodLevelResource() ? Origin.POD_LEVEL : Origin.EMPTY_POD_LEVEL;
            for (String resource : DECIDING) {
                blocker(QosEdit.POD_LEVEL, resource, level, origin).ifPresent(found::add);
            }
            return found;
        }
        List<ContainerResources> counted = version.isAtLeast(16) ? stored.allContainers() : stored.containers();
        for (ContainerResources container : counted) {
            for (String resource : DECIDING) {
                Origin origin = origin(container, resource, written, defaulted);
                blocker(container.name(), resource, container.resources(), origin)
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static Origin origin(
            ContainerResources container, String resource, PodResources written, PodResources defaulted) {
        if (INJECTED.contains(container.name())) {
            return Origin.INJECTED;
        }
        ResourceRequirements before = defaulted.container(container.name()).resources();
        ResourceRequirements manifest = written.container(container.name()).resources();
        if (differs(before, container.resources(), resource)) {
            return Origin.LIMIT_RANGE;
        }
        return differs(manifest, before, resource) ? Origin.API_DEFAULT : Origin.SPEC;
    }

    private static boolean differs(ResourceRequirements before, ResourceRequirements after, String resource) {
        return before.requests().names(resource) != after.requests().names(resource)
                || before.limits().names(resource) != after.limits().names(resource);
    }

    private static Optional<Blocker> blocker(String where, String resource, ResourceRequirements pair, Origin origin) {
        Optional<Quantity> request = pair.requests().find(resource);
        Optional<Quantity> limit = pair.limits().find(resource);
        Quantity requested = request.orElse(Quantity.ZERO);
        Quantity limited = limit.orElse(Quantity.ZERO);
        if (limited.isPositive() && requested.compareTo(limited) == 0) {
            return Optional.empty();
        }
        Problem problem;
        if (limit.isEmpty()) {
            problem = request.isEmpty() ? Problem.UNSET : Problem.LIMIT_MISSING;
        } else if (!limited.isPositive()) {
            problem = Problem.LIMIT_ZERO;
        } else {
            problem = requested.compareTo(limited) < 0 ? Problem.REQUEST_BELOW_LIMIT : Problem.REQUEST_ABOVE_LIMIT;
        }
        Optional<Quantity> implied = Optional.of(requested.max(limited)).filter(Quantity::isPositive);
        return Optional.of(new Blocker(where, resource, problem, implied, origin));
    }

    /** {@code Burstable: app: cpu unset (spec)}, cut to 200 characters. */
    @Override
    public String toString() {
        String text = qosClass() + (blockers.isEmpty() ? "" : ": " + blockers);
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
